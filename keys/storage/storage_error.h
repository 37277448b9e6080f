// What can go wrong with a stored secret.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace ssc::keys::storage {

struct StorageError {
  enum class Kind : std::uint8_t {
    kNoAccess,  // no passphrase or machine was given, or the wrong one
    kDamaged,   // the sealed value was changed, or lies in another value's place
    kFile,      // the operating system refused
  };
  Kind kind = Kind::kFile;
  std::string what;  // one line, with how to mend it; holds no secret
};

template <class T>
using Stored = tl::expected<T, StorageError>;

}  // namespace ssc::keys::storage
