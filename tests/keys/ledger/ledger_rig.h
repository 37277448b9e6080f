// A ledger in a folder of its own, and entries that keep every rule.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "keys/ledger/holdings.h"
#include "keys/ledger/ledger.h"
#include "tests/simulator/store/temporary_folder.h"

namespace ssc::keys::ledger::test {

inline const Time kMorning = *parse_time("2026-01-31T08:00:00Z");

inline Entry entry(Kind kind, SubjectType type, std::string id) {
  Entry out;
  out.kind = kind;
  out.subject = {type, std::move(id)};
  out.who = "王一";
  out.role = "key officer";
  return out;
}

// With everything the rules ask of any kind.
inline Entry whole(Kind kind, SubjectType type, std::string id) {
  Entry out = entry(kind, type, std::move(id));
  out.witness = "李二";
  out.to = "Lab province";
  out.purpose = "loading of PSAMs";
  out.agreement = "NDA-2026-7";
  out.place = "safe 3";
  out.keeper = "赵三";
  if (kind == Kind::kReturn) out.from = out.to;
  return out;
}

inline std::string text_of(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

inline void write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

class LedgerRig : public ::testing::Test {
 protected:
  static constexpr auto kMother = SubjectType::kKeyMotherCard;

  std::filesystem::path file() const { return folder_.path() / "ledger.jsonl"; }
  std::filesystem::path head() const { return folder_.path() / "ledger.head"; }
  static Owner ministry() { return {"Lab ministry", true}; }

  Ledger create(Owner owner = ministry()) {
    const Entry opening = entry(Kind::kOpen, SubjectType::kCentre, owner.centre);
    return Ledger::create(file(), owner, key_, fixed_clock(kMorning), opening).value();
  }
  Kept<Ledger> open(Owner owner = ministry()) {
    return Ledger::open(file(), owner, key_, fixed_clock(kMorning));
  }
  // Ten entries.
  void fill(Ledger& ledger) {
    ASSERT_TRUE(ledger.append(entry(Kind::kCreate, SubjectType::kKeySet, "national")));
    ASSERT_TRUE(ledger.append(entry(Kind::kCreate, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kStore, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kUse, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kIssue, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kReturn, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kHandover, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kReturn, kMother, "M-1")));
    ASSERT_TRUE(ledger.append(whole(Kind::kDestroy, kMother, "M-1")));
  }

  simulator::test::TemporaryFolder folder_;
  Sm2PrivateKey key_ = Sm2PrivateKey::generate();
};

}  // namespace ssc::keys::ledger::test
