#include "tools/ssc/desk_visit.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/text_trace.h"
#include "keys/hsm/open_machine.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

tl::expected<std::string, Complaint> identity_number(const std::string& option) {
  if (option != "-") return option;
  std::string line;
  if (!std::getline(std::cin, line)) return complaint("--id-number -: standard input has no line");
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::chrono::year_month_day today() { return std::chrono::floor<std::chrono::days>(keys::system_clock()()); }

bool wants_psam(const VisitOptions& options) {
  return !options.psam.file.empty() || !options.psam.target.empty();
}

}  // namespace

void add_visit_options(CLI::App& command, VisitOptions& options) {
  command.add_option("CARD", options.card_number, "Card number, nine characters")->required();
  command
      .add_option("--id-number", options.id_number,
                  "The holder's social security number, as on the document; - is a line of standard input")
      ->required();
  command.add_option("--id-type", options.id_type, "citizen or other: only a citizen's has a check digit")
      ->check(CLI::IsMember({"citizen", "other"}));
  command.add_option("--birth-date", options.birth_date, "YYYYMMDD; default: that of a citizen's number");
  command.add_option("--agent", options.agent, "Identity number of who comes for the holder");
  command.add_option("--card-target", options.card.target, "sim, vpcd or pcsc:NAME")->capture_default_str();
  command.add_option("--card", options.card.file,
                     "Card file or built-in card; names what is in the trace of a reader");
  command.add_option("--state", options.card.state, "Folder that keeps what is written to a virtual card");
  command.add_option("--machine", options.machine,
                     "Encryption machine: a name in the centre, a record file or built-in record");
  command.add_option("--psam", options.psam.file, "PSAM file or built-in PSAM, instead of a machine");
  command.add_option("--psam-target", options.psam.target, "sim, vpcd or pcsc:NAME");
  command.add_option("--trace", options.trace, "Writes every exchange, decoded and masked, to this file");
  add_policy_option(command, options.office);
  add_operator_options(command, options.office);
  add_office_options(command, options.office);
}

tl::expected<void, Complaint> Visit::open_office() {
  auto office = Office::open_with_ledger(options_.office);
  if (!office) return tl::unexpected(office.error());
  office_ = *std::move(office);
  const auto row = office_->book().find(options_.card_number);
  if (!row) {
    const Refusal refusal = refusal_of(row.error());
    return complaint(refusal.why.english + " / " + refusal.why.chinese,
                     refusal.failed ? exit_code::not_carried_out : exit_code::failed);
  }
  auto policy = office_->policy(*row);
  if (!policy) return tl::unexpected(policy.error());
  policy_ = *std::move(policy);
  auto number = identity_number(options_.id_number);
  if (!number) return tl::unexpected(number.error());
  options_.id_number = *std::move(number);
  return {};
}

tl::expected<void, Complaint> Visit::open_keys() {
  if (wants_psam(options_) == !options_.machine.empty())
    return complaint("who has the issuer's keys: name --machine, or --psam, and not both");
  if (wants_psam(options_)) {
    if (options_.psam.target.empty()) options_.psam.target = "sim";
    auto contacts = open_contacts(options_.psam, apdu::Slot::kPsam);
    if (!contacts) return tl::unexpected(contacts.error());
    psam_contacts_ = *std::move(contacts);
    return {};
  }
  const auto record = keys::hsm::load_machine_record(office_->machine_record(options_.machine));
  if (!record) return complaint(record.error().to_string());
  auto machine = keys::hsm::open_machine(*record, {today(), nullptr});
  if (!machine) return complaint(machine.error().what, exit_code::not_carried_out);
  machine_.emplace(*std::move(machine));
  return {};
}

tl::expected<void, Complaint> Visit::open_card() {
  auto contacts = open_contacts(options_.card, apdu::Slot::kCard);
  if (!contacts) return tl::unexpected(contacts.error());
  card_contacts_ = *std::move(contacts);
  if (!options_.trace.empty()) {
    trace_.open(options_.trace, std::ios::binary);
    if (!trace_)
      return complaint("--trace " + options_.trace + ": cannot be written", exit_code::not_carried_out);
  }
  session_.emplace(
      conformance::Session::Slot{card_contacts_.channel.get(), nullptr, card_contacts_.model.get()},
      conformance::Session::Slot{psam_contacts_.channel.get(), nullptr, psam_contacts_.model.get()},
      [start = std::chrono::steady_clock::now()] {
        const auto passed = std::chrono::steady_clock::now() - start;
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
      });
  card_.emplace(*session_, log_, office_->random());
  keys_ = machine_ ? machine_keys(*machine_) : psam_keys(*session_, log_);
  return {};
}

tl::expected<std::unique_ptr<Visit>, Complaint> Visit::open(const VisitOptions& options) {
  std::unique_ptr<Visit> visit(new Visit(options));
  return visit->open_office()
      .and_then([&] { return visit->open_keys(); })
      .and_then([&] { return visit->open_card(); })
      .map([&] { return std::move(visit); });
}

Visit::~Visit() {
  if (!trace_.is_open()) return;
  for (const conformance::Exchange& exchange : log_) {
    const apdu::TraceEvent event = exchange.event();
    trace_ << apdu::format_event(event, {event.command_secrets, event.response_secrets}, {});
  }
}

Desk Visit::desk() {
  const auto ledger = [office = office_.get()](const keys::ledger::Entry& entry) {
    return office->enter(entry);
  };
  const auto letter = [office = office_.get(), number = options_.card_number](const keys::Pin& pin) {
    return office->write_letter(number, pin);
  };
  return Desk({*card_, *keys_, office_->book(), policy_, office_->blacklist(), office_->random(),
               keys::system_clock(), ledger, letter},
              office_->clerk(),
              {{options_.id_number, options_.birth_date, options_.card_number},
               options_.id_type == "citizen",
               options_.agent});
}

int at_the_desk(const VisitOptions& options, const std::function<Decided<apdu::OwnedPhrase>(Desk&)>& work) {
  auto visit = Visit::open(options);
  if (!visit) return complain(visit.error());
  Desk desk = (*visit)->desk();
  const auto done = work(desk);
  return done ? tell(options.card_number, *done) : complain(done.error());
}

}  // namespace ssc::tools
