// ssc apdu: sends APDUs to a virtual card or PSAM and says what they and the answers mean.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "apdu/text_trace.h"
#include "simulator/factory.h"
#include "simulator/profile/glossary.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct ApduArguments {
  std::string card = "sample-3.00";
  std::string psam = "sample-psam";
  std::string slot = "card";
  std::string language = "en";
  std::string passphrase_file;
  std::vector<std::string> commands;
  std::uint64_t seed = 0;
  bool unmask = false;
};

class Shell {
 public:
  explicit Shell(simulator::core::SmartCard& card) : card_(card) { card_.power_on(); }

  void power() { card_.power_on(); }

  // Exactly these octets: nothing is completed. False: they are no octets.
  bool send(const std::string& line) {
    const auto bytes = apdu::parse_hex(line);
    if (!bytes || bytes->empty()) {
      complain(fmt::format("{}: {}", line, bytes ? "no octets" : bytes.error().what));
      return false;
    }
    card_.transmit(*bytes);
    return true;
  }

 private:
  simulator::core::SmartCard& card_;
};

// Each argument is one APDU.
int send_all(Shell& shell, const std::vector<std::string>& commands) {
  for (const std::string& command : commands) {
    if (!shell.send(command)) return exit_code::bad_input;
  }
  return exit_code::ok;
}

// A line is an APDU, "reset" or empty; the end of the input ends it. A line that is none is complained about,
// and the shell goes on.
int read_lines(Shell& shell) {
  std::string line;
  int status = exit_code::ok;
  while (std::getline(std::cin, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line == "reset")
      shell.power();
    else if (!shell.send(line))
      status = exit_code::bad_input;
  }
  return status;
}

int run_apdu(const ApduArguments& arguments) {
  const bool to_card = arguments.slot == "card";
  const auto passphrase = Passphrase::read(arguments.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  const auto model =
      simulator::profile::load_card(to_card ? arguments.card : arguments.psam, {}, passphrase->access());
  if (!model) return complain(model.error().to_string());
  const bool chinese = arguments.language == "zh";
  apdu::TextTrace text(std::cout, {.language = chinese ? apdu::Language::kChinese : apdu::Language::kEnglish,
                                   .unmask = arguments.unmask,
                                   .timestamps = false});
  simulator::profile::NamedTrace trace(text);
  trace.know(to_card ? apdu::Slot::kCard : apdu::Slot::kPsam, *model);
  const auto card = simulator::make_card(*model, {.seed = arguments.seed, .trace = &trace});
  Shell shell(*card);
  return arguments.commands.empty() ? read_lines(shell) : send_all(shell, arguments.commands);
}

void add_apdu(CLI::App& program, int& exit_status) {
  auto arguments = std::make_shared<ApduArguments>();
  CLI::App* command = program.add_subcommand("apdu", "Sends APDUs to a virtual card or PSAM, decoded");
  command->add_option("HEX", arguments->commands,
                      "APDUs, each one argument; without any, lines from standard input");
  command->add_option("--card", arguments->card, "Card file or built-in card")->capture_default_str();
  command->add_option("--psam", arguments->psam, "PSAM file or built-in PSAM")->capture_default_str();
  command->add_option("--slot", arguments->slot, "card or psam")->check(CLI::IsMember({"card", "psam"}));
  command->add_option("--seed", arguments->seed, "Makes the card's randomness repeatable")
      ->check(CLI::PositiveNumber);
  command->add_option("--lang", arguments->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->add_flag("--unmask", arguments->unmask, "Shows PINs, keys and personal data");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer("Example: ssc apdu '00A4040000' '0084000008'\nA line 'reset' powers the card anew.");
  command->callback([arguments, &exit_status] { exit_status = run_apdu(*arguments); });
}

const Subcommand kApdu("apdu", add_apdu);

}  // namespace
}  // namespace ssc::tools
