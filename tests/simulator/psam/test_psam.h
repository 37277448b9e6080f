// A small PSAM for unit tests, made by hand: the DES environment in the MF and an SM4 environment, each with
// an ADF DF01 of the same FID and name, and keys whose values are those of the check values.
#pragma once

#include "simulator/psam/bindings.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {

inline constexpr std::string_view kOneLevelKey = "37E5C42313846990EA69A5665FAB9614";

inline profile::KeyEntry psam_key(std::uint8_t usage, std::uint8_t id, keys::Cipher cipher,
                                  std::string_view value) {
  profile::KeyEntry entry;
  entry.name = "PSAM" + apdu::to_hex(Bytes{usage, id});
  entry.purpose = Purpose::kPsam;
  entry.usage = usage;
  entry.id = id;
  entry.value = keys::Key(cipher, hex(value));
  return entry;
}

inline profile::Df psam_environment(std::string id, std::uint16_t fid, std::string_view name,
                                    keys::Cipher cipher) {
  profile::Df df;
  df.id = std::move(id);
  df.fid = fid;
  df.name = hex(name);
  df.cipher = cipher;
  profile::Ef issuer = binary_file(0x0015, 15);
  issuer.records = {hex("434399002012061981000622440000")};
  profile::Ef terminal = binary_file(0x0016, 6);
  terminal.records = {hex("990100000001")};
  terminal.update = access({{"DDF-MK-" + df.id}});
  df.files = {issuer, terminal};
  df.keys = {key("DDF-MK-" + df.id, Purpose::kMaster, 0x00, cipher)};
  return df;
}

struct Owner {
  std::uint16_t key_file;
  std::uint16_t information;  // its second byte is the key group in use
  std::string_view kid;
  std::vector<profile::IdRange> ids;  // Part 9 app. A; B0-B4 as the terminal specification gives them out
};

inline const std::vector<Owner>& owners() {
  static const std::vector<Owner> all{
      {0x0011, 0x001A, "KID-01", {{0x08, 0x0F}, {0x20, 0x3F}, {0xB0, 0xB4}}},
      {0x0012, 0x001B, "KID-02", {{0x10, 0x17}, {0x40, 0x7F}}},
      {0x0013, 0x001C, "KID-03", {{0x18, 0x1F}, {0x80, 0xAF}, {0xB5, 0xBF}}},
  };
  return all;
}

inline constexpr std::uint16_t kKeyRecords = 3;  // room of a key file of the small PSAM

// What a national, province or city owner has in the application (Part 9 §5.5-5.10).
inline void add_owner(const Owner& owner, keys::Cipher cipher, profile::Df& df) {
  const std::string kid = std::string(owner.kid) + "-" + df.id;
  profile::Ef information = binary_file(owner.information, 10);
  information.update = access({{kid}});
  profile::Ef key_file = file(owner.key_file, profile::FileType::kKey, access({}), access({{kid}}));
  key_file.sfi = 0;
  key_file.max_records = kKeyRecords;
  key_file.key_ids = owner.ids;
  key_file.group_file = owner.information;
  df.files.push_back(information);
  df.files.push_back(key_file);
  const auto id = static_cast<std::uint8_t>(owner.key_file - 0x0010);
  df.keys.push_back(key(kid, Purpose::kExternalAuthentication, id, cipher));
}

inline profile::Df psam_application(std::string id, std::string parent, keys::Cipher cipher) {
  profile::Df df;
  df.id = std::move(id);
  df.fid = 0xDF01;
  df.name = hex("D15600000590");
  df.is_application = true;
  df.parent = std::move(parent);
  profile::Ef sequence = binary_file(0x0019, 4);
  sequence.update = access({});
  df.files = {sequence};
  df.keys = {psam_key(0x27, 0x08, cipher, kOneLevelKey), psam_key(0x67, 0x20, cipher, kTestKey),
             psam_key(0x62, 0x01, cipher, kTestKey),     psam_key(0x22, 0x02, cipher, kTestKey),
             psam_key(0x06, 0x09, cipher, kTestKey),     psam_key(0x08, 0x10, cipher, kTestKey)};
  df.keys.push_back(key("ADF-MK-" + df.id, Purpose::kMaster, 0x00, cipher));
  for (const Owner& owner : owners()) add_owner(owner, cipher, df);
  if (cipher == keys::Cipher::kDes) df.keys.push_back(psam_key(0x06, 0x0A, cipher, kTestStk));
  return df;
}

inline CardModel small_psam() {
  using keys::Cipher;
  CardModel model;
  model.kind = profile::Kind::kPsam;
  model.name = "small-psam";
  model.atr = hex("3B6D00000081544C928699990100000001");
  model.dfs = {psam_environment("DES", 0x3F00, "7378312E73682EC9E7BBE1B1A3D5CF", Cipher::kDes),
               psam_application("DES-DF01", "DES", Cipher::kDes),
               psam_environment("SM4", 0xDDF2, "7378332E73682EC9E7BBE1B1A3D5CF", Cipher::kSm4),
               psam_application("SM4-DF01", "SM4", Cipher::kSm4)};
  model.dfs[2].parent = "DES";
  return model;
}

// The same with the SSF33 environment and its ADF behind.
inline CardModel psam_with_ssf33() {
  CardModel model = small_psam();
  model.dfs.push_back(
      psam_environment("SSF33", 0xDDF1, "7378322E73682EC9E7BBE1B1A3D5CF", keys::Cipher::kSsf33));
  model.dfs.back().parent = "DES";
  model.dfs.push_back(psam_application("SSF33-DF01", "SSF33", keys::Cipher::kSsf33));
  return model;
}

inline constexpr std::string_view kSelectApplication = "00A4000002DF01";
inline constexpr std::string_view kSelectSm4 = "00A404000F7378332E73682EC9E7BBE1B1A3D5CF";

// A powered PSAM; by default with DF01 of the DES environment current.
class TestPsam : public TestCard {
 public:
  explicit TestPsam(const CardModel& model = small_psam(), keys::Random* random = nullptr)
      : TestCard(model, psam::commands(), random) {
    send(kSelectApplication);
  }
  void enter_sm4() {
    send(kSelectSm4);
    send(kSelectApplication);
  }
};

}  // namespace ssc::simulator::test
