// The generators against the known answers published with them.
#include "models/base/random.h"

#include "models/base/samplelog.h"

#include <QSet>
#include <QTest>

#include <cmath>

using namespace errata;

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void xoshiro_fromTheState1234();
    void splitMix_fromSeed1234567();
    void pcg32_fromSeed42AndStream54();
    void philox_ofThePublishedCountersAndKeys_data();
    void philox_ofThePublishedCountersAndKeys();
    void seededXoshiro_takesItsStateFromSplitMix();
    void streams_areTheSeedsOwnAndOthers();
    void uniform_isTheUpper53Bits();
    void sampleLog_isTheLogarithm();
    void sequence_repeatsItsLastNumberAndCountsDraws();
};

void TestRandom::xoshiro_fromTheState1234()
{
    Xoshiro256pp generator(std::array<std::uint64_t, 4>{1, 2, 3, 4});
    for (const std::uint64_t expected : {41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL,
                                         9228616714210784205ULL, 9973669472204895162ULL, 14011001112246962877ULL,
                                         12406186145184390807ULL, 15849039046786891736ULL, 10450023813501588000ULL})
        QCOMPARE(generator.next(), expected);
}

void TestRandom::splitMix_fromSeed1234567()
{
    SplitMix64 generator(1234567);
    for (const std::uint64_t expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                         4593380528125082431ULL, 16408922859458223821ULL})
        QCOMPARE(generator.next(), expected);
}

void TestRandom::pcg32_fromSeed42AndStream54()
{
    Pcg32 generator(42, 54);
    for (const std::uint32_t expected : {0xa15c02b7U, 0x7b47f409U, 0xba1d3330U, 0x83d2f293U, 0xbfa4784bU, 0xcbed606eU})
        QCOMPARE(generator.next(), expected);
}

void TestRandom::philox_ofThePublishedCountersAndKeys_data()
{
    QTest::addColumn<QList<quint32>>("counter");
    QTest::addColumn<QList<quint32>>("key");
    QTest::addColumn<QList<quint32>>("expected");
    constexpr quint32 ones = 0xffffffffU;
    QTest::newRow("zeros") << QList<quint32>{0, 0, 0, 0} << QList<quint32>{0, 0}
                           << QList<quint32>{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U};
    QTest::newRow("ones") << QList<quint32>{ones, ones, ones, ones} << QList<quint32>{ones, ones}
                          << QList<quint32>{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU};
    QTest::newRow("digits of pi") << QList<quint32>{0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}
                                  << QList<quint32>{0xa4093822U, 0x299f31d0U}
                                  << QList<quint32>{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U};
}

void TestRandom::philox_ofThePublishedCountersAndKeys()
{
    QFETCH(QList<quint32>, counter);
    QFETCH(QList<quint32>, key);
    QFETCH(QList<quint32>, expected);
    const auto words = philox4x32({counter[0], counter[1], counter[2], counter[3]}, {key[0], key[1]});
    QCOMPARE(QList<quint32>(words.begin(), words.end()), expected);
}

void TestRandom::seededXoshiro_takesItsStateFromSplitMix()
{
    SplitMix64 filler(42);
    for (const std::uint64_t expected :
         {13679457532755275413ULL, 2949826092126892291ULL, 5139283748462763858ULL, 6349198060258255764ULL})
        QCOMPARE(filler.next(), expected);
    Xoshiro256pp generator(42);
    for (const std::uint64_t expected :
         {15021278609987233951ULL, 5881210131331364753ULL, 18149643915985481100ULL, 12933668939759105464ULL,
          14637574242682825331ULL, 10848501901068131965ULL, 2312344417745909078ULL, 11162538943635311430ULL})
        QCOMPARE(generator.next(), expected);
}

void TestRandom::streams_areTheSeedsOwnAndOthers()
{
    QCOMPARE(Xoshiro256pp(42, 0).next(), Xoshiro256pp(42).next());
    QSet<std::uint64_t> firsts;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        for (std::uint64_t stream = 0; stream < 1000; ++stream)
            firsts.insert(Xoshiro256pp(seed, stream).next());
    }
    QCOMPARE(firsts.size(), 4000);
    // The state of a stream: Philox of (stream, 0 and 1) under the seed.
    const auto low = philox4x32({7, 0, 0, 0}, {42, 0});
    const auto high = philox4x32({7, 0, 1, 0}, {42, 0});
    const auto word = [](std::uint32_t lower, std::uint32_t upper) { return (std::uint64_t{upper} << 32) | lower; };
    Xoshiro256pp plain(
        std::array{word(low[0], low[1]), word(low[2], low[3]), word(high[0], high[1]), word(high[2], high[3])});
    Xoshiro256pp stream(42, 7);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(stream.next(), plain.next());
}

void TestRandom::uniform_isTheUpper53Bits()
{
    RandomSource random = RandomSource::seeded(42);
    for (const double expected : {0.8143051451229099, 0.3188210400616611, 0.9838941681774888, 0.7011355981347556,
                                  0.793504489691729, 0.5880984664675596, 0.1253524420627421, 0.6051224486571726})
        QCOMPARE(random.uniform(), expected);
    QCOMPARE(random.draws(), 8);
}

void TestRandom::sampleLog_isTheLogarithm()
{
    Xoshiro256pp generator(1);
    for (int i = 0; i < 100000; ++i) {
        const double x = 1 - generator.uniform();
        QVERIFY2(std::abs(sampleLog(x) - std::log(x)) < 1e-15 * std::max(1.0, -std::log(x)),
                 qPrintable(QString::number(x, 'g', 17)));
    }
    for (const double x : {1.0, 0x1p-53, 0x1p-52, 0.5, std::nextafter(0.5, 0), std::nextafter(1.0, 0), 1e-15})
        QVERIFY2(std::abs(sampleLog(x) - std::log(x)) < 1e-14, qPrintable(QString::number(x, 'g', 17)));
}

void TestRandom::sequence_repeatsItsLastNumberAndCountsDraws()
{
    RandomSource random = RandomSource::sequence({0.25, 0.75});
    QCOMPARE(random.uniform(), 0.25);
    QCOMPARE(random.uniform(), 0.75);
    QCOMPARE(random.uniform(), 0.75);
    QCOMPARE(random.draws(), 3);
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
