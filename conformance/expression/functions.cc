#include "conformance/expression/functions.h"

#include <algorithm>

namespace ssc::conformance {

template <class T>
T Arguments::keep(Evaluated<T> result, std::size_t index) {
  if (result) return std::move(*result);
  fail("argument " + std::to_string(index + 1) + " " + result.error());
  return {};
}

Bytes Arguments::bytes(std::size_t index) { return keep(as_bytes(values_[index]), index); }
std::int64_t Arguments::number(std::size_t index) { return keep(as_number(values_[index]), index); }
std::string Arguments::text(std::size_t index) { return keep(as_text(values_[index]), index); }
keys::Key Arguments::key(std::size_t index) { return keep(as_key(values_[index]), index); }
bool Arguments::truth(std::size_t index) { return keep(as_truth(values_[index]), index); }

Bytes Arguments::joined_bytes(std::size_t first) {
  Bytes joined;
  for (std::size_t i = first; i < size(); ++i) {
    const Bytes part = bytes(i);
    joined.insert(joined.end(), part.begin(), part.end());
  }
  return joined;
}

std::size_t Arguments::size_at(std::size_t index, std::size_t most, std::size_t otherwise) {
  if (index >= size()) return otherwise;
  const std::int64_t value = number(index);
  if (value >= 0 && static_cast<std::uint64_t>(value) <= most) return static_cast<std::size_t>(value);
  fail("argument " + std::to_string(index + 1) + " is " + std::to_string(value) + "; 0 to " +
       std::to_string(most) + " would do");
  return 0;
}

bool Arguments::any_secret() const {
  return std::ranges::any_of(values_, [](const Value& value) { return value.secret; });
}

Value Arguments::fail(std::string what) {
  if (error_.empty()) error_ = std::move(what);
  return {};
}

const Function* find_function(std::string_view name) {
  for (const auto table : {octet_functions(), key_functions(), card_functions(), desk_functions()}) {
    const auto row = std::ranges::find(table, name, &Function::name);
    if (row != table.end()) return &*row;
  }
  return nullptr;
}

}  // namespace ssc::conformance
