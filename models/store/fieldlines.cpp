#include "models/store/fieldlines.h"

namespace errata {

namespace {

void putField(QByteArray &out, const QByteArray &field)
{
    for (const char c : field) {
        switch (c) {
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\\':
            out += "\\\\";
            break;
        default:
            out += c;
        }
    }
}

char meant(char escaped)
{
    switch (escaped) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    default:
        return escaped;
    }
}

} // namespace

QByteArray joinedLines(const FieldLines &lines)
{
    QByteArray out;
    for (const std::vector<QByteArray> &line : lines) {
        bool isFirst = true;
        for (const QByteArray &field : line) {
            if (!isFirst)
                out += '\t';
            isFirst = false;
            putField(out, field);
        }
        out += '\n';
    }
    return out;
}

FieldLines splitLines(QByteArrayView text)
{
    FieldLines lines;
    std::vector<QByteArray> line{QByteArray()};
    bool isEscaped = false;
    for (const char c : text) {
        if (isEscaped) {
            line.back() += meant(c);
            isEscaped = false;
        } else if (c == '\\') {
            isEscaped = true;
        } else if (c == '\t') {
            line.emplace_back();
        } else if (c == '\n') {
            lines.push_back(std::move(line));
            line = {QByteArray()};
        } else {
            line.back() += c;
        }
    }
    return lines;
}

} // namespace errata
