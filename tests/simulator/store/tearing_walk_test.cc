// Random commands with random cuts, also in the recovery, on a store with its model beside it.
#include <cstdlib>
#include <random>

#include "tests/simulator/store/model_store.h"

namespace ssc::simulator::test {
namespace {

using store::Cut;

constexpr unsigned kCommandsOfACard = 12;

unsigned cards_to_walk() {
  if (std::getenv("SSC_SHORT_WALKS") != nullptr) return 100;
  if (std::getenv("SSC_LONG_WALKS") != nullptr) return 100'000;
  return 1'500;
}

class Walk {
 public:
  Walk(Subject subject, unsigned seed) : subject_(subject), dice_(seed), card_(subject, store_) {}

  // Returns how many cuts fell.
  unsigned run() {
    for (unsigned i = 0; i < kCommandsOfACard; ++i) step();
    return cuts_;
  }

 private:
  unsigned roll(unsigned sides) { return static_cast<unsigned>(dice_() % sides); }
  Cut random_cut() { return {roll(16), static_cast<Cut::Moment>(roll(3))}; }

  const WritingCommand& random_command() {
    for (;;) {
      const auto& all = writing_commands();
      const WritingCommand& command = all[roll(static_cast<unsigned>(all.size()))];
      if (command.subject == subject_) return command;
    }
  }

  // The way to the command, sometimes cut short; then the command, mostly cut.
  void step() {
    const WritingCommand& command = random_command();
    for (const std::string& step : command.before) {
      if (roll(20) != 0) card_.send(step);
    }
    const Cells before = store_.real.cells();
    if (roll(4) != 0) store_.real.cut_at(random_cut());
    card_.send(command.command);
    store_.real.has_power() ? disarm() : recover();
    if (!command.may_raise) expect_no_gain(before, command);
  }

  void disarm() { EXPECT_TRUE(store_.real.power_up()); }

  void recover() {
    ++cuts_;
    card_.card().power_off();
    while (!store_.real.power_up(random_cut())) {
    }
    store_.real.power_up();
    store_.recovered();
    card_.card().power_on();
  }

  // No octets: a key that was loaded anew, with all its tries.
  static unsigned tries_in(const Bytes& cell) { return cell.empty() ? 0xFF : cell[0]; }

  void expect_no_gain(const Cells& before, const WritingCommand& command) {
    for (const auto& [id, value] : store_.real.cells()) {
      if (id.kind != core::CellKind::kPinTries && id.kind != core::CellKind::kKeyTries) continue;
      const auto was = before.find(id);
      EXPECT_TRUE(was == before.end() || tries_in(value) <= tries_in(was->second)) << command.name;
    }
  }

  Subject subject_;
  std::mt19937 dice_;
  ModelledStore store_;
  Subjected card_;
  unsigned cuts_ = 0;
};

class TearingWalk : public ::testing::TestWithParam<Subject> {};

TEST_P(TearingWalk, TheStoreAndItsModelAgree) {
  unsigned cuts = 0;
  for (unsigned seed = 1; seed <= cards_to_walk() && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    cuts += Walk(GetParam(), seed).run();
  }
  EXPECT_GT(cuts, cards_to_walk() / 2);
}

std::string subject_name(const ::testing::TestParamInfo<Subject>& walked) {
  constexpr const char* kNames[] = {"Card", "Medical", "Psam", "Carrier"};
  return kNames[static_cast<std::size_t>(walked.param)];
}

INSTANTIATE_TEST_SUITE_P(Of, TearingWalk,
                         ::testing::Values(Subject::kCard, Subject::kMedical, Subject::kPsam,
                                           Subject::kCarrier),
                         subject_name);

}  // namespace
}  // namespace ssc::simulator::test
