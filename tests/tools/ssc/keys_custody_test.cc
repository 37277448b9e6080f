// ssc keys centre, ledger and the custody commands, as a shell sees them.
#include "tests/tools/ssc/command_line.h"

namespace ssc::tools {
namespace {

class KeysCustody : public CommandLine {
 protected:
  static constexpr const char* kWho = " --who 王一 --role 密钥管理员 ";

  void make_ministry() {
    const Outcome made =
        ssc(std::string("keys centre init ministry --name 'Lab ministry' --level ministry --area "
                        "000000 --lab") +
            kWho);
    ASSERT_EQ(made.status, 0) << made.error;
  }
  void make_province() {
    write("pw", "correct horse\n");
    const Outcome made =
        ssc(std::string("keys centre init province --name 'Lab province' --level province --area "
                        "990000 --passphrase-file pw --cost 10") +
            kWho);
    ASSERT_EQ(made.status, 0) << made.error;
  }
  Outcome at_ministry(const std::string& command) {
    return ssc("keys " + command + " --centre ministry" + kWho);
  }
  Outcome at_province(const std::string& command) {
    return ssc("keys " + command + " --centre province --passphrase-file pw" + kWho);
  }
  void province_knows_ministry() {
    ASSERT_EQ(ssc("keys centre introduce --centre ministry ministry.xml").status, 0);
    const std::string shown = ssc("keys centre show --centre ministry").out;
    const std::string fingerprint = shown.substr(shown.find("key  ") + 5, 79);
    const Outcome trusted = at_province("centre trust ministry.xml --fingerprint '" + fingerprint + "'");
    ASSERT_EQ(trusted.status, 0) << trusted.error;
  }
  // Exit 1 and one line, with the article.
  static void expect_refused(const Outcome& outcome, const std::string& article) {
    EXPECT_EQ(outcome.status, 1) << outcome.error;
    EXPECT_THAT(outcome.error, StartsWith("ssc: refused by article " + article + ": "));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
  }
  static void expect_bad_input(const Outcome& outcome, const std::string& what) {
    EXPECT_EQ(outcome.status, 2) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(what));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
  }
};

TEST_F(KeysCustody, ACarrierComesFromTheMinistryAndIsHandedOver) {
  make_ministry();
  make_province();
  EXPECT_EQ(at_ministry("create key-mother-card:M-1 psam:P-1").status, 0);
  const Outcome issued = at_ministry("issue --to 'Lab province' --purpose 'PSAM keys' --slip slip M-1 P-1");
  ASSERT_EQ(issued.status, 0) << issued.error;
  EXPECT_THAT(issued.out, HasSubstr("issue psam P-1: entry 5, hash "));

  expect_refused(at_province("receive --slip slip"), "23");
  province_knows_ministry();
  const Outcome received = at_province("receive --slip slip");
  ASSERT_EQ(received.status, 0) << received.error;
  expect_refused(at_province("receive --slip slip"), "23");

  expect_refused(at_province("handover --to maker --purpose p M-1"), "24");
  expect_refused(at_province("handover --to maker --purpose p --agreement N --third-party M-1"), "24");
  EXPECT_EQ(at_province("handover --to maker --purpose p --agreement N --third-party --plan-reviewed-by 孙四 "
                        "--supervisor 周五 M-1")
                .status,
            0);
  expect_refused(at_province("use --purpose p M-1"), "24");
  EXPECT_THAT(ssc("keys ledger holdings --centre province --lang zh").out,
              HasSubstr("密钥母卡 M-1：在外（第5条）"));
  EXPECT_THAT(ssc("keys ledger show --centre province --subject M-1").out, HasSubstr("supervised by: 周五"));
  EXPECT_THAT(ssc("keys ledger show --centre province --from 5 --lang zh").out, HasSubstr("监督人：周五"));
  const Outcome verdict = ssc("keys ledger verify --centre province");
  EXPECT_EQ(verdict.status, 0) << verdict.out;
  EXPECT_THAT(verdict.out, StartsWith("5 entries, whole, in order and signed\n"));
}

TEST_F(KeysCustody, AChangedLineIsNamed) {
  make_ministry();
  EXPECT_EQ(at_ministry("create psam:P-1").status, 0);
  const std::string noted = ssc("keys ledger verify --centre ministry").out;
  std::string text = text_of(folder_ / "ministry/ledger.jsonl");
  write("ministry/ledger.jsonl", text.replace(text.find("P-1"), 3, "P-2"));
  const Outcome verdict = ssc("keys ledger verify --centre ministry");
  EXPECT_EQ(verdict.status, 1);
  EXPECT_THAT(verdict.out, HasSubstr("ledger.jsonl:2: was changed"));
  EXPECT_EQ(at_ministry("create psam:P-3").status, 1);
}

TEST_F(KeysCustody, AKeyFromElsewhereAndANotedEntryCount) {
  make_ministry();
  EXPECT_EQ(ssc("keys centre introduce --centre ministry ministry.xml").status, 0);
  EXPECT_EQ(ssc("keys ledger verify --centre ministry --public-key ministry.xml").status, 0);
  EXPECT_EQ(ssc("keys ledger verify --centre ministry --public-key ministry/sm2.pub").status, 0);
  const std::string said = ssc("keys ledger verify --centre ministry").out;
  std::string noted = said.substr(said.find("1:"));
  noted.pop_back();
  EXPECT_EQ(ssc("keys ledger verify --centre ministry --noted " + noted).status, 0);
  EXPECT_EQ(ssc("keys ledger verify --centre ministry --noted 2" + noted.substr(1)).status, 1);
  expect_bad_input(ssc("keys ledger verify --centre ministry --noted 2"), "NUMBER:HASH");
  expect_bad_input(ssc("keys ledger verify --centre ministry --public-key input"), "no SM2 public key");
}

TEST_F(KeysCustody, ATornLineIsMendedAndTheMendingEntered) {
  make_ministry();
  std::ofstream(folder_ / "ministry/ledger.jsonl", std::ios::app) << "{\"number\":2,\"ti";
  const Outcome refused = at_ministry("create psam:P-1");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.error, HasSubstr("ssc keys ledger mend"));
  const Outcome mended = at_ministry("ledger mend");
  EXPECT_EQ(mended.status, 0) << mended.error;
  EXPECT_THAT(mended.out, HasSubstr("15 bytes of a line without an end were cut off\nentry 2"));
  EXPECT_EQ(at_ministry("create psam:P-1").status, 0);
  EXPECT_EQ(ssc("keys ledger verify --centre ministry").status, 0);
  EXPECT_THAT(at_ministry("ledger mend").out, HasSubstr("no bytes had to be cut off"));
}

TEST_F(KeysCustody, BadInputIsNamedInOneLine) {
  make_ministry();
  expect_bad_input(at_ministry("create P-1"), "write TYPE:P-1");
  expect_bad_input(at_ministry("create stamp:P-1"), "is no type");
  expect_bad_input(at_ministry("create psam:../P"), "is no name");
  expect_bad_input(at_ministry("create psam:P-1 psam:P-1"), "named twice");
  expect_bad_input(at_ministry("create psam:P-1 --note 99010019900307006X"), "identity number");
  expect_bad_input(ssc("keys create --centre ministry psam:P-1"), "--who");
  expect_bad_input(ssc(std::string("keys create --centre nowhere psam:P-1") + kWho), "is no centre");
  expect_bad_input(at_ministry("receive --slip input"), "the slip");
  EXPECT_EQ(at_ministry("create psam:P-1").status, 0);
  write("slip", "mine");
  expect_bad_input(at_ministry("issue --to x --purpose p --slip slip P-1"), "new file for the slip");
  EXPECT_EQ(text_of(folder_ / "slip"), "mine");
  expect_refused(at_ministry("issue --to '' --purpose p --slip other P-1"), "24");
  EXPECT_FALSE(fs::exists(folder_ / "other"));
}

TEST_F(KeysCustody, AWrongFingerprintIsNotTrusted) {
  make_ministry();
  make_province();
  EXPECT_EQ(ssc("keys centre introduce --centre ministry ministry.xml").status, 0);
  const Outcome refused = at_province("centre trust ministry.xml --fingerprint " + std::string(64, '0'));
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.error, HasSubstr("another fingerprint"));
}

TEST_F(KeysCustody, ACentreIsMadeInANewFolderUnderAPassphraseOrForTheLab) {
  make_ministry();
  const std::string plan = std::string(" --name L --level city --area 990100") + kWho;
  expect_bad_input(ssc("keys centre init ministry --lab" + plan), "name a new folder");
  expect_bad_input(ssc("keys centre init city" + plan), "--passphrase-file FILE, or --lab");
  expect_bad_input(ssc("keys centre init city --lab --area 990000 --name L --level city" + std::string(kWho)),
                   "no area");
  expect_bad_input(ssc("keys centre init city --lab --level town --name L --area 990100" + std::string(kWho)),
                   "--level");
  EXPECT_FALSE(fs::exists(folder_ / "city"));
}

}  // namespace
}  // namespace ssc::tools
