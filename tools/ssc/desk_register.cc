// ssc desk register: a card that was issued elsewhere comes into the register.
#include <CLI/CLI.hpp>

#include "conformance/desk/policy.h"
#include "tools/ssc/card_state.h"
#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_office.h"
#include "tools/ssc/pin_input.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

struct RegisterArguments {
  OfficeOptions office;
  Holder holder;
  std::string identification;
  std::string pin_file;
};

tl::expected<keys::Pin, Complaint> initial(const RegisterArguments& arguments, const Policy& policy,
                                           keys::Random& random) {
  if (!arguments.pin_file.empty()) {
    auto pins = read_pins(arguments.pin_file, {"Initial PIN"});
    if (!pins) return tl::unexpected(pins.error());
    return pins->front();
  }
  if (policy.has_letter())
    return tl::unexpected(Complaint{"the initial PIN was drawn for this card: name it with --pin-file"});
  auto pin = initial_pin(policy, arguments.holder, random);
  if (!pin) return tl::unexpected(Complaint{pin.error().why.english});
  return *pin;
}

bool is_identification(const std::string& text) {
  return text.size() == 32 && text.find_first_not_of("0123456789ABCDEF") == std::string::npos;
}

int enrol(const RegisterArguments& arguments) {
  if (const auto right = check_card(arguments.holder.card_number); !right)
    return complain(right.error().why.english);
  if (!is_identification(arguments.identification))
    return complain("--identification " + arguments.identification +
                    ": write 32 hexadecimal digits, in capitals");
  const auto office = Office::open(arguments.office);
  if (!office) return complain(office.error());
  const auto policy = load_policy(arguments.office.policy);
  if (!policy) return complain(policy.error().to_string());
  const auto pin = initial(arguments, *policy, (*office)->random());
  if (!pin) return complain(pin.error());
  const CardRegister::NewCard card{arguments.holder.card_number, arguments.identification,
                                   lasting_name(arguments.office.policy), *pin};
  const auto added = (*office)->book().add({&card, 1}, (*office)->now());
  if (!added) return complain(refusal_of(added.error()));
  return tell(card.card_number, {"registered; the PIN is the initial one", "已登记，密码为初始密码"});
}

}  // namespace

void add_desk_register(CLI::App& desk, int& exit_status) {
  auto arguments = std::make_shared<RegisterArguments>();
  CLI::App* command = desk.add_subcommand(
      "register", "Takes a card that ssc issue did not make into the register, with its initial PIN");
  command->add_option("CARD", arguments->holder.card_number, "Card number, nine characters")->required();
  command
      ->add_option("--identification", arguments->identification,
                   "Identification code, 32 hexadecimal digits")
      ->required();
  command->add_option("--id-number", arguments->holder.id_number,
                      "The holder's, where the initial PIN comes from it");
  command->add_option("--birth-date", arguments->holder.birth_date, "YYYYMMDD, likewise");
  add_pin_option(*command, arguments->pin_file, "the initial PIN, where the policy does not give it");
  add_policy_option(*command, arguments->office);
  command->get_option("--policy")->required();
  add_office_options(*command, arguments->office);
  command->footer(
      "Example: ssc desk register A99010016 --identification 990100D15600000500000001FFFFFFFF --policy "
      "lanzhou --centre city");
  command->callback([arguments, &exit_status] { exit_status = enrol(*arguments); });
}

}  // namespace ssc::tools
