#include "keys/ledger/rules.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using test::entry;
using test::whole;

constexpr auto kMother = SubjectType::kKeyMotherCard;
constexpr auto kMachine = SubjectType::kMachine;
const Owner kMinistry{"Lab ministry", true};
const Owner kCity{"Lab city", false};

// A few entries that have happened, and one that is asked about.
class Rules : public ::testing::Test {
 protected:
  void happened(Entry entry) {
    holdings_.apply(Record{++number_, test::kMorning, owner_.centre, std::move(entry), {}, {}, {}});
  }
  std::string ask(const Entry& entry) {
    return broken_rule(entry, holdings_, owner_, test::kMorning).value_or("kept");
  }
  // Refused by that article, with these words; and the option that mends it is in the line.
  void expect_refused(const Entry& entry, std::string_view article, std::string_view what,
                      std::string_view option) {
    const std::string line = ask(entry);
    EXPECT_TRUE(line.starts_with("refused by article " + std::string(article) + ": ")) << line;
    EXPECT_NE(line.find(what), std::string::npos) << line;
    EXPECT_NE(line.find(option), std::string::npos) << line;
    EXPECT_NE(line.find(entry.subject.id), std::string::npos) << line;
  }
  // Emptying that field of an entry that keeps all rules breaks the rule.
  void expect_needed(Kind kind, std::string Entry::*field, std::string_view article,
                     std::string_view option) {
    Entry asked = third_party(whole(kind, kMother, "M-1"));
    EXPECT_EQ(ask(asked), "kept");
    (asked.*field).clear();
    expect_refused(asked, article, "", option);
  }
  static Entry third_party(Entry entry) {
    entry.third_party = true;
    entry.plan_reviewed_by = "孙四";
    entry.supervisor = "周五";
    return entry;
  }
  static Entry machine(Kind kind, std::string certificate, std::string valid_until) {
    Entry out = whole(kind, kMachine, "HSM-1");
    out.certificate = std::move(certificate);
    out.valid_until = std::move(valid_until);
    return out;
  }

  Owner owner_ = kMinistry;
  Holdings holdings_;
  std::uint64_t number_ = 1;
};

// art. 24
TEST_F(Rules, AHandoverNamesItsPapers) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  expect_needed(Kind::kHandover, &Entry::agreement, "24", "--agreement");
  expect_needed(Kind::kHandover, &Entry::plan_reviewed_by, "24", "--plan-reviewed-by");
  expect_needed(Kind::kHandover, &Entry::supervisor, "24", "--supervisor");
  expect_needed(Kind::kHandover, &Entry::to, "24", "--to");
  expect_needed(Kind::kHandover, &Entry::purpose, "24", "--purpose");
}

TEST_F(Rules, OnlyAThirdPartyNeedsPlanAndSupervisor) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  EXPECT_EQ(ask(whole(Kind::kHandover, kMother, "M-1")), "kept");
  Entry own = third_party(whole(Kind::kHandover, kMother, "M-1"));
  own.supervisor = own.to;
  expect_refused(own, "24", "supervises itself", "--supervisor");
}

TEST_F(Rules, IssueUseStoreAndDestroyNameWhatTheyMust) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  expect_needed(Kind::kIssue, &Entry::to, "24", "--to");
  expect_needed(Kind::kIssue, &Entry::purpose, "24", "--purpose");
  expect_needed(Kind::kUse, &Entry::purpose, "24", "--purpose");
  expect_needed(Kind::kStore, &Entry::place, "24", "--place");
  expect_needed(Kind::kStore, &Entry::keeper, "24", "--keeper");
  expect_needed(Kind::kDestroy, &Entry::witness, "24", "--witness");
  expect_needed(Kind::kDestroy, &Entry::purpose, "24", "--purpose");
  expect_needed(Kind::kReturn, &Entry::to, "24", "--to");
}

TEST_F(Rules, DestroyingTakesTwoPersons) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  Entry alone = whole(Kind::kDestroy, kMother, "M-1");
  alone.witness = alone.who;
  expect_refused(alone, "24", "two persons", "--witness");
}

// art. 23
TEST_F(Rules, OnlyTheMinistryMakesAndIssuesCarriers) {
  for (const auto type :
       {SubjectType::kMasterKeyCard, kMother, SubjectType::kTransmissionKeyCard, SubjectType::kPsam}) {
    owner_ = kMinistry;
    EXPECT_EQ(ask(entry(Kind::kCreate, type, "C-1")), "kept");
    owner_ = kCity;
    expect_refused(entry(Kind::kCreate, type, "C-1"), "23", "only the ministry makes", "--slip");
    expect_refused(whole(Kind::kIssue, type, "C-1"), "23", "only the ministry issues", "handover");
  }
  EXPECT_EQ(ask(entry(Kind::kCreate, SubjectType::kKeySet, "local")), "kept");
}

TEST_F(Rules, ACarriersFirstEntryIsItsIssueByTheMinistry) {
  owner_ = kCity;
  for (const Kind kind :
       {Kind::kHandover, Kind::kStore, Kind::kUse, Kind::kLoad, Kind::kReturn, Kind::kDestroy})
    expect_refused(whole(kind, kMother, "M-1"), "23", "not its issue by the ministry", "--slip");
  Entry receipt = entry(Kind::kReceive, kMother, "M-1");
  expect_refused(receipt, "23", "ministry's issue alone", "--slip");
  receipt.slip = "A1";
  EXPECT_EQ(ask(receipt), "kept");
  happened(receipt);
  EXPECT_EQ(ask(whole(Kind::kUse, kMother, "M-1")), "kept");
  happened(whole(Kind::kReturn, kMother, "M-1"));
  expect_refused(receipt, "23", "by this slip before", "--slip");
  receipt.slip = "B2";
  EXPECT_EQ(ask(receipt), "kept");
}

TEST_F(Rules, AtTheMinistryToo_WhatWasNeverMadeIsNotUsed) {
  for (const auto type : {kMother, SubjectType::kKeySet, kMachine})
    expect_refused(whole(Kind::kUse, type, "X-1"), "24", "no entry tells", "ssc keys create");
}

TEST_F(Rules, WhatIsOutIsNotUsedBeforeItCameBack) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  happened(whole(Kind::kHandover, kMother, "M-1"));
  for (const Kind kind :
       {Kind::kIssue, Kind::kHandover, Kind::kLoad, Kind::kStore, Kind::kUse, Kind::kDestroy})
    expect_refused(whole(kind, kMother, "M-1"), "24", "with Lab province since entry 3", "--from");
  Entry back = whole(Kind::kReturn, kMother, "M-1");
  back.from = "Lab city";
  expect_refused(back, "24", "comes back from there alone", "--from");
  back.from = "Lab province";
  EXPECT_EQ(ask(back), "kept");
  happened(back);
  EXPECT_EQ(ask(whole(Kind::kUse, kMother, "M-1")), "kept");
}

TEST_F(Rules, WhatWasGivenBackIsGone) {
  owner_ = kCity;
  Entry receipt = entry(Kind::kReceive, kMother, "M-1");
  receipt.slip = "A1";
  happened(receipt);
  happened(whole(Kind::kReturn, kMother, "M-1"));
  for (const Kind kind : {Kind::kUse, Kind::kReturn, Kind::kDestroy})
    expect_refused(whole(kind, kMother, "M-1"), "24", "given back to Lab province in entry 3", "receive");
}

TEST_F(Rules, WhatWasDestroyedStaysSo) {
  happened(entry(Kind::kCreate, kMother, "M-1"));
  happened(whole(Kind::kDestroy, kMother, "M-1"));
  for (const Kind kind : {Kind::kCreate, Kind::kReceive, Kind::kUse, Kind::kReturn, Kind::kDestroy}) {
    Entry asked = whole(kind, kMother, "M-1");
    asked.slip = "A1";
    expect_refused(asked, "24", "destroyed in entry 3", "another one");
  }
}

TEST_F(Rules, NothingBeginsTwice) {
  happened(entry(Kind::kCreate, SubjectType::kKeySet, "national"));
  expect_refused(entry(Kind::kCreate, SubjectType::kKeySet, "national"), "24", "already, since entry 2",
                 "another");
  expect_refused(entry(Kind::kReceive, SubjectType::kKeySet, "national"), "24", "already, since entry 2",
                 "--from");
}

// art. 22
TEST_F(Rules, AMachineHasACertificateThatHolds) {
  expect_refused(machine(Kind::kReceive, "", ""), "22", "no product certificate", "--certificate");
  expect_refused(machine(Kind::kReceive, "SXH-1", ""), "22", "last day", "--valid-until");
  expect_refused(machine(Kind::kReceive, "SXH-1", "2026-01-30"), "22", "expired", "--valid-until");
  EXPECT_EQ(ask(machine(Kind::kReceive, "SXH-1", "2026-01-31")), "kept");  // its last day
  happened(machine(Kind::kReceive, "SXH-1", "2026-01-31"));
  EXPECT_EQ(ask(machine(Kind::kUse, "", "")), "kept");
}

TEST_F(Rules, AnExpiredCertificateIsRenewed) {
  happened(machine(Kind::kReceive, "SXH-1", "2026-01-30"));
  expect_refused(machine(Kind::kUse, "", ""), "22", "expired", "ssc keys certificate");
  expect_refused(machine(Kind::kLoad, "", ""), "22", "expired", "ssc keys certificate");
  expect_refused(machine(Kind::kCertificate, "", ""), "22", "expired", "--certificate");
  happened(machine(Kind::kCertificate, "SXH-2", "2031-01-30"));
  EXPECT_EQ(ask(machine(Kind::kUse, "", "")), "kept");
  expect_refused(machine(Kind::kCertificate, "", "2032-01-01"), "22", "no product certificate is named",
                 "--certificate");
}

TEST_F(Rules, ALabMachineNeedsNone) {
  Entry lab = machine(Kind::kReceive, "", "");
  lab.lab = true;
  EXPECT_EQ(ask(lab), "kept");
  happened(lab);
  EXPECT_EQ(ask(machine(Kind::kUse, "", "")), "kept");
}

TEST_F(Rules, SayingLabWhenItIsUsedDoesNotHelp) {
  happened(machine(Kind::kReceive, "SXH-1", "2026-01-30"));
  Entry used = machine(Kind::kUse, "", "");
  used.lab = true;
  expect_refused(used, "22", "expired", "--certificate");
}

TEST_F(Rules, CardsAndBatchesAreNoCustody) {
  for (const Kind kind : {Kind::kPinReset, Kind::kPinUnblocked, Kind::kCardLost, Kind::kCardReplaced})
    EXPECT_EQ(ask(entry(kind, SubjectType::kCard, "A12345676")), "kept");
  EXPECT_EQ(ask(entry(Kind::kCardsIssued, SubjectType::kBatch, "2026-01")), "kept");
  EXPECT_TRUE(holdings_.all().empty());
}

}  // namespace
}  // namespace ssc::keys::ledger
