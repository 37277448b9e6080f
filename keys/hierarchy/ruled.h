// A result, or the rule that refuses it: what, and how to mend it.
#pragma once

#include <tl/expected.hpp>

#include "keys/key_places.h"

namespace ssc::keys::hierarchy {

template <class T>
using Ruled = tl::expected<T, Fault>;

inline tl::unexpected<Fault> refuse(std::string what, std::string mend) {
  return tl::unexpected(Fault{std::move(what), std::move(mend)});
}

}  // namespace ssc::keys::hierarchy
