#include "tools/ssc/custody_subject.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/centre/centre_paths.h"

namespace ssc::tools {
namespace {

namespace ledger = keys::ledger;

constexpr std::string_view kTypes =
    "master-key-card, key-mother-card, transmission-key-card, psam, key-set, machine";

using Found = tl::expected<ledger::Subject, Complaint>;

Found with_type(std::string_view type, std::string_view name) {
  const auto known = ledger::subject_type_of(type);
  if (!known || kTypes.find(type) == std::string_view::npos)
    return complaint(fmt::format("'{}' is no type: write one of {}", type, kTypes));
  if (!keys::centre::is_name(name))
    return complaint(fmt::format("'{}' is no name: 1 to 64 letters, digits, '.', '-' and '_'", name));
  return ledger::Subject{*known, std::string(name)};
}

Found among(const std::vector<ledger::Subject>& all, const std::string& text) {
  if (const std::size_t colon = text.find(':'); colon != std::string::npos)
    return with_type(text.substr(0, colon), text.substr(colon + 1));
  const auto named = [&](const ledger::Subject& subject) { return subject.id == text; };
  const auto count = std::ranges::count_if(all, named);
  if (count == 1) return *std::ranges::find_if(all, named);
  if (count == 0)
    return complaint(fmt::format("'{}' is in no entry: write TYPE:{}, TYPE one of {}", text, text, kTypes));
  return complaint(fmt::format("several things are called '{}': write TYPE:{}", text, text));
}

Subjects each(const std::vector<ledger::Subject>& all, const std::vector<std::string>& texts) {
  std::vector<ledger::Subject> out;
  for (const std::string& text : texts) {
    auto found = among(all, text);
    if (!found) return tl::unexpected(found.error());
    if (std::ranges::find(out, *found) != out.end())
      return complaint(fmt::format("'{}' is named twice", text));
    out.push_back(*std::move(found));
  }
  return out;
}

}  // namespace

Subjects find_subjects(const ledger::Holdings& holdings, const std::vector<std::string>& texts) {
  std::vector<ledger::Subject> all;
  for (const auto& [subject, holding] : holdings.all()) all.push_back(subject);
  return each(all, texts);
}

Subjects named_among(const std::vector<ledger::Subject>& all, const std::vector<std::string>& texts) {
  if (texts.empty()) return all;
  return each(all, texts);
}

}  // namespace ssc::tools
