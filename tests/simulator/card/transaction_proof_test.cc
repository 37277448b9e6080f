// Each medical transaction reaches the store as one commit or not at all.
#include "simulator/card/transaction_proof.h"

#include <set>

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

// Notes the kinds of each commit; may refuse them.
class NotingStore final : public core::Store {
 public:
  std::optional<core::ByteView> find(core::CellId id) const override { return good_.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    auto& kinds = commits.emplace_back();
    for (const core::Change& change : changes) kinds.insert(change.id.kind);
    return !broken && good_.commit(changes);
  }
  bool broken = false;
  std::vector<std::set<core::CellKind>> commits;

 private:
  store::MemoryStore good_;
};

class Atomic : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {
 protected:
  Atomic() {
    card_.power_on();
    send("00A4000002DF04");
  }
  std::string send(std::string_view command) { return apdu::to_hex(card_.transmit(hex(command)).encode()); }
  std::string what_the_card_holds() {
    return send("B026000104") + send("B026000206") + send("B026000306") + send("00B201441C") +
           send("B02E0031020003") + send("B02E0032020005") + send(kInitLoad) + send(kInitPurchase);
  }

  MedicalRandom random_;
  ZeroClock clock_;
  NotingStore store_;
  core::CardOs card_{core::build_image(medical_model({.pin = ""})), card::commands(),
                     core::CardEnv{random_, clock_, store_}};
};

TEST_P(Atomic, OneCommitHoldsEverything) {
  EXPECT_EQ(send(GetParam().first).size() % 4, 0u);
  EXPECT_TRUE(store_.commits.empty());
  const std::string answer = send(GetParam().second);
  EXPECT_EQ(answer.substr(answer.size() - 4), "9000");
  using core::CellKind;
  const std::vector<std::set<CellKind>> expected = {
      {CellKind::kMedical, CellKind::kRecord, CellKind::kCyclicState, CellKind::kProof}};
  EXPECT_EQ(store_.commits, expected);
}

TEST_P(Atomic, AStoreThatFailsChangesNothingAndEndsTheTransaction) {
  const std::string before = what_the_card_holds();
  send(GetParam().first);
  store_.broken = true;
  EXPECT_EQ(send(GetParam().second), "6581");
  store_.broken = false;
  EXPECT_EQ(send(GetParam().second), "6901");
  EXPECT_EQ(what_the_card_holds(), before);
}

INSTANTIATE_TEST_SUITE_P(Part7, Atomic,
                         testing::Values(std::pair{kInitLoad, kCredit}, std::pair{kInitPurchase, kDebit}));

}  // namespace
}  // namespace ssc::simulator::test
