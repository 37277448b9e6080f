// The issuer's keys in a PSAM (Part 9): DELIVERY SESSION KEY and CIPHER DATA.
#include <algorithm>
#include <array>

#include "apdu/hex.h"
#include "conformance/desk/card_keys.h"
#include "keys/factors.h"
#include "keys/pin.h"

namespace ssc::conformance::desk {
namespace {

constexpr std::string_view kTransport = "STKSSSE";
constexpr std::string_view kApplication = "D15600000590";
constexpr std::array<std::uint8_t, 5> kUnblock = {0x84, 0x24, 0x00, 0x00, 0x04};
constexpr std::uint8_t kEncrypt = 0x00;  // P1 of CIPHER DATA: one block after the other, no more follows
constexpr std::uint8_t kMacAtOnce = 0x05;
// Types a PSAM may hold an authentication or transport key under, beside the one expected (reference:
// conflicts 8 and 9).
constexpr std::array<std::uint8_t, 3> kOtherTypes = {8, 7, 6};
constexpr unsigned kEveryStructure = 0xF;

// sx1, sx2 or sx3.sh.社会保障 in GBK (Part 9 §5; sx3: field practice).
Bytes environment_name(keys::Cipher cipher) {
  Bytes name = *apdu::parse_hex("7378302E73682EC9E7BBE1B1A3D5CF");
  name[2] = static_cast<std::uint8_t>('0' + static_cast<int>(cipher));
  return name;
}

Bytes padded80(ByteView data, std::size_t block) {
  Bytes out(data.begin(), data.end());
  out.push_back(0x80);
  out.resize((out.size() + block - 1) / block * block);
  return out;
}

Bytes filled(ByteView data, std::size_t size) {
  Bytes out(data.begin(), data.end());
  out.resize(std::max(size, out.size()));
  return out;
}

// Four octets as they are, else of a last block: DES the left four, 16-byte ciphers the four words xored.
Bytes mac_of(const Bytes& data) {
  Bytes mac(sizeof(keys::Mac));
  const std::size_t counted = data.size() == 16 ? data.size() : std::min(data.size(), mac.size());
  for (std::size_t i = 0; i < counted; ++i) mac[i % mac.size()] ^= data[i];
  return mac;
}

// The expected one first.
std::vector<std::uint8_t> types_of(const keys::KeyName& key) {
  std::vector<std::uint8_t> out{key.psam_type};
  std::ranges::copy_if(kOtherTypes, std::back_inserter(out),
                       [&](std::uint8_t type) { return type != key.psam_type; });
  return out;
}

// How many levels lie below the root the PSAM holds: by the standard's owner first, then the others.
std::vector<unsigned> levels_of(const keys::KeyName& key) {
  std::vector<unsigned> out{3, 2, 1, 0};
  const auto preferred = std::ranges::find(out, key.level ? keys::levels_to_card(*key.level) : 3);
  std::rotate(out.begin(), preferred, preferred + 1);
  return out;
}

tl::unexpected<Refusal> no_key(std::string_view key, apdu::StatusWord status) {
  return refuse("no-key", code::key_not_found,
                "This desk's PSAM holds no " + std::string(key) + " for the card (" +
                    apdu::to_string(status) + "): it belongs to another region, where the holder must go",
                "本柜台的PSAM卡没有该卡的密钥，请持卡人到发卡地办理");
}

class PsamKeys final : public CardKeys {
 public:
  PsamKeys(Session& session, std::vector<Exchange>& log) : session_(session), log_(log) {}

  Decided<void> meet(const CardPlace& card) override {
    card_ = card;
    return select(environment_name(card.cipher)).and_then([&] {
      return select(*apdu::parse_hex(kApplication));
    });
  }

  Decided<keys::AuthenticationData> authentication(std::string_view key, ByteView factor,
                                                   ByteView original) override {
    return session_key(key, factor)
        .and_then([&] { return cipher_data(kEncrypt, filled(original, block())); })
        .map([](const Bytes& data) {
          keys::AuthenticationData out{};
          for (std::size_t i = 0; i < data.size(); ++i) out[i % out.size()] ^= data[i];
          return out;
        });
  }

  Decided<Bytes> reload(ByteView challenge, ByteView pin) override {
    const auto enciphered = session_key(kTransport, challenge).and_then([&] {
      return cipher_data(kEncrypt, filled(keys::pin_block(card_.cipher, pin), 0));
    });
    if (!enciphered) return enciphered;
    const auto lc = static_cast<std::uint8_t>(enciphered->size() + sizeof(keys::Mac));
    const Bytes header{0x84, 0x24, 0x00, 0x01, lc};
    return mac(challenge, apdu::concat({header, *enciphered})).map([&](const Bytes& code) {
      return apdu::concat({*enciphered, code});
    });
  }

  Decided<Bytes> unblock(ByteView challenge) override { return mac(challenge, kUnblock); }

 private:
  std::size_t block() const { return keys::block_size(card_.cipher); }

  Decided<Answer> send(const Bytes& command) {
    auto answer = session_.send(apdu::Slot::kPsam, {command, {}}, false, log_);
    if (!answer) return not_carried_out("psam", answer.error().reason);
    return *std::move(answer);
  }

  Decided<void> select(const Bytes& name) {
    const Bytes header{0x00, 0xA4, 0x04, 0x00, static_cast<std::uint8_t>(name.size())};
    const auto answer = send(apdu::concat({header, name, Bytes{0x00}}));
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status.ok()) return {};
    return refuse("no-cipher", code::no_psam_cipher,
                  "This desk's PSAM has no environment for the card's cipher " +
                      std::string(keys::name(card_.cipher)) + " (" + apdu::to_string(answer->status) + ")",
                  "本柜台的PSAM卡不支持该卡的算法");
  }

  // A session key of the card's own key, from the root of whatever level and type the PSAM holds.
  Decided<void> session_key(std::string_view name, ByteView factor) {
    const keys::KeyName* key = keys::find_key_name(name, keys::Structures(kEveryStructure));
    apdu::StatusWord last;
    for (const std::uint8_t type : types_of(*key)) {
      for (const unsigned levels : levels_of(*key)) {
        const auto answer = deliver(*key, type, levels, factor);
        if (!answer) return tl::unexpected(answer.error());
        if (answer->status.ok()) return {};
        last = answer->status;
      }
    }
    return no_key(name, last);
  }

  Decided<Answer> deliver(const keys::KeyName& key, std::uint8_t type, unsigned levels, ByteView factor) {
    Bytes data;
    const std::array<keys::Factor, 3> up = {keys::card_factor(card_.historical),
                                            keys::city_factor(card_.area, keys::four_digit_city(card_.area)),
                                            keys::province_factor(card_.area)};
    for (unsigned level = 0; level < levels; ++level)
      data.insert(data.end(), up[level].begin(), up[level].end());
    const Bytes session_factor = filled(factor, block());
    data.insert(data.end(), session_factor.begin(), session_factor.end());
    const Bytes header{0xBF, 0xDE, static_cast<std::uint8_t>(levels << 5 | type), key.psam_id,
                       static_cast<std::uint8_t>(data.size())};
    return send(apdu::concat({header, data}));
  }

  Decided<Bytes> cipher_data(std::uint8_t p1, const Bytes& data) {
    const Bytes header{0x80, 0xFA, p1, 0x00, static_cast<std::uint8_t>(data.size())};
    const auto answer = send(apdu::concat({header, data, Bytes{0x00}}));
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status.ok()) return answer->data;
    return not_carried_out("psam", "CIPHER DATA of the PSAM: " + apdu::to_string(answer->status));
  }

  // MAC of a command (Part 4 §8.2).
  Decided<Bytes> mac(ByteView challenge, ByteView command) {
    return session_key(kTransport, challenge)
        .and_then([&] {
          return cipher_data(kMacAtOnce, apdu::concat({Bytes(block()), padded80(command, block())}));
        })
        .map(mac_of);
  }

  Session& session_;
  std::vector<Exchange>& log_;
  CardPlace card_;
};

}  // namespace

std::unique_ptr<CardKeys> psam_keys(Session& session, std::vector<Exchange>& log) {
  return std::make_unique<PsamKeys>(session, log);
}

}  // namespace ssc::conformance::desk
