// The closed set of functions that expressions may call; a table, so that a checker and the guide read the
// same rows.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "conformance/expression/subject.h"

namespace ssc::conformance {

// The arguments of one call. A getter whose argument has the wrong type notes the error and returns an empty
// value: a function may go on with it, its result is not used then.
class Arguments {
 public:
  Arguments(Subject& subject, std::span<const Value> values) : subject_(subject), values_(values) {}

  std::size_t size() const { return values_.size(); }
  Subject& subject() { return subject_; }
  const Value& value(std::size_t index) const { return values_[index]; }

  Bytes bytes(std::size_t index);
  // All arguments from `first` on, in a row.
  Bytes joined_bytes(std::size_t first);
  std::int64_t number(std::size_t index);
  // The number, or `otherwise` when the call has fewer arguments. Error: outside 0 to `most`.
  std::size_t size_at(std::size_t index, std::size_t most, std::size_t otherwise = 0);
  std::string text(std::size_t index);
  keys::Key key(std::size_t index);
  bool truth(std::size_t index);
  // Whether any argument is a secret in octets.
  bool any_secret() const;

  // Notes the first error; returns an empty value to return.
  Value fail(std::string what);
  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }

 private:
  template <class T>
  T keep(Evaluated<T> result, std::size_t index);

  Subject& subject_;
  std::span<const Value> values_;
  std::string error_;
};

struct Function {
  std::string_view name;
  std::size_t fewest;  // arguments
  std::size_t most;
  std::string_view signature;  // "slice(octets, from[, count])"
  std::string_view meaning;
  Value (*call)(Arguments&);
};

inline constexpr std::size_t kAnyNumber = 16;

std::span<const Function> octet_functions();
std::span<const Function> key_functions();
std::span<const Function> card_functions();
std::span<const Function> desk_functions();
// In all tables.
const Function* find_function(std::string_view name);

}  // namespace ssc::conformance
