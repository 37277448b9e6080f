// A card with two environments for unit tests: MF; the SSSE with DF01, DF03 (has an LK) and DF04, the medical
// application; and the financial environment beside it. Keys, random and amounts are those of the reference's
// check values.
#pragma once

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {

// Always A1 B2 C3 D4 …: the random of the medical check values.
class MedicalRandom final : public keys::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    constexpr std::uint8_t kBytes[] = {0xA1, 0xB2, 0xC3, 0xD4};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = kBytes[i % 4];
  }
};

// Load sequence ‖ purchase sequence ‖ balance ‖ self-paid ‖ pooled ‖ pay year ‖ starting day.
struct Amounts {
  std::string load_sequence = "0003";
  std::string purchase_sequence = "0005";
  std::string balance = "000003E8";
  std::string self_paid = "00000010";
  std::string pooled = "00000020";
  std::string pay_year = "2023";
  std::string starting_day = "0401";

  std::string text() const {
    return load_sequence + purchase_sequence + balance + self_paid + pooled + pay_year + starting_day;
  }
};

inline profile::KeyEntry group(profile::KeyEntry entry, std::uint8_t version, std::string_view value) {
  entry.version = version;
  entry.value = keys::Key(entry.value.cipher(), hex(value));
  return entry;
}

inline constexpr std::string_view kDtk = "FFEEDDCCBBAA99887766554433221100";
inline constexpr std::string_view kOtherKey = "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";

inline profile::Df medical_adf(keys::Cipher cipher, std::uint16_t log_record) {
  profile::Df df;
  df.id = "DF04";
  df.fid = 0xDF04;
  df.name = hex("D15600000503");
  df.is_application = true;
  df.parent = "SSSE";
  profile::Ef log = cyclic_file(0xEF08, log_record, 3);
  log.read = access({{"PIN"}});
  log.update = access({});
  profile::Ef closed = binary_file(0xEF17, 4);
  closed.read = access({{"PIN"}});
  closed.update = access({{"DSK"}});
  df.files = {log, binary_file(0xEF16, 4), closed};
  df.keys = {key("STKDF04", Purpose::kSecureMessaging, 0x82, cipher, 0),
             key("LKDF04", Purpose::kBlockApplication, 0x83, cipher),
             key("DSK", Purpose::kStartingDay, 0x87, cipher),
             key("DLK", Purpose::kLoad, 0, cipher),
             group(key("DLK", Purpose::kLoad, 0, cipher), 2, kOtherKey),
             key("DPK", Purpose::kPurchase, 0, cipher),
             group(key("DTK", Purpose::kTac, 0, cipher), 1, kDtk)};
  return df;
}

inline profile::Df master_file() {
  profile::Df df;
  df.id = "MF";
  df.fid = 0x3F00;
  return df;
}

// With a file and keys whose ids are also in the SSSE, and an STK.
inline profile::Df financial_environment() {
  profile::Df df;
  df.id = "FINANCE";
  df.fid = 0xDDF1;
  df.name = hex("315041592E5359532E4444463031");
  df.parent = "MF";
  df.files = {linear_file(0xEF05, access({{"PIN"}}), access({{"UKFIN"}}), {hex("020141")}),
              linear_file(0xEF06, access({{"UKSSSE"}}), access({{"UKSSSE"}}), {hex("030142")})};
  df.keys = {group(key("UKFIN", Purpose::kExternalAuthentication, 0x04, keys::Cipher::kDes), 1, kOtherKey),
             key("STKFIN", Purpose::kSecureMessaging, 0x02, keys::Cipher::kDes, 0),
             key("PUKFIN", Purpose::kUnblockPin, 0x06, keys::Cipher::kDes)};
  return df;
}

struct MedicalCardOptions {
  keys::Cipher cipher = keys::Cipher::kDes;
  Amounts amounts = {};
  std::uint16_t log_record = 0x1C;
  std::string pin = "123456";
  bool binary_type = false;
  bool tac_before_load = false;
};

inline CardModel medical_model(const MedicalCardOptions& options = {}) {
  CardModel model = small_card(options.cipher);
  model.pin.value = hex(options.pin);
  model.medical = profile::Medical{hex(options.amounts.text()), options.binary_type, options.tac_before_load};
  profile::Df ssse = small_ssse(options.cipher);
  ssse.fid = 0xDDF0;
  ssse.parent = "MF";
  profile::Df df03 = small_adf("DF03", 0xDF03, "D15600000502", options.cipher);
  df03.keys.push_back(key("LKDF03", Purpose::kBlockApplication, 0x85, options.cipher));
  model.dfs = {master_file(),
               ssse,
               small_adf("DF01", 0xDF01, "D15600000500", options.cipher),
               df03,
               medical_adf(options.cipher, options.log_record),
               financial_environment()};
  return model;
}

inline constexpr std::string_view kSelectSsse = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF";
inline constexpr std::string_view kSelectFinance = "00A404000E315041592E5359532E4444463031";

// The card powered, with DF04 current and, unless said otherwise, its PIN given.
class MedicalCard {
 public:
  explicit MedicalCard(const MedicalCardOptions& options = {})
      : MedicalCard(core::build_image(medical_model(options))) {
    if (!options.pin.empty()) send("0020000003123456");
  }
  // No PIN is given.
  explicit MedicalCard(std::shared_ptr<const core::Image> image)
      : card_(std::move(image), card::commands(), &random_) {
    EXPECT_EQ(send("00A4000002DF04"),
              "6F0884"
              "06D156000005039000");
  }

  std::string send(std::string_view command) { return card_.send(command); }
  TestCard& card() { return card_; }
  core::MedicalState state() { return card_.card().session().medical; }

  // Authentication data for the key with this id, value K, under DES.
  std::string authenticate(std::string_view kid) {
    send("0084000008");
    return send("008200" + std::string(kid) + "108EE99DCB1246CB790102030405060708");
  }

 private:
  MedicalRandom random_;
  TestCard card_;
};

// The transactions of the check values: amounts 000001F4 loaded; 00000064, 0000000A and 000000C8 spent; DES.
inline constexpr std::string_view kInitLoad = "B02800010B01000001F4330300000001";
inline constexpr std::string_view kCredit = "B02A00000B20240131120000AE825154";
inline constexpr std::string_view kInitPurchase = "B02801011301000000640000000A000000C8330300000001";
inline constexpr std::string_view kDebit = "B02C01000F0000012320240131120000747B8421";

}  // namespace ssc::simulator::test
