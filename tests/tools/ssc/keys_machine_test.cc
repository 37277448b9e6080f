// ssc keys machine as a shell sees it.
#include "tests/keys/hsm/soft_token.h"
#include "tests/tools/ssc/command_line.h"

namespace ssc::tools {
namespace {

using KeysMachine = CommandLine;

constexpr const char* kCard = "--card '990100|0081544C928699990100000001|' ";
constexpr const char* kRandoms = "|1122334455667788|0102030405060708|' ";

// KCV of the DES IRK from the set itself, by another command of the program.
TEST_F(KeysMachine, CheckShowsMechanismsKeysAndCheckValues) {
  const Outcome outcome = ssc("keys machine check lab-software");
  EXPECT_EQ(outcome.status, 0) << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("certificate  none: a lab machine"));
  EXPECT_THAT(outcome.out, HasSubstr("yes SM4-CBC"));
  EXPECT_THAT(outcome.out, HasSubstr("no  SSF33"));
  const std::string set = ssc("keys show lab-990100-des").out;
  const std::size_t irk = set.find(" IRK ");
  const std::size_t kcv = set.find("KCV 1:", irk);
  ASSERT_NE(kcv, std::string::npos) << set;
  EXPECT_THAT(outcome.out,
              HasSubstr("0170  DES  IRK        version 1  national  KCV " + set.substr(kcv + 6, 6)));
}

std::string record_of(const std::string& inside, const char* lab) {
  return "<machine xmlns=\"urn:ssc:machine:1\" name=\"m\" lab=\"" + std::string(lab) + "\">" + inside +
         "</machine>\n";
}
const std::string kSoftware = "<software><key-set file=\"lab-990100-sm4\"/></software>";
const std::string kCertificate = "<certificate number=\"SXH1\" algorithms=\"SM4\" expires=\"2027-12-31\"/>";

TEST_F(KeysMachine, TheCertificateDecides) {
  write("m.xml", record_of(kSoftware, "no"));
  EXPECT_EQ(ssc("keys machine check m.xml").status, 1);
  EXPECT_THAT(ssc("keys machine check m.xml").error, HasSubstr("no product certificate (Measures art. 22)"));
  write("m.xml", record_of(kCertificate + kSoftware, "no"));
  const Outcome good = ssc("keys machine check m.xml --on 2027-12-31");
  EXPECT_EQ(good.status, 0) << good.error;
  EXPECT_THAT(good.out, HasSubstr("certificate  SXH1, good until 2027-12-31, SM4\n"));
  const Outcome expired = ssc("keys machine check m.xml --on 2028-01-01");
  EXPECT_EQ(expired.status, 1);
  EXPECT_THAT(expired.error, HasSubstr("was good until 2027-12-31 (Measures art. 22)"));
}

TEST_F(KeysMachine, AnswersAStep) {
  // That cards accept such answers: tests/simulator/hsm.
  const Outcome read =
      ssc(std::string("keys machine answer lab-software read-card ") + kCard + "'03|004F" + kRandoms);
  EXPECT_EQ(read.status, 0) << read.error;
  EXPECT_EQ(read.out.size(), 33U);
  EXPECT_THAT(read.out, HasSubstr("0102030405060708\n"));
  const Outcome pin = ssc(std::string("keys machine answer lab-software reload-pin-data ") + kCard + "-",
                          "03|0173|1122334455667788|8424000114|123456|\n");
  EXPECT_EQ(pin.status, 0) << pin.error;
  EXPECT_THAT(pin.out, StartsWith("8424000114"));
  EXPECT_EQ(pin.out.size(), 51U);
}

TEST_F(KeysMachine, ExitStatusSaysWhy) {
  const std::string read = std::string("keys machine answer lab-software read-card ") + kCard;
  EXPECT_EQ(ssc(read + "'03|004F|1|2|'").status, 2);
  EXPECT_EQ(ssc(read + "'03|0090" + kRandoms).status, 1);
  EXPECT_EQ(ssc(read + "'03|FFFF" + kRandoms).status, 3);
  EXPECT_EQ(ssc(read + "'02|004F" + kRandoms).status, 3);
  EXPECT_EQ(ssc("keys machine answer lab-software read-card '03|004F|1|2|'").status, 2);
  EXPECT_EQ(ssc("keys machine check gone.xml").status, 2);
  EXPECT_EQ(ssc("keys machine check lab-software --on yesterday").status, 2);
  EXPECT_EQ(ssc("keys machine check sample-sdf --on 2026-01-01").status, 3);  // a made-up library
  EXPECT_EQ(ssc("keys machine load lab-software lab-990100-des").status, 2);
}

TEST_F(KeysMachine, ASetGoesIntoAToken) {
  const test::SoftToken token;
  write("m.xml", record_of("<pkcs11 module=\"" + std::string(test::kSoftHsm) +
                               "\" token=\"ssc-test\" pin-file=\"" + token.pin_file().string() + "\"/>",
                           "yes"));
  const Outcome loaded = ssc("keys machine load m.xml lab-990100-des");
  EXPECT_EQ(loaded.status, 0) << loaded.error;
  EXPECT_THAT(loaded.out, HasSubstr(" keys of lab-990100-des are in m\n"));
  EXPECT_EQ(ssc("keys machine load m.xml lab-990100-des").status, 1);  // they are there
  const Outcome sm4 = ssc("keys machine load m.xml lab-990100-sm4");
  EXPECT_EQ(sm4.status, 3);
  EXPECT_THAT(sm4.error, HasSubstr("pkcs11: no mechanism for SM4"));
  const Outcome checked = ssc("keys machine check m.xml");
  EXPECT_EQ(checked.status, 0) << checked.error;
  EXPECT_THAT(checked.out, HasSubstr("yes CKM_DES3_ECB_ENCRYPT_DATA"));
  const std::string step = std::string(" read-card ") + kCard + "'01|004F" + kRandoms;
  const Outcome by_token = ssc("keys machine answer m.xml" + step);
  EXPECT_EQ(by_token.status, 0) << by_token.error;
  EXPECT_EQ(by_token.out, ssc("keys machine answer lab-software" + step).out);
}

}  // namespace
}  // namespace ssc::tools
