// ssc keys machine answer: one answer of the host to a step of the terminal's HSM functions.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "keys/hsm/step_service.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/machine_options.h"

namespace ssc::tools {
namespace {

namespace hsm = keys::hsm;
using hsm::StepFunction;
using Text = hsm::Answer<std::string>;

struct Request {
  hsm::StepCard card;
  std::string text;
  std::string step1;
  std::uint32_t terminal_sequence = 1;
};

struct Row {
  const char* name;
  bool needs_card;
  Text (*answer)(hsm::StepService&, const Request&);
};

template <StepFunction Function>
Text authenticate(hsm::StepService& service, const Request& request) {
  return service.authenticate(Function, request.card, request.text);
}

// What each function and step is answered with.
constexpr Row kRows[] = {
    {"read-basic", false, [](hsm::StepService& s, const Request& r) { return s.read_basic(r.text); }},
    {"read-card", true, authenticate<StepFunction::kReadCard>},
    {"write-card", true, authenticate<StepFunction::kWriteCard>},
    {"reload-pin", true, authenticate<StepFunction::kReloadPin>},
    {"reload-pin-data", true,
     [](hsm::StepService& s, const Request& r) { return s.reload_pin(r.card, r.text); }},
    {"unblock-pin", true, authenticate<StepFunction::kUnblockPin>},
    {"unblock-pin-data", true,
     [](hsm::StepService& s, const Request& r) { return s.unblock_pin(r.card, r.text); }},
    {"debit", true,
     [](hsm::StepService& s, const Request& r) { return s.debit(r.card, r.text, r.terminal_sequence); }},
    {"debit-check", true,
     [](hsm::StepService& s, const Request& r) {
       return s.check_debit(r.card, r.step1, r.text).map([] {
         return std::string("MAC2 and TAC are right");
       });
     }},
};

struct Arguments {
  MachineChoice machine;
  std::string function;
  std::string text;
  std::string card;
  Request request;
};

int answer(Arguments& arguments) {
  const auto* const row =
      std::ranges::find_if(kRows, [&](const Row& one) { return arguments.function == one.name; });
  Request& request = arguments.request;
  if (row->needs_card) {
    const auto card = hsm::parse_step_card(arguments.card);
    if (!card) return complain("--card: " + card.error().what);
    request.card = *card;
  }
  request.text = arguments.text;
  if (arguments.text == "-") std::getline(std::cin, request.text);
  auto opened = open_machine(arguments.machine);
  if (!opened) return complain(opened.error());
  hsm::StepService service(opened->machine);
  const Text text = row->answer(service, request);
  if (!text) return complain(complaint_of(text.error()));
  std::cout << *text << "\n";
  return exit_code::ok;
}

}  // namespace

void add_keys_machine_answer(CLI::App& machine, int& exit_status) {
  auto arguments = std::make_shared<Arguments>();
  std::vector<std::string> names;
  for (const Row& row : kRows) names.emplace_back(row.name);
  CLI::App* command = machine.add_subcommand(
      "answer", "Answers a step of the terminal's HSM functions (iReadCardBas_HSM_Step1 and the others)");
  add_machine_options(*command, arguments->machine);
  command
      ->add_option("FUNCTION", arguments->function,
                   "What was called; -data is step 2 of reload and unblock, debit-check step 2 of debit")
      ->required()
      ->check(CLI::IsMember(names));
  command
      ->add_option("TEXT", arguments->text,
                   "What the step gave, fields ended by |; - reads it (a PIN is in it)")
      ->required();
  command->add_option("--card", arguments->card, "area|historical bytes of the ATR| (all but read-basic)");
  command->add_option("--step1", arguments->request.step1, "For debit-check: what step 1 gave");
  command
      ->add_option("--terminal-sequence", arguments->request.terminal_sequence, "For debit: the host's count")
      ->capture_default_str();
  command->footer(
      "Example: ssc keys machine answer lab-software read-card --card '990100|0081544C928699990100000001|' "
      "'03|004F|1122334455667788|0102030405060708|'");
  command->callback([arguments, &exit_status] { exit_status = answer(*arguments); });
}

}  // namespace ssc::tools
