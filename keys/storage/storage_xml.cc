#include "keys/storage/storage_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "apdu/hex.h"
#include "apdu/xml/document.h"

namespace ssc::keys::storage {
namespace {

struct GuardWord {
  std::string_view word;
  Guard guard;
  std::size_t salt_size;
};
constexpr GuardWord kGuards[] = {
    {"lab", Guard::kLab, 0}, {"passphrase", Guard::kPassphrase, 16}, {"machine", Guard::kMachine, 32}};

using Words = std::map<std::string_view, std::string_view>;

struct Fault {
  std::string what;
  std::string mend;
};
template <class T>
using Parsed = tl::expected<T, Fault>;

tl::unexpected<Fault> fault(std::string what, std::string mend) {
  return tl::unexpected(Fault{std::move(what), std::move(mend)});
}

std::string_view word(const Words& words, std::string_view name) {
  const auto found = words.find(name);
  return found == words.end() ? std::string_view() : found->second;
}

Parsed<Bytes> octets(const Words& words, std::string_view name, std::size_t size) {
  auto bytes = apdu::parse_hex(word(words, name));
  if (!bytes)
    return fault(fmt::format("{}: {}", name, bytes.error().what), "take the file back as ssc wrote it");
  if (bytes->size() != size)
    return fault(fmt::format("{} has {} bytes, not {}", name, bytes->size(), size),
                 "take the file back as ssc wrote it");
  return *std::move(bytes);
}

Parsed<unsigned> cost(const Words& words) {
  const std::string_view text = word(words, "cost");
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < kLeastCost || value > kMostCost)
    return fault(fmt::format("cost '{}' is no scrypt cost", text),
                 fmt::format("it is {} to {}", kLeastCost, kMostCost));
  return value;
}

Parsed<std::string> machine(const Words& words) {
  const std::string_view name = word(words, "machine");
  if (name.empty()) return fault("the storage names no machine", "write machine=\"NAME\"");
  return std::string(name);
}

Parsed<StorageRecord> parse(const Words& words) {
  const auto row = std::ranges::find(kGuards, word(words, "guard"), &GuardWord::word);
  if (row == std::end(kGuards))
    return fault(fmt::format("guard '{}' is not known", word(words, "guard")), "lab, passphrase or machine");
  StorageRecord record;
  record.guard = row->guard;
  auto salt = octets(words, "salt", row->salt_size);
  if (!salt) return tl::unexpected(salt.error());
  record.salt = *std::move(salt);
  auto check = octets(words, "check", kSealSize);
  if (!check) return tl::unexpected(check.error());
  record.check = *std::move(check);
  if (record.guard == Guard::kPassphrase) {
    const auto value = cost(words);
    if (!value) return tl::unexpected(value.error());
    record.cost = *value;
  }
  if (record.guard == Guard::kMachine) {
    auto name = machine(words);
    if (!name) return tl::unexpected(name.error());
    record.machine = *std::move(name);
  }
  return record;
}

std::string_view word_of(Guard guard) { return std::ranges::find(kGuards, guard, &GuardWord::guard)->word; }

// In writing order.
std::vector<std::pair<std::string_view, std::string>> words_of(const StorageRecord& record) {
  std::vector<std::pair<std::string_view, std::string>> words = {
      {"guard", std::string(word_of(record.guard))}};
  if (record.guard == Guard::kMachine) words.emplace_back("machine", record.machine);
  if (!record.salt.empty()) words.emplace_back("salt", apdu::to_hex(record.salt));
  if (record.guard == Guard::kPassphrase) words.emplace_back("cost", std::to_string(record.cost));
  words.emplace_back("check", apdu::to_hex(record.check));
  return words;
}

}  // namespace

apdu::Loaded<StorageRecord> read_storage(const xml::Element& at) {
  Words words;
  for (const auto& [name, value] : at.attributes()) words.emplace(name, value);
  auto record = parse(words);
  if (!record) return tl::unexpected(at.error(record.error().what, record.error().mend));
  return *std::move(record);
}

std::string storage_element(const StorageRecord& record) {
  std::string out = "<storage";
  for (const auto& [name, value] : words_of(record)) out += fmt::format(" {}=\"{}\"", name, value);
  return out + "/>";
}

std::string storage_text(const StorageRecord& record) {
  std::string out;
  for (const auto& [name, value] : words_of(record))
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value);
  return out;
}

std::optional<StorageRecord> parse_storage_text(std::string_view text) {
  Words words;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(' '));
    const std::size_t sign = part.find('=');
    if (sign == std::string_view::npos) return std::nullopt;
    words.emplace(part.substr(0, sign), part.substr(sign + 1));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  auto record = parse(words);
  if (!record) return std::nullopt;
  return *std::move(record);
}

}  // namespace ssc::keys::storage
