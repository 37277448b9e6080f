#include "keys/ledger/ledger.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "keys/ledger/chain.h"
#include "keys/ledger/entry_form.h"
#include "keys/ledger/head.h"
#include "keys/ledger/ledger_file.h"
#include "keys/ledger/record_text.h"
#include "keys/ledger/rules.h"
#include "keys/ledger/slip.h"

namespace ssc::keys::ledger {
namespace {

namespace fs = std::filesystem;

tl::unexpected<LedgerError> refuse(LedgerError::Kind kind, std::string what) {
  return tl::unexpected(LedgerError{kind, std::move(what)});
}

}  // namespace

// What is known of the file, and what is needed to write to it.
struct Ledger::State {
  State(fs::path path, Owner whose, Sm2PrivateKey own, Clock time)
      : file(std::move(path)),
        owner(std::move(whose)),
        key(std::move(own)),
        clock(std::move(time)),
        chain(owner.centre) {}

  void forget() {
    chain = Chain(owner.centre);
    holdings = {};
    newest_signature = {};
    read = 0;
  }

  fs::path file;
  Owner owner;
  Sm2PrivateKey key;
  Clock clock;

  Chain chain;
  Holdings holdings;
  Sm2Signature newest_signature{};
  std::uint64_t read = 0;      // bytes of the file that are in `chain` and `holdings`
  std::uint64_t identity = 0;  // of the file they came from
  Head head = {};              // as last seen signed

  Kept<void> catch_up(const LedgerFile& open_file);
  Kept<void> take(const LedgerFile& open_file);
  Kept<void> check_head();
  Kept<Record> write(LedgerFile& open_file, const Entry& entry);
};

// Every line since last time. Precondition: the file is locked.
Kept<void> Ledger::State::take(const LedgerFile& open_file) {
  std::string fault;
  const auto rest = open_file.read_lines(read, [&](std::string_view line) {
    auto taken = chain.take(line);
    fault = std::move(taken.fault);
    if (!fault.empty()) return false;
    holdings.apply(*taken.record);
    newest_signature = taken.record->signature;
    return true;
  });
  if (!rest) return tl::unexpected(rest.error());
  if (!fault.empty())
    return refuse(LedgerError::Kind::kDamaged, fmt::format("{}:{}: {}; ssc keys ledger verify tells all",
                                                           file.string(), chain.count(), fault));
  if (!rest->text.empty())
    return refuse(LedgerError::Kind::kTorn,
                  fmt::format("{}:{}: the line has no end, as when the power fails while it is written; "
                              "ssc keys ledger mend sets it right",
                              file.string(), chain.count() + 1));
  read = rest->at;
  return {};
}

// The head names the newest entry, or the one before it and the newest is signed.
Kept<void> Ledger::State::check_head() {
  const auto found = read_head(file, owner.centre, key.public_key());
  if (!found) return tl::unexpected(found.error());
  head = *found;
  const Fit fits = fit(chain, head);
  const bool signed_newest =
      fits != Fit::kOneBehind || key.public_key().verify(chain.newest(), newest_signature);
  if (fits != Fit::kNot && signed_newest) return {};
  return refuse(LedgerError::Kind::kDamaged,
                fits == Fit::kNot
                    ? fmt::format("{} {}", head_file(file).string(), misfit(chain, head))
                    : fmt::format("{}:{}: its signature is not the centre's", file.string(), chain.count()));
}

Kept<void> Ledger::State::catch_up(const LedgerFile& open_file) {
  if (open_file.identity() != identity || open_file.size() < read) forget();
  identity = open_file.identity();
  return take(open_file).and_then([&] { return check_head(); });
}

Kept<Record> Ledger::State::write(LedgerFile& open_file, const Entry& entry) {
  Record record{chain.count() + 1, clock(), owner.centre, entry, chain.newest(), {}, {}};
  if (record.time < chain.time())
    return refuse(LedgerError::Kind::kFile,
                  fmt::format("the clock says {}, the newest entry is of {}: set the clock right",
                              to_text(record.time), to_text(chain.time())));
  if (auto broken = broken_rule(entry, holdings, owner, record.time))
    return refuse(LedgerError::Kind::kRefused, *std::move(broken));
  record.hash = hash_of(record);
  record.signature = key.sign(record.hash);
  const std::uint64_t before = read;
  const auto written =
      open_file.append(line_of(record)).and_then([&] { return take(open_file); }).and_then([&] {
        return write_head(file, owner.centre, {record.number, record.hash}, key);
      });
  if (written) return record;
  [[maybe_unused]] const auto undone = open_file.cut(before);
  forget();
  return tl::unexpected(written.error());
}

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Kept<Ledger> Ledger::create(const fs::path& file, Owner owner, Sm2PrivateKey key, Clock clock,
                            const Entry& opening) {
  if (auto fault = check_form(opening)) return refuse(LedgerError::Kind::kBadEntry, *std::move(fault));
  auto state = std::make_unique<State>(file, std::move(owner), std::move(key), std::move(clock));
  auto made = LedgerFile::create(file);
  if (!made) return tl::unexpected(made.error());
  state->identity = made->identity();
  if (const auto first = state->write(*made, opening); !first) return tl::unexpected(first.error());
  return Ledger(std::move(state));
}

Kept<Ledger> Ledger::open(const fs::path& file, Owner owner, Sm2PrivateKey key, Clock clock) {
  auto state = std::make_unique<State>(file, std::move(owner), std::move(key), std::move(clock));
  const auto open_file = LedgerFile::open_to_read(file);
  if (!open_file) return tl::unexpected(open_file.error());
  if (const auto known = state->catch_up(*open_file); !known) return tl::unexpected(known.error());
  if (state->chain.count() == 0)
    return refuse(LedgerError::Kind::kDamaged,
                  fmt::format("{} is empty: its first entry is missing", file.string()));
  return Ledger(std::move(state));
}

Kept<Record> Ledger::append(const Entry& entry) {
  if (entry.kind == Kind::kOpen)
    return refuse(LedgerError::Kind::kBadEntry, "a centre is opened once, by ssc keys centre init");
  if (!entry.slip.empty())
    return refuse(LedgerError::Kind::kBadEntry, "a slip is taken in by ssc keys receive --slip FILE alone");
  return append_any(entry);
}

Kept<Record> Ledger::receive(const CheckedSlip& slip, Entry entry) {
  entry.kind = Kind::kReceive;
  entry.subject = slip.subject();
  entry.from = slip.from();
  entry.slip = apdu::to_hex(slip.hash());
  return append_any(entry);
}

Kept<Record> Ledger::append_any(const Entry& entry) {
  if (auto fault = check_form(entry)) return refuse(LedgerError::Kind::kBadEntry, *std::move(fault));
  auto open_file = LedgerFile::open_to_append(state_->file);
  if (!open_file) return tl::unexpected(open_file.error());
  return state_->catch_up(*open_file).and_then([&] { return state_->write(*open_file, entry); });
}

const Holdings& Ledger::holdings() const { return state_->holdings; }

}  // namespace ssc::keys::ledger
