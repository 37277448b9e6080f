// What every subcommand of `ssc desk` works in: the register, the policies, the blacklist, the custody
// ledger.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "conformance/desk/blacklist.h"
#include "conformance/desk/business.h"
#include "conformance/desk/visitor.h"
#include "keys/centre/centre.h"
#include "tools/ssc/complaint.h"

namespace CLI {
class App;
}

namespace ssc::tools {

struct OfficeOptions {
  std::string centre;           // folder; gives the places of what is not named itself
  std::string passphrase_file;  // of the centre
  std::string book;             // the register's file
  std::string blacklist;
  std::string policy;  // empty: the one the card is registered with
  std::string letters;
  std::string who;
  std::string role;
  bool no_ledger = false;
};

// --centre, --passphrase-file, --register, --blacklist.
void add_office_options(CLI::App& command, OfficeOptions& options);
// --operator, --role, --no-ledger, for what is written down.
void add_operator_options(CLI::App& command, OfficeOptions& options);
void add_policy_option(CLI::App& command, OfficeOptions& options);

class Office {
 public:
  // Refused: no place for the register; a centre, blacklist or register that cannot be opened.
  static tl::expected<std::unique_ptr<Office>, Complaint> open(const OfficeOptions& options);
  // The same for what must be entered in the ledger. Refused also: no operator; neither a centre nor
  // --no-ledger.
  static tl::expected<std::unique_ptr<Office>, Complaint> open_with_ledger(const OfficeOptions& options);

  conformance::desk::CardRegister& book() { return *book_; }
  const conformance::desk::Blacklist& blacklist() const { return blacklist_; }
  const std::filesystem::path& blacklist_file() const { return blacklist_file_; }
  conformance::desk::Operator clerk() const { return {options_.who, options_.role}; }
  keys::Random& random() { return *random_; }
  std::string now() const;
  // A machine's record in the centre, else the path or built-in name itself.
  std::string machine_record(const std::string& name) const;

  // The policy of the option, else the card's own.
  tl::expected<conformance::desk::Policy, Complaint> policy(
      const conformance::desk::RegisteredCard& card) const;
  // Nothing happens without a centre.
  conformance::desk::Decided<void> enter(const keys::ledger::Entry& entry);
  conformance::desk::Decided<void> write_letter(const std::string& card_number, const keys::Pin& pin) const;

 private:
  explicit Office(OfficeOptions options) : options_(std::move(options)) {}
  tl::expected<void, Complaint> open_centre();
  tl::expected<void, Complaint> open_files();

  OfficeOptions options_;
  std::optional<keys::centre::Centre> centre_;
  std::unique_ptr<keys::Random> random_ = keys::system_random();
  std::optional<conformance::desk::CardRegister> book_;
  std::filesystem::path blacklist_file_;
  conformance::desk::Blacklist blacklist_;
};

// A refusal as one line of both languages with its rule and code; exit status 1, or 3 when it is no rule's.
int complain(const conformance::desk::Refusal& refusal);
// What was done, a line of each language on standard output.
int tell(const std::string& card_number, const apdu::OwnedPhrase& what);

}  // namespace ssc::tools
