// A small card for unit tests, made by hand, so that the card OS is tested without files: SSSE (MF) with
// EF05, EF06 and a PIN, DF01 and DF02 with record files and keys whose values are those of the standard's
// check values.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "apdu/hex.h"
#include "simulator/card/bindings.h"
#include "simulator/core/card_os.h"
#include "simulator/core/image_builder.h"
#include "simulator/profile/model.h"
#include "simulator/store/memory_store.h"

namespace ssc::simulator::test {

using apdu::Bytes;
using apdu::ByteView;
using profile::CardModel;
using profile::Purpose;

inline Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

inline constexpr std::string_view kTestKey = "00112233445566778899AABBCCDDEEFF";
inline constexpr std::string_view kTestStk = "0123456789ABCDEF";

class ZeroClock final : public core::Clock {
 public:
  std::uint64_t now_us() override { return 0; }
};

// Always 11 22 33 44 55 66 77 88 …: the random R of the check values.
class FixedRandom final : public keys::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(0x11 * (i % 8 + 1));
  }
};

inline profile::Access access(std::vector<std::vector<std::string>> alternatives) {
  return {"", std::move(alternatives)};
}

inline profile::Ef file(std::uint16_t fid, profile::FileType type, profile::Access read,
                        profile::Access update) {
  profile::Ef ef;
  ef.fid = fid;
  ef.sfi = static_cast<std::uint8_t>(fid & 0x1F);
  ef.type = type;
  ef.read = std::move(read);
  ef.update = std::move(update);
  return ef;
}

// Takes one record more than it starts with.
inline profile::Ef linear_file(std::uint16_t fid, profile::Access read, profile::Access update,
                               std::vector<Bytes> records) {
  profile::Ef ef = file(fid, profile::FileType::kLinearVariable, std::move(read), std::move(update));
  ef.max_records = static_cast<std::uint16_t>(records.size() + 1);
  ef.records = std::move(records);
  return ef;
}

inline profile::Ef cyclic_file(std::uint16_t fid, std::uint16_t record_length, std::uint16_t max_records) {
  profile::Ef ef = file(fid, profile::FileType::kCyclic, access({{"free"}}), access({{"free"}}));
  ef.record_length = record_length;
  ef.max_records = max_records;
  return ef;
}

inline profile::Ef binary_file(std::uint16_t fid, std::uint16_t size) {
  profile::Ef ef = file(fid, profile::FileType::kTransparent, access({{"free"}}), access({{"free"}}));
  ef.size = size;
  return ef;
}

inline profile::KeyEntry key(std::string name, Purpose purpose, std::uint8_t id, keys::Cipher cipher,
                             std::uint8_t tries = 3) {
  const bool short_key = purpose == Purpose::kSecureMessaging && cipher == keys::Cipher::kDes;
  profile::KeyEntry entry;
  entry.name = std::move(name);
  entry.purpose = purpose;
  entry.id = id;
  entry.tries = tries;
  entry.value = keys::Key(cipher, hex(short_key ? kTestStk : kTestKey));
  return entry;
}

inline profile::Df small_ssse(keys::Cipher cipher) {
  profile::Df df;
  df.id = "SSSE";
  df.fid = 0x3F00;
  df.name = hex("7378312E73682EC9E7BBE1B1A3D5CF");
  df.cipher = cipher;
  df.files = {
      linear_file(0xEF05, access({{"free"}}), access({{"UKSSSE"}}), {hex("020133"), hex("0304322E3030")}),
      linear_file(0xEF06, access({{"free"}}), access({{"UKSSSE"}}), {hex("0A0131")})};
  df.keys = {key("IRK", Purpose::kInternalAuthentication, 0x00, cipher),
             key("STKSSSE", Purpose::kSecureMessaging, 0x02, cipher, 0),
             key("UKSSSE", Purpose::kExternalAuthentication, 0x04, cipher),
             key("BK", Purpose::kBlockCard, 0x05, cipher, 0), key("PUK", Purpose::kUnblockPin, 0x06, cipher)};
  return df;
}

inline profile::Df small_adf(const std::string& id, std::uint16_t fid, std::string_view aid,
                             keys::Cipher cipher) {
  profile::Df df;
  df.id = id;
  df.fid = fid;
  df.name = hex(aid);
  df.is_application = true;
  df.parent = "SSSE";
  df.files = {linear_file(0xEF05, access({{"PIN"}, {"RK1" + id}}), access({{"UK1" + id}}),
                          {hex("20023130"), hex("21023131")}),
              linear_file(0xEF06, access({{"PIN", "RK1" + id}}), access({{"UK1" + id}}), {hex("22023132")}),
              cyclic_file(0xEF07, 3, 3), binary_file(0xEF16, 0x20)};
  df.keys = {key("STK" + id, Purpose::kSecureMessaging, 0x82, cipher, 0),
             key("UK1" + id, Purpose::kExternalAuthentication, 0x83, cipher),
             key("RK1" + id, Purpose::kExternalAuthentication, 0x84, cipher)};
  return df;
}

inline CardModel small_card(keys::Cipher cipher = keys::Cipher::kDes) {
  CardModel model;
  model.name = "small";
  model.cipher = cipher;
  model.atr = hex("3B6D00000081544C928699990100000001");
  model.pin.value = hex("123456");
  model.pin.tries = 3;
  model.dfs = {small_ssse(cipher), small_adf("DF01", 0xDF01, "D15600000500", cipher),
               small_adf("DF02", 0xDF02, "D15600000501", cipher)};
  return model;
}

// A powered card with the parts it refers to.
class TestCard {
 public:
  // `random` must outlive the card; without one R is drawn always.
  explicit TestCard(const CardModel& model = small_card(),
                    const core::CommandSet& commands = card::commands(), keys::Random* random = nullptr)
      : TestCard(core::build_image(model), commands, random) {}
  TestCard(std::shared_ptr<const core::Image> image, const core::CommandSet& commands,
           keys::Random* random = nullptr)
      : card_(std::move(image), commands,
              core::CardEnv{random == nullptr ? random_ : *random, clock_, store_}) {
    card_.power_on();
  }

  // "00 84 00 00 08" to "11223344556677889000".
  std::string send(std::string_view command) { return apdu::to_hex(card_.transmit(hex(command)).encode()); }
  core::CardOs& card() { return card_; }
  const core::CardOs& card() const { return card_; }
  store::MemoryStore& store() { return store_; }

 private:
  FixedRandom random_;
  ZeroClock clock_;
  store::MemoryStore store_;
  core::CardOs card_;
};

}  // namespace ssc::simulator::test
