// What an expression of a scenario can be: a truth, a number, a text, octets or a key.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <variant>

#include "apdu/bytes.h"
#include "keys/key.h"

namespace ssc::conformance {

using apdu::Bytes;
using apdu::ByteView;

// A value with its type. `secret` marks a PIN or a key: what is built from its octets is masked in everything
// the run keeps. What a cipher made of it (a MAC, authentication data) is not secret.
struct Value {
  std::variant<bool, std::int64_t, std::string, Bytes, keys::Key> data;
  bool secret = false;

  static Value truth(bool value) { return {value}; }
  static Value number(std::int64_t value) { return {value}; }
  static Value text(std::string value) { return {std::move(value)}; }
  static Value bytes(Bytes value, bool is_secret = false) { return {std::move(value), is_secret}; }
  static Value bytes(ByteView value) { return {Bytes(value.begin(), value.end())}; }
  static Value key(keys::Key value) { return {std::move(value), true}; }
};

// The reason in one line: "'DES' is no hexadecimal text".
template <class T>
using Evaluated = tl::expected<T, std::string>;

// Octets as they are, a text read as hexadecimal, a number of 0 to 255 as one octet.
Evaluated<Bytes> as_bytes(const Value& value);
// A number, or a text of decimal digits.
Evaluated<std::int64_t> as_number(const Value& value);
Evaluated<std::string> as_text(const Value& value);
Evaluated<keys::Key> as_key(const Value& value);
// A truth as it is; a number is true when it is not 0; octets and texts when they are not empty.
Evaluated<bool> as_truth(const Value& value);

// Octets as the decimal digits they hold, F on the right filling up. Error: another digit, or more than 15.
Evaluated<std::int64_t> decimal_number(ByteView octets);

// "a number", "octets".
std::string_view type_name(const Value& value);
// For a person: octets in hexadecimal, a key as "key", a secret as its length in stars unless `unmask`.
std::string to_string(const Value& value, bool unmask = false);

// -1, 0, 1 for less, equal, greater; octets compare with hexadecimal texts, numbers with decimal
// ones. Error: the types do not compare.
Evaluated<int> compare(const Value& a, const Value& b);

}  // namespace ssc::conformance
