// The generators against the known answers published with them.
#include "models/base/random.h"

#include <QTest>

using namespace errata;

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void xoshiro_fromTheState1234();
    void splitMix_fromSeed1234567();
    void seededXoshiro_takesItsStateFromSplitMix();
    void uniform_isTheUpper53Bits();
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

void TestRandom::uniform_isTheUpper53Bits()
{
    RandomSource random = RandomSource::seeded(42);
    for (const double expected : {0.8143051451229099, 0.3188210400616611, 0.9838941681774888, 0.7011355981347556,
                                  0.793504489691729, 0.5880984664675596, 0.1253524420627421, 0.6051224486571726})
        QCOMPARE(random.uniform(), expected);
    QCOMPARE(random.draws(), 8);
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
