// A state file with flipped bits, missing parts or an older copy in its place: refused in one line, or as it
// was; never another state.
#include <fstream>
#include <iterator>

#include "simulator/store/sqlite_store.h"
#include "tests/simulator/store/temporary_folder.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

namespace fs = std::filesystem;
using core::CellId;
using core::CellKind;
using store::SqliteStore;
using Cells = store::StateFile::Cells;

const store::Origin kOrigin{"d1", "sample-3.00"};

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// A state with the counter at 8 writes, left as SIGKILL leaves it (with its WAL) or closed.
class Damaged : public ::testing::Test {
 protected:
  Damaged() {
    auto store = SqliteStore::open(folder_.path() / "whole", "card", kOrigin).value();
    for (std::uint8_t i = 0; i < 8; ++i) {
      const core::Change changes[] = {{core::kPinTriesCell, ByteView(&i, 1)},
                                      {{CellKind::kRecord, 3, i}, ByteView(kRecord_)}};
      EXPECT_TRUE(store->commit(changes));
    }
    cells_ = store->cells();
    fs::copy(folder_.path() / "whole", folder_.path() / "killed");
  }

  std::string file(const std::string& state, const std::string& suffix) const {
    return (folder_.path() / state / ("card" + suffix)).string();
  }

  // Opens what `state` holds, with this file changed, in a folder of its own.
  tl::expected<Cells, std::string> open_with(const std::string& state, const std::string& suffix,
                                             const std::string& bytes) const {
    const fs::path folder = folder_.path() / "tried";
    fs::remove_all(folder);
    fs::copy(folder_.path() / state, folder);
    write(folder / ("card" + suffix), bytes);
    auto store = SqliteStore::open(folder, "card", kOrigin);
    if (store) return (*store)->cells();
    EXPECT_EQ(store.error().what.find('\n'), std::string::npos) << store.error().what;
    EXPECT_TRUE(fs::exists(folder / "card.db"));
    return tl::unexpected(store.error().what);
  }

  // Flips one bit at a time, all over the file; returns how many were refused.
  unsigned flip_through(const std::string& state, const std::string& suffix, std::size_t stride) const {
    const std::string whole = read(file(state, suffix));
    unsigned refused = 0;
    for (std::size_t at = 0; at < whole.size(); at += stride) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
      const auto opened = open_with(state, suffix, bytes);
      refused += opened ? 0 : 1;
      EXPECT_TRUE(!opened || *opened == cells_) << state << suffix << " bit flipped at " << at;
    }
    return refused;
  }

  TemporaryFolder folder_;
  const Bytes kRecord_ = hex("00112233445566778899AABBCCDDEEFF0102030405");
  Cells cells_;
};

TEST_F(Damaged, UnharmedItOpens) {
  EXPECT_EQ(open_with("whole", ".db", read(file("whole", ".db"))), cells_);
  EXPECT_EQ(open_with("killed", ".db", read(file("killed", ".db"))), cells_);
}

TEST_F(Damaged, ABitOfTheDatabaseIsFlipped) { EXPECT_GT(flip_through("whole", ".db", 83), 5U); }

// What lies on the disk for a cell.
std::string stored_bytes(const fs::path& database, CellId wanted) {
  std::string found;
  store::Database cells(database);
  EXPECT_TRUE(cells.open());
  EXPECT_TRUE(cells.for_each_cell([&](CellId id, ByteView value) {
    if (id == wanted) found.assign(value.begin(), value.end());
    return true;
  }));
  return found;
}

TEST_F(Damaged, EveryBitOfARecordIsNoticed) {
  const std::string stored = stored_bytes(file("whole", ".db"), {CellKind::kRecord, 3, 2});
  const std::string whole = read(file("whole", ".db"));
  const std::size_t at = whole.find(stored);
  ASSERT_NE(at, std::string::npos);
  for (unsigned bit = 0; bit < 8; ++bit) {
    std::string bytes = whole;
    bytes[at + 9] = static_cast<char>(bytes[at + 9] ^ (1 << bit));
    const auto opened = open_with("whole", ".db", bytes);
    ASSERT_FALSE(opened) << bit;
    EXPECT_NE(opened.error().find("a cell is damaged"), std::string::npos) << opened.error();
    EXPECT_NE(opened.error().find("ssc card reset"), std::string::npos) << opened.error();
  }
}

TEST_F(Damaged, ABitOfTheLogOfAKilledProcessIsFlipped) {
  EXPECT_GT(flip_through("killed", ".db-wal", 997), 20U);
}

// The log holds what was acknowledged last: without it the card would get its tries back.
TEST_F(Damaged, TheLogOfAKilledProcessIsCutOrGone) {
  const std::string log = read(file("killed", ".db-wal"));
  for (const std::size_t size : {log.size() - 1, log.size() / 2, std::size_t{0}})
    EXPECT_FALSE(open_with("killed", ".db-wal", log.substr(0, size))) << size;
}

TEST_F(Damaged, TheDatabaseIsCut) {
  const std::string whole = read(file("whole", ".db"));
  for (const std::size_t size : {whole.size() - 100, whole.size() / 2, std::size_t{100}, std::size_t{1}})
    EXPECT_FALSE(open_with("whole", ".db", whole.substr(0, size))) << size;
}

TEST_F(Damaged, AnOlderCopyIsPutBack) {
  const std::string older = read(file("whole", ".db"));
  {
    auto store = SqliteStore::open(folder_.path() / "whole", "card", kOrigin).value();
    const core::Change change{core::kPinTriesCell, kRecord_};
    ASSERT_TRUE(store->commit({&change, 1}));
  }
  const auto opened = open_with("whole", ".db", older);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find("older than what the card has answered"), std::string::npos);
}

TEST_F(Damaged, AfterResetTheCardIsNew) {
  ASSERT_TRUE(store::remove_state(folder_.path() / "killed", "card"));
  EXPECT_TRUE(SqliteStore::open(folder_.path() / "killed", "card", kOrigin).value()->cells().empty());
}

}  // namespace
}  // namespace ssc::simulator::test
