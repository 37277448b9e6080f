// What an encryption machine answers instead of a result.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace ssc::keys::hsm {

struct MachineError {
  enum class Kind : std::uint8_t {
    kNoKey,         // the machine holds no such key or version, or nothing at that address
    kNoMechanism,   // the back end cannot compute it; `what` names the back end and the mechanism it lacks
    kNotCertified,  // no product certificate, or one that does not cover the cipher (Measures art. 22)
    kExpired,       // the product certificate is no longer good (Measures art. 22)
    kRefused,       // a rule of the standard or of the machine: a key used against its purpose, a wrong MAC
    kBadInput,      // what was asked has a wrong form or size
    kDevice,        // token, device or library failed; `what` names the function and its return code
  };
  Kind kind = Kind::kDevice;
  std::string what;  // one line for a person, without any key, PIN or cryptogram

  friend bool operator==(const MachineError&, const MachineError&) = default;
};

template <class T>
using Answer = tl::expected<T, MachineError>;

inline tl::unexpected<MachineError> refuse(MachineError::Kind kind, std::string what) {
  return tl::unexpected(MachineError{kind, std::move(what)});
}

}  // namespace ssc::keys::hsm
