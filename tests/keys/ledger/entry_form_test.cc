#include "keys/ledger/entry_form.h"

#include "keys/ledger/record_text.h"
#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

std::string fault_of(const Entry& entry) { return check_form(entry).value_or(""); }

Entry with_note(std::string note) {
  Entry entry = test::entry(Kind::kUse, SubjectType::kPsam, "P-1");
  entry.note = std::move(note);
  return entry;
}

TEST(EntryForm, WhoRoleAndSubjectAreNamed) {
  Entry entry = with_note("");
  EXPECT_EQ(fault_of(entry), "");
  entry.who.clear();
  EXPECT_NE(fault_of(entry).find("--who"), std::string::npos);
  entry = with_note("");
  entry.role.clear();
  EXPECT_NE(fault_of(entry).find("--role"), std::string::npos);
  entry = with_note("");
  entry.subject.id.clear();
  EXPECT_NE(fault_of(entry).find("1 to 64 bytes"), std::string::npos);
}

TEST(EntryForm, AKindHappensToItsSubjectsAlone) {
  EXPECT_NE(fault_of(test::entry(Kind::kPinReset, SubjectType::kPsam, "P-1")), "");
  EXPECT_NE(fault_of(test::entry(Kind::kUse, SubjectType::kCard, "A12345676")), "");
  EXPECT_NE(fault_of(test::entry(Kind::kCreate, SubjectType::kMachine, "HSM-1")), "");
  EXPECT_EQ(fault_of(test::entry(Kind::kPinReset, SubjectType::kCard, "A12345676")), "");
}

TEST(EntryForm, ATextIsOneLineOfUtf8) {
  EXPECT_EQ(fault_of(with_note("保密协议 7 号")), "");
  EXPECT_EQ(fault_of(with_note(std::string(kLongestText, 'x'))), "");
  EXPECT_NE(fault_of(with_note(std::string(kLongestText + 1, 'x'))), "");
  for (const char* text : {"a\nb", "\t", "\x7F", "\xFF", "\xE4\xBF", "\xED\xA0\x80"})
    EXPECT_NE(fault_of(with_note(text)), "") << text;
}

// The numbers of made-up people in the standard's form; neighbours of other lengths are none.
TEST(EntryForm, NoIdentityNumberAndNoKeyIsKept) {
  EXPECT_NE(fault_of(with_note("for 99010019900307006X")).find("identity number"), std::string::npos);
  EXPECT_NE(fault_of(with_note("99010019900307006X")).find("--note"), std::string::npos);
  EXPECT_EQ(fault_of(with_note("990100199003070061")), "");
  EXPECT_EQ(fault_of(with_note("199010019900307006X")), "");
  EXPECT_NE(fault_of(with_note("404142434445464748494a4b4C4D4E4F")).find("as a key has"), std::string::npos);
  EXPECT_EQ(fault_of(with_note("404142434445464748494A4B4C4D4E4")), "");
  Entry entry = with_note("");
  entry.subject.id = "99010019900307006X";
  EXPECT_NE(fault_of(entry).find("identity number"), std::string::npos);
}

TEST(EntryForm, ALastDayIsADay) {
  Entry entry = test::entry(Kind::kReceive, SubjectType::kMachine, "HSM-1");
  for (const char* day : {"2027-12-31", ""}) {
    entry.valid_until = day;
    EXPECT_EQ(fault_of(entry), "");
  }
  for (const char* day : {"2027-02-29", "2027-1-1", "soon"}) {
    entry.valid_until = day;
    EXPECT_NE(fault_of(entry).find("--valid-until"), std::string::npos) << day;
  }
}

TEST(RecordText, EveryFieldComesBack) {
  Entry entry = test::whole(Kind::kHandover, SubjectType::kKeyMotherCard, "M-1");
  entry.third_party = entry.lab = true;
  entry.plan_reviewed_by = "孙四";
  entry.supervisor = "周\"五\"\\";
  entry.certificate = "SXH-1";
  entry.valid_until = "2027-12-31";
  entry.from = "here";
  entry.slip = std::string(64, 'A');
  entry.note = "a note";
  entry.count = 1000;
  entry.checks = {{"UK1DF01", 2, {0xA1, 0xB2, 0xC3}}, {"IRK", 1, {0, 0, 1}}};
  Record record{7, test::kMorning, "Lab 部", entry, {1}, {2}, {3}};
  const auto again = parse_line(line_of(record));
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->entry, entry);
  EXPECT_EQ(again->number, 7U);
  EXPECT_EQ(again->time, test::kMorning);
  EXPECT_EQ(again->centre, "Lab 部");
  EXPECT_EQ(again->previous, record.previous);
  EXPECT_EQ(again->hash, record.hash);
  EXPECT_EQ(again->signature, record.signature);
}

TEST(RecordText, OnlyWhatIsWrittenIsRead) {
  const Record record{1, test::kMorning, "Lab", with_note("a note"), {}, {}, {}};
  const std::string line = line_of(record);
  ASSERT_TRUE(parse_line(line));
  const auto swapped = [&](std::string_view from, std::string_view to) {
    std::string text = line;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& text : {std::string(),
                                  std::string("{}"),
                                  std::string("[]"),
                                  std::string("null"),
                                  line + " ",
                                  line + line,
                                  swapped("{\"number\":1", "{ \"number\":1"),
                                  swapped("\"number\":1", "\"number\":1.0"),
                                  swapped("\"number\":1", "\"number\":-1"),
                                  swapped("\"number\":1", "\"number\":1,\"number\":1"),
                                  swapped("\"note\":\"a note\"", "\"note\":7"),
                                  swapped("\"note\":\"a note\"", "\"note\":\"\""),
                                  swapped("\"note\":\"a note\"", "\"note\":\"\\u0061 note\""),
                                  swapped("\"use\"", "\"used\""),
                                  swapped("08:00", "8:00"),
                                  swapped("\"note\"", "\"nota\""),
                                  swapped("\"note\":\"a note\"", "\"lab\":false"),
                                  swapped("\"note\":\"a note\"", "\"count\":0"),
                                  swapped("\"note\":\"a note\"", "\"kcv\":[]"),
                                  swapped("\"note\":\"a note\"", "\"kcv\":[\"IRK/1:A1\"]"),
                                  swapped("\"note\":\"a note\"", "\"kcv\":[{}]")}) {
    EXPECT_FALSE(parse_line(text)) << text;
  }
  EXPECT_FALSE(parse_line(std::string(100000, '[')));
  EXPECT_FALSE(parse_line(std::string(kLongestLine + 1, ' ')));
}

}  // namespace
}  // namespace ssc::keys::ledger
