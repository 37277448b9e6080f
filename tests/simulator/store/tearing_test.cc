// Power is cut before, during and after every single persistent write of every command; afterwards the card
// is at one of the command's commit points, whole.
#include "simulator/store/tearing_store.h"

#include <set>

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

using store::Cut;
using store::TearingStore;
using Cells = std::map<core::CellId, Bytes>;

// Remembers the cells after every commit.
class WatchedStore final : public core::Store {
 public:
  std::optional<ByteView> find(core::CellId id) const override { return inner.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    const bool done = inner.commit(changes);
    states.push_back(inner.cells());
    return done;
  }
  TearingStore inner;
  std::vector<Cells> states{Cells{}};
};

struct Command {
  const char* name;
  std::vector<const char*> before;  // uncut
  const char* command;
  const char* answer;
};

constexpr const char* kPuk = "0082000610EDC04656487FEAFE0102030405060708";
constexpr const char* kSelectDf01 = "00A4000002DF01";
constexpr const char* kChallenge = "0084000008";

const Command kCommands[] = {
    {"VERIFY right", {"0020000003999999"}, "0020000003123456", "9000"},
    {"VERIFY wrong", {}, "0020000003999999", "63C2"},
    {"CHANGE PIN", {"0020000003999999"}, "805E010007123456FF654321", "9000"},
    {"EXTERNAL AUTHENTICATION right", {kChallenge}, "0082000410EDC04656487FEAFE0102030405060708", "9000"},
    {"EXTERNAL AUTHENTICATION wrong", {kChallenge}, "008200041000000000000000000102030405060708", "63C2"},
    {"PIN unblock", {"0020000003999999", kChallenge, kPuk, kChallenge}, "84240000043B20864B", "9000"},
    {"PIN reload",
     {"0020000003999999", kChallenge, kPuk, kChallenge},
     "842400010CA4133DF32C2C2EE4EB004C1A",
     "9000"},
    {"UPDATE RECORD", {kChallenge, "0082000410EDC04656487FEAFE0102030405060708"}, "00DC022803020139", "9000"},
    {"UPDATE RECORD appends",
     {kChallenge, "0082000410EDC04656487FEAFE0102030405060708"},
     "00DC032C0304"
     "0139",
     "9000"},
    {"UPDATE RECORD cyclic",
     {kSelectDf01, "00DC003B03000001", "00DC003B03000002", "00DC003B03000003"},
     "00DC003B03000004",
     "9000"},
    {"UPDATE BINARY", {kSelectDf01}, "00D6960408AABBCCDDEEFF0011", "9000"},
};

class Rig {
 public:
  explicit Rig(const Command& command)
      : card_(core::build_image(small_card()), card::commands(), core::CardEnv{random_, clock_, store}) {
    card_.power_on();
    for (const char* step : command.before) card_.transmit(hex(step));
    store.states.assign(1, store.inner.cells());
  }
  std::string send(const char* command) { return apdu::to_hex(card_.transmit(hex(command)).encode()); }
  void power_cycle() {
    card_.power_off();
    store.inner.power_up();
    card_.power_on();
  }
  WatchedStore store;

 private:
  FixedRandom random_;
  ZeroClock clock_;
  core::CardOs card_;
};

unsigned counter(const Cells& cells, core::CellId id, unsigned otherwise) {
  const auto it = cells.find(id);
  return it == cells.end() ? otherwise : it->second.at(0);
}

std::size_t sweep(const Command& command) {
  Rig uncut(command);
  const std::size_t first = uncut.store.inner.writes();
  EXPECT_EQ(uncut.send(command.command), command.answer) << command.name;
  const std::size_t writes = uncut.store.inner.writes() - first;
  for (std::size_t write = 0; write < writes; ++write) {
    for (const auto moment : {Cut::Moment::kBefore, Cut::Moment::kDuring, Cut::Moment::kAfter}) {
      Rig rig(command);
      rig.store.inner.cut_at({write, moment});
      rig.send(command.command);
      EXPECT_FALSE(rig.store.inner.has_power());
      rig.power_cycle();
      const Cells& after = rig.store.inner.cells();
      const auto& allowed = uncut.store.states;
      EXPECT_NE(std::find(allowed.begin(), allowed.end(), after), allowed.end())
          << command.name << " cut at write " << write << " moment " << static_cast<int>(moment);
    }
  }
  return writes;
}

TEST(Tearing, EveryWriteOfEveryCommandLeavesACommitPoint) {
  for (const Command& command : kCommands) {
    const std::size_t writes = sweep(command);
    EXPECT_GE(writes, 4U) << command.name;  // journal, mark, cell, clear
  }
}

// A wrong PIN whose try was written but whose answer never came still counts; it never comes back.
TEST(Tearing, CountersNeverGain) {
  const Command wrong = kCommands[1];
  for (std::size_t write = 0; write < 4; ++write) {
    Rig rig(wrong);
    rig.store.inner.cut_at({write, Cut::Moment::kAfter});
    rig.send(wrong.command);
    rig.power_cycle();
    EXPECT_EQ(counter(rig.store.inner.cells(), core::kPinTriesCell, 3), write >= 1 ? 2U : 3U) << write;
  }
}

TEST(TearingStore, ATornMarkIsVoid) {
  TearingStore store;
  const core::Change changes[] = {{core::kPinCell, ByteView()}, {core::kPinTriesCell, ByteView()}};
  store.cut_at({2, Cut::Moment::kDuring});
  EXPECT_FALSE(store.commit(changes));
  store.power_up();
  EXPECT_TRUE(store.cells().empty());
}

}  // namespace
}  // namespace ssc::simulator::test
