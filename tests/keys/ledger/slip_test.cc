#include "keys/ledger/slip.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using test::entry;
using test::whole;

// The ministry issues M-1 to the province, which hands it over to the city.
class SlipTest : public ::testing::Test {
 protected:
  static const inline Subject kCard{SubjectType::kKeyMotherCard, "M-1"};

  struct Site {
    explicit Site(Owner owner)
        : own(std::move(owner)),
          ledger(Ledger::create(folder.path() / "ledger.jsonl", own, key, fixed_clock(test::kMorning),
                                entry(Kind::kOpen, SubjectType::kCentre, own.centre))
                     .value()) {}
    TrustedCentre trusted() const { return {own.centre, own.ministry, key.public_key()}; }

    simulator::test::TemporaryFolder folder;
    Sm2PrivateKey key = Sm2PrivateKey::generate();
    Owner own;
    Ledger ledger;
  };

  void SetUp() override {
    ASSERT_TRUE(ministry_.ledger.append(entry(Kind::kCreate, kCard.type, kCard.id)));
    issue_ = slip_line(ministry_.ledger.append(whole(Kind::kIssue, kCard.type, kCard.id)).value());
  }
  std::vector<TrustedCentre> all() const {
    return {ministry_.trusted(), province_.trusted(), city_.trusted()};
  }
  Kept<CheckedSlip> check(std::string_view slip, const std::string& centre) const {
    return CheckedSlip::check(slip, kCard, centre, all());
  }
  static void expect_refused(const Kept<CheckedSlip>& slip, std::string_view what) {
    ASSERT_FALSE(slip);
    EXPECT_EQ(slip.error().kind, LedgerError::Kind::kRefused) << slip.error().what;
    EXPECT_TRUE(slip.error().what.starts_with("refused by article 23: ")) << slip.error().what;
    EXPECT_NE(slip.error().what.find(what), std::string::npos) << slip.error().what;
  }
  // The province takes it in and hands it on.
  std::string handed_on() {
    const auto slip = check(issue_, "Lab province");
    EXPECT_TRUE(province_.ledger.receive(*slip, entry(Kind::kReceive, kCard.type, "")));
    Entry handover = whole(Kind::kHandover, kCard.type, kCard.id);
    handover.to = "Lab city";
    return slip->lines() + slip_line(province_.ledger.append(handover).value());
  }

  Site ministry_{{"Lab ministry", true}};
  Site province_{{"Lab province", false}};
  Site city_{{"Lab city", false}};
  std::string issue_;
};

TEST_F(SlipTest, TheMinistrysIssueIsTheFirstEntryBelow) {
  const auto slip = check(issue_, "Lab province");
  ASSERT_TRUE(slip) << slip.error().what;
  const auto receipt = province_.ledger.receive(*slip, entry(Kind::kReceive, kCard.type, ""));
  ASSERT_TRUE(receipt) << receipt.error().what;
  EXPECT_EQ(receipt->number, 2U);
  EXPECT_EQ(receipt->entry.subject, kCard);
  EXPECT_EQ(receipt->entry.from, "Lab ministry");
  EXPECT_TRUE(province_.ledger.append(whole(Kind::kUse, kCard.type, kCard.id)));
  const auto twice = province_.ledger.receive(*slip, entry(Kind::kReceive, kCard.type, ""));
  EXPECT_FALSE(twice);
}

TEST_F(SlipTest, ItGoesOnFromProvinceToCity) {
  const auto slip = check(handed_on(), "Lab city");
  ASSERT_TRUE(slip) << slip.error().what;
  EXPECT_EQ(slip->from(), "Lab province");
  EXPECT_TRUE(city_.ledger.receive(*slip, entry(Kind::kReceive, kCard.type, "")));
}

TEST_F(SlipTest, ASlipCannotBeTakenInByAnEntryAlone) {
  Entry receipt = entry(Kind::kReceive, kCard.type, kCard.id);
  receipt.slip = std::string(64, 'A');
  const auto refused = province_.ledger.append(receipt);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, LedgerError::Kind::kBadEntry);
}

TEST_F(SlipTest, AnotherCentresSlipIsRefused) {
  expect_refused(check(issue_, "Lab city"), "gives it to 'Lab province'");
  expect_refused(CheckedSlip::check(issue_, {kCard.type, "M-2"}, "Lab province", all()), "not about it");
}

TEST_F(SlipTest, WhoIsNotTheMinistryIssuesNothing) {
  const std::string whole_way = handed_on();
  const std::string handover = whole_way.substr(whole_way.find('\n') + 1);
  expect_refused(check(handover, "Lab city"), "does not begin with its issue by the ministry");
  std::vector<TrustedCentre> pretenders = {{"Lab ministry", false, ministry_.key.public_key()}};
  expect_refused(CheckedSlip::check(issue_, kCard, "Lab province", pretenders), "does not begin");
  expect_refused(CheckedSlip::check(issue_, kCard, "Lab province", {}), "is not known here");
}

TEST_F(SlipTest, AForgedLineIsRefused) {
  std::vector<TrustedCentre> other = {{"Lab ministry", true, province_.key.public_key()}};
  expect_refused(CheckedSlip::check(issue_, kCard, "Lab province", other), "changed, or is not by");
  std::string changed = issue_;
  changed.replace(changed.find("Lab province"), 12, "Lab provinc3");
  expect_refused(check(changed, "Lab provinc3"), "changed, or is not by");
}

TEST_F(SlipTest, AStepLeftOutOrTurnedRoundIsRefused) {
  const std::string whole_way = handed_on();
  const std::string handover = whole_way.substr(whole_way.find('\n') + 1);
  expect_refused(check(issue_ + issue_, "Lab province"), "hands over what went to");
  expect_refused(check(whole_way + handover, "Lab city"), "hands over what went to");
  expect_refused(check(issue_, "Lab city"), "gives it to");
}

TEST_F(SlipTest, WhatIsNoSlipIsNone) {
  for (const std::string& text : {std::string("x"), std::string("{}\n"), issue_.substr(0, 100)}) {
    const auto slip = check(text, "Lab province");
    ASSERT_FALSE(slip);
    EXPECT_EQ(slip.error().kind, LedgerError::Kind::kBadEntry);
    EXPECT_NE(slip.error().what.find("line 1 of the slip"), std::string::npos) << slip.error().what;
  }
  EXPECT_EQ(check("", "Lab province").error().what, "the slip is empty");
  EXPECT_FALSE(subjects_of(""));
  EXPECT_EQ(subjects_of(issue_ + issue_)->size(), 1U);
  EXPECT_FALSE(subjects_of("x"));
}

}  // namespace
}  // namespace ssc::keys::ledger
