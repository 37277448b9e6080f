#include "conformance/report/unreached.h"

#include <algorithm>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

using apdu::InputError;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::size_t start = 0;
  for (std::size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', start)) {
    fields.push_back(line.substr(start, tab - start));
    start = tab + 1;
  }
  fields.push_back(line.substr(start));
  return fields;
}

bool lists(apdu::Slot slot, const std::string& command, apdu::StatusWord status) {
  return std::ranges::any_of(covered_commands(slot), [&](const apdu::CommandRow* row) {
    return row->name == command && row->statuses.contains(status);
  });
}

// The error is one clause.
tl::expected<Unreached, std::string> read_line(const std::string& line) {
  const auto fields = split(line);
  if (fields.size() != 3 || fields[2].empty())
    return tl::unexpected<std::string>("not command, status word and reason between tabs");
  const auto word = apdu::parse_hex(fields[1]);
  if (!word || word->size() != 2) return tl::unexpected("'" + fields[1] + "' is no status word");
  const apdu::StatusWord status((*word)[0], (*word)[1]);
  constexpr std::string_view kOfPsam = "PSAM ";
  const bool of_psam = fields[0].starts_with(kOfPsam);
  const Unreached entry{of_psam ? apdu::Slot::kPsam : apdu::Slot::kCard,
                        of_psam ? fields[0].substr(kOfPsam.size()) : fields[0], status, fields[2]};
  if (!lists(entry.slot, entry.command, status))
    return tl::unexpected("no clause lists " + fields[1] + " for '" + fields[0] + "'");
  return entry;
}

}  // namespace

std::vector<const apdu::CommandRow*> covered_commands(apdu::Slot slot) {
  const bool psam = slot == apdu::Slot::kPsam;
  std::vector<const apdu::CommandRow*> rows;
  for (const apdu::CommandRow& row : psam ? apdu::psam_commands() : apdu::card_commands()) {
    if (!psam || row.clause.starts_with("Part 9")) rows.push_back(&row);
  }
  return rows;
}

apdu::Loaded<std::vector<Unreached>> load_unreached(const xml::Source& source) {
  std::vector<Unreached> all;
  unsigned number = 0;
  for (std::size_t start = 0; start < source.text.size();) {
    const std::size_t end = std::min(source.text.find('\n', start), source.text.size());
    const std::string line = source.text.substr(start, end - start);
    start = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    auto entry = read_line(line);
    if (!entry) return tl::unexpected(InputError{source.name, number, entry.error(), ""});
    const bool twice = std::ranges::any_of(all, [&](const Unreached& other) {
      return other.slot == entry->slot && other.command == entry->command && other.status == entry->status;
    });
    if (twice)
      return tl::unexpected(InputError{source.name, number, "this cell stands twice", "remove one line"});
    entry->line = number;
    all.push_back(*std::move(entry));
  }
  return all;
}

}  // namespace ssc::conformance
