// The words of a key set file, read and written. Private to this folder.
#pragma once

#include <algorithm>
#include <cassert>
#include <string_view>

#include "keys/key_names.h"

namespace ssc::keys {

template <class T>
struct Word {
  std::string_view text;
  T value;
};
inline constexpr Word<Cipher> kCipherWords[] = {
    {"DES", Cipher::kDes}, {"SSF33", Cipher::kSsf33}, {"SM4", Cipher::kSm4}};
inline constexpr Word<Level> kLevelWords[] = {{"national", Level::kNational},
                                              {"province", Level::kProvince},
                                              {"city", Level::kCity},
                                              {"card", Level::kCard}};
inline constexpr Word<Structure> kStructureWords[] = {
    {"1.0", Structure::k1}, {"2.0", Structure::k2}, {"3.0", Structure::k3}};

// Precondition: the schema let only these words through.
template <class T, std::size_t Size>
T value_of(const Word<T> (&words)[Size], std::string_view text) {
  const auto found = std::ranges::find(words, text, &Word<T>::text);
  assert(found != std::end(words));
  return found->value;
}

}  // namespace ssc::keys
