#include "simulator/issue/applicant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::simulator::issue {
namespace {

using ::testing::HasSubstr;

class Row : public ::testing::Test {
 protected:
  std::vector<std::string> fields = {
      "张测试", "citizen", "99010019900307006X", "2", "01", "990100", "19900307", "990100", "3", "generic-b"};
  Columns columns = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  tl::expected<Applicant, std::string> read(Encoding encoding = Encoding::kUtf8) const {
    return read_applicant(fields, columns, encoding);
  }
  std::string refused(std::size_t column, const std::string& value) {
    const std::string kept = std::exchange(fields[column], value);
    const auto got = read();
    fields[column] = kept;
    return got ? "taken" : got.error();
  }
};

TEST_F(Row, AGoodOneIsTaken) {
  const auto person = read();
  ASSERT_TRUE(person) << person.error();
  EXPECT_EQ(person->name_first, "张测试");
  EXPECT_EQ(person->name_rest, "");
  EXPECT_EQ(person->policy, "generic-b");
  EXPECT_EQ(refused(2, "99010019900307006x"), "taken");
}

TEST_F(Row, CheckDigitAndDateAreForCitizensOnly) {
  EXPECT_THAT(refused(2, "990100199003070061"), HasSubstr("id_number: "));
  EXPECT_THAT(refused(2, "99010019900230006X"), HasSubstr("id_number: "));
  EXPECT_EQ(refused(6, "19900308"), "birth_date: the citizen number has another");
  fields[1] = "other";
  fields[2] = "P1234567";
  EXPECT_TRUE(read());
  EXPECT_THAT(refused(2, "1234567890123456789"), HasSubstr("id_number: "));
  EXPECT_THAT(refused(2, ""), HasSubstr("id_number: "));
}

TEST_F(Row, EachFieldHasItsRule) {
  EXPECT_EQ(refused(1, "passport"), "id_type: write citizen or other");
  EXPECT_EQ(refused(3, "0"), "sex: write 1, 2 or 9");
  EXPECT_EQ(refused(4, "57"), "nation: write 01 to 56, or 99");
  EXPECT_EQ(refused(5, "9901"), "birth_place: write six digits, or nothing");
  EXPECT_EQ(refused(6, "19900230"), "birth_date: no date; write YYYYMMDD");
  EXPECT_EQ(refused(7, "99010"), "area: write six digits");
  EXPECT_EQ(refused(8, "5"), "class: write 1, 2, 3 or 4");
  EXPECT_EQ(refused(0, ""), "no name");
  fields.pop_back();
  EXPECT_EQ(read().error(), "9 fields, the header has 10");
}

// A name over 30 bytes of GBK goes on into item 4E at a character boundary (V2.0 notice t.9).
TEST_F(Row, ALongNameIsCutBetweenCharacters) {
  std::string name = "A";
  for (int i = 0; i < 20; ++i) name += "测";
  fields[0] = name;
  const auto person = read();
  ASSERT_TRUE(person) << person.error();
  EXPECT_EQ(person->name_first.size(), 1U + 14 * 3) << "1 + 14 characters of two bytes: 29 of 30 bytes";
  EXPECT_EQ(person->name_first + person->name_rest, name);
  for (int i = 0; i < 5; ++i) name += "测";
  EXPECT_THAT(refused(0, name), HasSubstr("longer than items 09 and 4E hold"));
}

TEST_F(Row, ANameThatNoCardHoldsIsRefused) {
  EXPECT_THAT(refused(0, "𠮷"), HasSubstr("name: a card cannot hold it"));
  EXPECT_THAT(refused(0, "\xD5\xC5"), HasSubstr("name: "));  // GBK in a UTF-8 batch
}

TEST_F(Row, GbkIsReadWhereItIsSaid) {
  fields[0] = "\xD5\xC5";  // 张
  const auto person = read(Encoding::kGbk);
  ASSERT_TRUE(person) << person.error();
  EXPECT_EQ(person->name, "张");
}

TEST(Header, NamesEachColumnOnceInAnyOrder) {
  std::vector<std::string> names(batch_columns().begin(), batch_columns().end());
  std::swap(names.front(), names.back());
  const auto columns = read_header(names);
  ASSERT_TRUE(columns);
  EXPECT_EQ(columns->front(), 9U);
  names[3] = "gender";
  EXPECT_EQ(read_header(names).error(), "no column sex");
  names[3] = "sex";
  names.push_back("sex");
  EXPECT_EQ(read_header(names).error(), "two columns sex");
  names.back() = "colour";
  EXPECT_EQ(read_header(names).error(), "unknown column 'colour'");
}

}  // namespace
}  // namespace ssc::simulator::issue
