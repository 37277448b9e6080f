// ssc issue: cards from data, one or a batch.
#include <CLI/CLI.hpp>
#include <memory>

#include "tools/ssc/issue_arguments.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

void add_places(CLI::App& command, IssueArguments& arguments) {
  command.add_option(
      "BATCH", arguments.batch,
      "CSV file with the columns name, id_type, id_number, sex, nation, birth_place, birth_date, "
      "area, class, policy");
  command.add_option("--one", arguments.one, "Instead of a file: one row, its fields in that order");
  command.add_option("-o,--out", arguments.out,
                     "Folder for card files, register, letters, refused rows and the batch's log");
  command.add_option("--centre", arguments.centre, "A centre's folder: its register, letters and ledger");
  command.add_option("--who", arguments.who, "The person who issues; for the ledger");
  command.add_option("--role", arguments.role, "In which capacity; for the ledger");
  add_passphrase_option(command, arguments.passphrase_file);
}

void add_card_options(CLI::App& command, IssueArguments& arguments) {
  command.add_option("--policy", arguments.policy, "PIN policy of rows whose own column is empty");
  command.add_option("--like", arguments.like, "Card whose profile, cipher and ATR head the new ones have")
      ->capture_default_str();
  command.add_option("--key-set", arguments.key_set, "Key set, in place of that card's own");
  command.add_option("--machine", arguments.machine,
                     "Record of an encryption machine; without one the key set computes, if it is a lab's");
  command.add_option("--encoding", arguments.encoding, "utf-8 or gbk")
      ->check(CLI::IsMember({"utf-8", "gbk"}))
      ->capture_default_str();
  command.add_option("--district", arguments.district, "First letter of the card numbers")
      ->capture_default_str();
  command.add_option("--start", arguments.start, "Number of the first row's card: card number and serial")
      ->check(CLI::Range(1UL, 9'999'999UL))
      ->capture_default_str();
  command.add_option("--issue-date", arguments.issue_date, "YYYYMMDD; today when left out");
  command.add_option("--years", arguments.years, "Years of validity")
      ->check(CLI::Range(1U, 50U))
      ->capture_default_str();
  command.add_option("--shard", arguments.shard, "I/N: each N-th row, from the I-th, counted from 0");
}

void add_issue(CLI::App& program, int& exit_status) {
  auto arguments = std::make_shared<IssueArguments>();
  CLI::App* command = program.add_subcommand("issue", "Issues cards from data: one, or a batch from CSV");
  add_places(*command, *arguments);
  add_card_options(*command, *arguments);
  command->add_flag("--letters-done", arguments->letters_done,
                    "Wipes the PIN letters, once they are printed; issues nothing");
  command->footer(
      "Example: ssc issue people.csv --policy generic-b --out issued\n"
      "The same command goes on where it was stopped. Refused rows are in rejects-I-N.csv of the folder.\n"
      "Exit: 0 every row got its card, 1 rows were refused, 2 wrong use or bad input, 3 stopped or not "
      "carried out.");
  command->callback([arguments, &exit_status] {
    exit_status = arguments->letters_done ? wipe_letters(*arguments) : issue_batch(*arguments);
  });
}

const Subcommand kIssue("issue", add_issue);

}  // namespace
}  // namespace ssc::tools
