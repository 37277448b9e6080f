// The encryption machine as the hosts of the standard use it: keys by name or address, cryptograms out.
// No key and no derived key crosses this interface in clear. What computes is a BackEnd: software, a PKCS#11
// token or a GM/T 0018 (SDF) machine; which one, its keys and its certificate are in a record file, and
// open_machine (keys/hsm/open_machine.h) opens that.
#pragma once

#include <memory>
#include <span>

#include "keys/hsm/back_end.h"
#include "keys/hsm/uses.h"
#include "keys/key_set.h"

namespace ssc::keys::hsm {

// The algorithms a machine may be used for: those of its product certificate (Measures art. 22).
struct Permit {
  bool des = true;
  bool sm4 = true;
};

// PIN CHANGE/UNBLOCK data (Part 5 §6.8): what follows CLA INS P1 P2 Lc.
struct PinReload {
  InplaceBytes<48> cipher_text;
  Mac mac{};
};

// Not thread-safe: one user at a time. Each call answers kNoKey, kNoMechanism, kNotCertified, kRefused,
// kBadInput or kDevice in its error and changes nothing then.
class Machine {
 public:
  // `addresses` stand before those of annex B.
  explicit Machine(std::unique_ptr<BackEnd> back_end, Permit permit = {},
                   std::vector<AddressRow> addresses = {});
  Machine(Machine&&) noexcept = default;
  Machine& operator=(Machine&&) noexcept = default;
  ~Machine() = default;

  std::string_view back_end() const;          // "software", "pkcs11", "sdf"
  std::string description() const;            // maker, model, serial; "" when nobody says
  std::vector<Mechanism> mechanisms() const;  // every one asked for, with those it lacks
  std::vector<KeyInfo> keys() const;

  Answer<KeyInfo> find(const KeyId& key) const;
  // The key of that cipher at that address (the record's own table, or provincial terminal spec annex B).
  Answer<KeyInfo> at(KeyAddress address, Cipher cipher) const;
  std::optional<KeyAddress> address_of(const KeyId& key) const;
  // That key, diversified down to a card. `area`: six digits; four_digit_city: see keys::city_factor.
  // `historical`: the 13 historical bytes of the card's ATR.
  Answer<KeyPath> card_path(const KeyId& key, std::string_view area, ByteView historical,
                            bool four_digit_city = false) const;

  // KCV after diversification.
  Answer<CheckValue> check_value(const KeyPath& path);

  // Internal and external authentication data (Part 4 §9.3) over 8 bytes of original information. The session
  // factor has 4, 8 or (16-byte ciphers) 16 bytes.
  Answer<AuthenticationData> authentication_data(const KeyPath& path, ByteView session_factor,
                                                 ByteView original);

  // MAC of Part 4 §8.2 under the session key of the factor: of a command (header with full Lc ‖ data field),
  // or MAC1 and MAC2 of a load or purchase (keys/medical.h says over which data; its 8-byte session input is
  // the factor).
  Answer<Mac> session_mac(const KeyPath& path, ByteView session_factor, ByteView data);
  // Enciphered data of Part 4 §8.3: at most 40 bytes; none only with an 8-byte block.
  Answer<InplaceBytes<48>> encipher(const KeyPath& path, ByteView session_factor, ByteView plain);

  // TAC of a load or purchase, directly under DTK (Part 7 §15).
  Answer<Mac> tac(const KeyPath& dtk, ByteView data);
  // Authentication code of a card's identification code: MAC of its first 12 bytes, directly under the IRK
  // diversified to the card, IV zero (an issuer's practice, in no text).
  Answer<Mac> identification_mac(const KeyPath& irk, ByteView first_twelve);

  // Data field of 84 24 00 01 (reload a PIN; 2 to 8 bytes as keys::pin_bytes makes them) and MAC of
  // 84 24 00 00 (unblock), under the STK of the SSSE and the card's last challenge.
  Answer<PinReload> reload_pin(const KeyPath& stk, ByteView challenge, ByteView pin);
  Answer<Mac> unblock_pin(const KeyPath& stk, ByteView challenge);

  // The key `path` leads to, for a card, a PSAM or another machine: header ‖ value as Part 9 §7.1.2 enciphers
  // it and MACs it under `under` itself (a master key or a transmission key). `challenge`: the receiver's, 4,
  // 8 or 16 bytes.
  Answer<KeyRecord> key_record(const KeyPath& path, const KeyPath& under, const RecordForm& form,
                               ByteView challenge);
  // The same around data that are no key of this machine (a PIN at personalisation): form.header ‖ data.
  Answer<KeyRecord> data_record(ByteView data, const KeyPath& under, const RecordForm& form,
                                ByteView challenge);

  // A random number for the sender of a key record; good for the next import_key alone.
  Answer<Challenge> challenge();
  // Takes a key out of a record made for the challenge and keeps it as `as` (purpose, level and size too).
  // Gives its KCV. kRefused: no challenge, MAC or header wrong, or a key of that name and version is there.
  Answer<CheckValue> import_key(const KeyInfo& as, const KeyPath& under, const RecordForm& form,
                                const KeyRecord& record);

  // Puts every key of the set into the machine, in clear from here to there: for lab machines and for whoever
  // holds the set anyway. Gives how many went in. Those before an error stay.
  Answer<std::size_t> load_keys(const KeySet& set);

  Answer<void> random(std::span<std::uint8_t> out);

 private:
  Answer<void> permitted(Cipher cipher) const;
  Answer<KeyPath> allowed(const KeyPath& path, Use use) const;
  Answer<KeyRecord> with_mac(const KeyPath& under, const RecordForm& form, ByteView challenge,
                             const InplaceBytes<48>& cipher_text);

  std::unique_ptr<BackEnd> back_end_;
  Permit permit_;
  std::vector<AddressRow> addresses_;
  std::optional<Challenge> challenge_;
};

}  // namespace ssc::keys::hsm
