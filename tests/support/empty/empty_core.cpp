// What bench_startup measures against: a QCoreApplication and nothing else.
#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return 0;
}
