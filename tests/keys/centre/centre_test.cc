#include "keys/centre/centre.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "keys/ledger/holdings.h"
#include "keys/ledger/verify.h"
#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::centre {
namespace {

using ledger::test::kMorning;
using ledger::test::text_of;
using ledger::test::write;

CentrePlan plan(Level level, std::string area, bool lab) {
  return {{"Lab 中心", level, std::move(area)}, lab, "王一", "key officer", storage::kLeastCost};
}

class CentreTest : public ::testing::Test {
 protected:
  fs::path folder() const { return root_.path() / "centre"; }
  Opened<Centre> make_lab() {
    return Centre::make(folder(), plan(Level::kNational, "000000", true), nullptr, fixed_clock(kMorning));
  }
  Opened<Centre> make_guarded() {
    return Centre::make(folder(), plan(Level::kCity, "990100", false), &passphrase_, fixed_clock(kMorning));
  }
  storage::Access access(std::string_view passphrase) {
    given_ = std::make_shared<storage::SecretBytes>(passphrase);
    return {given_, {}};
  }
  static unsigned mode(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
  }
  static void expect_error(const Opened<Centre>& opened, CentreError::Kind kind, std::string_view what) {
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, kind) << opened.error().what;
    EXPECT_NE(opened.error().what.find(what), std::string::npos) << opened.error().what;
    EXPECT_EQ(opened.error().what.find('\n'), std::string::npos) << opened.error().what;
  }

  simulator::test::TemporaryFolder root_;
  std::shared_ptr<storage::SecretBytes> given_;
  storage::SecretBytes passphrase_{std::string_view("correct horse")};
};

TEST_F(CentreTest, AFolderOfItsOwnersAlone) {
  ASSERT_TRUE(make_lab());
  EXPECT_EQ(mode(folder()), 0700U);
  for (const auto& entry : fs::recursive_directory_iterator(folder()))
    EXPECT_EQ(mode(entry.path()) & 0077U, 0U) << entry.path();
}

TEST_F(CentreTest, WhatWasMadeOpensAgain) {
  ASSERT_TRUE(make_lab());
  auto centre = Centre::open(folder(), {}, fixed_clock(kMorning));
  ASSERT_TRUE(centre) << centre.error().what;
  EXPECT_EQ(centre->identity(), (Identity{"Lab 中心", Level::kNational, "000000"}));
  EXPECT_TRUE(centre->record().lab);
  ledger::Entry entry = ledger::test::entry(ledger::Kind::kCreate, ledger::SubjectType::kKeySet, "national");
  EXPECT_EQ(centre->ledger().append(entry)->number, 2U);
  const auto face = read_open_face(folder());
  const auto verdict = ledger::verify(face->paths.ledger(), face->record.owner(), face->key);
  EXPECT_TRUE(verdict && verdict->faults.empty());
}

TEST_F(CentreTest, APassphraseOpensItAndNothingElseDoes) {
  ASSERT_TRUE(make_guarded());
  EXPECT_TRUE(Centre::open(folder(), access("correct horse"), fixed_clock(kMorning)));
  expect_error(Centre::open(folder(), access("wrong")), CentreError::Kind::kBadInput, "passphrase is wrong");
  expect_error(Centre::open(folder()), CentreError::Kind::kBadInput, "--passphrase-file");
}

TEST_F(CentreTest, NoFileHoldsThePrivateKeyInClear) {
  ASSERT_TRUE(make_guarded());
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(text_of(entry.path()).find("PRIVATE KEY"), std::string::npos) << entry.path();
  }
}

TEST_F(CentreTest, LabAndPassphraseExcludeEachOther) {
  expect_error(Centre::make(folder(), plan(Level::kCity, "990100", true), &passphrase_),
               CentreError::Kind::kBadInput, "--lab");
  expect_error(Centre::make(folder(), plan(Level::kCity, "990100", false), nullptr),
               CentreError::Kind::kBadInput, "--passphrase-file");
  EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(CentreTest, AnAreaBelongsToItsLevel) {
  struct {
    Level level;
    const char* area;
    bool good;
  } const rows[] = {{Level::kNational, "000000", true},  {Level::kNational, "990000", false},
                    {Level::kProvince, "990000", true},  {Level::kProvince, "990100", false},
                    {Level::kProvince, "000000", false}, {Level::kCity, "990100", true},
                    {Level::kCity, "990000", false},     {Level::kCity, "99010", false},
                    {Level::kCity, "99010x", false},     {Level::kCity, "", false}};
  for (const auto& row : rows)
    EXPECT_EQ(check_identity({"Lab", row.level, row.area}).has_value(), !row.good) << row.area;
}

TEST_F(CentreTest, ANameIsOneShortLine) {
  for (const std::string& name : {std::string(), std::string("a<b"), std::string("a\nb"), std::string("\xFF"),
                                  std::string(61, 'x'), std::string(" a")})
    EXPECT_TRUE(check_identity({name, Level::kCity, "990100"})) << name;
  EXPECT_FALSE(check_identity({"人力资源社会保障部", Level::kCity, "990100"}));
}

TEST_F(CentreTest, AFolderWithSomethingInItIsLeftAlone) {
  fs::create_directory(folder());
  write(folder() / "notes.txt", "mine");
  expect_error(make_lab(), CentreError::Kind::kBadInput, "name a new folder");
  EXPECT_EQ(text_of(folder() / "notes.txt"), "mine");
}

TEST_F(CentreTest, WhatIsNoCentreIsSaidToBeNone) {
  expect_error(Centre::open(root_.path()), CentreError::Kind::kBadInput, "ssc keys centre init");
  expect_error(Centre::open(root_.path() / "nowhere"), CentreError::Kind::kBadInput, "is no centre");
}

TEST_F(CentreTest, ADamagedPartIsNamed) {
  ASSERT_TRUE(make_guarded());
  const CentrePaths paths{folder()};
  struct {
    fs::path file;
    std::string_view from, to;
    CentreError::Kind kind;
    std::string_view what;
  } const rows[] = {
      {paths.record(), "lab=\"no\"", "lab=\"yes\"", CentreError::Kind::kBadInput,
       "centre.xml:2: a lab centre"},
      {paths.record(), "990100", "990000", CentreError::Kind::kBadInput, "is no area of a city"},
      {paths.record(), "level=\"city\"", "level=\"town\"", CentreError::Kind::kBadInput, "centre.xml:2"},
      {paths.private_key(), "\n", "0\n", CentreError::Kind::kDamaged, "is no sealed key"},
      {paths.public_key(), "BEGIN", "BEGUN", CentreError::Kind::kDamaged, "no SM2 public key"},
      {paths.ledger(), "key officer", "key 0fficer", CentreError::Kind::kDamaged,
       "ledger.jsonl:1: was changed"},
  };
  for (const auto& row : rows) {
    const std::string before = text_of(row.file);
    std::string after = before;
    write(row.file, after.replace(after.find(row.from), row.from.size(), row.to));
    expect_error(Centre::open(folder(), access("correct horse")), row.kind, row.what);
    write(row.file, before);
  }
  write(paths.public_key(), Sm2PrivateKey::generate().public_key().to_pem());
  expect_error(Centre::open(folder(), access("correct horse")), CentreError::Kind::kDamaged,
               "is not the key beside it");
}

TEST(CentreName, LettersDigitsAndThreeSigns) {
  for (const char* name : {"a", "M-1", "psam_01.x", "9"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* name : {"", ".", "..", "-x", ".x", "a/b", "a b", "卡"})
    EXPECT_FALSE(is_name(name)) << name;
  EXPECT_FALSE(is_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace ssc::keys::centre
