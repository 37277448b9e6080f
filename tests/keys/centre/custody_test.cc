#include "keys/centre/custody.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::centre {
namespace {

using ledger::Kind;
using ledger::SubjectType;
using ledger::test::entry;
using ledger::test::kMorning;
using ledger::test::whole;

class CustodyTest : public ::testing::Test {
 protected:
  const ledger::Subject kCard{SubjectType::kKeyMotherCard, "M-1"};

  Centre make(const std::string& name, Level level, const std::string& area) {
    return Centre::make(root_.path() / area, {{name, level, area}, true, "王一", "key officer"}, nullptr,
                        fixed_clock(kMorning))
        .value();
  }
  static Introduction introduction(const Centre& centre) {
    return read_open_face(centre.paths().folder)->introduction();
  }
  static void trust_in(Centre& centre, const Centre& other) {
    ASSERT_TRUE(trust(centre, introduction(other), "王一", "key officer"));
  }
  Opened<Sent> issue() {
    EXPECT_TRUE(ministry_.ledger().append(entry(Kind::kCreate, kCard.type, kCard.id)));
    return send(ministry_, whole(Kind::kIssue, kCard.type, kCard.id));
  }
  Opened<ledger::Record> take(Centre& centre, const std::string& slip) {
    return receive(centre, slip, kCard, entry(Kind::kReceive, kCard.type, kCard.id));
  }

  simulator::test::TemporaryFolder root_;
  Centre ministry_ = make("Lab ministry", Level::kNational, "000000");
  Centre province_ = make("Lab province", Level::kProvince, "990000");
  Centre city_ = make("Lab city", Level::kCity, "990100");
};

TEST_F(CustodyTest, ACarrierGoesFromTheMinistryThroughTheProvinceToTheCity) {
  trust_in(province_, ministry_);
  trust_in(city_, ministry_);
  trust_in(city_, province_);
  const auto issued = issue();
  ASSERT_TRUE(issued);
  ASSERT_TRUE(take(province_, issued->slip));
  ledger::Entry handover = whole(Kind::kHandover, kCard.type, kCard.id);
  handover.to = "Lab city";
  const auto sent = send(province_, handover);
  ASSERT_TRUE(sent) << sent.error().what;
  const auto receipt = take(city_, sent->slip);
  ASSERT_TRUE(receipt) << receipt.error().what;
  EXPECT_EQ(receipt->entry.from, "Lab province");
}

TEST_F(CustodyTest, WithoutTheMinistrysKeyNothingIsTakenIn) {
  const auto issued = issue();
  const auto refused = take(province_, issued->slip);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, CentreError::Kind::kRefused);
  EXPECT_NE(refused.error().what.find("ssc keys centre trust"), std::string::npos) << refused.error().what;
}

// Whoever can write to the folder but not to the ledger adds a key of his own.
TEST_F(CustodyTest, AKeyThatNoEntryTookInIsRefused) {
  trust_in(province_, ministry_);
  ASSERT_TRUE(trusted_centres(province_));
  const Introduction forged{{"Lab ministry", Level::kNational, "000000"},
                            Sm2PrivateKey::generate().public_key()};
  ledger::test::write(province_.paths().trusted() / "x.xml", to_xml(forged));
  const auto refused = trusted_centres(province_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, CentreError::Kind::kDamaged);
  EXPECT_NE(refused.error().what.find("x.xml"), std::string::npos) << refused.error().what;
}

TEST_F(CustodyTest, ANewerKeyOfACentreTakesTheOldOnesPlace) {
  trust_in(province_, ministry_);
  const Introduction newer{ministry_.identity(), Sm2PrivateKey::generate().public_key()};
  ASSERT_TRUE(trust(province_, newer, "王一", "key officer"));
  const auto known = trusted_centres(province_);
  ASSERT_EQ(known->size(), 1U);
  EXPECT_TRUE(known->front().key == newer.key);
  EXPECT_TRUE(known->front().ministry);
}

TEST_F(CustodyTest, ACentreDoesNotTakeInItsOwnKey) {
  EXPECT_EQ(trust(province_, introduction(province_), "王一", "key officer").error().kind,
            CentreError::Kind::kBadInput);
}

TEST_F(CustodyTest, AThirdPartyGetsNoSlip) {
  ASSERT_TRUE(ministry_.ledger().append(entry(Kind::kCreate, kCard.type, kCard.id)));
  ledger::Entry handover = whole(Kind::kHandover, kCard.type, kCard.id);
  handover.third_party = true;
  handover.plan_reviewed_by = "孙四";
  handover.supervisor = "周五";
  EXPECT_EQ(send(ministry_, handover)->slip, "");
}

TEST_F(CustodyTest, AnIntroductionComesThroughItsFile) {
  const Introduction known = introduction(ministry_);
  const fs::path file = root_.path() / "ministry.xml";
  ledger::test::write(file, to_xml(known));
  const auto again = load_introduction(file.string());
  ASSERT_TRUE(again) << again.error().to_string();
  EXPECT_EQ(again->identity, known.identity);
  EXPECT_TRUE(again->key == known.key);
  EXPECT_EQ(fingerprint_text(known.key).size(), 16 * 5 - 1U);
}

TEST_F(CustodyTest, WhatIsNoIntroductionIsNamedWithItsLine) {
  const fs::path file = root_.path() / "x.xml";
  std::string text = to_xml(introduction(ministry_));
  text.replace(text.find("BEGIN"), 5, "BEGUN");
  for (const std::string& other :
       {text, ledger::test::text_of(ministry_.paths().record()), std::string("<a/>")}) {
    ledger::test::write(file, other);
    const auto refused = load_introduction(file.string());
    ASSERT_FALSE(refused);
    EXPECT_GT(refused.error().line, 0U) << refused.error().to_string();
  }
}

}  // namespace
}  // namespace ssc::keys::centre
