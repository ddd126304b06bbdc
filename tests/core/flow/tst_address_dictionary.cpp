// AddressDictionary and the merges: held against std::map and std::set.
#include "core/flow/address_dictionary.h"

#include <QtTest>

#include <map>
#include <random>
#include <set>

using namespace weir;
using namespace weir::flow;

namespace {

IpAddr someV6(std::uint64_t n) {
    IpAddr a;
    a.b[0] = 0x20;
    a.b[1] = 0x01;
    for (std::size_t i = 0; i < 8; ++i) a.b[15 - i] = std::uint8_t(n >> (8 * i));
    a.b[5] = std::uint8_t(n * 7);
    return a;
}

IpAddr addressOf(const AddressDictionary& d, HostId id) {
    return id & AddressDictionary::kV6Bit ? d.v6()[id & ~AddressDictionary::kV6Bit] : IpAddr::v4(d.v4()[id]);
}

std::vector<IpAddr> randomAddresses(std::mt19937_64& rng, std::size_t n) {
    std::vector<IpAddr> all;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t r = rng();
        if (r % 3 == 0)
            all.push_back(someV6(rng() % 3000));
        else if (r % 3 == 1)
            all.push_back(IpAddr::v4(0x0a000000u + std::uint32_t(rng() % 5000)));
        else
            all.push_back(IpAddr::v4(std::uint32_t(rng())));
    }
    all.push_back(IpAddr::v4(0));
    all.push_back(IpAddr::v4(0xffffffffu));
    all.push_back(IpAddr{});
    return all;
}

bool sameTable(const AddressTable& a, const AddressTable& b) {
    return std::equal(a.v4().begin(), a.v4().end(), b.v4().begin(), b.v4().end()) &&
           std::equal(a.v6().begin(), a.v6().end(), b.v6().begin(), b.v6().end());
}

}  // namespace

class TestAddressDictionary : public QObject {
    Q_OBJECT
private slots:
    void idsCountUpInOrderOfFirstSight() {
        AddressDictionary d;
        std::map<IpAddr, HostId> seen;
        std::mt19937_64 rng(7);
        HostId next4 = 0, next6 = AddressDictionary::kV6Bit;
        for (const IpAddr& a : randomAddresses(rng, 100000)) {
            const HostId id = d.id(a);
            const auto [at, fresh] = seen.try_emplace(a, a.isV4() ? next4 : next6);
            if (fresh) ++(a.isV4() ? next4 : next6);
            QCOMPARE(id, at->second);
            QVERIFY(addressOf(d, id) == a);
        }
        QCOMPARE(d.v4().size() + d.v6().size(), seen.size());
    }

    void batchGivesTheSameIdsAsSingles() {
        std::mt19937_64 rng(11);
        std::vector<std::uint32_t> hosts;
        for (int i = 0; i < 70001; ++i) hosts.push_back(std::uint32_t(rng() % 20000) * 2654435761u);
        AddressDictionary one, many;
        std::vector<HostId> ids(hosts.size());
        many.idsV4(hosts, ids);
        for (std::size_t i = 0; i < hosts.size(); ++i) QCOMPARE(ids[i], one.idV4(hosts[i]));
    }

    void mergeDoesNotDependOnTheSpreading_data() {
        QTest::addColumn<unsigned>("dictionaries");
        QTest::addColumn<unsigned>("threads");
        for (unsigned n : {1u, 2u, 3u, 8u})
            for (unsigned t : {1u, 2u, 4u}) QTest::addRow("%u dictionaries, %u threads", n, t) << n << t;
    }
    void mergeDoesNotDependOnTheSpreading() {
        QFETCH(unsigned, dictionaries);
        QFETCH(unsigned, threads);
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 rng(seed);
        const auto all = randomAddresses(rng, 60000);
        std::vector<AddressDictionary> d(dictionaries);
        std::vector<std::pair<std::size_t, HostId>> given;
        for (const IpAddr& a : all) {
            const std::size_t which = rng() % dictionaries;
            given.emplace_back(which, d[which].id(a));
        }
        const MergedAddresses merged = mergeAddresses(d, threads);
        std::set<std::uint32_t> v4;
        std::set<IpAddr> v6;
        for (const IpAddr& a : all) a.isV4() ? void(v4.insert(a.v4Value())) : void(v6.insert(a));
        QVERIFY(std::equal(v4.begin(), v4.end(), merged.table.v4().begin(), merged.table.v4().end()));
        QVERIFY(std::equal(v6.begin(), v6.end(), merged.table.v6().begin(), merged.table.v6().end()));
        QCOMPARE(merged.remaps.size(), d.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            QVERIFY(merged.table[merged.remaps[given[i].first](given[i].second)] == all[i]);
    }

    void mergeOfNothing() {
        const MergedAddresses none = mergeAddresses({}, 2);
        QCOMPARE(none.table.size(), std::size_t(0));
        std::vector<AddressDictionary> empty(2);
        QCOMPARE(mergeAddresses(empty, 2).table.size(), std::size_t(0));
    }

    void joinedTables() {
        std::mt19937_64 rng(3);
        std::vector<AddressDictionary> d(3);
        std::vector<AddressTable> tables;
        for (auto& x : d) {
            for (const IpAddr& a : randomAddresses(rng, 9000)) (void)x.id(a);
            tables.push_back(mergeAddresses({&x, 1}, 1).table);
        }
        const AddressTable* pointers[] = {&tables[0], &tables[1], &tables[2]};
        const JoinedTables joined = joinTables(pointers);
        QVERIFY(sameTable(joined.table, mergeAddresses(d, 2).table));
        for (std::size_t t = 0; t < 3; ++t)
            for (HostId id = 0; id < tables[t].size(); ++id)
                QVERIFY(joined.table[joined.remaps[t][id]] == tables[t][id]);
        const JoinedTables alone = joinTables({pointers, 1});
        QVERIFY(alone.remaps.size() == 1 && alone.remaps[0].empty());
        QVERIFY(sameTable(alone.table, tables[0]));
    }
};

QTEST_APPLESS_MAIN(TestAddressDictionary)
#include "tst_address_dictionary.moc"
