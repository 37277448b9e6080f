#include "keys/hsm/machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/cipher.h"
#include "keys/factors.h"
#include "keys/hsm/key_addresses.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;

constexpr std::array<std::uint8_t, 4> kReload = {0x84, 0x24, 0x00, 0x01};
constexpr std::array<std::uint8_t, 4> kUnblock = {0x84, 0x24, 0x00, 0x00};
constexpr std::size_t kMacSize = sizeof(Mac);
constexpr std::size_t kLongestPlain = 40;  // an LD of one byte and padding make 48
constexpr std::size_t kLongestPin = 8;
constexpr std::size_t kIdentificationSize = 12;

// CLA INS P1 P2 Lc ‖ data, Lc counting the MAC to come.
Bytes with_header(const std::array<std::uint8_t, 4>& header, ByteView data) {
  const auto lc = static_cast<std::uint8_t>(data.size() + kMacSize);
  return apdu::concat({header, ByteView(&lc, 1), data});
}

Answer<void> shape(bool right, std::string_view what) {
  if (right) return {};
  return refuse(Kind::kBadInput, std::string(what));
}

// 4, 8 or one block: what a challenge or a session factor may have (Part 4 §8.4, Part 9 §7.2.3).
Answer<void> challenge_shape(Cipher cipher, ByteView challenge) {
  const bool whole = block_size(cipher) == 16 && challenge.size() == 16;
  return shape(challenge.size() == 4 || challenge.size() == 8 || whole,
               fmt::format("a challenge or session factor of {} bytes; 4, 8 or a block are possible",
                           challenge.size()));
}

Answer<void> record_shape(const RecordForm& form, std::size_t value) {
  return shape(
      form.header.size() + value <= kLongestPlain,
      fmt::format("a key record of {} bytes; at most {} fit", form.header.size() + value, kLongestPlain));
}

}  // namespace

Machine::Machine(std::unique_ptr<BackEnd> back_end, Permit permit, std::vector<AddressRow> addresses)
    : back_end_(std::move(back_end)), permit_(permit), addresses_(std::move(addresses)) {}

std::string_view Machine::back_end() const { return back_end_->name(); }
std::string Machine::description() const { return back_end_->description(); }
std::vector<Mechanism> Machine::mechanisms() const { return back_end_->mechanisms(); }
std::vector<KeyInfo> Machine::keys() const { return back_end_->keys(); }

Answer<void> Machine::permitted(Cipher cipher) const {
  if (!available(cipher)) {
    return refuse(Kind::kNoMechanism,
                  fmt::format("{}: no mechanism for SSF33, a secret cipher", back_end_->name()));
  }
  if (auto able = back_end_->supports(cipher); !able) return able;
  if (cipher == Cipher::kDes ? permit_.des : permit_.sm4) return {};
  return refuse(Kind::kNotCertified,
                fmt::format("the product certificate of this machine does not list {} (Measures art. 22)",
                            keys::name(cipher)));
}

Answer<KeyInfo> Machine::find(const KeyId& key) const {
  if (const auto allowed = permitted(key.cipher); !allowed) return tl::unexpected(allowed.error());
  const KeyId wanted{key.cipher, std::string(canonical_key_name(key.name)), key.version};
  const auto& held = back_end_->keys();
  const auto found = std::ranges::find(held, wanted, &KeyInfo::id);
  if (found != held.end()) return *found;
  return refuse(Kind::kNoKey, fmt::format("{}: no key {}", back_end_->name(), wanted.to_string()));
}

Answer<KeyInfo> Machine::at(KeyAddress address, Cipher cipher) const {
  if (const auto able = permitted(cipher); !able) return tl::unexpected(able.error());
  const auto own = std::ranges::find(addresses_, address, &AddressRow::address);
  if (own != addresses_.end()) return find({cipher, own->name, own->version});
  const auto& held = back_end_->keys();
  const auto found = std::ranges::find_if(held, [&](const KeyInfo& key) {
    return key.id.cipher == cipher && key_address(key.id.name, key.id.version) == address;
  });
  if (found != held.end()) return *found;
  return refuse(Kind::kNoKey, fmt::format("{}: no {} key at address {:04X}", back_end_->name(),
                                          keys::name(cipher), address));
}

std::optional<KeyAddress> Machine::address_of(const KeyId& key) const {
  const auto own = std::ranges::find_if(
      addresses_, [&](const AddressRow& row) { return row.name == key.name && row.version == key.version; });
  return own == addresses_.end() ? key_address(key.name, key.version) : own->address;
}

Answer<KeyPath> Machine::card_path(const KeyId& key, std::string_view area, ByteView historical,
                                   bool four_digit_city) const {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto right = shape(area.size() == 6 && std::ranges::all_of(area, digit) && historical.size() == 13,
                           "an area has six digits, and 13 historical bytes go with it");
  if (!right) return tl::unexpected(right.error());
  return find(key).map([&](const KeyInfo& info) {
    const std::array<Factor, 3> all = {province_factor(area), city_factor(area, four_digit_city),
                                       card_factor(historical)};
    const auto left = std::span(all).last(levels_to_card(info.level));
    return KeyPath{info.id, {left.begin(), left.end()}};
  });
}

// The path under the key's canonical name, when key, purpose and number of factors allow the use.
Answer<KeyPath> Machine::allowed(const KeyPath& path, Use use) const {
  const auto info = find(path.key);
  if (!info) return tl::unexpected(info.error());
  if (!serves(info->purpose, use)) {
    return refuse(Kind::kRefused, fmt::format("{} serves {}; it cannot {} (Part 4 §7.1)",
                                              info->id.to_string(), phrase(info->purpose), phrase(use)));
  }
  const unsigned most = levels_to_card(info->level);
  if (path.factors.size() > most) {
    return refuse(Kind::kRefused, fmt::format("{}: {} factors, but {} levels are left to the card",
                                              info->id.to_string(), path.factors.size(), most));
  }
  return KeyPath{info->id, path.factors};
}

Answer<CheckValue> Machine::check_value(const KeyPath& path) {
  return allowed(path, Use::kCheck).and_then([&](const KeyPath& key) { return back_end_->check_value(key); });
}

Answer<AuthenticationData> Machine::authentication_data(const KeyPath& path, ByteView session_factor,
                                                        ByteView original) {
  const auto right = challenge_shape(path.key.cipher, session_factor).and_then([&] {
    return shape(original.size() == 8, "original information has 8 bytes (Part 4 §9.3)");
  });
  if (!right) return tl::unexpected(right.error());
  return allowed(path, Use::kAuthenticate).and_then([&](const KeyPath& key) {
    return back_end_->authentication_data(key, session_factor, original);
  });
}

Answer<Mac> Machine::session_mac(const KeyPath& path, ByteView session_factor, ByteView data) {
  const auto right = challenge_shape(path.key.cipher, session_factor);
  if (!right) return tl::unexpected(right.error());
  return allowed(path, Use::kSessionMac).and_then([&](const KeyPath& key) {
    return back_end_->session_mac(key, session_factor, data);
  });
}

Answer<InplaceBytes<48>> Machine::encipher(const KeyPath& path, ByteView session_factor, ByteView plain) {
  const auto right = challenge_shape(path.key.cipher, session_factor).and_then([&] {
    const bool empty = plain.empty() && block_size(path.key.cipher) == 16;
    return shape(plain.size() <= kLongestPlain && !empty,
                 "1 to 40 bytes can be enciphered, none only with an 8-byte block (Part 4 §8.3)");
  });
  if (!right) return tl::unexpected(right.error());
  return allowed(path, Use::kEncipher).and_then([&](const KeyPath& key) {
    return back_end_->encipher(key, session_factor, plain);
  });
}

Answer<Mac> Machine::tac(const KeyPath& dtk, ByteView data) {
  return allowed(dtk, Use::kTac).and_then([&](const KeyPath& key) { return back_end_->tac(key, data); });
}

Answer<Mac> Machine::identification_mac(const KeyPath& irk, ByteView first_twelve) {
  const auto right = shape(first_twelve.size() == kIdentificationSize,
                           "12 bytes of an identification code come before its authentication code");
  if (!right) return tl::unexpected(right.error());
  return allowed(irk, Use::kIdentify).and_then([&](const KeyPath& key) {
    return back_end_->key_mac(key, {}, first_twelve);
  });
}

Answer<PinReload> Machine::reload_pin(const KeyPath& stk, ByteView challenge, ByteView pin) {
  const auto right =
      shape(pin.size() >= 2 && pin.size() <= kLongestPin, "a PIN has 2 to 8 bytes (Part 5 §6.3)");
  if (!right) return tl::unexpected(right.error());
  return encipher(stk, challenge, pin).and_then([&](const InplaceBytes<48>& cipher_text) {
    return session_mac(stk, challenge, with_header(kReload, cipher_text)).map([&](const Mac& mac) {
      return PinReload{cipher_text, mac};
    });
  });
}

Answer<Mac> Machine::unblock_pin(const KeyPath& stk, ByteView challenge) {
  return session_mac(stk, challenge, with_header(kUnblock, {}));
}

Answer<KeyRecord> Machine::with_mac(const KeyPath& under, const RecordForm& form, ByteView challenge,
                                    const InplaceBytes<48>& cipher_text) {
  return back_end_->key_mac(under, challenge, with_header(form.command, cipher_text))
      .map([&](const Mac& mac) {
        return KeyRecord{cipher_text, mac};
      });
}

Answer<KeyRecord> Machine::key_record(const KeyPath& path, const KeyPath& under, const RecordForm& form,
                                      ByteView challenge) {
  const auto key = allowed(path, Use::kCheck);
  if (!key) return tl::unexpected(key.error());
  const auto right = challenge_shape(under.key.cipher, challenge).and_then([&] {
    return record_shape(form, find(key->key)->size);
  });
  if (!right) return tl::unexpected(right.error());
  return allowed(under, Use::kTransport).and_then([&](const KeyPath& transport) {
    return back_end_->encipher_key(transport, form.header, *key)
        .and_then([&](const InplaceBytes<48>& cipher_text) {
          return with_mac(transport, form, challenge, cipher_text);
        });
  });
}

Answer<KeyRecord> Machine::data_record(ByteView data, const KeyPath& under, const RecordForm& form,
                                       ByteView challenge) {
  const auto right =
      challenge_shape(under.key.cipher, challenge).and_then([&] { return record_shape(form, data.size()); });
  if (!right) return tl::unexpected(right.error());
  return allowed(under, Use::kTransport).and_then([&](const KeyPath& transport) {
    return back_end_->encipher_record(transport, apdu::concat({form.header, data}))
        .and_then([&](const InplaceBytes<48>& cipher_text) {
          return with_mac(transport, form, challenge, cipher_text);
        });
  });
}

Answer<Challenge> Machine::challenge() {
  Challenge fresh{};
  return random(fresh).map([&] {
    challenge_ = fresh;
    return fresh;
  });
}

Answer<CheckValue> Machine::import_key(const KeyInfo& as, const KeyPath& under, const RecordForm& form,
                                       const KeyRecord& record) {
  const auto challenge = std::exchange(challenge_, std::nullopt);
  if (!challenge) return refuse(Kind::kRefused, "no challenge was asked for this record");
  if (find(as.id)) return refuse(Kind::kRefused, fmt::format("{} is there already", as.id.to_string()));
  if (const auto certified = permitted(as.id.cipher); !certified) return tl::unexpected(certified.error());
  const auto transport = allowed(under, Use::kTransport);
  if (!transport) return tl::unexpected(transport.error());
  const auto mac = with_mac(*transport, form, *challenge, record.cipher_text);
  if (!mac) return tl::unexpected(mac.error());
  if (!equal_in_constant_time(mac->mac, record.mac)) {
    return refuse(Kind::kRefused, fmt::format("the record for {} has a wrong MAC", as.id.to_string()));
  }
  return back_end_->keep_key(as, *transport, form.header, record.cipher_text).and_then([&] {
    return check_value({as.id, {}});
  });
}

Answer<std::size_t> Machine::load_keys(const KeySet& set) {
  for (const NamedKey& key : set.keys) {
    const KeyInfo as{{key.value.cipher(), key.name, key.version}, key.purpose, key.level, key.value.size()};
    const auto able = permitted(as.id.cipher).and_then([&]() -> Answer<void> {
      if (find(as.id)) return refuse(Kind::kRefused, fmt::format("{} is there already", as.id.to_string()));
      return back_end_->load_key(as, key.value);
    });
    if (!able) return tl::unexpected(able.error());
  }
  return set.keys.size();
}

Answer<void> Machine::random(std::span<std::uint8_t> out) { return back_end_->random(out); }

}  // namespace ssc::keys::hsm
