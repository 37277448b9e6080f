// ssc keys create, issue, receive, handover, store, use, return, destroy, certificate: what happens to
// carriers, key sets and machines, each an entry of the centre's ledger.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "keys/centre/custody.h"
#include "keys/storage/owner_file.h"
#include "tools/ssc/centre_options.h"
#include "tools/ssc/custody_subject.h"
#include "tools/ssc/keys_commands.h"

namespace ssc::tools {
namespace {

namespace centre = keys::centre;
namespace ledger = keys::ledger;
using ledger::Entry;
using ledger::Kind;

struct Option {
  std::string_view name;
  std::string Entry::*member;
  const char* help;
};
constexpr Option kOptions[] = {
    {"witness", &Entry::witness, "The second person"},
    {"from", &Entry::from, "Who gives it"},
    {"to", &Entry::to, "Who gets it; a centre by its name"},
    {"purpose", &Entry::purpose, "What for"},
    {"agreement", &Entry::agreement, "Number of the confidentiality agreement"},
    {"plan-reviewed-by", &Entry::plan_reviewed_by, "Who reviewed the third party's security plan"},
    {"supervisor", &Entry::supervisor, "Who supervises the third party"},
    {"place", &Entry::place, "Where it lies"},
    {"keeper", &Entry::keeper, "Who keeps it"},
    {"certificate", &Entry::certificate, "A machine's product certificate number"},
    {"valid-until", &Entry::valid_until, "The certificate's last day, 2027-12-31"},
    {"note", &Entry::note, "Anything else"},
};

// How the slip of a carrier is used.
enum class Slip : std::uint8_t { kNone, kMayWrite, kMustWrite, kReads };

struct Command {
  Kind kind;
  const char* name;
  const char* what;
  std::string_view options;  // names in kOptions, and the flags third-party and lab
  Slip slip;
  const char* example;
};
constexpr Command kCustodyCommands[] = {
    {Kind::kCreate, "create", "Enters what came into being here: carriers at the ministry, key sets",
     "purpose note", Slip::kNone,
     "ssc keys create --centre ministry --who 王一 --role 密钥管理员 key-mother-card:M-1"},
    {Kind::kIssue, "issue", "Issues carriers to another centre (art. 23) and writes their slip",
     "to purpose note", Slip::kMustWrite,
     "ssc keys issue --centre ministry --who 王一 --role 密钥管理员 --to 'Lab province' --purpose 'PSAM "
     "keys' "
     "--slip M-1.slip M-1"},
    {Kind::kReceive, "receive", "Takes in carriers by their slip, key sets, machines",
     "from certificate valid-until note lab", Slip::kReads,
     "ssc keys receive --centre province --who 李二 --role 密钥管理员 --slip M-1.slip\n"
     "         ssc keys receive --centre province --who 李二 --role 密钥管理员 --certificate SXH2026001 "
     "--valid-until 2031-01-30 machine:HSM-1"},
    {Kind::kHandover, "handover", "Hands over to another centre or a third party (art. 24)",
     "to purpose agreement third-party plan-reviewed-by supervisor note", Slip::kMayWrite,
     "ssc keys handover --centre city --who 李二 --role 密钥管理员 --to 'card maker' --purpose "
     "'personalising' "
     "--agreement NDA-7 --third-party --plan-reviewed-by 孙四 --supervisor 周五 M-1"},
    {Kind::kStore, "store", "Puts away: place and keeper", "place keeper note", Slip::kNone,
     "ssc keys store --centre city --who 李二 --role 密钥管理员 --place 'safe 3' --keeper 赵三 M-1"},
    {Kind::kUse, "use", "Enters a use", "purpose note", Slip::kNone,
     "ssc keys use --centre city --who 李二 --role 密钥管理员 --purpose 'export to HSM-1' M-1"},
    {Kind::kReturn, "return", "It came back (--from), or goes back where it came from (--to)", "from to note",
     Slip::kNone, "ssc keys return --centre city --who 李二 --role 密钥管理员 --from 'card maker' M-1"},
    {Kind::kDestroy, "destroy", "Enters a destruction by two persons", "witness purpose note", Slip::kNone,
     "ssc keys destroy --centre city --who 李二 --role 密钥管理员 --witness 王一 --purpose 'worn out' M-1"},
    {Kind::kCertificate, "certificate", "Records a machine's renewed product certificate (art. 22)",
     "certificate valid-until note", Slip::kNone,
     "ssc keys certificate --centre city --who 李二 --role 密钥管理员 --certificate SXH2031007 --valid-until "
     "2036-01-30 HSM-1"},
};

struct Arguments {
  CentreOptions centre;
  Entry entry;
  std::vector<std::string> subjects;
  std::string slip;
};

template <class T>
using Outcome = tl::expected<T, Complaint>;

Outcome<std::string> read_slip(const std::string& file) {
  constexpr std::size_t kMost = 1 << 24;
  const auto text = keys::storage::read_secret_file(file, kMost);
  if (!text) return tl::unexpected(Complaint{text.error().what});
  return std::string(text->reveal_text());
}

// The file is there, and empty, before anything is entered: a slip that cannot be written would be lost.
Outcome<void> reserve(const std::string& file) {
  if (file.empty()) return {};
  if (const auto made = keys::storage::create_owner_file(file, ""); !made)
    return tl::unexpected(
        Complaint{made.error().what + "; name a new file for the slip", exit_code::bad_input});
  return {};
}

class Custody {
 public:
  Custody(const Command& command, Arguments arguments) : command_(command), arguments_(std::move(arguments)) {
    arguments_.entry.kind = command.kind;
    arguments_.entry.who = arguments_.centre.who;
    arguments_.entry.role = arguments_.centre.role;
  }

  Outcome<void> run() {
    auto opened = open_centre(arguments_.centre);
    if (!opened) return tl::unexpected(opened.error());
    return receives_by_slip() ? receive(*opened) : enter_all(*opened);
  }

 private:
  bool receives_by_slip() const { return command_.slip == Slip::kReads && !arguments_.slip.empty(); }

  Outcome<void> receive(centre::Centre& centre) {
    const auto slip = read_slip(arguments_.slip);
    if (!slip) return tl::unexpected(slip.error());
    const auto in_slip = ledger::subjects_of(*slip);
    if (!in_slip) return tl::unexpected(complaint_of(in_slip.error()));
    const auto named = named_among(*in_slip, arguments_.subjects);
    if (!named) return tl::unexpected(named.error());
    for (const ledger::Subject& subject : *named) {
      const auto record = centre::receive(centre, *slip, subject, arguments_.entry);
      if (!record) return tl::unexpected(complaint_of(record.error()));
      print(*record);
    }
    return {};
  }

  Outcome<void> enter_all(centre::Centre& centre) {
    const auto subjects = find_subjects(centre.ledger().holdings(), arguments_.subjects);
    if (!subjects) return tl::unexpected(subjects.error());
    const bool writes = command_.slip != Slip::kReads && !arguments_.slip.empty();
    if (auto reserved = writes ? reserve(arguments_.slip) : Outcome<void>(); !reserved) return reserved;
    std::string slip;
    auto entered = enter_each(centre, *subjects, slip);
    if (!writes) return entered;
    if (auto written = write_slip(slip); !written) return written;
    return entered;
  }

  // One after the other; those before a refused one stand.
  Outcome<void> enter_each(centre::Centre& centre, const std::vector<ledger::Subject>& subjects,
                           std::string& slip) {
    for (const ledger::Subject& subject : subjects) {
      arguments_.entry.subject = subject;
      const auto sent = centre::send(centre, arguments_.entry);
      if (!sent) return tl::unexpected(complaint_of(sent.error()));
      slip += sent->slip;
      print(sent->record);
    }
    return {};
  }

  // Without an entry the reserved file goes again.
  Outcome<void> write_slip(const std::string& slip) const {
    std::error_code ignored;
    if (slip.empty()) {
      std::filesystem::remove(arguments_.slip, ignored);
      return {};
    }
    if (const auto written = keys::storage::write_owner_file(arguments_.slip, slip); !written)
      return tl::unexpected(Complaint{written.error().what, exit_code::not_carried_out});
    return {};
  }

  static void print(const ledger::Record& record) {
    std::cout << fmt::format("{} {} {}: ", word(record.entry.kind), word(record.entry.subject.type),
                             record.entry.subject.id);
    print_entry(record);
  }

  const Command& command_;
  Arguments arguments_;
};

bool has(std::string_view options, std::string_view name) {
  return fmt::format(" {} ", options).find(fmt::format(" {} ", name)) != std::string::npos;
}

void add_slip_option(CLI::App& app, const Command& command, Arguments& arguments) {
  if (command.slip == Slip::kNone) return;
  const bool reads = command.slip == Slip::kReads;
  app.add_option(
         "--slip", arguments.slip,
         reads ? "Slip with which carriers came" : "New file for the slip that goes with the carriers")
      ->required(command.slip == Slip::kMustWrite);
}

void add_command(CLI::App& keys, const Command& command, int& exit_status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* app = keys.add_subcommand(command.name, command.what);
  add_centre_options(*app, arguments->centre);
  for (const Option& option : kOptions) {
    if (has(command.options, option.name))
      app->add_option(fmt::format("--{}", option.name), arguments->entry.*option.member, option.help);
  }
  if (has(command.options, "third-party"))
    app->add_flag("--third-party", arguments->entry.third_party, "--to is no part of the administration");
  if (has(command.options, "lab"))
    app->add_flag("--lab", arguments->entry.lab, "The machine is for tests, without a product certificate");
  add_slip_option(*app, command, *arguments);
  app->add_option("SUBJECT", arguments->subjects,
                  "NAME, or TYPE:NAME (psam:P-1) where the name alone does not tell")
      ->required(command.slip != Slip::kReads);
  app->footer(fmt::format("Example: {}", command.example));
  app->callback([&command, arguments, &exit_status] {
    const auto done = Custody(command, *arguments).run();
    exit_status = done ? exit_code::ok : complain(done.error());
  });
}

}  // namespace

void add_keys_custody(CLI::App& keys, int& exit_status) {
  for (const Command& command : kCustodyCommands) add_command(keys, command, exit_status);
}

}  // namespace ssc::tools
