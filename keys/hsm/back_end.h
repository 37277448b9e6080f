// What computes inside a machine. A back end has the keys and the cipher; keys/hsm/machine.* has the rules
// (purposes, shapes, certificate), so that they are the same for every back end.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "keys/hsm/error.h"
#include "keys/hsm/key_id.h"
#include "keys/key.h"

namespace ssc::keys::hsm {

using Challenge = std::array<std::uint8_t, 8>;

// Something a back end is asked for, and whether it has it.
struct Mechanism {
  std::string name;  // as the interface calls it: "CKM_DES3_CBC", "SGD_SM4_ECB", "DES-EDE-CBC"
  bool usable = false;
  std::string remark;  // what it is used for, or why it is not there
};

// A key on its way (Part 9 §7.1.2-7.1.3): cipher text ‖ MAC is the data field of the command that loads it.
struct KeyRecord {
  InplaceBytes<48> cipher_text;
  Mac mac{};
};

// Around the value of a key record: LD ‖ header ‖ value is enciphered; the MAC covers command ‖ Lc ‖ cipher
// text, Lc counting cipher text and MAC.
struct RecordForm {
  std::array<std::uint8_t, 4> command{};  // CLA INS P1 P2: 84 D4 00 file
  Bytes header;  // PSAM: usage ‖ id ‖ 00 ‖ algorithm ‖ 00 00 00 00; at most 23 bytes
};

// Preconditions of every call, kept by Machine: the path's key is one of keys(), under its canonical name;
// not more factors than its level leaves; sizes as Machine declares them.
class BackEnd {
 public:
  virtual ~BackEnd() = default;

  virtual std::string_view name() const = 0;
  virtual std::string description() const = 0;  // maker, model, serial; "" when nobody says
  virtual std::vector<Mechanism> mechanisms() const = 0;
  // kNoMechanism, naming what is missing, when keys of that cipher are of no use here.
  virtual Answer<void> supports(Cipher cipher) const = 0;
  virtual const std::vector<KeyInfo>& keys() const = 0;

  virtual Answer<CheckValue> check_value(const KeyPath& path) = 0;
  virtual Answer<AuthenticationData> authentication_data(const KeyPath& path, ByteView session_factor,
                                                         ByteView original) = 0;
  virtual Answer<Mac> session_mac(const KeyPath& path, ByteView session_factor, ByteView data) = 0;
  virtual Answer<InplaceBytes<48>> encipher(const KeyPath& path, ByteView session_factor, ByteView plain) = 0;
  virtual Answer<Mac> tac(const KeyPath& path, ByteView data) = 0;
  // The MAC of key loading (Part 9 §7.1.3, §7.2.3) under the key itself; `iv` is filled with 00 to a block.
  virtual Answer<Mac> key_mac(const KeyPath& path, ByteView iv, ByteView data) = 0;
  // LD ‖ plain ‖ 80 00… under the key itself (Part 9 §7.1.2). At most 40 bytes.
  virtual Answer<InplaceBytes<48>> encipher_record(const KeyPath& under, ByteView plain) = 0;
  // The same around header ‖ the key `path` leads to.
  virtual Answer<InplaceBytes<48>> encipher_key(const KeyPath& under, ByteView header,
                                                const KeyPath& path) = 0;
  // Deciphers a record and keeps what follows the header as a key of its own, to stay there. kRefused when
  // the record is not header ‖ value of as.size bytes.
  virtual Answer<void> keep_key(const KeyInfo& as, const KeyPath& under, ByteView header,
                                ByteView cipher_text) = 0;
  // Keeps a key given in clear, which is not there yet.
  virtual Answer<void> load_key(const KeyInfo& as, const Key& value) = 0;
  virtual Answer<void> random(std::span<std::uint8_t> out) = 0;
};

}  // namespace ssc::keys::hsm
