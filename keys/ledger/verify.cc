#include "keys/ledger/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "apdu/hex.h"
#include "keys/ledger/chain.h"
#include "keys/ledger/entry_form.h"
#include "keys/ledger/head.h"
#include "keys/ledger/ledger_file.h"
#include "keys/ledger/record_text.h"
#include "keys/ledger/rules.h"

namespace ssc::keys::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNoEnd = "has no end, as when the power fails while it is written";

// One walk through the lines.
class Walk {
 public:
  Walk(const Owner& owner, const Sm2PublicKey& key, const std::optional<Noted>& noted)
      : owner_(owner), key_(key), noted_(noted), chain_(owner.centre) {}

  bool take(std::string_view line) {
    const auto taken = chain_.take(line);
    ++line_;
    if (auto fault = taken.fault.empty() ? fault_of(*taken.record) : taken.fault; !fault.empty())
      add(line_, std::move(fault));
    if (taken.record) holdings_.apply(*taken.record);
    return verdict_.faults.size() < kMostFaults;
  }

  Verdict finish(const LedgerFile::Rest& rest, const Kept<Head>& head) {
    const bool full = verdict_.faults.size() >= kMostFaults;
    if (!full && !rest.text.empty()) add(line_ + 1, torn(rest, head));
    if (!full && verdict_.faults.empty()) check_head(head);
    if (!full && noted_ && chain_.count() < noted_->number)
      add(0, fmt::format("entry {} was noted, and the ledger ends with {}", noted_->number, chain_.count()));
    verdict_.newest = {chain_.count(), chain_.newest()};
    return std::move(verdict_);
  }

 private:
  void add(std::uint64_t line, std::string what) { verdict_.faults.push_back({line, std::move(what)}); }

  std::string fault_of(const Record& record) const {
    if (!key_.verify(record.hash, record.signature)) return "was not signed by this centre";
    if (noted_ && noted_->number == record.number && noted_->hash != record.hash)
      return "is another entry than the one that was noted";
    if ((record.number == 1) != (record.entry.kind == Kind::kOpen))
      return "cannot stand here: 'open' is entry 1 alone";
    if (auto fault = check_form(record.entry)) return *fault;
    if (!verdict_.faults.empty()) return {};  // what is held is not known for sure any more
    return broken_rule(record.entry, holdings_, owner_, record.time).value_or("");
  }

  std::string torn(const LedgerFile::Rest& rest, const Kept<Head>& head) const {
    if (head && head->entries > line_) return "was cut short after it had been written whole";
    return fmt::format("{} ({} bytes); ssc keys ledger mend sets it right", kNoEnd, rest.text.size());
  }

  void check_head(const Kept<Head>& head) {
    if (!head) return add(0, head.error().what);
    const Fit fits = fit(chain_, *head);
    verdict_.head_behind = fits == Fit::kOneBehind;
    if (chain_.count() == 0) return add(0, "has no entry: its first one is missing");
    if (fits == Fit::kNot) add(0, fmt::format("has a head that {}", misfit(chain_, *head)));
  }

  const Owner& owner_;
  const Sm2PublicKey& key_;
  const std::optional<Noted>& noted_;
  Chain chain_;
  Holdings holdings_;
  Verdict verdict_;
  std::uint64_t line_ = 0;
};

tl::unexpected<LedgerError> damaged(const fs::path& file, std::uint64_t line, std::string_view what) {
  return tl::unexpected(
      LedgerError{LedgerError::Kind::kDamaged, fmt::format("{}:{}: {}", file.string(), line, what)});
}

// Whether a line without its end is the entry that belongs there, whole and signed.
bool is_whole(Chain chain, std::string_view line, const Sm2PublicKey& key) {
  const auto taken = chain.take(line);
  return taken.fault.empty() && key.verify(taken.record->hash, taken.record->signature);
}

}  // namespace

std::optional<Noted> parse_noted(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Noted noted;
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, noted.number);
  const auto hash = apdu::parse_hex(text.substr(colon + 1));
  if (error != std::errc() || end != text.data() + colon || !hash || hash->size() != noted.hash.size())
    return std::nullopt;
  std::ranges::copy(*hash, noted.hash.begin());
  return noted;
}

std::string to_text(const Noted& noted) {
  return fmt::format("{}:{}", noted.number, apdu::to_hex(noted.hash));
}

Kept<Verdict> verify(const fs::path& file, const Owner& owner, const Sm2PublicKey& key,
                     const std::optional<Noted>& noted) {
  const auto open_file = LedgerFile::open_to_read(file);
  if (!open_file) return tl::unexpected(open_file.error());
  Walk walk(owner, key, noted);
  const auto rest = open_file->read_lines(0, [&](std::string_view line) { return walk.take(line); });
  if (!rest) return tl::unexpected(rest.error());
  return walk.finish(*rest, read_head(file, owner.centre, key));
}

Kept<void> read_records(const fs::path& file, const std::function<bool(const Record&)>& take) {
  const auto open_file = LedgerFile::open_to_read(file);
  if (!open_file) return tl::unexpected(open_file.error());
  std::uint64_t number = 0;
  std::string fault;
  const auto rest = open_file->read_lines(0, [&](std::string_view line) {
    const auto record = parse_line(line);
    ++number;
    if (record) return take(*record);
    fault = record.error();
    return false;
  });
  if (!rest) return tl::unexpected(rest.error());
  if (!fault.empty()) return damaged(file, number, fault);
  return {};
}

Kept<std::uint64_t> mend(const fs::path& file, const Owner& owner, const Sm2PublicKey& key) {
  auto open_file = LedgerFile::open_to_append(file);
  if (!open_file) return tl::unexpected(open_file.error());
  Chain chain(owner.centre);
  std::string fault;
  const auto rest = open_file->read_lines(0, [&](std::string_view line) {
    fault = chain.take(line).fault;
    return fault.empty();
  });
  if (!rest) return tl::unexpected(rest.error());
  if (!fault.empty()) return damaged(file, chain.count(), fault);
  if (rest->text.empty()) return 0;
  if (is_whole(chain, rest->text, key)) return open_file->append("").map([] { return std::uint64_t{0}; });
  const auto head = read_head(file, owner.centre, key);
  if (!head) return tl::unexpected(head.error());
  if (head->entries > chain.count())
    return damaged(file, chain.count() + 1, "was cut short after it had been written whole");
  return open_file->cut(rest->at).map([&] { return std::uint64_t{rest->text.size()}; });
}

}  // namespace ssc::keys::ledger
