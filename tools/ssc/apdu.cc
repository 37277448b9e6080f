// ssc apdu: sends APDUs to a virtual card or PSAM and says what they and the answers mean.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "conformance/channel/in_process.h"
#include "conformance/engine/session.h"
#include "simulator/profile/model.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using namespace conformance;

struct ApduArguments {
  std::string card = "sample-3.00";
  std::string psam = "sample-psam";
  std::string slot = "card";
  std::vector<std::string> commands;
  std::uint64_t seed = 0;
  bool unmask = false;
};

void print(const Exchange& exchange, bool unmask) {
  if (exchange.kind != apdu::TraceEvent::Kind::kExchange) {
    std::cout << fmt::format("ATR {}\n", exchange.response_text(unmask));
    return;
  }
  std::cout << fmt::format("> {}  {}\n", exchange.command_text(unmask), exchange.name);
  const auto size = exchange.response.size();
  if (size < 2) return;
  const apdu::StatusWord status(exchange.response[size - 2], exchange.response[size - 1]);
  std::cout << fmt::format("< {}  {}\n", exchange.response_text(unmask), apdu::meaning(status).english);
}

class Shell {
 public:
  Shell(Session& session, apdu::Slot slot, bool unmask) : session_(session), slot_(slot), unmask_(unmask) {}

  bool power() {
    std::vector<Exchange> log;
    const auto atr = session_.power(slot_, Power::Action::kOn, log);
    for (const Exchange& exchange : log) print(exchange, unmask_);
    return atr.has_value();
  }

  // Exactly these octets: nothing is completed.
  bool send(const std::string& line) {
    const auto bytes = apdu::parse_hex(line);
    if (!bytes || bytes->empty()) {
      complain(fmt::format("{}: {}", line, bytes ? "no octets" : bytes.error().what));
      return false;
    }
    std::vector<Exchange> log;
    const auto answer = session_.send(slot_, {*bytes, {}}, true, log);
    for (const Exchange& exchange : log) print(exchange, unmask_);
    return answer.has_value();
  }

 private:
  Session& session_;
  apdu::Slot slot_;
  bool unmask_;
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
    const bool understood = line == "reset" ? shell.power() : shell.send(line);
    if (!understood) status = exit_code::bad_input;
  }
  return status;
}

int run_apdu(const ApduArguments& arguments) {
  const bool to_card = arguments.slot == "card";
  auto model = simulator::profile::load_card(to_card ? arguments.card : arguments.psam);
  if (!model) return complain(model.error().to_string());
  const auto target = in_process_target();
  const auto channel = target->fresh(std::make_shared<const CardModel>(std::move(*model)), arguments.seed);
  if (!channel) return complain(channel.error().what, exit_code::not_carried_out);
  const Session::Slot used{*channel, nullptr};
  Session session(to_card ? used : Session::Slot{}, to_card ? Session::Slot{} : used,
                  [] { return std::uint64_t{0}; });
  Shell shell(session, to_card ? apdu::Slot::kCard : apdu::Slot::kPsam, arguments.unmask);
  if (!shell.power()) return exit_code::not_carried_out;
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
  command->add_flag("--unmask", arguments->unmask, "Shows PINs, keys and personal data");
  command->footer("Example: ssc apdu '00A4040000' '0084000008'\nA line 'reset' powers the card anew.");
  command->callback([arguments, &exit_status] { exit_status = run_apdu(*arguments); });
}

const Subcommand kApdu("apdu", add_apdu);

}  // namespace
}  // namespace ssc::tools
