#include "simulator/store/sqlite_store.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/simulator/store/temporary_folder.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

namespace fs = std::filesystem;
using core::CellId;
using core::CellKind;
using store::SqliteStore;

class State : public ::testing::Test {
 protected:
  std::unique_ptr<SqliteStore> open(const std::string& digest = "d1") {
    auto store = SqliteStore::open(folder_.path(), "card", {digest, "sample-3.00"});
    if (store) return *std::move(store);
    refusal_ = store.error().what;
    return nullptr;
  }
  std::string file() const { return (folder_.path() / "card.db").string(); }

  TemporaryFolder folder_;
  std::string refusal_;
};

bool put(SqliteStore& store, CellId id, const Bytes& value) {
  const core::Change change{id, value};
  return store.commit({&change, 1});
}

TEST_F(State, SurvivesReopening) {
  auto store = open();
  ASSERT_TRUE(put(*store, core::kPinCell, hex("1234")));
  ASSERT_TRUE(put(*store, core::kPinCell, hex("")));
  ASSERT_TRUE(put(*store, {CellKind::kRecord, 7, 300}, hex("AABB")));
  store.reset();
  store = open();
  ASSERT_TRUE(store) << refusal_;
  EXPECT_TRUE(store->find(core::kPinCell)->empty());
  EXPECT_EQ(apdu::to_hex(*store->find({CellKind::kRecord, 7, 300})), "AABB");
  EXPECT_EQ(store->find(core::kPinTriesCell), std::nullopt);
}

TEST_F(State, ASecondUserIsRefused) {
  const auto first = open();
  EXPECT_EQ(open(), nullptr);
  EXPECT_EQ(refusal_, file() + ": another process has this card; end it, or name another folder");
  EXPECT_FALSE(store::remove_state(folder_.path(), "card"));
}

TEST_F(State, NobodyElseMayReadIt) {
  const auto store = open();
  ASSERT_TRUE(put(*store, core::kPinCell, hex("1234")));
  constexpr auto kOwner = fs::perms::owner_read | fs::perms::owner_write;
  for (const char* suffix : {"", "-wal"})
    EXPECT_EQ(fs::status(file() + suffix).permissions(), kOwner) << suffix;
}

TEST_F(State, AFolderThatCannotHoldIt) {
  fs::create_directory(folder_.path() / "card.lock");
  EXPECT_EQ(open(), nullptr);
  EXPECT_EQ(refusal_, (folder_.path() / "card.lock: Is a directory").string());
}

TEST_F(State, AnotherCardFileIsRefusedUntilReset) {
  put(*open(), core::kPinCell, hex("1234"));
  EXPECT_EQ(open("d2"), nullptr);
  EXPECT_NE(refusal_.find("ssc card reset"), std::string::npos) << refusal_;
  EXPECT_TRUE(open("d1")->find(core::kPinCell));
  ASSERT_TRUE(store::remove_state(folder_.path(), "card"));
  EXPECT_FALSE(open("d2")->find(core::kPinCell));
}

TEST_F(State, ADamagedFileIsRefusedAndKept) {
  put(*open(), core::kPinCell, hex("1234"));
  std::ofstream(file(), std::ios::binary) << std::string(8192, 'x');
  EXPECT_EQ(open(), nullptr);
  EXPECT_NE(refusal_.find("it is kept"), std::string::npos) << refusal_;
  EXPECT_EQ(fs::file_size(file()), 8192U);
}

// A card on this state that answers wrong VERIFYs and says each answer, until it is killed.
[[noreturn]] void count_down_in_child(SqliteStore& store, int out) {
  CardModel model = small_card();
  model.pin.tries = 200;
  FixedRandom random;
  ZeroClock clock;
  core::CardOs card(core::build_image(model), card::commands(), core::CardEnv{random, clock, store});
  card.power_on();
  for (;;) {
    card.transmit(hex("0020000003999999"));
    const std::uint8_t left = store.find(core::kPinTriesCell)->front();
    if (::write(out, &left, 1) != 1) ::_exit(1);
  }
}

// Whatever the moment of SIGKILL, a try that was answered is never given back.
TEST_F(State, KilledAtAnyMomentLosesNothingAcknowledged) {
  for (const int killed_after : {1, 3, 10}) {
    ASSERT_TRUE(store::remove_state(folder_.path(), "card"));
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0)
      count_down_in_child(*SqliteStore::open(folder_.path(), "card", {"d1", ""}).value(), ends[1]);
    ::close(ends[1]);
    std::uint8_t left = 200;
    for (int i = 0; i < killed_after; ++i) ASSERT_EQ(::read(ends[0], &left, 1), 1);
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    while (::read(ends[0], &left, 1) == 1) {
    }
    ::close(ends[0]);
    const auto store = open();
    ASSERT_TRUE(store) << refusal_;
    const unsigned stored = store->find(core::kPinTriesCell)->front();
    EXPECT_TRUE(stored == left || stored + 1 == left)
        << stored << " stored, " << unsigned{left} << " answered";
  }
}

}  // namespace
}  // namespace ssc::simulator::test
