#include "tests/support/programharness.h"

#include "models/retry/code/policyprograms.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

namespace errata::test {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

QString harness(const char *name)
{
    return QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/retry/harness/") + QLatin1String(name);
}

bool built(const QDir &folder, const QString &tool, const QStringList &arguments)
{
    const Run run = runTool(folder.path(), tool, arguments);
    if (run.exitCode != 0)
        qWarning("does not compile:\n%s", run.text.constData());
    return run.exitCode == 0;
}

bool prepareCpp(const QDir &folder, const std::vector<RetryPolicy> &list)
{
    const PolicyProgram &cpp = *policyProgram(QStringLiteral("cpp"));
    QByteArray main = contents(harness("main.cpp"));
    QByteArray runs;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray number = QByteArray::number(int(i));
        QByteArrayList lines = programText(list[i], cpp).split('\n');
        lines.removeIf([](const QByteArray &line) { return line.startsWith("#include"); });
        main += "namespace p" + number + " {\n" + lines.join('\n') + "}\n";
        runs += "    RUN(" + number + ");\n";
    }
    main += "int main(int, char **arguments)\n{\n" + runs + "}\n";
    return writeFile(folder, QStringLiteral("policy_0.hpp"), programText(list.front(), cpp)) &&
           writeFile(folder, QStringLiteral("main.cpp"), main) &&
           built(folder, toolOf("cpp"),
                 {QStringLiteral("-std=c++20"), QStringLiteral("-O0"), QStringLiteral("-Wall"),
                  QStringLiteral("-Wextra"), QStringLiteral("-Werror"), QStringLiteral("-o"), QStringLiteral("main"),
                  QStringLiteral("main.cpp"), QStringLiteral("-pthread")});
}

bool prepareRust(const QDir &folder, const std::vector<RetryPolicy> &list)
{
    const PolicyProgram &rust = *policyProgram(QStringLiteral("rust"));
    QByteArray main = contents(harness("main.rs"));
    QByteArray runs;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray number = QByteArray::number(int(i));
        main += "#[path = \"p" + number + ".rs\"]\nmod p" + number + ";\n";
        runs += "    run!(p" + number + ", " + number + ", ports);\n";
        if (!writeFile(folder, QStringLiteral("p%1.rs").arg(i), programText(list[i], rust)))
            return false;
    }
    main += "fn main() {\n    let ports: Vec<u16> = std::env::args().skip(1).map(|port| "
            "port.parse().unwrap()).collect();\n" +
            runs + "}\n";
    return writeFile(folder, QStringLiteral("main.rs"), main) &&
           built(folder, toolOf("rust"),
                 {QStringLiteral("--edition=2021"), QStringLiteral("-Adead_code"), QStringLiteral("-Dwarnings"),
                  QStringLiteral("main.rs")});
}

bool prepareJava(const QDir &folder, const std::vector<RetryPolicy> &list)
{
    const PolicyProgram &java = *policyProgram(QStringLiteral("java"));
    QByteArray runs;
    QStringList sources{harness("Harness.java"), QStringLiteral("Main.java"),
                        harness("standin/java/io/github/resilience4j/retry/Retry.java"),
                        harness("standin/java/io/github/resilience4j/retry/RetryConfig.java")};
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray name = "Case" + QByteArray::number(int(i)) + "Retry";
        runs +=
            "        System.err.println(\"case\");\n        try {\n            int port = Integer.parseInt(ports[" +
            QByteArray::number(int(i)) + "]);\n            var outcome = " + name +
            ".retry((attempt, timeoutMs) -> {\n                Harness.Answer answer = Harness.answerOf(port);\n"
            "                return new " +
            name +
            ".Outcome(answer.status(), answer.status() == 0 ? \"closed\" : null, answer::header);\n"
            "            });\n            System.err.println(\"returned \" + outcome.status());\n        } catch (" +
            name + ".GaveUp problem) {\n            System.err.println(\"gave up\");\n        }\n";
        sources << QString::fromLatin1(name + ".java");
        if (!writeFile(folder, sources.last(), programText(list[i], java)))
            return false;
    }
    const QByteArray main =
        "final class Main {\n    public static void main(String[] ports) throws Exception {\n" + runs + "    }\n}\n";
    return writeFile(folder, QStringLiteral("Main.java"), main) &&
           built(folder, toolOf("java"), QStringList{QStringLiteral("-d"), QStringLiteral(".")} + sources);
}

bool prepareGo(const QDir &folder, const std::vector<RetryPolicy> &list)
{
    const PolicyProgram &go = *policyProgram(QStringLiteral("go"));
    QByteArray imports = "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\n";
    QByteArray runs = ")\n\nfunc main() {\n";
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray number = QByteArray::number(int(i));
        imports += "\tp" + number + " \"policies/p" + number + "\"\n";
        runs += "\tfmt.Fprintln(os.Stderr, \"case\")\n\t{\n\t\toutcome, err := p" + number +
                ".Do(func(int, float64) p" + number + ".Outcome {\n\t\t\tstatus, header := answerOf(os.Args[" + number +
                " + 1])\n\t\t\treturn p" + number +
                ".Outcome{Status: status, Failure: failureOf(status), Header: header}\n\t\t})\n"
                "\t\ttold(outcome.Status, err)\n\t}\n";
        if (!writeFile(folder, QStringLiteral("p%1/policy.go").arg(i), programText(list[i], go)))
            return false;
    }
    return writeFile(folder, QStringLiteral("go.mod"), "module policies\n\ngo 1.18\n") &&
           writeFile(folder, QStringLiteral("answer.go"), contents(harness("main.go"))) &&
           writeFile(folder, QStringLiteral("main.go"), imports + runs + "}\n") &&
           built(folder, toolOf("go"), {QStringLiteral("build"), QStringLiteral("-o"), QStringLiteral("main")});
}

} // namespace

QByteArray withoutTypes(const QByteArray &program)
{
    QString text = QString::fromUtf8(program);
    const auto removed = [&text](const char *pattern) {
        text.remove(QRegularExpression(QLatin1String(pattern), QRegularExpression::MultilineOption));
    };
    removed("^export interface [\\s\\S]*?\\n\\}\\n");
    removed("^export type .*;\\n");
    removed("\\??: (Promise<\\w+>|string|number|Outcome|Send)( \\| undefined)?(?=[,)=;{ ])");
    return text.toUtf8();
}

Run runTool(const QString &folder, const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    const bool ended = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120000);
    if (!ended)
        process.kill();
    return {ended ? process.exitCode() : -1, process.readAll()};
}

QString toolOf(const QByteArray &program)
{
    const char *name = program == "typescript"        ? "node"
                       : program.startsWith("python") ? "python3"
                       : program == "java"            ? "javac"
                       : program == "cpp"             ? "g++"
                       : program == "rust"            ? "rustc"
                       : program == "go"              ? "go"
                                                      : nullptr;
    if (!name)
        return {};
    const QString tool = QLatin1String(name);
    const QString near = QStandardPaths::findExecutable(tool, {QStringLiteral("/usr/bin")});
    return near.isEmpty() ? QStandardPaths::findExecutable(tool) : near;
}

bool writeFile(const QDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    return folder.mkpath(QFileInfo(folder.filePath(name)).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(text) == text.size();
}

bool prepareProgram(const QByteArray &program, const QDir &folder, const std::vector<RetryPolicy> &list,
                    QStringList &command)
{
    command = {folder.filePath(QStringLiteral("main"))};
    if (program == "cpp")
        return prepareCpp(folder, list);
    if (program == "rust")
        return prepareRust(folder, list);
    if (program == "go")
        return prepareGo(folder, list);
    if (program == "java") {
        command = {QStandardPaths::findExecutable(QStringLiteral("java")), QStringLiteral("Main")};
        return prepareJava(folder, list);
    }
    const bool isPython = program.startsWith("python");
    const QString main = isPython ? QStringLiteral("main.py") : QStringLiteral("main.mjs");
    command = {toolOf(program), main};
    const PolicyProgram &chosen = *policyProgram(QString::fromLatin1(program));
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QByteArray text = programText(list[i], chosen);
        if (!writeFile(
                folder,
                QStringLiteral("policy_%1.%2").arg(i).arg(isPython ? QStringLiteral("py") : QStringLiteral("mjs")),
                isPython ? text : withoutTypes(text)))
            return false;
    }
    return writeFile(folder, main, contents(harness(isPython ? "main.py" : "main.mjs"))) &&
           writeFile(folder, QStringLiteral("standin/tenacity.py"), contents(harness("standin/tenacity.py")));
}

} // namespace errata::test
