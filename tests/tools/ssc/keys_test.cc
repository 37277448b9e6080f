// ssc keys: key sets from the ministry's components down to a city, as a shell sees them.
#include <sys/stat.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/key_set.h"
#include "keys/standard.h"
#include "tests/tools/ssc/command_line.h"

namespace ssc::tools {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;

class KeysCommand : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    for (const char* who : {"a", "b", "c"})
      write(std::string(who) + ".pass", std::string("passphrase of ") + who + "\n");
    write("ministry.pass", "the ministry's\n");
    write("province.pass", "the province's\n");
  }

  Outcome must(const std::string& arguments) {
    Outcome outcome = ssc(arguments);
    EXPECT_EQ(outcome.status, 0) << arguments << "\n" << outcome.error;
    return outcome;
  }
  void expect_one_line(const std::string& arguments, int status, const std::string& complaint) {
    const Outcome outcome = ssc(arguments);
    EXPECT_EQ(outcome.status, status) << arguments;
    EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(complaint)) << arguments;
  }

  // Components of every key of the ministry from three custodians, a.xml to c.xml.
  void make_components(const std::string& more) {
    int number = 0;
    for (const std::string who : {"a", "b", "c"})
      must("keys component " + who + ".xml --set national --custodian " + who + " --number " +
           std::to_string(++number) + " --cost 10 --passphrase-file " + who + ".pass " + more);
  }
  static std::string three() {
    std::string out;
    for (const std::string who : {"a", "b", "c"})
      out += " --component " + who + ".xml --component-passphrase-file " + who + ".pass";
    return out;
  }
  // national.xml, real as far as ssc can tell.
  void make_national(const std::string& groups = "1") {
    make_components("--cipher SM4 --groups " + groups);
    must("keys make national -o national.xml --cipher SM4 --groups " + groups + three() +
         " --passphrase-file ministry.pass --cost 10");
  }
  void make_province() {
    must(
        "keys derive national.xml --to province --area 990000 --name province-99 -o province.xml "
        "--passphrase-file ministry.pass --output-passphrase-file province.pass --cost 10");
  }

  keys::KeySet opened(const std::string& file, const std::string& passphrase) const {
    const auto secret = std::make_shared<const keys::storage::SecretBytes>(std::string_view(passphrase));
    auto set = keys::load_key_set((folder_ / file).string(), {secret, {}});
    if (!set) throw std::runtime_error(set.error().to_string());
    return *std::move(set);
  }
  static unsigned mode(const fs::path& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
  }
};

TEST_F(KeysCommand, ANationalSetIsMadeFromThreeComponentsAndOnlyCheckValuesAreShown) {
  make_components("--cipher SM4");
  const Outcome made = must("keys make national -o national.xml --cipher SM4" + three() +
                            " --passphrase-file ministry.pass --cost 10");
  const keys::KeySet set = opened("national.xml", "the ministry's");
  EXPECT_EQ(set.keys.size(), 41U);  // keys.tsv, structures 2.0 and 3.0, owner national
  EXPECT_EQ(set.level, keys::Level::kNational);
  EXPECT_FALSE(set.lab);
  EXPECT_THAT(made.out, HasSubstr("national.xml: 41 keys of the ministry"));
  for (const keys::NamedKey& key : set.keys) {
    EXPECT_THAT(made.out,
                HasSubstr(key.name + " version 1  KCV " + apdu::to_hex(keys::check_value(key.value))));
    EXPECT_THAT(made.out + text_of(folder_ / "national.xml"),
                Not(HasSubstr(apdu::to_hex(key.value.reveal()))));
  }
  for (const char* file : {"a.xml", "b.xml", "c.xml", "national.xml"})
    EXPECT_EQ(mode(folder_ / file), 0600U) << file;
  EXPECT_THAT(must("keys check national.xml --passphrase-file ministry.pass").out,
              HasSubstr("nothing wrong"));
}

TEST_F(KeysCommand, AComponentIsTakenFromItsCustodiansHandsAndItsCheckValue) {
  const std::string head =
      "keys component a.xml --set s --custodian a --number 1 --lab --cipher DES --key IRK ";
  // openssl: KCV of 00112233445566778899AABBCCDDEEFF under two-key triple DES is FB0975.
  const Outcome entered = ssc(head + "--enter --kcv fb0975", "00112233445566778899AABBCCDDEEFF\n");
  EXPECT_EQ(entered.status, 0) << entered.error;
  EXPECT_EQ(entered.out, "IRK version 1  KCV FB0975 (of the component)\n");
  EXPECT_THAT(text_of(folder_ / "a.xml"), Not(HasSubstr("00112233445566778899")));
  const Outcome again =
      ssc(head + "--enter --kcv fb0976 --key-version 2", "00112233445566778899AABBCCDDEEFF\n");
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.error, HasSubstr("the component has check value FB0975, not fb0976"));
  const Outcome odd = ssc(head + "--enter --key-version 2", "0011\n");
  EXPECT_EQ(odd.status, 2);
  EXPECT_THAT(odd.error, HasSubstr("the component of key 'IRK' is not 32 hexadecimal digits"));
  EXPECT_THAT(odd.error, Not(HasSubstr("0011")));
  write("component.txt", "10112233445566778899AABBCCDDEEFF\n");
  must("keys component a.xml --key IRK --key-version 2 --component-file component.txt");
  expect_one_line(head + "--enter", 1, "has a component of key 'IRK' version 1 already");
  expect_one_line("keys component a.xml --custodian b --key BK", 2, "holds component 1 of set 's', of a");
  expect_one_line("keys component n.xml --key BK", 2,
                  "is not there yet: say --set, --custodian and --number");
  expect_one_line("keys component n.xml --set s --custodian a --number 1 --key BK", 2,
                  "--passphrase-file FILE, or --lab");
  expect_one_line("keys component a.xml --enter", 2, "say --key NAME");
}

// A component is shown on the terminal alone: script gives it one, and nothing of it reaches a file.
TEST_F(KeysCommand, AComponentIsShownOnATerminalOnly) {
  const std::string program = test::binary_dir() + "/ssc";
  const std::string arguments =
      " keys component a.xml --set s --custodian a --number 1 --lab --cipher SM4 --key IRK --reveal";
  expect_one_line(arguments.substr(1), 3, "shows the component on the terminal, and there is none");
  EXPECT_FALSE(fs::exists(folder_ / "a.xml"));
  const std::string command = "cd " + folder_.string() + " && timeout 60 script -qec '" + program +
                              arguments + " >out.txt' /dev/null >terminal.txt 2>&1 </dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0) << text_of(folder_ / "terminal.txt");
  EXPECT_THAT(text_of(folder_ / "terminal.txt"), ContainsRegex("([0-9A-F]{2} ){15}[0-9A-F]{2}"));
  EXPECT_THAT(text_of(folder_ / "out.txt"),
              AllOf(HasSubstr("KCV"), Not(ContainsRegex("([0-9A-F]{2} ){15}"))));
}

TEST_F(KeysCommand, ACeremonyThatIsNoneIsRefused) {
  make_components("--cipher SM4 --key IRK");
  expect_one_line("keys make national -o n.xml --cipher SM4 --lab" + three(), 1,
                  "a has no component of key 'STKSSSE'");
  expect_one_line("keys make other -o n.xml --cipher SM4 --lab" + three(), 1, "not for SM4 set 'other'");
  expect_one_line("keys make national -o n.xml --lab --component a.xml --component-passphrase-file a.pass", 1,
                  "a key is made from 3 or more");
  expect_one_line("keys make national -o n.xml --lab --component a.xml", 2, "it lies under a passphrase");
  expect_one_line("keys make national -o n.xml --lab", 2, "say where the values come from");
  expect_one_line(
      "keys make national -o n.xml --lab --component a.xml --component b.xml "
      "--component-passphrase-file a.pass",
      2, "in the same order");
  must("keys component lab.xml --set national --custodian l --number 1 --lab");
  expect_one_line("keys make national -o n.xml --component lab.xml --passphrase-file ministry.pass", 2,
                  "make test keys only");
  EXPECT_FALSE(fs::exists(folder_ / "n.xml"));
}

TEST_F(KeysCommand, SetsGoDownToProvinceAndCityWithTheLevelsLeft) {
  make_national();
  make_province();
  must("keys add province.xml --all province --generate --passphrase-file province.pass");
  must(
      "keys derive province.xml --to city --area 990100 --name city-990100 -o city.xml "
      "--passphrase-file province.pass --cost 10");
  const Outcome national = must("keys show national.xml");
  EXPECT_THAT(national.out, AllOf(HasSubstr("national roots"), HasSubstr("IRK        00  67/08")));
  const Outcome province = must("keys show province.xml");
  EXPECT_THAT(province.out, AllOf(HasSubstr("province roots"), HasSubstr("IRK        00  47/08"),
                                  HasSubstr("PUK        06  48/10"), HasSubstr("sealed under a passphrase")));
  const Outcome city = must("keys show city.xml --lang zh");
  EXPECT_THAT(city.out,
              AllOf(HasSubstr("地市级根密钥"), HasSubstr("IRK        00  27/08"), HasSubstr("内部认证")));
  for (const char* file : {"province.xml", "city.xml"})
    EXPECT_THAT(must(std::string("keys check ") + file + " --passphrase-file province.pass").out,
                HasSubstr("nothing wrong"));
  const Outcome compared =
      ssc("keys compare national.xml city.xml --at city --area 990100 --passphrase-file ministry.pass "
          "--second-passphrase-file province.pass");
  EXPECT_THAT(compared.out, HasSubstr("41 keys the same, "));
  EXPECT_EQ(compared.status, 1) << "the province's own are missing above";
  EXPECT_THAT(compared.out, HasSubstr("missing     PUK version 1"));
  EXPECT_THAT(compared.out, Not(HasSubstr("different")));
}

TEST_F(KeysCommand, OwnersStayInTheirRanges) {
  must("keys derive lab-990100-sm4 --to city --area 990100 --name c -o city.xml");
  expect_one_line("keys add city.xml --key UK1DF0A --owner city --id 83 --usage 28/42 --generate", 1,
                  "PSAM id 42 of key 'UK1DF0A' is not the city's to give");
  must("keys add city.xml --key UK1DF0A --owner city --id 83 --usage 28/80 --generate");
  must("keys add city.xml --key RKSSSEEF0D --owner city --id 0E --usage 27/18 --generate");
  EXPECT_THAT(must("keys show city.xml").out,
              AllOf(HasSubstr("  DF0A\n    UK1DF0A    83  28/80"), HasSubstr("RKSSSEEF0D 0E  27/18")));
  EXPECT_THAT(must("keys check city.xml").out, HasSubstr("nothing wrong"));
  expect_one_line("keys add city.xml --key UK2DF0A --owner province --id 84 --usage 48/50 --generate", 1,
                  "key 'UK2DF0A' is the province's, and key set 'c' the city's");
  expect_one_line("keys add city.xml --key UK2DF09 --owner city --id 84 --generate", 1,
                  "new directories begin at DF0A");
  expect_one_line("keys add city.xml --key UK2DF0A --owner city --id 8 --generate", 2, "is not one byte");
  expect_one_line("keys add city.xml --generate", 2, "say which keys");
}

TEST_F(KeysCommand, TheNextGroupGoesDownBesideTheOneBefore) {
  make_national();
  make_province();
  must("keys add province.xml --all province --generate --passphrase-file province.pass");
  for (const std::string group : {"2", "3"}) {
    for (const char* who : {"a", "b", "c"}) fs::remove(folder_ / (std::string(who) + ".xml"));
    make_components("--cipher SM4 --from-group " + group + " --groups " + group);
    must("keys rekey national.xml" + three() + " --passphrase-file ministry.pass");
    must("keys rekey province.xml --generate --passphrase-file province.pass");
    must(
        "keys derive national.xml --to province --area 990000 --name province-99 -o province.xml --update "
        "--passphrase-file ministry.pass --output-passphrase-file province.pass");
  }
  const keys::KeySet province = opened("province.xml", "the province's");
  for (const char* name : {"IRK", "UK1DF01", "DPK"}) {
    for (const unsigned version : {1U, 2U, 3U})
      EXPECT_NE(province.find(name, version), nullptr) << name << version;
  }
  EXPECT_EQ(province.find("STKSSSE", 2), nullptr);
  EXPECT_THAT(must("keys check province.xml --passphrase-file province.pass").out,
              HasSubstr("nothing wrong"));
  expect_one_line("keys rekey province.xml --generate --passphrase-file province.pass", 1,
                  "has all 3 groups");
}

TEST_F(KeysCommand, CheckNamesEachFindingOnItsLine) {
  write("bad.xml",
        R"(<key-set xmlns="urn:ssc:key-set:1" name="bad" area="990100" cipher="DES" lab="yes" level="city">
<key name="IRK" value="00112233445566770011223344556677" kcv="000000"/>
<key name="UK1DF0A" owner="city" id="83" usage="28/42" value="00112233445566778899AABBCCDDEEFF"/>
<key name="PUK" version="3" value="01112233445566778899AABBCCDDEEFF"/>
<key name="BK" level="province" value="20112233445566778899AABBCCDDEEFF"/>
</key-set>)");
  const Outcome checked = ssc("keys check bad.xml");
  EXPECT_EQ(checked.status, 1);
  for (const char* line : {
           "bad.xml:2: key 'IRK' version 1 has check value",
           "bad.xml:3: PSAM id 42 of key 'UK1DF0A' is not the city's to give",
           "bad.xml: key 'STKSSSE' version 1 is missing; it comes down from the ministry",
           "bad.xml: key 'BK' version 1 is a province root, it should be a city root here",
           "bad.xml: key 'IRK' version 1 is weak: equal halves, which is single DES; make it anew",
           "bad.xml: keys 'UK1DF0A' version 1 and 'PUK' version 3 are equal",
       })
    EXPECT_THAT(checked.out, HasSubstr(line));
  EXPECT_THAT(checked.out, Not(HasSubstr("00112233445566")));
  expect_one_line("keys show bad.xml.no", 2, "no such file");
}

TEST_F(KeysCommand, CompareTellsAndShowsNoKey) {
  write("one.xml", R"(<key-set xmlns="urn:ssc:key-set:1" name="one" area="990100" cipher="DES" lab="yes">
<key name="IRK" value="00112233445566778899AABBCCDDEEFF"/><key name="BK" value="10112233445566778899AABBCCDDEEFF"/></key-set>)");
  write("two.xml", R"(<key-set xmlns="urn:ssc:key-set:1" name="two" area="990100" cipher="DES" lab="yes">
<key name="IRK" value="01112233445566778899AABBCCDDEEFF"/><key name="BK" value="20112233445566778899AABBCCDDEEFF"/></key-set>)");
  const Outcome compared = ssc("keys compare one.xml two.xml --all");
  EXPECT_EQ(compared.status, 1);
  EXPECT_THAT(compared.out,
              AllOf(HasSubstr("same        IRK version 1  KCV FB0975"), HasSubstr("different   BK version 1"),
                    HasSubstr("1 keys the same, 1 not")));
  EXPECT_THAT(compared.out, Not(HasSubstr("2233")));
  EXPECT_EQ(must("keys compare one.xml one.xml").out, "2 keys the same, 0 not\n");
  expect_one_line("keys compare one.xml two.xml --at city", 2, "--at LEVEL and --area DIGITS go together");
}

TEST_F(KeysCommand, NothingIsOverwrittenOrOpenedWithoutItsPassphrase) {
  must("keys derive lab-990100-sm4 --to city --area 990100 --name c -o city.xml");
  expect_one_line("keys derive lab-990100-sm4 --to city --area 990100 --name c -o city.xml", 3,
                  "File exists");
  must(
      "keys derive lab-990100-sm4 --to city --area 990100 --name c -o real.xml --output-passphrase-file "
      "a.pass --cost 10");
  expect_one_line("keys check real.xml", 2, "it lies under a passphrase");
  expect_one_line("keys check real.xml --passphrase-file b.pass", 2, "the passphrase is wrong");
  expect_one_line("keys check real.xml --passphrase-file no.pass", 2, "no.pass: cannot be read");
  write("empty.pass", "\n");
  expect_one_line("keys check real.xml --passphrase-file empty.pass", 2, "its first line is empty");
  EXPECT_EQ(ssc("keys check real.xml --passphrase-file -", "passphrase of a\n").status, 0);
  must("keys show real.xml");
}

TEST_F(KeysCommand, EveryHelpHasAnExample) {
  for (const char* command : {"add", "check", "compare", "component", "derive", "make", "rekey", "show"})
    EXPECT_THAT(ssc(std::string("keys ") + command + " --help").out,
                HasSubstr("Example: ssc keys " + std::string(command)));
}

}  // namespace
}  // namespace ssc::tools
