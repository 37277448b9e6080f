#include "keys/ledger/slip.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/ledger/record_text.h"

namespace ssc::keys::ledger {
namespace {

using Records = std::vector<Record>;

std::string name_of(const Subject& subject) { return fmt::format("{} {}", word(subject.type), subject.id); }

tl::unexpected<LedgerError> refuse(const Subject& subject, std::string_view what, std::string_view mend) {
  return tl::unexpected(
      LedgerError{LedgerError::Kind::kRefused,
                  fmt::format("refused by article 23: {} ({}); {}", what, name_of(subject), mend)});
}

Kept<Records> read(std::string_view text) {
  if (text.empty()) return tl::unexpected(LedgerError{LedgerError::Kind::kBadEntry, "the slip is empty"});
  Records records;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto record = parse_line(text.substr(0, end));
    if (!record)
      return tl::unexpected(LedgerError{LedgerError::Kind::kBadEntry,
                                        fmt::format("line {} of the slip {}", line, record.error())});
    records.push_back(*std::move(record));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return records;
}

const TrustedCentre* find(std::span<const TrustedCentre> trusted, const std::string& name) {
  const auto found = std::ranges::find(trusted, name, &TrustedCentre::name);
  return found == trusted.end() ? nullptr : &*found;
}

// One step of the way: the first is the ministry's issue, every other a handover by who had got it.
struct Step {
  const Record& record;
  const Record* before;  // nullptr: the first

  Kept<void> check(std::span<const TrustedCentre> trusted) const {
    const Subject& subject = record.entry.subject;
    const TrustedCentre* const centre = find(trusted, record.centre);
    if (centre == nullptr)
      return refuse(subject,
                    fmt::format("the key of '{}', which wrote the slip, is not known here", record.centre),
                    "take it in first: ssc keys centre trust FILE");
    if (hash_of(record) != record.hash || !centre->key.verify(record.hash, record.signature))
      return refuse(subject, fmt::format("the slip was changed, or is not by '{}'", record.centre),
                    "ask for a new one");
    return before == nullptr ? check_issue(*centre) : check_handover();
  }

 private:
  Kept<void> check_issue(const TrustedCentre& centre) const {
    if (record.entry.kind == Kind::kIssue && centre.ministry) return {};
    return refuse(record.entry.subject, "the slip does not begin with its issue by the ministry",
                  "take the whole slip, from the ministry's issue on");
  }
  Kept<void> check_handover() const {
    const bool follows = record.entry.kind == Kind::kHandover && !record.entry.third_party &&
                         before->entry.to == record.centre && record.time >= before->time;
    if (follows) return {};
    return refuse(record.entry.subject,
                  fmt::format("'{}' hands over what went to '{}'", record.centre, before->entry.to),
                  "take the whole slip, with every handover");
  }
};

}  // namespace

std::string slip_line(const Record& record) { return line_of(record) + '\n'; }

Kept<CheckedSlip> CheckedSlip::check(std::string_view text, const Subject& subject,
                                     const std::string& this_centre, std::span<const TrustedCentre> trusted) {
  auto records = read(text);
  if (!records) return tl::unexpected(records.error());
  std::erase_if(*records, [&](const Record& record) { return record.entry.subject != subject; });
  if (records->empty())
    return refuse(subject, "the slip is not about it", "take the slip with which it was issued");
  CheckedSlip checked;
  const Record* before = nullptr;
  for (const Record& record : *records) {
    if (const auto step = Step{record, before}.check(trusted); !step) return tl::unexpected(step.error());
    checked.lines_ += slip_line(record);
    before = &record;
  }
  if (before->entry.to != this_centre)
    return refuse(subject,
                  fmt::format("the slip gives it to '{}', not to '{}'", before->entry.to, this_centre),
                  "take the slip made out to this centre");
  checked.subject_ = subject;
  checked.from_ = before->centre;
  checked.hash_ = before->hash;
  return checked;
}

Kept<std::vector<Subject>> subjects_of(std::string_view slip) {
  const auto records = read(slip);
  if (!records) return tl::unexpected(records.error());
  std::vector<Subject> subjects;
  for (const Record& record : *records) {
    if (std::ranges::find(subjects, record.entry.subject) == subjects.end())
      subjects.push_back(record.entry.subject);
  }
  return subjects;
}

}  // namespace ssc::keys::ledger
