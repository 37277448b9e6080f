#include "tools/ssc/desk_office.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "keys/centre/letters.h"
#include "keys/clock.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {
namespace {

namespace fs = std::filesystem;
using namespace conformance::desk;

int status_of(keys::centre::CentreError::Kind kind) {
  return kind == keys::centre::CentreError::Kind::kBadInput ? exit_code::bad_input
                                                            : exit_code::not_carried_out;
}

}  // namespace

void add_office_options(CLI::App& command, OfficeOptions& options) {
  command.add_option("--centre", options.centre,
                     "Folder of the centre: its register, blacklist, machines and custody ledger");
  add_passphrase_option(command, options.passphrase_file);
  command.add_option("--register", options.book, "The register's file; default: the centre's");
  command.add_option("--blacklist", options.blacklist, "The terminals' blacklist; default: the centre's");
}

void add_operator_options(CLI::App& command, OfficeOptions& options) {
  command.add_option("--operator", options.who, "Who works at the desk; stands in the ledger")->required();
  command.add_option("--role", options.role, "In which capacity; stands in the ledger")->required();
  command.add_flag("--no-ledger", options.no_ledger,
                   "Works without a centre, and writes nothing into a ledger");
}

void add_policy_option(CLI::App& command, OfficeOptions& options) {
  command.add_option("--policy", options.policy,
                     "PIN policy, a file or built-in name; default: the one the card is registered with");
}

tl::expected<void, Complaint> Office::open_centre() {
  if (options_.centre.empty()) return {};
  const auto passphrase = Passphrase::read(options_.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto centre = keys::centre::Centre::open(options_.centre, passphrase->access());
  if (!centre) return complaint(centre.error().what, status_of(centre.error().kind));
  centre_.emplace(*std::move(centre));
  return {};
}

tl::expected<void, Complaint> Office::open_files() {
  if (options_.book.empty() && !centre_)
    return complaint("no register is named: give --centre DIR, or --register FILE");
  auto book = CardRegister::open(
      options_.book.empty() ? centre_->paths().desk_register() : fs::path(options_.book), *random_);
  if (!book) return complaint(book.error().what, exit_code::not_carried_out);
  book_.emplace(*std::move(book));
  if (centre_) blacklist_file_ = centre_->paths().blacklist();
  if (!options_.blacklist.empty()) blacklist_file_ = options_.blacklist;
  std::error_code ignored;
  const bool none_yet =
      blacklist_file_.empty() || (options_.blacklist.empty() && !fs::exists(blacklist_file_, ignored));
  if (none_yet) return {};
  auto list = load_blacklist(blacklist_file_);
  if (!list) return complaint(list.error().to_string());
  blacklist_ = *std::move(list);
  return {};
}

tl::expected<std::unique_ptr<Office>, Complaint> Office::open(const OfficeOptions& options) {
  std::unique_ptr<Office> office(new Office(options));
  return office->open_centre().and_then([&] { return office->open_files(); }).map([&] {
    return std::move(office);
  });
}

tl::expected<std::unique_ptr<Office>, Complaint> Office::open_with_ledger(const OfficeOptions& options) {
  if (options.centre.empty() && !options.no_ledger)
    return complaint("no custody ledger: name --centre DIR, or say --no-ledger");
  if (!options.centre.empty() && options.no_ledger)
    return complaint("--centre has a ledger; leave --no-ledger out");
  return open(options);
}

std::string Office::now() const { return keys::to_text(keys::system_clock()()); }

std::string Office::machine_record(const std::string& name) const {
  if (!centre_ || !keys::centre::is_name(name)) return name;
  const fs::path file = centre_->paths().machine(name);
  std::error_code ignored;
  return fs::exists(file, ignored) ? file.string() : name;
}

tl::expected<Policy, Complaint> Office::policy(const RegisteredCard& card) const {
  auto policy = load_policy(options_.policy.empty() ? card.policy : options_.policy);
  if (!policy) return complaint(policy.error().to_string());
  return *std::move(policy);
}

Decided<void> Office::enter(const keys::ledger::Entry& entry) {
  if (!centre_) return {};
  const auto record = centre_->ledger().append(entry);
  if (record) return {};
  if (record.error().kind == keys::ledger::LedgerError::Kind::kRefused)
    return conformance::desk::refuse("ledger", 0, record.error().what,
                                     "台账拒绝登记：" + record.error().what);
  return not_carried_out("ledger", record.error().what);
}

Decided<void> Office::write_letter(const std::string& card_number, const keys::Pin& pin) const {
  const fs::path letters =
      options_.letters.empty() && centre_ ? centre_->paths().letters() : fs::path(options_.letters);
  if (letters.empty())
    return not_carried_out("letter", "the PIN is drawn and told in a letter: name --letters DIR");
  const auto written = keys::centre::write_letter(letters, card_number, "", pin);
  if (written) return {};
  return not_carried_out("letter", written.error().what);
}

int complain(const Refusal& refusal) {
  const std::string code = refusal.code == 0 ? "" : fmt::format(", {}", refusal.code);
  return complain(fmt::format("{} / {} [{}{}]", refusal.why.english, refusal.why.chinese, refusal.rule, code),
                  refusal.failed ? exit_code::not_carried_out : exit_code::failed);
}

int tell(const std::string& card_number, const apdu::OwnedPhrase& what) {
  std::cout << fmt::format("{}: {}\n{}：{}\n", card_number, what.english, card_number, what.chinese);
  return exit_code::ok;
}

}  // namespace ssc::tools
