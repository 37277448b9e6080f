// ssc issue: a batch, from its options to the last card.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "apdu/text/identity.h"
#include "keys/centre/centre.h"
#include "keys/centre/letters.h"
#include "keys/digest.h"
#include "keys/hsm/open_machine.h"
#include "keys/hsm/software.h"
#include "keys/storage/owner_file.h"
#include "simulator/issue/csv_reader.h"
#include "tools/ssc/issue_arguments.h"
#include "tools/ssc/issue_delivery.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/progress_line.h"
#include "tools/ssc/shard.h"

namespace ssc::tools {
namespace {

namespace fs = std::filesystem;
namespace issue = simulator::issue;

std::atomic<bool> interrupted = false;
void interrupt(int) { interrupted = true; }

template <class T>
using Had = tl::expected<T, Complaint>;
tl::unexpected<Complaint> wrong(std::string what) { return tl::unexpected(Complaint{std::move(what)}); }
tl::unexpected<Complaint> failed(std::string what) {
  return tl::unexpected(Complaint{std::move(what), exit_code::not_carried_out});
}

std::string today(unsigned years_on) {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day date{days};
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()) + static_cast<int>(years_on),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// The date some years later; 29 February becomes the 28th.
std::string later(const std::string& date, unsigned years) {
  std::string text = fmt::format("{:04}{}", std::stoul(date.substr(0, 4)) + years, date.substr(4));
  if (!apdu::is_date(text)) text.back() = '8';
  return text;
}

// Everything a batch needs, made in order; the first thing that cannot be had ends it with one line.
class Issuing {
 public:
  explicit Issuing(const IssueArguments& arguments) : arguments_(arguments) {}

  Had<int> run() {
    return check()
        .and_then([&] { return open_places(); })
        .and_then([&] { return make_pattern(); })
        .and_then([&] { return open_machine(); })
        .and_then([&] { return carry_out(); });
  }

 private:
  Had<void> check() {
    if (arguments_.batch.empty() == arguments_.one.empty())
      return wrong("issue: name a CSV file, or one row with --one");
    if (arguments_.out.empty() && arguments_.centre.empty())
      return wrong("issue: add --out FOLDER or --centre DIR");
    if (!arguments_.centre.empty() && (arguments_.who.empty() || arguments_.role.empty()))
      return wrong("issue: a centre's ledger asks who issues: add --who and --role");
    const std::string& district = arguments_.district;
    if (district.size() != 1 || district[0] < 'A' || district[0] > 'Z')
      return wrong("--district " + district + ": one capital letter");
    if (!arguments_.issue_date.empty() && !apdu::is_date(arguments_.issue_date))
      return wrong("--issue-date " + arguments_.issue_date + ": no date; write YYYYMMDD");
    auto shard = read_shard(arguments_.shard);
    if (!shard) return wrong(shard.error());
    shard_ = *shard;
    auto passphrase = Passphrase::read(arguments_.passphrase_file);
    if (!passphrase) return tl::unexpected(passphrase.error());
    passphrase_ = std::move(*passphrase);
    return {};
  }

  Had<void> open_places() {
    fs::path book = fs::path(arguments_.out) / "register.db";
    places_.letters = fs::path(arguments_.out) / "letters";
    out_ = arguments_.out;
    if (!arguments_.centre.empty()) {
      auto centre = keys::centre::Centre::open(arguments_.centre, passphrase_->access());
      if (!centre) return wrong(centre.error().what);
      centre_.emplace(std::move(*centre));
      book = centre_->paths().desk_register();
      places_.letters = centre_->paths().letters();
      if (out_.empty()) out_ = centre_->paths().folder / "issued";
    }
    places_.cards = out_ / "cards";
    if (auto made = keys::storage::make_owner_folder(places_.cards); !made) return failed(made.error().what);
    auto opened = simulator::store::CardRegister::open(book, *random_);
    if (!opened) return failed(opened.error().what);
    book_.emplace(std::move(*opened));
    return make_storage();
  }

  Had<void> make_storage() {
    if (centre_) {
      storage_ = keys::storage::Storage{centre_->record().storage, centre_->storage_key()};
    } else if (passphrase_->get() != nullptr) {
      auto made = keys::storage::new_passphrase_storage(*passphrase_->get());
      if (!made) return failed(made.error().what);
      storage_ = std::move(*made);
    } else {
      storage_ = keys::storage::lab_storage();
    }
    return {};
  }

  Had<void> make_pattern() {
    auto like = simulator::profile::load_card(arguments_.like, {}, passphrase_->access());
    if (!like) return wrong(like.error().to_string());
    if (like->kind != simulator::profile::Kind::kCard)
      return wrong("--like " + arguments_.like + " is no user card");
    auto set = keys::load_key_set(arguments_.key_set.empty() ? like->key_set_source : arguments_.key_set,
                                  passphrase_->access());
    if (!set) return wrong(set.error().to_string());
    set_ = std::move(*set);
    if (set_.cipher != like->cipher)
      return wrong(fmt::format("--like {} is of cipher {}, key set {} of {}; name another card with --like",
                               arguments_.like, keys::name(like->cipher), set_.name,
                               keys::name(set_.cipher)));
    const bool is_file = fs::exists(arguments_.key_set);
    pattern_.key_set = arguments_.key_set.empty() ? like->key_set_source
                       : is_file                  ? fs::absolute(arguments_.key_set).string()
                                                  : arguments_.key_set;
    pattern_.like = std::move(*like);
    pattern_.four_digit_city = set_.four_digit_city;
    pattern_.district = arguments_.district[0];
    pattern_.issue_date = arguments_.issue_date.empty() ? today(0) : arguments_.issue_date;
    pattern_.expiry_date = later(pattern_.issue_date, arguments_.years);
    if (!set_.lab && storage_->record.guard == keys::storage::Guard::kLab)
      return wrong("issue: key set " + set_.name +
                   " is no lab set: PINs want a passphrase; add --passphrase-file");
    return {};
  }

  Had<void> open_machine() {
    if (arguments_.machine.empty()) {
      if (!set_.lab)
        return wrong("issue: key set " + set_.name +
                     " is no lab set; name an encryption machine with --machine (Measures art. 22)");
      machine_.emplace(keys::hsm::software_back_end({set_}));
      return {};
    }
    const auto record = keys::hsm::load_machine_record(arguments_.machine);
    if (!record) return wrong(record.error().to_string());
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    auto machine = keys::hsm::open_machine(*record, {std::chrono::year_month_day{days}, nullptr});
    if (!machine) return failed(machine.error().what);
    machine_.emplace(std::move(*machine));
    return {};
  }

  // In the file's order; a row is one field a column.
  std::unique_ptr<std::istream> source() const {
    if (arguments_.one.empty()) return std::make_unique<std::ifstream>(arguments_.batch, std::ios::binary);
    std::string header;
    for (const std::string_view column : issue::batch_columns())
      header += (header.empty() ? "" : ",") + std::string(column);
    return std::make_unique<std::istringstream>(header + "\n" + arguments_.one + "\n");
  }

  // SM3 over the settings and, piece by piece, the rows: what must be the same when a batch goes on.
  Had<std::string> batch_name() const {
    const auto in = source();
    if (!*in) return wrong(arguments_.batch + ": cannot be read");
    keys::Digest digest = keys::sm3(fmt::format("{}|{}|{}|{}|{}|{}|{}/{}", arguments_.policy, arguments_.like,
                                                pattern_.key_set, arguments_.encoding, arguments_.district,
                                                arguments_.start, shard_.index, shard_.count));
    std::string piece(1U << 16U, '\0');
    while (in->read(piece.data(), static_cast<std::streamsize>(piece.size())) || in->gcount() > 0) {
      const std::string_view read(piece.data(), static_cast<std::size_t>(in->gcount()));
      digest = keys::sm3(std::string(digest.begin(), digest.end()) + std::string(read));
    }
    std::string name;
    for (const std::uint8_t octet : digest) name += fmt::format("{:02x}", octet);
    return name;
  }

  std::string shard_name(const char* what, const char* ending) const {
    return fmt::format("{}-{}-{}.{}", what, shard_.index, shard_.count, ending);
  }

  Had<int> carry_out() {
    const auto name = batch_name();
    if (!name) return tl::unexpected(name.error());
    auto log = simulator::store::IssueLog::open(out_ / shard_name("batch", "db"), *name);
    if (!log) return wrong(log.error());
    const auto counting = source();
    const std::uint64_t rows = issue::count_rows(*counting, shard_.index, shard_.count);
    std::signal(SIGINT, interrupt);
    std::signal(SIGTERM, interrupt);
    ProgressLine line(std::cerr, progress_form(ProgressLine::Form::kLines), rows);
    IssueDelivery delivery(places_, pattern_, arguments_.policy, *storage_, *book_, *random_,
                           keys::system_clock());
    const issue::BatchParts parts{*log, *machine_,
                                  [&](const issue::Applicant& person, const issue::IssuedCard& card) {
                                    return delivery.deliver(person, card);
                                  },
                                  [] { return interrupted.load(); },
                                  [&](std::uint64_t done) { line.advance(done); }};
    const auto in = source();
    const auto result = issue::run_batch(*in, pattern_, settings(), parts);
    line.clear();
    const auto told = result ? finish(*log, *result, *name, rows) : failed(result.error());
    return told;
  }

  issue::BatchSettings settings() const {
    const auto encoding = arguments_.encoding == "gbk" ? issue::Encoding::kGbk : issue::Encoding::kUtf8;
    return {encoding, shard_.index, shard_.count, arguments_.start};
  }

  Had<int> finish(simulator::store::IssueLog& log, const issue::BatchResult& result, const std::string& name,
                  std::uint64_t rows) {
    if (auto written = write_rejects(log); !written) return tl::unexpected(written.error());
    if (auto entered = enter(result, name); !entered) return tl::unexpected(entered.error());
    const auto counts = log.counts();
    std::cout << fmt::format(
        "{} rows: {} cards, {} refused{}; {} cards now\n", rows, counts.issued, counts.refused,
        counts.refused == 0 ? "" : " (" + (out_ / shard_name("rejects", "csv")).string() + ")", result.made);
    if (result.stopped) return failed("issue: stopped; the same command goes on");
    return counts.refused == 0 ? exit_code::ok : exit_code::failed;
  }

  // The rows as they were, behind their number and the reason; made anew each time, in place of the old one.
  Had<void> write_rejects(simulator::store::IssueLog& log) const {
    const fs::path file = out_ / shard_name("rejects", "csv");
    const fs::path fresh = file.string() + ".new";
    std::error_code ignored;
    fs::remove(fresh, ignored);
    if (auto made = keys::storage::create_owner_file(fresh, "row,reason,text\r\n"); !made)
      return failed(made.error().what);
    std::ofstream out(fresh, std::ios::binary | std::ios::app);
    bool any = false;
    const bool read =
        log.for_each_refused([&](std::uint64_t row, const std::string& reason, const std::string& text) {
          any = true;
          out << fmt::format("{},{},{}\r\n", row + 1, quoted(reason), quoted(text));
        });
    if (!read || !out.flush()) return failed(file.string() + ": cannot be written");
    if (any) fs::rename(fresh, file, ignored);
    fs::remove(fresh, ignored);
    return {};
  }

  static std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
  }

  Had<void> enter(const issue::BatchResult& result, const std::string& name) {
    if (!centre_ || result.made == 0) return {};
    keys::ledger::Entry entry;
    entry.kind = keys::ledger::Kind::kCardsIssued;
    entry.subject = {keys::ledger::SubjectType::kBatch, name.substr(0, 16)};
    entry.who = arguments_.who;
    entry.role = arguments_.role;
    entry.count = result.made;
    const auto written = centre_->ledger().append(entry);
    if (!written) return failed(written.error().what);
    return {};
  }

  const IssueArguments& arguments_;
  Shard shard_;
  std::optional<Passphrase> passphrase_;
  std::optional<keys::centre::Centre> centre_;
  std::unique_ptr<keys::Random> random_ = keys::system_random();
  fs::path out_;
  DeliveryPlaces places_;
  std::optional<simulator::store::CardRegister> book_;
  std::optional<keys::storage::Storage> storage_;
  keys::KeySet set_;
  issue::CardPattern pattern_;
  std::optional<keys::hsm::Machine> machine_;
};

}  // namespace

int issue_batch(const IssueArguments& arguments) {
  const auto status = Issuing(arguments).run();
  return status ? *status : complain(status.error());
}

int wipe_letters(const IssueArguments& arguments) {
  if (arguments.out.empty() == arguments.centre.empty())
    return complain("issue --letters-done: name the folder with --out or --centre");
  const fs::path letters = fs::path(arguments.out.empty() ? arguments.centre : arguments.out) / "letters";
  std::optional<keys::centre::Centre> centre;
  if (!arguments.centre.empty()) {
    const auto passphrase = Passphrase::read(arguments.passphrase_file);
    if (!passphrase) return complain(passphrase.error());
    auto opened = keys::centre::Centre::open(arguments.centre, passphrase->access());
    if (!opened) return complain(opened.error().what);
    if (arguments.who.empty() || arguments.role.empty())
      return complain("issue --letters-done: a centre's ledger asks who: add --who and --role");
    centre.emplace(std::move(*opened));
  }
  const auto wiped = keys::centre::wipe_letters(letters);
  if (!wiped) return complain(wiped.error().what, exit_code::not_carried_out);
  std::cout << fmt::format("{} letters wiped\n", *wiped);
  if (!centre || *wiped == 0) return exit_code::ok;
  keys::ledger::Entry entry;
  entry.kind = keys::ledger::Kind::kLettersWiped;
  entry.subject = {keys::ledger::SubjectType::kBatch, "letters"};
  entry.who = arguments.who;
  entry.role = arguments.role;
  entry.count = *wiped;
  const auto written = centre->ledger().append(entry);
  return written ? exit_code::ok : complain(written.error().what, exit_code::not_carried_out);
}

}  // namespace ssc::tools
