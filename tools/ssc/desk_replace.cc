// ssc desk lost replace: a new card for the holder of a lost one.
#include "tools/ssc/desk_replace.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "apdu/hex.h"
#include "conformance/desk/card_holder.h"
#include "keys/factors.h"
#include "keys/hsm/open_machine.h"
#include "keys/storage/owner_file.h"
#include "simulator/issue/replacement.h"
#include "tools/ssc/card_state.h"
#include "tools/ssc/desk_office.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;
using simulator::issue::historical_with;
using simulator::issue::Replacement;

struct ReplaceArguments {
  OfficeOptions office;
  std::string card_number;
  std::string id_number;
  std::string id_type = "citizen";
  std::string old_card;
  std::string machine;
  std::string serial;
  std::string new_number;
  std::string out;
};

constexpr std::string_view kApplication = "D156000005";  // of social security cards (V2.0 notice t.10)
constexpr std::chrono::years kValid{10};

Refusal bad_input(const std::string& what) {
  return {"bad-input", code::illegal_input, {what, "输入有误：" + what}};
}

std::string day_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

class Replacing {
 public:
  explicit Replacing(const ReplaceArguments& arguments) : arguments_(arguments) {}

  int run() {
    auto office = Office::open_with_ledger(arguments_.office);
    if (!office) return complain(office.error());
    office_ = *std::move(office);
    const auto done = check_lost()
                          .and_then([&] { return check_old_card(); })
                          .and_then([&] { return make_plan(); })
                          .and_then([&] { return carry_out(); });
    if (!done) return complain(done.error());
    return tell(plan_.card_number, {"the new card is in " + arguments_.out + "; its PIN is the initial one",
                                    "新卡文件：" + arguments_.out + "，密码为初始密码"});
  }

 private:
  Decided<void> check_lost() {
    const auto row = office_->book().find(arguments_.card_number);
    if (!row) return tl::unexpected(refusal_of(row.error()));
    if (row->lost.empty())
      return refuse("not-lost", code::illegal_input, "The card was not reported lost; report it first",
                    "该卡未挂失，请先挂失");
    row_ = *row;
    auto policy = office_->policy(row_);
    if (!policy) return tl::unexpected(bad_input(policy.error().what));
    policy_ = *std::move(policy);
    return {};
  }

  Decided<void> check_old_card() {
    auto old = simulator::profile::load_card(arguments_.old_card);
    if (!old) return tl::unexpected(bad_input(old.error().to_string()));
    old_ = *std::move(old);
    const Visitor visitor{
        {arguments_.id_number, "", arguments_.card_number}, arguments_.id_type == "citizen", ""};
    if (auto people = check_people(policy_, office_->clerk(), visitor); !people) return people;
    const Holder holder = holder_of(old_);
    if (holder.card_number != arguments_.card_number)
      return refuse("card-differs", code::differs_from_card, "The old card file is of another card number",
                    "旧卡文件与卡号不符");
    if (holder.id_number != normal_identity_number(arguments_.id_number))
      return refuse("holder-differs", code::differs_from_card, "The old card belongs to another holder",
                    "持卡人不符：旧卡属于他人");
    return {};
  }

  Decided<void> make_plan() {
    const bool digits = arguments_.serial.find_first_not_of("0123456789") == std::string::npos;
    if (arguments_.serial.size() != 8 || !digits)
      return tl::unexpected(bad_input("--serial " + arguments_.serial + ": write eight digits"));
    plan_.serial = arguments_.serial;
    plan_.card_number = arguments_.new_number.empty() ? arguments_.card_number : arguments_.new_number;
    if (auto right = check_card(plan_.card_number); !right) return right;
    plan_.name = "card-" + plan_.card_number + "-" + plan_.serial;
    const auto today = std::chrono::floor<std::chrono::days>(keys::system_clock()());
    plan_.issued = day_text(today);
    plan_.expires = day_text(std::chrono::floor<std::chrono::days>(today + kValid));
    plan_.tries = policy_.tries;
    return make_identification().and_then([&] { return make_pin(); });
  }

  // Area, application and serial with their code under the new card's IRK.
  Decided<void> make_identification() {
    const std::string issue_code =
        row_.identification.substr(0, 6) + std::string(kApplication) + plan_.serial;
    const auto machine = open_machine();
    if (!machine) return tl::unexpected(machine.error());
    const auto code = machine_
                          ->card_path({old_.cipher, "IRK"}, issue_code.substr(0, 6),
                                      historical_with(old_, plan_.serial), keys::four_digit_city(issue_code))
                          .and_then([&](const keys::hsm::KeyPath& irk) {
                            return machine_->identification_mac(irk, *apdu::parse_hex(issue_code));
                          });
    if (!code) return not_carried_out("machine", code.error().what);
    plan_.identification = issue_code + apdu::to_hex(*code);
    if (plan_.identification.starts_with(row_.identification.substr(0, 24)))
      return tl::unexpected(bad_input("--serial " + plan_.serial + ": it is the lost card's own"));
    return {};
  }

  Decided<void> open_machine() {
    const auto record = keys::hsm::load_machine_record(office_->machine_record(arguments_.machine));
    if (!record) return tl::unexpected(bad_input(record.error().to_string()));
    const auto today = std::chrono::floor<std::chrono::days>(keys::system_clock()());
    auto machine = keys::hsm::open_machine(*record, {today, nullptr});
    if (!machine) return not_carried_out("machine", machine.error().what);
    machine_.emplace(*std::move(machine));
    return {};
  }

  Decided<void> make_pin() {
    const Holder holder{arguments_.id_number, "", plan_.card_number};
    auto pin = initial_pin(policy_, holder, office_->random());
    if (!pin) return tl::unexpected(pin.error());
    plan_.pin = *std::move(pin);
    return {};
  }

  Decided<void> carry_out() {
    if (auto begun = enter("begun"); !begun) return begun;
    const auto done = write_card().and_then([&] { return into_the_register(); });
    auto closed = enter(done ? "done; serial " + plan_.serial : "not done: " + done.error().rule);
    return done ? closed : done;
  }

  Decided<void> enter(const std::string& note) {
    keys::ledger::Entry entry;
    entry.kind = keys::ledger::Kind::kCardReplaced;
    entry.subject = {keys::ledger::SubjectType::kCard, arguments_.card_number};
    entry.who = office_->clerk().who;
    entry.role = office_->clerk().role;
    entry.note = note;
    return office_->enter(entry);
  }

  Decided<void> write_card() {
    const auto text = simulator::issue::replacement_card(arguments_.old_card, plan_);
    if (!text) return tl::unexpected(bad_input(text.error().to_string()));
    if (policy_.has_letter()) {
      if (auto letter = office_->write_letter(plan_.card_number, plan_.pin); !letter) return letter;
    }
    const auto written = keys::storage::create_owner_file(arguments_.out, *text);
    if (!written) return not_carried_out("file", written.error().what);
    return {};
  }

  Decided<void> into_the_register() {
    const CardRegister::NewCard card{plan_.card_number, plan_.identification, row_.policy, plan_.pin};
    const auto added = office_->book().add({&card, 1}, office_->now());
    if (!added) return tl::unexpected(refusal_of(added.error()));
    return {};
  }

  const ReplaceArguments& arguments_;
  std::unique_ptr<Office> office_;
  RegisteredCard row_;
  Policy policy_;
  simulator::profile::CardModel old_;
  std::optional<keys::hsm::Machine> machine_;
  Replacement plan_;
};

}  // namespace

void add_lost_replace(CLI::App& lost, int& exit_status) {
  auto arguments = std::make_shared<ReplaceArguments>();
  CLI::App* command = lost.add_subcommand(
      "replace",
      "Makes the new card of a card reported lost: new serial and keys, initial PIN by the policy");
  command->add_option("CARD", arguments->card_number, "Card number of the lost card")->required();
  command->add_option("--id-number", arguments->id_number, "The holder's social security number")->required();
  command->add_option("--id-type", arguments->id_type, "citizen or other")
      ->check(CLI::IsMember({"citizen", "other"}));
  command->add_option("--card", arguments->old_card, "Card file of the lost card, for the holder's data")
      ->required();
  command->add_option("--machine", arguments->machine, "Encryption machine with the issuer's IRK")
      ->required();
  command->add_option("--serial", arguments->serial, "Serial of the new card, eight digits, of no other card")
      ->required();
  command->add_option("--new-card-number", arguments->new_number,
                      "Card number of the new card; default: the same");
  command->add_option("--out", arguments->out, "New card file; must not be there yet")->required();
  command->add_option("--letters", arguments->office.letters,
                      "Folder for the letter of a drawn PIN; default: the centre's");
  add_policy_option(*command, arguments->office);
  add_operator_options(*command, arguments->office);
  add_office_options(*command, arguments->office);
  command->footer(
      "Example: ssc desk lost replace A99010016 --id-number 99010019900307006X --card old.xml --out new.xml\n"
      "  --serial 00000077 --machine lab-software --centre city --operator 'Li Desk' --role 'PIN desk'");
  command->callback([arguments, &exit_status] { exit_status = Replacing(*arguments).run(); });
}

}  // namespace ssc::tools
