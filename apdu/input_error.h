// What is wrong with a file somebody wrote, in one line: where, what, and how to mend it.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace ssc::apdu {

struct InputError {
  std::string file;   // as the user named it
  unsigned line = 0;  // 1-based; 0 when the whole file is meant
  std::string what;   // "key 'UK9DF01' is not in key set lab-990100"
  std::string mend;   // "name one of: UK1DF01, UK2DF01"; empty when `what` says it all

  // "cards/a.xml:12: what; mend"
  std::string to_string() const;
};

template <class T>
using Loaded = tl::expected<T, InputError>;

}  // namespace ssc::apdu
