#include "conformance/desk/desk.h"

#include "keys/hsm/software.h"
#include "tests/conformance/desk/counter.h"

namespace ssc::conformance::desk {
namespace {

using test::Counter;
using test::Options;
using test::pin;
using test::rule_of;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// ---- every generation of cards, through machine and PSAM ----

class DeskOnEveryCard : public ::testing::TestWithParam<std::tuple<const char*, bool>> {
 protected:
  Options options() const { return {.card = std::get<0>(GetParam()), .psam = std::get<1>(GetParam())}; }
};

TEST_P(DeskOnEveryCard, ResetsALockedPinToTheInitialOne) {
  Counter counter(options());
  counter.answer("805E010007123456FF907213");
  counter.lock_pin();
  const auto done = counter.desk().reset_to_initial();
  ASSERT_TRUE(done) << done.error().why.english;
  EXPECT_EQ(counter.verify("907213"), "63C2");
  EXPECT_EQ(counter.verify("123456"), "9000");
  EXPECT_EQ(counter.row().state, PinState::kReset);
  EXPECT_EQ(counter.row().resets, 1U);
}

TEST_P(DeskOnEveryCard, ResetsALockedPinToTheHoldersOwn) {
  Counter counter(options());
  counter.lock_pin();
  const auto done = counter.desk().reset_to(pin("907213"), pin("907213"));
  ASSERT_TRUE(done) << done.error().why.english;
  EXPECT_EQ(counter.verify("123456"), "63C2");
  EXPECT_EQ(counter.verify("907213"), "9000");
  EXPECT_EQ(counter.row().state, PinState::kChanged);
}

TEST_P(DeskOnEveryCard, UnblocksAndKeepsThePin) {
  Counter counter(options());
  counter.lock_pin();
  const auto done = counter.desk().unblock();
  ASSERT_TRUE(done) << done.error().why.english;
  EXPECT_EQ(counter.answer("0020000000"), "63C3");
  EXPECT_EQ(counter.verify("123456"), "9000");
  EXPECT_EQ(counter.row().state, PinState::kInitial) << "as before";
  EXPECT_EQ(counter.row().unblocks, 1U);
}

TEST_P(DeskOnEveryCard, ChangesThePin) {
  Counter counter(options());
  const auto done = counter.desk().change(pin("123456"), pin("907213"), pin("907213"));
  ASSERT_TRUE(done) << done.error().why.english;
  EXPECT_EQ(counter.verify("907213"), "9000");
  EXPECT_EQ(counter.row().state, PinState::kChanged);
  EXPECT_EQ(counter.row().changes, 1U);
}

TEST_P(DeskOnEveryCard, AnotherHolderIsRefusedBeforeAnyTryIsSpent) {
  Counter counter(options());
  counter.visitor.holder.id_number = "990100198506150024";
  const auto done = counter.desk().reset_to_initial();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().rule, "holder-differs");
  EXPECT_EQ(done.error().code, -22);
  EXPECT_THAT(done.error().why.english, Not(HasSubstr("990100")));
  EXPECT_EQ(counter.row().state, PinState::kInitial);
  EXPECT_THAT(counter.channel.commands, Not(Contains(StartsWith("00820006"))));
}

INSTANTIATE_TEST_SUITE_P(All, DeskOnEveryCard,
                         ::testing::Combine(::testing::Values("sample-1.0", "sample-2.00", "sample-3.00",
                                                              "sample-2.00-field", "sample-3.00-raw"),
                                            ::testing::Bool()),
                         [](const auto& each) {
                           std::string name = std::get<0>(each.param);
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(c); }, '_');
                           return name + (std::get<1>(each.param) ? "_psam" : "_machine");
                         });

// ---- refusals ----

TEST(Desk, TheIdentityNumberIsCheckedBeforeTheCardIsAsked) {
  Counter counter;
  counter.visitor.holder.id_number = "990100199003070061";
  const auto done = counter.desk().reset_to_initial();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().rule, "bad-identity-number");
  EXPECT_THAT(counter.channel.commands, IsEmpty());
}

TEST(Desk, ASmallXIsTheSameHolder) {
  Counter counter;
  counter.visitor.holder.id_number = "99010019900307006x";
  EXPECT_EQ(rule_of(counter.desk().unblock()), "done");
}

TEST(Desk, SomeoneElseThanACitizenNeedsNoCheckDigit) {
  Counter counter;
  counter.visitor.holder.id_number = "TEST12A45B";
  EXPECT_EQ(rule_of(counter.desk().unblock()), "bad-identity-number");
  counter.visitor.citizen = false;
  EXPECT_EQ(rule_of(counter.desk().unblock()), "holder-differs");
}

TEST(Desk, AnAgentComesOnlyWhereTheRegionSaysSo) {
  Counter lanzhou;
  lanzhou.visitor.agent_number = "990100198506150024";
  EXPECT_EQ(rule_of(lanzhou.desk().unblock()), "done");
  EXPECT_THAT(lanzhou.entries.back().purpose, HasSubstr("agent"));
  lanzhou.visitor.agent_number = "990100198506150025";
  EXPECT_EQ(rule_of(lanzhou.desk().unblock()), "bad-identity-number");
  Counter anyang({.policy = "anyang"});
  anyang.visitor.agent_number = "990100198506150024";
  EXPECT_EQ(rule_of(anyang.desk().unblock()), "agent-not-allowed");
}

TEST(Desk, AnotherCardInTheReaderIsRefused) {
  Counter counter;
  counter.visitor.holder.card_number = "A99010024";
  counter.register_card("123456");
  const auto done = counter.desk().unblock();
  EXPECT_EQ(rule_of(done), "card-differs");
  EXPECT_EQ(done.error().code, -22);
}

TEST(Desk, ACardThatIsNotRegisteredIsRefused) {
  Counter counter;
  counter.visitor.holder.card_number = "Z00000013";
  EXPECT_EQ(rule_of(counter.desk().unblock()), "not-registered");
}

TEST(Desk, ACardReportedLostIsRefused) {
  Counter counter;
  ASSERT_TRUE(counter.book.report_lost(counter.row(), "2026-01-31T10:00:00Z"));
  EXPECT_EQ(rule_of(counter.desk().unblock()), "reported-lost");
}

TEST(Desk, ABlacklistedCardIsRefused) {
  Counter counter;
  counter.blacklist = Blacklist({{"990100D15600000500000001FFFFFFFF", "A99010016", "", ""}});
  EXPECT_EQ(rule_of(counter.desk().unblock()), "blacklisted");
  counter.blacklist = Blacklist({{"", "A99010008", "A99010024", ""}});
  EXPECT_EQ(rule_of(counter.desk().unblock()), "blacklisted");
  counter.blacklist = Blacklist({{"990100D15600000500000009FFFFFFFF", "A99010016", "", ""}});
  EXPECT_EQ(rule_of(counter.desk().unblock()), "done") << "the old card of a holder who has a new one";
}

TEST(Desk, TheOldCardOfAReplacedOneIsRefused) {
  Counter counter;
  ASSERT_TRUE(counter.book.report_lost(counter.row(), "2026-01-31T10:00:00Z"));
  const CardRegister::NewCard next{"A99010016", "990100D15600000500000077FFFFFFFF", "lanzhou", pin("123456")};
  ASSERT_TRUE(counter.book.add({&next, 1}, "2026-01-31T11:00:00Z"));
  EXPECT_EQ(rule_of(counter.desk().unblock()), "not-the-registered-card");
}

TEST(Desk, ALockedPukIsSaidSo) {
  for (const bool psam : {false, true}) {
    Counter counter({.psam = psam});
    counter.lock_pin();
    for (int i = 0; i < 3; ++i) {
      counter.answer("0084000008");
      counter.virtual_card->transmit(*apdu::parse_hex("0084000008"));
      counter.virtual_card->transmit(*apdu::parse_hex("008200061000000000000000000000000000000000"));
    }
    const auto done = counter.desk().reset_to(pin("907213"), pin("907213"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().rule, "puk-locked");
    EXPECT_EQ(done.error().code, -27011);
    EXPECT_THAT(done.error().why.english, HasSubstr("6983"));
    EXPECT_EQ(counter.row().state, PinState::kInitial) << "the card has changed nothing";
    EXPECT_EQ(counter.entries.back().note, "not done: puk-locked");
  }
}

// A machine without the cipher's set, and a PSAM without its environment.
TEST(Desk, WithoutTheRegionsKeysTheHolderIsSentHome) {
  Counter machine({.key_sets = {"lab-990100-des"}});
  const auto done = machine.desk().unblock();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().rule, "no-key");
  EXPECT_EQ(done.error().code, -27272);
  EXPECT_THAT(done.error().why.english, HasSubstr("another region"));
}

TEST(Desk, AGuestRegionsCardDoesNotProveItself) {
  Counter other({.card = "sample-2.00"});
  auto foreign = keys::load_key_set("lab-990100-des").value();
  for (auto& key : foreign.keys) {
    Bytes value(key.value.reveal().begin(), key.value.reveal().end());
    value[0] ^= 0x10;
    key.value = keys::Key(key.value.cipher(), value);
  }
  other.machine = keys::hsm::Machine(keys::hsm::software_back_end({foreign}));
  const auto done = other.desk().unblock();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().rule, "not-genuine");
  EXPECT_EQ(done.error().code, -21);
  EXPECT_THAT(other.channel.commands, Not(Contains(StartsWith("00820006")))) << "no try of the PUK is spent";
}

TEST(Desk, ThePolicyIsAskedBeforeTheCard) {
  Counter counter({.policy = "generic-b"});
  const std::tuple<const char*, const char*, const char*, int> cases[] = {
      {"90721", "90721", "length", -33},        {"907213", "907214", "entries-differ", -34},
      {"070060", "070060", "not-initial", -36}, {"345678", "345678", "no-sequence", -23},
      {"888888", "888888", "no-repeat", -23},   {"900307", "900307", "no-birth", -23},
      {"307006", "307006", "no-id", -23},       {"817263", "817263", "not-old", -23}};
  for (const auto& [one, again, rule, code] : cases) {
    const auto done = counter.desk().change(pin("817263"), pin(one), pin(again));
    ASSERT_FALSE(done) << rule;
    EXPECT_EQ(done.error().rule, rule);
    EXPECT_EQ(done.error().code, code) << rule;
  }
  EXPECT_THAT(counter.channel.commands, IsEmpty());
  EXPECT_THAT(counter.entries, IsEmpty());
}

// The register knows the PIN that was given, whatever the policy says today.
TEST(Desk, TheInitialPinThatWasGivenIsNeverTakenAgain) {
  Counter counter({.policy = "chenzhou"});
  ASSERT_TRUE(counter.book.set_initial(counter.row(), pin("553901")));
  EXPECT_EQ(rule_of(counter.desk().change(pin("123456"), pin("907213"), pin("907213"))), "done");
  const auto back = counter.desk().change(pin("907213"), pin("553901"), pin("553901"));
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, -36);
  EXPECT_EQ(rule_of(counter.desk().reset_to(pin("553901"), pin("553901"))), "not-initial");
  EXPECT_EQ(counter.verify("907213"), "9000");
}

TEST(Desk, AWrongOldPinTellsTheTriesLeft) {
  Counter counter;
  const auto wrong = counter.desk().change(pin("817263"), pin("907213"), pin("907213"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, -51);
  EXPECT_THAT(wrong.error().why.english, HasSubstr("2 tries"));
  EXPECT_EQ(counter.row().state, PinState::kInitial);
  counter.lock_pin();
  EXPECT_EQ(rule_of(counter.desk().change(pin("123456"), pin("907213"), pin("907213"))), "pin-locked");
}

TEST(Desk, WhereTheInitialPinDoesNotComeBackTheHolderChoosesOne) {
  Counter counter({.policy = "anyang"});
  const auto back = counter.desk().reset_to_initial();
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, -36);
  EXPECT_THAT(counter.channel.commands, IsEmpty());
}

TEST(Desk, NoOperatorNoWork) {
  Counter counter;
  counter.clerk.role = "";
  EXPECT_EQ(rule_of(counter.desk().unblock()), "no-operator");
}

TEST(Desk, FirstUseIsOnce) {
  Counter counter;
  EXPECT_EQ(rule_of(counter.desk().first_use(pin("123456"), pin("907213"), pin("907213"))), "done");
  EXPECT_EQ(rule_of(counter.desk().first_use(pin("907213"), pin("817263"), pin("817263"))), "in-use");
  EXPECT_EQ(rule_of(counter.desk().reset_to_initial()), "done");
  EXPECT_EQ(rule_of(counter.desk().first_use(pin("123456"), pin("817263"), pin("817263"))), "done");
}

// ---- what is written down ----

TEST(Desk, EveryChangeIsInTheLedgerBeforeAndAfter) {
  Counter counter;
  ASSERT_TRUE(counter.desk().reset_to_initial());
  ASSERT_EQ(counter.entries.size(), 2U);
  EXPECT_EQ(counter.entries[0].kind, keys::ledger::Kind::kPinReset);
  EXPECT_EQ(counter.entries[0].subject.id, "A99010016");
  EXPECT_EQ(counter.entries[0].who, "Li Desk");
  EXPECT_EQ(counter.entries[0].role, "PIN desk");
  EXPECT_EQ(counter.entries[0].note, "begun");
  EXPECT_EQ(counter.entries[1].note, "done");
}

TEST(Desk, WhatTheLedgerRefusesIsNotDone) {
  Counter counter;
  counter.ledger_refuses = true;
  EXPECT_EQ(rule_of(counter.desk().reset_to(pin("907213"), pin("907213"))), "ledger");
  EXPECT_EQ(counter.verify("123456"), "9000");
  EXPECT_EQ(counter.row().state, PinState::kInitial);
}

TEST(Desk, ADrawnPinGoesIntoALetterBeforeTheCardGetsIt) {
  Counter counter({.policy = "mailer"});
  counter.policy.back_to_initial = BackToInitial::kByReset;
  ASSERT_TRUE(counter.desk().reset_to_initial());
  ASSERT_EQ(counter.letters.size(), 1U);
  EXPECT_EQ(counter.verify(counter.letters[0]), "9000");
  EXPECT_EQ(counter.book.is_initial("A99010016", pin(counter.letters[0])), true);
}

// The card goes at any command: the register never says "changed" of a card that has its initial PIN.
TEST(Desk, ACutAnywhereLeavesNoInitialPinThatCountsAsChanged) {
  for (int cut = 0;; ++cut) {
    Counter counter;
    ASSERT_TRUE(counter.desk().change(pin("123456"), pin("907213"), pin("907213")));
    counter.channel.left = cut;
    const auto done = counter.desk().reset_to_initial();
    counter.channel.left = -1;
    const bool initial = counter.verify("123456") == "9000";
    EXPECT_FALSE(initial && counter.row().state == PinState::kChanged) << "cut at command " << cut;
    if (done) break;
    EXPECT_TRUE(done.error().failed) << cut;
    ASSERT_LT(cut, 40);
  }
}

// ---- business ----

Decided<Permission> asks(const char* policy, PinState state, Business business = Business::kTransaction) {
  RegisteredCard card;
  card.state = state;
  return may_transact(card, load_policy(policy).value(), business);
}

TEST(Business, AnUnchangedInitialPinIsJudgedByTheRegion) {
  // Region -> transaction, query, whether a PIN is asked (pin-practice of the regions).
  const std::tuple<const char*, bool, bool, bool> cases[] = {
      {"cangzhou", true, true, false}, {"anyang", false, false, true},    {"chenzhou", false, true, true},
      {"siping", false, false, true},  {"lanzhou", false, false, true},   {"shenyang", true, true, true},
      {"shenzhen", true, true, true},  {"generic-a", true, true, true},   {"generic-b", false, false, true},
      {"generic-c", true, true, true}, {"generic-d", false, false, true}, {"generic-e", true, true, true},
      {"mailer", false, false, true},  {"no-pin", true, true, false}};
  EXPECT_EQ(std::size(cases), built_in_policies().size());
  for (const auto& [policy, transaction, query, asked] : cases) {
    for (const PinState state : {PinState::kInitial, PinState::kReset}) {
      const auto answer = asks(policy, state);
      EXPECT_EQ(answer.has_value(), transaction) << policy;
      if (answer) {
        EXPECT_EQ(answer->ask_pin, asked) << policy;
      } else {
        EXPECT_EQ(answer.error().code, -35) << policy;
      }
      EXPECT_EQ(asks(policy, state, Business::kQuery).has_value(), query) << policy;
    }
    const auto changed = asks(policy, PinState::kChanged);
    ASSERT_TRUE(changed) << policy;
    EXPECT_TRUE(changed->ask_pin) << policy;
  }
}

TEST(Business, ALostCardDoesNone) {
  RegisteredCard card;
  card.state = PinState::kChanged;
  card.lost = "2026-01-31T10:00:00Z";
  const auto answer = may_transact(card, load_policy("generic-a").value(), Business::kQuery);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().rule, "reported-lost");
}

}  // namespace
}  // namespace ssc::conformance::desk
