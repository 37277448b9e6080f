// ssc keys ledger: reading, verifying and mending a centre's custody ledger.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "keys/ledger/describe.h"
#include "keys/ledger/verify.h"
#include "keys/storage/owner_file.h"
#include "tools/ssc/centre_options.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {
namespace {

namespace centre = keys::centre;
namespace ledger = keys::ledger;

apdu::Language language_of(const std::string& word) {
  return word == "zh" ? apdu::Language::kChinese : apdu::Language::kEnglish;
}

void add_language(CLI::App& command, std::string& word) {
  command.add_option("--lang", word, "zh or en")->check(CLI::IsMember({"zh", "en"}));
}

struct LedgerShowArguments {
  std::string folder;
  std::string subject;
  std::uint64_t from = 1;
  std::string language = "en";
};

int show_ledger(const LedgerShowArguments& arguments) {
  const auto read =
      ledger::read_records(centre::CentrePaths{arguments.folder}.ledger(), [&](const ledger::Record& record) {
        const bool meant = arguments.subject.empty() || record.entry.subject.id == arguments.subject;
        if (meant && record.number >= arguments.from)
          std::cout << describe(record, language_of(arguments.language)) << '\n';
        return true;
      });
  if (!read) return complain(complaint_of(read.error()));
  return exit_code::ok;
}

void add_show(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<LedgerShowArguments>();
  CLI::App* command = parent.add_subcommand("show", "Shows the entries as they stand, unverified");
  add_centre_folder(*command, arguments->folder);
  command->add_option("--subject", arguments->subject,
                      "Only what happened to this carrier, set, machine or card");
  command->add_option("--from", arguments->from, "From this entry on");
  add_language(*command, arguments->language);
  command->footer("Example: ssc keys ledger show --centre ministry --subject M-1 --lang zh");
  command->callback([arguments, &exit_status] { exit_status = show_ledger(*arguments); });
}

struct HoldingsArguments {
  std::string folder;
  std::string language = "en";
};

int holdings(const HoldingsArguments& arguments) {
  ledger::Holdings held;
  const auto read =
      ledger::read_records(centre::CentrePaths{arguments.folder}.ledger(), [&](const ledger::Record& record) {
        held.apply(record);
        return true;
      });
  if (!read) return complain(complaint_of(read.error()));
  for (const auto& [subject, holding] : held.all())
    std::cout << describe(subject, holding, language_of(arguments.language)) << '\n';
  return exit_code::ok;
}

void add_holdings(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<HoldingsArguments>();
  CLI::App* command = parent.add_subcommand("holdings", "Where every carrier, key set and machine is");
  add_centre_folder(*command, arguments->folder);
  add_language(*command, arguments->language);
  command->footer("Example: ssc keys ledger holdings --centre ministry");
  command->callback([arguments, &exit_status] { exit_status = holdings(*arguments); });
}

struct VerifyArguments {
  std::string folder;
  std::string public_key;
  std::string noted;
};

tl::expected<keys::Sm2PublicKey, Complaint> key_of(const VerifyArguments& arguments,
                                                   const centre::OpenFace& face) {
  if (arguments.public_key.empty()) return face.key;
  const auto pem = keys::storage::read_secret_file(arguments.public_key);
  if (!pem) return tl::unexpected(Complaint{pem.error().what});
  if (auto key = keys::Sm2PublicKey::from_pem(pem->reveal_text())) return *std::move(key);
  const auto introduction = centre::load_introduction(arguments.public_key);
  if (introduction) return introduction->key;
  return tl::unexpected(
      Complaint{arguments.public_key + " holds no SM2 public key: name a PEM file or an introduction"});
}

int report(const ledger::Verdict& verdict, const std::string& file) {
  for (const ledger::Fault& fault : verdict.faults)
    std::cout << (fault.line == 0 ? fmt::format("{}: {}\n", file, fault.what)
                                  : fmt::format("{}:{}: {}\n", file, fault.line, fault.what));
  if (!verdict.faults.empty()) return exit_code::failed;
  if (verdict.head_behind)
    std::cout << "the head is one entry behind, as after a power cut; the next entry sets it right\n";
  std::cout << fmt::format("{} entries, whole, in order and signed\nnote elsewhere: {}\n",
                           verdict.newest.number, to_text(verdict.newest));
  return exit_code::ok;
}

int verify(const VerifyArguments& arguments) {
  const auto face = centre::read_open_face(arguments.folder);
  if (!face) return complain(complaint_of(face.error()));
  const auto key = key_of(arguments, *face);
  if (!key) return complain(key.error());
  const auto noted = ledger::parse_noted(arguments.noted);
  if (!arguments.noted.empty() && !noted)
    return complain("--noted is NUMBER:HASH, as ssc keys ledger verify printed it");
  const auto verdict = ledger::verify(face->paths.ledger(), face->record.owner(), *key, noted);
  if (!verdict) return complain(complaint_of(verdict.error()));
  return report(*verdict, face->paths.ledger().string());
}

void add_verify(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command = parent.add_subcommand(
      "verify",
      "Finds lines that were changed, left out, put in, moved or cut off, and entries that break a rule");
  add_centre_folder(*command, arguments->folder);
  command->add_option(
      "--public-key", arguments->public_key,
      "The centre's key from elsewhere (PEM, or its introduction); left out: the folder's own");
  command->add_option("--noted", arguments->noted, "NUMBER:HASH of an entry, noted elsewhere before");
  command->footer("Example: ssc keys ledger verify --centre ministry --public-key ministry.xml");
  command->callback([arguments, &exit_status] { exit_status = verify(*arguments); });
}

ledger::Entry mending(const CentreOptions& options, const std::string& name, std::uint64_t bytes) {
  ledger::Entry entry;
  entry.kind = ledger::Kind::kMend;
  entry.subject = {ledger::SubjectType::kCentre, name};
  entry.who = options.who;
  entry.role = options.role;
  entry.note = fmt::format("{} bytes of a line without an end were cut off", bytes);
  return entry;
}

int mend(const CentreOptions& options) {
  const auto face = centre::read_open_face(options.folder);
  if (!face) return complain(complaint_of(face.error()));
  const auto passphrase = Passphrase::read(options.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  if (const auto key = keys::storage::unlock(face->record.storage, passphrase->access()); !key)
    return complain(key.error().what);  // before anything is cut off
  const auto cut = ledger::mend(face->paths.ledger(), face->record.owner(), face->key);
  if (!cut) return complain(complaint_of(cut.error()));
  auto opened = open_centre(options);
  if (!opened) return complain(opened.error());
  if (*cut == 0) {
    std::cout << "no bytes had to be cut off\n";
    return exit_code::ok;
  }
  const auto record = opened->ledger().append(mending(options, face->record.identity.name, *cut));
  if (!record) return complain(complaint_of(record.error()));
  std::cout << record->entry.note << '\n';
  print_entry(*record);
  return exit_code::ok;
}

void add_mend(CLI::App& parent, int& exit_status) {
  auto options = std::make_shared<CentreOptions>();
  CLI::App* command =
      parent.add_subcommand("mend", "Ends or cuts off a last line that a power cut left without its end");
  add_centre_options(*command, *options);
  command->footer("Example: ssc keys ledger mend --centre ministry --who 王一 --role 密钥管理员");
  command->callback([options, &exit_status] { exit_status = mend(*options); });
}

}  // namespace

void add_keys_ledger(CLI::App& keys, int& exit_status) {
  CLI::App* command = keys.add_subcommand("ledger", "The custody ledger of a centre");
  command->require_subcommand(1);
  command->footer("Example: ssc keys ledger verify --centre ministry");
  for (const auto add : {add_show, add_holdings, add_verify, add_mend}) add(*command, exit_status);
}

}  // namespace ssc::tools
