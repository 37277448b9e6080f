#include "conformance/channel/reader_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ssc::conformance {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view name, std::string_view part) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return std::search(name.begin(), name.end(), part.begin(), part.end(), same) != name.end();
}

std::string quoted(const std::vector<std::string>& names) {
  return fmt::format("\"{}\"", fmt::join(names, "\", \""));
}

tl::unexpected<apdu::ChannelError> no_reader(std::string what) {
  return tl::make_unexpected(apdu::ChannelError{apdu::ChannelError::Kind::kNoReader, std::move(what)});
}

}  // namespace

tl::expected<std::string, apdu::ChannelError> choose_reader(const std::vector<std::string>& readers,
                                                            std::string_view wanted) {
  if (readers.empty()) return no_reader("pcscd knows no reader: plug one in, or install vsmartcard-vpcd");
  if (std::ranges::find(readers, wanted) != readers.end()) return std::string(wanted);
  std::vector<std::string> matches;
  std::ranges::copy_if(readers, std::back_inserter(matches),
                       [wanted](const std::string& name) { return contains(name, wanted); });
  if (matches.size() == 1) return matches.front();
  if (matches.empty())
    return no_reader(fmt::format("no reader's name has \"{}\" in it; there are {}", wanted, quoted(readers)));
  return no_reader(fmt::format("\"{}\" may be any of {}: write more of its name", wanted, quoted(matches)));
}

std::vector<std::string> split_multi_string(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty() && list.front() != '\0') {
    const std::size_t end = std::min(list.find('\0'), list.size());
    names.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return names;
}

std::string vpcd_reader_name(unsigned slot) { return fmt::format("Virtual PCD 00 {:02X}", slot); }

}  // namespace ssc::conformance
