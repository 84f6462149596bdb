// Before programs that are checked as one source: none gets a main.
#pragma once

#include <QTest>

#undef QTEST_MAIN
#undef QTEST_GUILESS_MAIN
#undef QTEST_APPLESS_MAIN
#define QTEST_MAIN(TestClass)
#define QTEST_GUILESS_MAIN(TestClass)
#define QTEST_APPLESS_MAIN(TestClass)
