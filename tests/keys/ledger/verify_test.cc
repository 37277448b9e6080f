#include "keys/ledger/verify.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using test::entry;
using test::whole;

// The ledger of LedgerRig::fill(), made once: making it waits for the disk thirty times.
class VerifyTest : public test::LedgerRig {
 protected:
  struct Made {
    Sm2PrivateKey key;
    std::string text;
    std::string head;
  };

  void SetUp() override {
    static const Made made = make();
    key_ = made.key;
    text_ = made.text;
    head_ = made.head;
    write_back();
    for (std::size_t at = 0; at < text_.size(); at = text_.find('\n', at) + 1)
      lines_.push_back(text_.substr(at, text_.find('\n', at) + 1 - at));
    ASSERT_EQ(lines_.size(), 10U);
  }
  void write_back() {
    test::write(file(), text_);
    test::write(head(), head_);
  }
  Made make() {
    Ledger ledger = create();
    fill(ledger);
    return {key_, test::text_of(file()), test::text_of(head())};
  }

  Verdict judge(const std::optional<Noted>& noted = {}) {
    return verify(file(), ministry(), key_.public_key(), noted).value();
  }
  // The ledger of these of the lines, in this order, counted from 1.
  Verdict judge_lines(std::initializer_list<std::size_t> numbers) {
    std::string text;
    for (const std::size_t number : numbers) text += lines_[number - 1];
    test::write(file(), text);
    return judge();
  }
  // The first fault.
  static void expect_fault(const Verdict& verdict, std::uint64_t line, std::string_view what) {
    ASSERT_FALSE(verdict.faults.empty());
    EXPECT_EQ(verdict.faults[0].line, line);
    EXPECT_NE(verdict.faults[0].what.find(what), std::string::npos) << verdict.faults[0].what;
  }

  std::string text_;
  std::string head_;
  std::vector<std::string> lines_;
};

TEST_F(VerifyTest, AnUntouchedLedgerIsSound) {
  EXPECT_TRUE(judge().faults.empty());
  EXPECT_FALSE(judge().head_behind);
  EXPECT_EQ(judge().newest.number, 10U);
}

TEST_F(VerifyTest, AChangedByteIsFoundInItsLine) {
  std::uint64_t line = 1;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (at % 83 == 0) {
      std::string changed = text_;
      changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 7)));
      test::write(file(), changed);
      const auto verdict = judge();
      ASSERT_FALSE(verdict.faults.empty()) << "byte " << at;
      EXPECT_EQ(verdict.faults[0].line, line) << "byte " << at << ": " << verdict.faults[0].what;
    }
    if (text_[at] == '\n') ++line;
  }
}

// A ledger of one line with every field.
class ShortLedgerTest : public test::LedgerRig {
 protected:
  void SetUp() override {
    Entry all = whole(Kind::kOpen, SubjectType::kCentre, "Lab ministry");
    all.third_party = true;
    all.note = "a note";
    all.checks = {{"UK1DF01", 2, {0xA1, 0xB2, 0xC3}}};
    ASSERT_TRUE(Ledger::create(file(), ministry(), key_, fixed_clock(test::kMorning), all));
  }
  void expect_every_byte_counts(const std::filesystem::path& path) {
    const std::string sound = test::text_of(path);
    for (std::size_t at = 0; at < sound.size(); ++at) {
      std::string changed = sound;
      changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 7)));
      test::write(path, changed);
      EXPECT_FALSE(verify(file(), ministry(), key_.public_key())->faults.empty()) << "byte " << at;
    }
    test::write(path, sound);
    EXPECT_TRUE(verify(file(), ministry(), key_.public_key())->faults.empty());
  }
};

TEST_F(ShortLedgerTest, EveryByteOfALineCounts) { expect_every_byte_counts(file()); }

TEST_F(ShortLedgerTest, EveryByteOfTheHeadCounts) { expect_every_byte_counts(head()); }

TEST_F(VerifyTest, AMissingLineIsFound) {
  expect_fault(judge_lines({1, 2, 4, 5, 6, 7, 8, 9, 10}), 3, "is entry 4 where entry 3 belongs");
  EXPECT_EQ(judge().faults.size(), 1U);
  expect_fault(judge_lines({2, 3, 4, 5, 6, 7, 8, 9, 10}), 1, "is entry 2 where entry 1 belongs");
  expect_fault(judge_lines({1, 2, 6, 7, 8, 9, 10}), 3, "those between are missing");
}

TEST_F(VerifyTest, ReorderedAndRepeatedLinesAreFound) {
  expect_fault(judge_lines({1, 2, 3, 5, 4, 6, 7, 8, 9, 10}), 4, "is entry 5 where entry 4 belongs");
  expect_fault(judge_lines({1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10}), 4, "is entry 3 where entry 4 belongs");
  expect_fault(judge_lines({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10}), 11, "put in again");
}

// The folder was put back once, and went on otherwise: line 10 of the one history among the lines of the
// other is numbered, hashed and signed as it should be.
TEST_F(VerifyTest, ALineOfAnotherHistoryIsFound) {
  const auto go_on = [&](std::initializer_list<const char*> names) {
    write_back();
    auto ledger = open();
    for (const char* name : names) EXPECT_TRUE(ledger->append(entry(Kind::kCreate, kMother, name)));
    const std::string text = test::text_of(file());
    return text.substr(text_.size());
  };
  const std::string other = go_on({"M-2"});
  const std::string own = go_on({"M-3", "M-4"});
  test::write(file(), text_ + other + own.substr(own.find('\n') + 1));
  expect_fault(judge(), 12, "does not follow the entry before it");
  EXPECT_EQ(judge().faults.size(), 1U);
  test::write(file(), text_ + own);
  EXPECT_TRUE(judge().faults.empty());
}

TEST_F(VerifyTest, LinesCutOffAtTheEndAreFound) {
  expect_fault(judge_lines({1, 2, 3, 4, 5, 6, 7, 8, 9}), 0, "its end was cut off");
  expect_fault(judge_lines({1}), 0, "names 10 entries, the ledger has 1");
  expect_fault(judge_lines({}), 0, "its first one is missing");
}

TEST_F(VerifyTest, AnOlderOrMissingHeadIsFound) {
  std::filesystem::remove(head());
  expect_fault(judge(), 0, "is missing");
}

// An older head beside a ledger that is two entries longer.
TEST_F(VerifyTest, AHeadPutBackIsFound) {
  const std::string before = test::text_of(head());
  {
    auto ledger = open();
    ASSERT_TRUE(ledger->append(entry(Kind::kCreate, kMother, "M-2")));
    ASSERT_TRUE(ledger->append(entry(Kind::kCreate, kMother, "M-3")));
  }
  test::write(head(), before);
  expect_fault(judge(), 0, "an older head was put in its place");
}

// Ledger and head put back together are sound in themselves; what was noted elsewhere tells.
TEST_F(VerifyTest, AnOlderWholeIsFoundByWhatWasNoted) {
  const std::string before = test::text_of(head());
  std::optional<Noted> noted;
  {
    auto ledger = open();
    const auto record = ledger->append(entry(Kind::kCreate, kMother, "M-2"));
    noted = Noted{record->number, record->hash};
  }
  EXPECT_TRUE(judge(noted).faults.empty());
  test::write(file(), text_);
  test::write(head(), before);
  EXPECT_TRUE(judge().faults.empty());
  expect_fault(judge(noted), 0, "entry 11 was noted, and the ledger ends with 10");
  noted->number = 5;
  expect_fault(judge(noted), 5, "another entry than the one that was noted");
}

TEST_F(VerifyTest, WhatIsNotedIsWrittenAndRead) {
  const Noted noted = judge().newest;
  const auto again = parse_noted(to_text(noted));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->number, 10U);
  EXPECT_EQ(again->hash, noted.hash);
  for (const std::string_view text : {"", ":", "10", "x:00", "10:00", "10:zz"})
    EXPECT_FALSE(parse_noted(text)) << text;
}

TEST_F(VerifyTest, ALedgerOfAnotherCentreOrKeyIsFound) {
  const auto other_name = verify(file(), {"Another", true}, key_.public_key());
  expect_fault(*other_name, 1, "belongs to the ledger of 'Lab ministry'");
  const auto other_key = verify(file(), ministry(), Sm2PrivateKey::generate().public_key());
  expect_fault(*other_key, 1, "was not signed by this centre");
}

// Someone with the key but another program: the rules are asked again.
TEST_F(VerifyTest, AnEntryThatBreaksARuleIsFound) {
  const auto verdict = verify(file(), {"Lab ministry", false}, key_.public_key());
  expect_fault(*verdict, 3, "refused by article 23");
}

TEST_F(VerifyTest, ATornLineIsNamedAndCutOff) {
  const std::string torn = lines_[9].substr(0, 100);
  for (const std::string& rest : {torn, std::string(50, '\0'), std::string("x")}) {
    test::write(file(), text_ + rest);
    expect_fault(judge(), 11, "ssc keys ledger mend");
    ASSERT_FALSE(open());
    EXPECT_EQ(open().error().kind, LedgerError::Kind::kTorn);
    EXPECT_EQ(mend(file(), ministry(), key_.public_key()).value(), rest.size());
    EXPECT_TRUE(judge().faults.empty());
    EXPECT_EQ(test::text_of(file()), text_);
  }
}

// Power fails anywhere in the newest line, before the head is written.
TEST_F(VerifyTest, WhateverThePowerLeavesOfALineIsMended) {
  const std::string before = test::text_of(head());
  { ASSERT_TRUE(open()->append(entry(Kind::kCreate, kMother, "M-2"))); }
  const std::string longer = test::text_of(file());
  for (std::size_t size = text_.size(); size <= longer.size(); size += size + 20 < longer.size() ? 19 : 1) {
    test::write(file(), std::string_view(longer).substr(0, size));
    test::write(head(), before);
    const auto cut = mend(file(), ministry(), key_.public_key());
    ASSERT_TRUE(cut) << cut.error().what;
    const bool whole_line = size >= longer.size() - 1;
    EXPECT_EQ(*cut, whole_line ? 0 : size - text_.size());
    EXPECT_EQ(test::text_of(file()), whole_line ? longer : text_);
    EXPECT_TRUE(judge().faults.empty());
    EXPECT_EQ(judge().head_behind, whole_line);
    EXPECT_TRUE(open());
  }
}

TEST_F(VerifyTest, ALineCutShortByHandIsNotMended) {
  test::write(file(), text_.substr(0, text_.size() - 10));
  expect_fault(judge(), 10, "cut short after it had been written whole");
  const auto refused = mend(file(), ministry(), key_.public_key());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, LedgerError::Kind::kDamaged);
}

TEST_F(VerifyTest, ALedgerFullOfFaultsEndsTheListing) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "{}\n";
  test::write(file(), text);
  EXPECT_EQ(judge().faults.size(), kMostFaults);
}

}  // namespace
}  // namespace ssc::keys::ledger
