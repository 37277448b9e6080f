// The two languages in which ssc speaks to people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ssc::apdu {

enum class Language : std::uint8_t { kEnglish, kChinese };

// One saying in both.
struct Phrase {
  std::string_view english = {};
  std::string_view chinese = {};

  constexpr std::string_view in(Language language) const {
    return language == Language::kEnglish ? english : chinese;
  }
  constexpr bool empty() const { return english.empty(); }
};

// The same, put together at run time.
struct OwnedPhrase {
  std::string english = {};
  std::string chinese = {};

  Phrase view() const { return {english, chinese}; }
  bool empty() const { return english.empty(); }
};

}  // namespace ssc::apdu
