// Power is cut before, during and after every persistent write of every creation command: the card is as it
// was before the command or as it is after it, and runs on.
#include "simulator/store/tearing_store.h"

#include "simulator/core/describe.h"
#include "tests/simulator/issue/card_channel.h"

namespace ssc::simulator::test {
namespace {

using store::Cut;
using store::TearingStore;
using Command = Bytes;

// Keeps what a personalisation sends.
class RecordingChannel final : public apdu::Channel {
 public:
  explicit RecordingChannel(core::SmartCard& card) : inner_(card) {}
  tl::expected<Bytes, apdu::ChannelError> power_on() override { return inner_.power_on(); }
  tl::expected<Bytes, apdu::ChannelError> reset() override { return inner_.reset(); }
  void power_off() override { inner_.power_off(); }
  tl::expected<apdu::Response, apdu::ChannelError> transmit(ByteView command) override {
    commands.emplace_back(command.begin(), command.end());
    return inner_.transmit(command);
  }
  std::vector<Command> commands;

 private:
  CardChannel inner_;
};

// The random is fixed, so that recorded commands can be played again.
class Rig {
 public:
  Rig() : card_(core::build_image(blank_card()), card::commands(), core::CardEnv{random_, clock_, store}) {
    card_.power_on();
  }
  void play(std::span<const Command> commands) {
    for (const Command& command : commands) card_.transmit(command);
  }
  void power_cycle() {
    card_.power_off();
    store.power_up();
    card_.power_on();
  }
  std::string state() const { return core::describe(card_); }
  core::CardOs& card() { return card_; }
  TearingStore store;

 private:
  FixedRandom random_;
  ZeroClock clock_;
  core::CardOs card_;
};

// Small, so that the sweep stays fast; it uses every creation command.
CardModel tiny_card() {
  CardModel model = small_card();
  model.dfs.pop_back();
  model.dfs[0].keys.resize(2);
  model.dfs[1].keys.resize(2);
  model.dfs[1].files.resize(4);
  model.dfs[1].files[3].records = {hex("AABBCC")};
  for (auto& df : model.dfs) {
    for (auto& file : df.files) file.read = file.update = access({{"free"}});
  }
  model.dfs[1].id = "DF04";
  model.medical = profile::Medical{Bytes(20, 0x01)};
  return model;
}

std::vector<Command> record_commands() {
  Rig rig;
  RecordingChannel channel(rig.card());
  const auto made = issue::personalise(channel, tiny_card(), issue_keys());
  EXPECT_TRUE(made) << made.error().what;
  return channel.commands;
}

struct Step {
  std::span<const Command> before;
  Command command;
};

std::size_t sweep(const Step& step) {
  Rig uncut;
  uncut.play(step.before);
  const std::string old_state = uncut.state();
  const std::size_t first = uncut.store.writes();
  uncut.card().transmit(step.command);
  const std::size_t writes = uncut.store.writes() - first;
  const std::string new_state = uncut.state();
  for (std::size_t write = 0; write < writes; ++write) {
    for (const auto moment : {Cut::Moment::kBefore, Cut::Moment::kDuring, Cut::Moment::kAfter}) {
      Rig rig;
      rig.play(step.before);
      rig.store.cut_at({write, moment});
      rig.card().transmit(step.command);
      EXPECT_FALSE(rig.store.has_power());
      rig.power_cycle();
      const std::string after = rig.state();
      EXPECT_TRUE(after == old_state || after == new_state)
          << apdu::to_hex(step.command) << " cut at write " << write << " moment "
          << static_cast<int>(moment);
    }
  }
  return writes;
}

TEST(PersonalisationTearing, EveryWriteOfEveryCommandLeavesTheOldCardOrTheNew) {
  const std::vector<Command> commands = record_commands();
  std::size_t writes = 0;
  std::size_t writing_commands = 0;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::size_t swept = sweep({std::span(commands).first(i), commands[i]});
    writes += swept;
    writing_commands += swept > 0 ? 1 : 0;
  }
  EXPECT_GE(writing_commands, 20U);
  EXPECT_GE(writes, 4 * writing_commands);  // journal, mark, cells, clear
}

TEST(PersonalisationTearing, ADeletionIsWholeToo) {
  std::vector<Command> commands = record_commands();
  commands.resize(commands.size() - 8);  // before the master key is replaced
  for (const char* step : {"00A4000000"}) commands.push_back(hex(step));
  EXPECT_GE(sweep({commands, hex("80E40000")}), 4U);
}

}  // namespace
}  // namespace ssc::simulator::test
