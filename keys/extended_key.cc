#include "keys/extended_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace ssc::keys {
namespace {

struct Family {
  std::string_view prefix;
  Purpose purpose;
  std::uint8_t des_size;
  bool numbered;       // UK1, UK2 …
  bool new_directory;  // only of a directory that is new itself
};
constexpr Family kFamilies[] = {{"STK", Purpose::kCommandMac, 8, false, true},
                                {"LK", Purpose::kBlockApplication, 16, false, true},
                                {"UK", Purpose::kUpdate, 16, true, false},
                                {"RK", Purpose::kRead, 16, true, false}};

constexpr unsigned kLastOfStandard = 0x07;  // DF07
constexpr unsigned kFirstNewDf = 0x0A;
constexpr unsigned kFirstNewEf = 0x0C;

// "DF0A" gives 0A; nothing for anything else.
std::optional<unsigned> number_after(std::string_view word, std::string_view text) {
  if (text.size() != word.size() + 2 || !text.starts_with(word)) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + word.size(), text.data() + text.size(), value, 16);
  const bool upper = std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'f'; });
  if (error != std::errc() || end != text.data() + text.size() || !upper) return std::nullopt;
  return value;
}

bool is_number(char c) { return (c >= '1' && c <= '9') || (c >= 'A' && c <= 'Z'); }

// Takes the number off: "1DF0A" leaves "DF0A". A place begins with D, S or M too, so the whole must fit.
std::string_view without_number(std::string_view rest) {
  const auto begins_place = [](std::string_view text) {
    return text.starts_with("DF") || text.starts_with("SSSE") || text.starts_with("MF");
  };
  return !begins_place(rest) && !rest.empty() && is_number(rest.front()) ? rest.substr(1) : rest;
}

tl::expected<std::string, std::string> application_of(std::string_view place, bool has_file,
                                                      const Family& family) {
  if (place == "SSSE" || place == "MF") {
    if (family.new_directory)
      return tl::unexpected(fmt::format("the SSSE has its {} from the standard", family.prefix));
    return std::string("SSSE");
  }
  const auto df = number_after("DF", place);
  if (!df) return tl::unexpected(fmt::format("'{}' is no place", place));
  const bool standard = *df >= 1 && *df <= kLastOfStandard;
  if (!standard && *df < kFirstNewDf) return tl::unexpected(std::string("new directories begin at DF0A"));
  if (standard && family.new_directory)
    return tl::unexpected(fmt::format("{} of {} is the standard's to name", family.prefix, place));
  if (family.new_directory && has_file)
    return tl::unexpected(fmt::format("{} is of a whole directory, not of a file", family.prefix));
  return std::string(place);
}

}  // namespace

tl::expected<ExtendedKey, std::string> parse_extended_key(std::string_view name) {
  const auto family = std::ranges::find_if(
      kFamilies, [&](const Family& candidate) { return name.starts_with(candidate.prefix); });
  if (family == std::end(kFamilies))
    return tl::unexpected(std::string("it begins with none of UK, RK, STK, LK"));
  std::string_view place = name.substr(family->prefix.size());
  if (family->numbered) place = without_number(place);
  const std::size_t file = place.find("EF");
  const bool has_file = file != std::string_view::npos;
  if (has_file) {
    const auto ef = number_after("EF", place.substr(file));
    if (!ef) return tl::unexpected(fmt::format("'{}' is no file", place.substr(file)));
    if (*ef < kFirstNewEf) return tl::unexpected(std::string("new files begin at EF0C"));
    place = place.substr(0, file);
  }
  auto application = application_of(place, has_file, *family);
  if (!application) return tl::unexpected(application.error());
  return ExtendedKey{*std::move(application), family->purpose, family->des_size};
}

}  // namespace ssc::keys
