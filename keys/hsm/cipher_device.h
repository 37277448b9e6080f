// A device that keeps keys and runs block ciphers with them: a PKCS#11 token or an SDF machine, reduced to
// what keys/hsm/device_back_end.h composes the standard from.
#pragma once

#include "keys/hsm/back_end.h"

namespace ssc::keys::hsm {

// A key inside the device, as the device counts them.
using Handle = std::uint64_t;

// What of a kept key is wanted. A DES key of 8 bytes, half or folded is K‖K: the same function, and no device
// needs single DES.
enum class Part : std::uint8_t {
  kWhole,
  kLeft,    // the left half of a 16-byte DES key
  kFolded,  // its halves xored: the key of a TAC
};

class CipherDevice {
 public:
  virtual ~CipherDevice() = default;

  virtual std::string_view name() const = 0;
  virtual std::string description() const = 0;  // maker, model, serial; "" when nobody says
  virtual std::vector<Mechanism> mechanisms() const = 0;
  virtual Answer<void> supports(Cipher cipher) const = 0;
  virtual const std::vector<KeyInfo>& keys() const = 0;

  // A kept key; the handle is good until the device closes. Precondition: the key is one of keys().
  virtual Answer<Handle> root(const KeyId& key, Part part) = 0;
  // A key of the parent's cipher whose value is E(parent, data), each block alone; data has 16 bytes. Lives
  // until release().
  virtual Answer<Handle> derive(Handle parent, ByteView data) = 0;
  virtual void release(Handle derived) = 0;

  // Whole blocks, each alone; out.size() == in.size(), at most 48.
  virtual Answer<void> encipher(Handle key, ByteView in, std::span<std::uint8_t> out) = 0;
  virtual Answer<void> decipher(Handle key, ByteView in, std::span<std::uint8_t> out) = 0;
  // Whole blocks, at least one, in CBC from `state` (one block) on; leaves the last cipher block there.
  virtual Answer<void> chain(Handle key, std::span<std::uint8_t> state, ByteView blocks) = 0;

  // Keeps a key that is not there yet, with the parts its purpose needs.
  virtual Answer<void> store(const KeyInfo& as, const Key& value) = 0;
  virtual Answer<void> random(std::span<std::uint8_t> out) = 0;
};

}  // namespace ssc::keys::hsm
