// Part 5 t.49, cell by cell; what fails ends in idle; what the table does not name ends a transaction.
#include "simulator/core/medical_state.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

enum State : std::size_t { kIdle, kLoading, kPurchasing, kForbidden };
constexpr const char* kNames[] = {"Idle", "Loading", "Purchasing"};

struct TableRow {
  const char* name;
  std::string_view command;  // succeeds where it is allowed
  State next[3];             // from idle, loading, purchasing
};

constexpr TableRow kTable49[] = {
    {"InitializeForLoad", kInitLoad, {kLoading, kLoading, kLoading}},
    {"InitializeForPurchase", kInitPurchase, {kPurchasing, kPurchasing, kPurchasing}},
    {"CreditForLoad", kCredit, {kForbidden, kIdle, kForbidden}},
    {"DebitForPurchase", kDebit, {kForbidden, kForbidden, kIdle}},
    {"GetBalance", "B026000104", {kIdle, kLoading, kPurchasing}},
    {"GetBalanceSpip", "B026000206", {kIdle, kLoading, kPurchasing}},
    {"GetBalanceSpfp", "B026000306", {kIdle, kLoading, kPurchasing}},
    {"GetTransactionProof", "B02E0031020001", {kIdle, kLoading, kPurchasing}},
    // Not in the table: the README's rule for it.
    {"UpdateStartingDay", "B0560000020701", {kIdle, kIdle, kIdle}},
    {"GetStartingDay", "B056010002", {kIdle, kIdle, kIdle}},
    {"GetChallenge", "0084000008", {kIdle, kIdle, kIdle}},
    {"Verify", "0020000003123456", {kIdle, kIdle, kIdle}},
    {"ReadBinary", "00B0960004", {kIdle, kIdle, kIdle}},
    {"SelectSameApplication", "00A4000002DF04", {kIdle, kIdle, kIdle}},
};

// A card in this state with DSK given and the proof of load 0001 in store.
class CardInState : public MedicalCard {
 public:
  explicit CardInState(State state) {
    EXPECT_EQ(authenticate("87"), "9000");
    const Bytes proof =
        hex("0001"
            "11223344"
            "55667788");
    const core::Change change{core::kLoadProofCell, proof};
    EXPECT_TRUE(card().store().commit({&change, 1}));
    if (state == kLoading) send(kInitLoad);
    if (state == kPurchasing) send(kInitPurchase);
    EXPECT_EQ(this->state().index(), state);
  }
};

class Table49 : public testing::TestWithParam<std::tuple<TableRow, State>> {};

TEST_P(Table49, Cell) {
  const auto& [row, from] = GetParam();
  CardInState card(from);
  const std::string answer = card.send(row.command);
  const State next = row.next[from];
  EXPECT_EQ(answer.substr(answer.size() - 4), next == kForbidden ? "6901" : "9000");
  EXPECT_EQ(card.state().index(), next == kForbidden ? kIdle : next);
}

INSTANTIATE_TEST_SUITE_P(Part5, Table49,
                         testing::Combine(testing::ValuesIn(kTable49),
                                          testing::Values(kIdle, kLoading, kPurchasing)),
                         [](const auto& cell) {
                           return std::string(std::get<0>(cell.param).name) + kNames[std::get<1>(cell.param)];
                         });

struct Failure {
  const char* name;
  std::string_view command;
  std::string_view status;
};

constexpr Failure kFailures[] = {
    {"InitLoadUnknownIndex", "B02800010B09000001F4330300000001", "9403"},
    {"InitPurchaseTooMuch", "B0280101130100000FFF0000000A000000C8330300000001", "9401"},
    {"InitParameters", "B02802010B01000001F4330300000001", "6A86"},
    {"GetBalanceWrongLe", "B026000106", "6700"},
    {"ProofOfNothing", "B02E0031020007", "9406"},
    {"UnknownClass", "B1260001", "6E00"},
    {"UnknownInstruction", "B0EE0001", "6D00"},
    {"WrongPin", "0020000003999999", "63C2"},
    {"FileNotFound", "00A4020002EF77", "6A82"},
    {"Fragment", "B026", "6700"},
};

class FailureEnds : public testing::TestWithParam<std::tuple<Failure, State>> {};

TEST_P(FailureEnds, InIdle) {
  const auto& [failure, from] = GetParam();
  CardInState card(from);
  EXPECT_EQ(card.send(failure.command), failure.status);
  EXPECT_EQ(card.state().index(), kIdle);
}

INSTANTIATE_TEST_SUITE_P(Part5, FailureEnds,
                         testing::Combine(testing::ValuesIn(kFailures),
                                          testing::Values(kLoading, kPurchasing)),
                         [](const auto& cell) {
                           return std::string(std::get<0>(cell.param).name) + kNames[std::get<1>(cell.param)];
                         });

TEST(MedicalState, WrongMacEndsTheTransaction) {
  CardInState load(kLoading);
  EXPECT_EQ(load.send("B02A00000B20240131120000AE825155"), "9302");
  EXPECT_EQ(load.send(kCredit), "6901");
  CardInState purchase(kPurchasing);
  EXPECT_EQ(purchase.send("B02C01000F0000012320240131120000747B8420"), "9302");
  EXPECT_EQ(purchase.send(kDebit), "6901");
}

TEST(MedicalState, TheStateIsLookedAtBeforeParametersAndLengths) {
  CardInState card(kIdle);
  EXPECT_EQ(card.send("B02A0001"), "6901");
  EXPECT_EQ(card.send("B02C010003000000"), "6901");
}

TEST(MedicalState, FetchingAnAnswerKeepsIt) {
  CardModel model = medical_model();
  model.t0.presentation = profile::Presentation::kRaw;
  MedicalRandom random;
  TestCard card(model, card::commands(), &random);
  card.send("00A4000002DF04");
  card.send("0020000003123456");
  EXPECT_EQ(card.send(kInitLoad), "6110");
  EXPECT_EQ(card.send("00C0000000"), "6C10");
  EXPECT_EQ(card.send("00C0000010"), "000003E800030101A1B2C3D42851D7E29000");
  EXPECT_EQ(card.send(kCredit), "6104");
  EXPECT_EQ(card.send("00C0000004"), "57F89B7A9000");
}

TEST(MedicalState, IdleAfterResetAndAnotherApplication) {
  CardInState card(kLoading);
  card.send("00A4000002DF01");
  card.send("00A4000002DF04");
  EXPECT_EQ(card.send(kCredit), "6901");
  card.send(kInitLoad);
  card.card().card().reset();
  card.send("00A4000002DF04");
  EXPECT_EQ(card.send(kCredit), "6901");
}

TEST(MedicalState, MedicalCommandsOutsideTheirApplication) {
  MedicalCard card;
  for (const std::string_view df : {"00A40000023F00", "00A4000002DDF0", "00A4000002DF01"}) {
    card.send(df);
    for (const TableRow& row : kTable49) {
      if (!row.command.starts_with("B0")) continue;
      EXPECT_EQ(card.send(row.command), "6985") << row.name;
    }
  }
}

}  // namespace
}  // namespace ssc::simulator::test
