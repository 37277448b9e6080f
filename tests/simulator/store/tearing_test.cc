// Power is cut before, during and after every single persistent write of every command; afterwards the card
// is at one of the command's commit points, whole.
#include <algorithm>
#include <iostream>

#include "tests/simulator/store/tearing_rig.h"

namespace ssc::simulator::test {
namespace {

using store::Cut;
using store::TearingStore;

constexpr Cut::Moment kMoments[] = {Cut::Moment::kBefore, Cut::Moment::kDuring, Cut::Moment::kAfter};

TEST(TearingStore, PowerGoesAtTheFirstWriteAfterATime) {
  TearingStore store;
  const core::Bytes value{1};
  const core::Change change[] = {{core::kPinTriesCell, value}};
  store.cut_after(std::chrono::hours(1));
  EXPECT_TRUE(store.commit(change));
  store.cut_after(std::chrono::microseconds(0));
  EXPECT_FALSE(store.commit(change));
  EXPECT_FALSE(store.has_power());
  EXPECT_TRUE(store.power_up());
  EXPECT_TRUE(store.commit(change));  // the deadline is gone with the power
}

TEST(TearingStore, ACutThatIsDisarmedDoesNotCome) {
  TearingStore store;
  const core::Bytes value{1};
  const core::Change change[] = {{core::kPinTriesCell, value}};
  store.cut_at({});
  store.cut_after(std::chrono::microseconds(0));
  store.disarm();
  EXPECT_TRUE(store.commit(change));
}

const WritingCommand& named(std::string_view name) {
  const auto& all = writing_commands();
  return *std::ranges::find_if(all, [name](const WritingCommand& c) { return c.name == name; });
}

std::string describe(const WritingCommand& command, const Cut& cut) {
  return std::string(command.name) + " cut at write " + std::to_string(cut.write) + " moment " +
         std::to_string(static_cast<int>(cut.moment));
}

// Calls `look` with a rig on which the command was cut and power is back, for every cut there is; returns the
// number of write points.
template <class Look>
std::size_t sweep(const WritingCommand& command, Look look) {
  Rig uncut(command);
  const std::size_t first = uncut.store.inner.writes();
  EXPECT_EQ(uncut.send(command.command), command.answer) << command.name;
  const std::size_t writes = uncut.store.inner.writes() - first;
  for (Cut cut; cut.write < writes; ++cut.write) {
    for (const auto moment : kMoments) {
      cut.moment = moment;
      Rig rig(command);
      rig.store.inner.cut_at(cut);
      rig.send(command.command);
      EXPECT_FALSE(rig.store.inner.has_power()) << describe(command, cut);
      rig.power_cycle();
      look(rig, uncut, describe(command, cut));
    }
  }
  return writes;
}

// One transaction an APDU, and one before a comparison that a retry counter guards.
std::size_t commits(const WritingCommand& command) {
  Rig rig(command);
  rig.send(command.command);
  return rig.store.states.size() - 1;
}

TEST(Tearing, EveryWriteOfEveryCommandLeavesACommitPoint) {
  std::size_t total = 0;
  for (const WritingCommand& command : writing_commands()) {
    const std::size_t writes = sweep(command, [](const Rig& rig, const Rig& uncut, const std::string& where) {
      const auto& allowed = uncut.store.states;
      EXPECT_NE(std::ranges::find(allowed, rig.store.inner.cells()), allowed.end()) << where;
    });
    EXPECT_GE(writes, 4U) << command.name;  // journal, mark, cell, clear
    EXPECT_LE(commits(command), command.may_raise ? 2U : 1U) << command.name;
    total += writes;
  }
  std::cout << writing_commands().size() << " commands, " << total << " write points, "
            << total * std::size(kMoments) << " cuts\n";
  EXPECT_GE(total, 4 * writing_commands().size());
}

unsigned counter(const Cells& cells, core::CellId id, unsigned otherwise) {
  const auto it = cells.find(id);
  return it == cells.end() ? otherwise : it->second.at(0);
}

// A wrong PIN whose try was written but whose answer never came still counts; it never comes back.
TEST(Tearing, CountersNeverGain) {
  const WritingCommand& wrong = named("VERIFY wrong");
  for (std::size_t write = 0; write < 4; ++write) {
    Rig rig(wrong);
    rig.store.inner.cut_at({write, Cut::Moment::kAfter});
    rig.send(wrong.command);
    rig.power_cycle();
    EXPECT_EQ(counter(rig.store.inner.cells(), core::kPinTriesCell, 3), write >= 1 ? 2U : 3U) << write;
  }
}

// What a terminal learns of an account: the proof asked for, then balance, self-paid total and the newest log
// record.
std::vector<std::string> account(Rig& rig, const std::string& proof) {
  rig.send("00A4000002DF04");
  std::vector<std::string> out{rig.send(proof)};
  rig.send("0020000003123456");
  for (const char* question : {"B026000104", "B026000206", "00B201441C"}) out.push_back(rig.send(question));
  return out;
}

struct Transacted {
  const char* command;
  std::string proof;  // GET TRANSACTION PROOF of it
  std::vector<std::string> before;
  std::vector<std::string> after;
};

// Balance, counters, log and proof: of Part 7 §12 and §14, with the check values' MACs.
const Transacted kTransactions[] = {
    {"CREDIT FOR LOAD",
     "B02E0031020003",
     {"9406", "000003E89000", "0000001020239000", "6A83"},
     {"AE82515457F89B7A9000", "000005DC9000", "0000001020239000",
      "000331330300000001"
      "20240131120000"
      "000001F4"
      "00000000"
      "00000000"
      "9000"}},
    {"DEBIT FOR PURCHASE",
     "B02E0032020005",
     {"9406", "000003E89000", "0000001020239000", "6A83"},
     {"7B82B3E1332089519000", "000003849000", "0000001A20239000",
      "000532330300000001"
      "20240131120000"
      "00000064"
      "0000000A"
      "000000C8"
      "9000"}},
};

TEST(Tearing, BalanceCountersLogAndProofMoveTogether) {
  for (const Transacted& transacted : kTransactions) {
    std::size_t seen[2] = {};
    sweep(named(transacted.command), [&](Rig& rig, Rig&, const std::string& where) {
      const auto found = account(rig, transacted.proof);
      const bool done = found.front() != "9406";
      EXPECT_EQ(found, done ? transacted.after : transacted.before) << where;
      ++seen[done ? 1 : 0];
    });
    EXPECT_GT(seen[0], 0U) << transacted.command;
    EXPECT_GT(seen[1], 0U) << transacted.command;
  }
}

// Power goes again at every write of the recovery.
TEST(Tearing, RecoveryCanBeCutToo) {
  const WritingCommand& debit = named("DEBIT FOR PURCHASE");
  Rig uncut(debit);
  uncut.send(debit.command);
  Rig marked(debit);
  const std::size_t first = marked.store.inner.writes();
  marked.send(debit.command);
  const std::size_t changes = (marked.store.inner.writes() - first - 2) / 2;
  for (Cut again; again.write <= changes; ++again.write) {
    for (const auto moment : kMoments) {
      again.moment = moment;
      Rig rig(debit);
      rig.store.inner.cut_at({changes, Cut::Moment::kAfter});  // the mark is written
      rig.send(debit.command);
      EXPECT_FALSE(rig.store.inner.power_up(again));
      rig.power_cycle();
      EXPECT_EQ(rig.store.inner.cells(), uncut.store.inner.cells()) << describe(debit, again);
    }
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
