#include "keys/hsm/machine_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace ssc::keys::hsm {
namespace {

namespace fs = std::filesystem;
using std::chrono::year;

// A folder with machine.xml in it, as long as this lives.
class RecordFile {
 public:
  explicit RecordFile(std::string_view text)
      : folder_(fs::temp_directory_path() / ("ssc-machine-record-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(path()) << text;
  }
  RecordFile(const RecordFile&) = delete;
  RecordFile& operator=(const RecordFile&) = delete;
  ~RecordFile() { fs::remove_all(folder_); }
  fs::path folder() const { return folder_; }
  std::string path() const { return (folder_ / "machine.xml").string(); }

 private:
  fs::path folder_;
};

std::string text_of(std::string_view inside, std::string_view lab = "yes") {
  return "<machine xmlns=\"urn:ssc:machine:1\" name=\"m\" lab=\"" + std::string(lab) + "\">\n" +
         std::string(inside) + "\n</machine>\n";
}

// The error line without its folder: "machine.xml:2: what; mend".
std::string error_of(std::string_view inside) {
  const auto record = load_machine_record(RecordFile(text_of(inside)).path());
  if (record) return "no error";
  const std::string line = record.error().to_string();
  return line.substr(line.find("machine.xml"));
}

constexpr std::string_view kSoftware = "<software><key-set file=\"lab-990100-des\"/></software>";

TEST(MachineRecord, TheBuiltInOnesLoad) {
  EXPECT_THAT(built_in_machine_records(),
              testing::UnorderedElementsAre("lab-software", "lab-softhsm", "sample-sdf"));
  for (const std::string& name : built_in_machine_records()) {
    EXPECT_TRUE(load_machine_record(name).has_value()) << load_machine_record(name).error().to_string();
  }
}

TEST(MachineRecord, ACertificate) {
  const RecordFile file(text_of(
      "<certificate number=\"SXH1\" algorithms=\"SM4\" expires=\"2027-02-28\"/>\n" + std::string(kSoftware),
      "no"));
  const auto record = load_machine_record(file.path()).value();
  EXPECT_FALSE(record.lab);
  EXPECT_EQ(record.certificate->number, "SXH1");
  EXPECT_FALSE(record.certificate->permit.des);
  EXPECT_TRUE(record.certificate->permit.sm4);
  EXPECT_EQ(record.certificate->expires, year(2027) / 2 / 28);
}

TEST(MachineRecord, PathsAreSeenFromItsFolder) {
  const RecordFile software(
      text_of("<software><key-set file=\"../sets/a.xml\"/><key-set file=\"lab-990100-sm4\"/></software>"));
  const auto sets = std::get<SoftwareRecord>(load_machine_record(software.path())->back_end).key_sets;
  EXPECT_EQ(sets[0], (software.folder() / "../sets/a.xml").string());
  EXPECT_EQ(sets[1], "lab-990100-sm4");
  const RecordFile token(text_of("<pkcs11 module=\"libx.so\" token=\"t\" pin-file=\"pin\"/>"));
  const auto pkcs11 = std::get<Pkcs11Record>(load_machine_record(token.path())->back_end);
  EXPECT_EQ(pkcs11.module, "libx.so");  // the system knows where
  EXPECT_EQ(pkcs11.pin_file, token.folder() / "pin");
}

TEST(MachineRecord, KeysOfAnSdfMachine) {
  const auto record = load_machine_record("sample-sdf").value();
  const auto& sdf = std::get<SdfRecord>(record.back_end);
  EXPECT_EQ(sdf.sm4_ecb, 0x401U);
  EXPECT_EQ(sdf.sm4_cbc, 0x402U);
  EXPECT_EQ(sdf.sm4_mac, 0x410U);
  EXPECT_EQ(sdf.wrapped_with, 0x401U);
  EXPECT_EQ(sdf.kek, 1U);
  ASSERT_EQ(sdf.keys.size(), 3U);
  EXPECT_EQ(sdf.keys[1].info.id, (KeyId{Cipher::kSm4, "PUK", 1}));
  EXPECT_EQ(sdf.keys[1].info.level, Level::kProvince);
  EXPECT_EQ(sdf.keys[1].info.purpose, Purpose::kUnblockPin);
  EXPECT_EQ(sdf.keys[1].index, 2U);
  EXPECT_EQ(sdf.keys[2].wrapped.size(), 16U);
  EXPECT_EQ(record.addresses.at(0).address, 0x1001);
}

TEST(MachineRecord, NumbersOfAMaker) {
  const RecordFile file(
      text_of("<sdf library=\"/opt/l.so\" sm4-ecb=\"00002001\" sm4-mac=\"00002010\"><key name=\"UKMF\" "
              "index=\"7\" version=\"2\"/></sdf>"));
  const auto sdf = std::get<SdfRecord>(load_machine_record(file.path())->back_end);
  EXPECT_EQ(sdf.sm4_ecb, 0x2001U);
  EXPECT_EQ(sdf.sm4_mac, 0x2010U);
  EXPECT_EQ(sdf.wrapped_with, 0x2001U);
  EXPECT_EQ(sdf.keys[0].info.id, (KeyId{Cipher::kSm4, "UKSSSE", 2}));
}

struct Fault {
  const char* name;
  const char* inside;
  const char* error;
};

const Fault kFaults[] = {
    {"NoBackEnd", "", "machine.xml:1"},
    {"NoSuchDay", "<certificate number=\"1\" algorithms=\"SM4\" expires=\"2027-02-30\"/><sdf/>",
     "machine.xml:2"},
    {"ADayWithAZone",
     "<certificate number=\"1\" algorithms=\"SM4\" expires=\"2027-02-20Z\"/>"
     "<software><key-set file=\"a\"/></software>",
     "machine.xml:2: '2027-02-20Z' is no day; write it as 2027-12-31"},
    {"NoSuchKey", "<sdf library=\"l\"><key name=\"UK99\" index=\"1\"/></sdf>",
     "machine.xml:2: no key is called 'UK99'; write it as the standard does, as in UK1DF01"},
    {"NoPlace", "<sdf library=\"l\"><key name=\"IRK\"/></sdf>",
     "machine.xml:2: key 'IRK' needs either index or wrapped; say where the machine has it"},
    {"TwoPlaces", "<sdf library=\"l\"><key name=\"IRK\" index=\"1\" wrapped=\"00\"/></sdf>",
     "machine.xml:2: key 'IRK' needs either index or wrapped; say where the machine has it"},
    {"OddHex", "<sdf library=\"l\" kek=\"1\"><key name=\"IRK\" wrapped=\"0\"/></sdf>",
     "machine.xml:2: wrapped: "},
    {"NoKek", "<sdf library=\"l\"><key name=\"IRK\" wrapped=\"00\"/></sdf>",
     "machine.xml:2: a wrapped key, but no kek; give <sdf> the index of the KEK"},
    {"KeyTwice",
     "<sdf library=\"l\"><key name=\"UKMF\" index=\"1\"/><key name=\"UKSSSE\" index=\"2\"/></sdf>",
     "machine.xml:2: a second SM4 UKSSSE version 1; remove one"},
    {"AddressTwice",
     "<software><key-set file=\"a\"/></software>\n<address value=\"1001\" key=\"IRK\"/>\n"
     "<address value=\"1001\" key=\"PUK\"/>",
     "machine.xml:4: address 1001 a second time; remove one"},
    {"Ssf33", "<certificate number=\"1\" algorithms=\"SSF33\" expires=\"2027-02-20\"/>", "machine.xml:2"},
};

class Faults : public testing::TestWithParam<Fault> {};

TEST_P(Faults, IsOneClearLine) {
  EXPECT_THAT(error_of(GetParam().inside), testing::StartsWith(GetParam().error));
  EXPECT_THAT(error_of(GetParam().inside), testing::Not(testing::HasSubstr("\n")));
}

INSTANTIATE_TEST_SUITE_P(MachineRecord, Faults, testing::ValuesIn(kFaults),
                         [](const auto& fault) { return std::string(fault.param.name); });

}  // namespace
}  // namespace ssc::keys::hsm
