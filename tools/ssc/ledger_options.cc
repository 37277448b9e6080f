#include "tools/ssc/ledger_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "tools/ssc/centre_options.h"

namespace ssc::tools {

void add_ledger_options(CLI::App& command, LedgerOptions& options) {
  command.add_option("--centre", options.folder, "Folder of the centre in whose ledger it is entered");
  command.add_option("--who", options.who, "Who does it: stands in the ledger");
  command.add_option("--role", options.role, "In which capacity: \"key officer\"");
  command.add_option("--centre-passphrase-file", options.passphrase_file, "The centre's passphrase");
}

Carried<LedgerBook> LedgerBook::open(const LedgerOptions& options) {
  LedgerBook book(options);
  if (options.folder.empty()) return book;
  if (options.who.empty() || options.role.empty())
    return tl::unexpected(Complaint{"a centre's ledger asks who does it: add --who and --role"});
  auto centre = open_centre({options.folder, options.passphrase_file, options.who, options.role});
  if (!centre) return tl::unexpected(centre.error());
  book.centre_.emplace(*std::move(centre));
  return book;
}

Carried<void> LedgerBook::enter(keys::ledger::Kind kind, const keys::ledger::Subject& subject,
                                std::vector<keys::ledger::KeyCheck> checks, const std::string& purpose) {
  if (!centre_) return {};
  keys::ledger::Entry entry;
  entry.kind = kind;
  entry.subject = subject;
  entry.who = who_;
  entry.role = role_;
  entry.purpose = purpose;
  entry.checks = std::move(checks);
  const auto record = centre_->ledger().append(entry);
  if (!record) return tl::unexpected(complaint_of(record.error()));
  std::cout << fmt::format("{} {} {}: ", word(kind), word(subject.type), subject.id);
  print_entry(*record);
  return {};
}

}  // namespace ssc::tools
