// ssc keys transfer: keys from a carrier to what is below it, by APDU.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "apdu/hex.h"
#include "conformance/channel/pcsc.h"
#include "keys/ceremony/transfer.h"
#include "simulator/card_channel.h"
#include "simulator/factory.h"
#include "simulator/store/sqlite_store.h"
#include "tools/ssc/card_state.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"
#include "tools/ssc/pin_input.h"

namespace ssc::tools {
namespace {

namespace ceremony = keys::ceremony;
namespace profile = simulator::profile;
using keys::ledger::SubjectType;

constexpr std::string_view kReader = "pcsc:";
constexpr std::string_view kMachine = "machine:";

struct TransferArguments {
  std::string from;
  std::string to;
  std::string from_state;
  std::string to_state;
  std::string pin_file;
  std::string serial;
  ceremony::Terms terms;
  KeyRoomOptions room;
  LedgerOptions ledger;
};

tl::unexpected<Complaint> failed(std::string what, int status = exit_code::failed) {
  return tl::unexpected(Complaint{std::move(what), status});
}

// A card that the command holds, with what it stands on, destroyed in the reverse order.
struct HeldCard {
  std::string name;  // in errors and in the ledger
  std::optional<profile::CardModel> model;
  std::unique_ptr<simulator::core::Store> store;
  std::unique_ptr<simulator::VirtualCard> card;
  std::unique_ptr<apdu::Channel> channel;
};

// "mother.xml" keeps its state in "mother.state".
std::string state_of(const std::string& file, const std::string& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return "";
  return std::filesystem::path(file).replace_extension(".state").string();
}

Carried<HeldCard> open_reader(std::string_view reader) {
  auto opened = conformance::PcscChannel::open(std::string(reader.substr(kReader.size())));
  if (!opened) return failed(opened.error().what, exit_code::not_carried_out);
  HeldCard held;
  held.name = reader;
  held.channel = *std::move(opened);
  return held;
}

Carried<HeldCard> open_file(const std::string& file, const std::string& given_state, const KeyRoom& room) {
  if (file.starts_with(kReader)) return open_reader(file);
  auto model = profile::load_card(file, {}, room.access());
  if (!model) return failed(model.error().to_string(), exit_code::bad_input);
  const std::string state = state_of(file, given_state);
  if (state.empty())
    return failed(
        fmt::format("{}: a built-in carrier forgets its counts; say where they lie: --from-state or "
                    "--to-state DIR",
                    file),
        exit_code::bad_input);
  auto store = simulator::store::SqliteStore::open(
      state, state_name(model->kind), {model->digest, lasting_name(file), model->lab}, room.access());
  if (!store) return tl::unexpected(complaint_of(store.error()));
  HeldCard held;
  held.name = model->name;
  held.model = *std::move(model);
  held.store = *std::move(store);
  held.card = simulator::make_card(*held.model, {.store = held.store.get()});
  held.channel = std::make_unique<simulator::CardChannel>(*held.card);
  return held;
}

Complaint complaint_of_card(const ceremony::CeremonyError& error) {
  return {error.what, error.lost ? exit_code::not_carried_out : exit_code::failed};
}

SubjectType subject_type(std::uint8_t type) {
  switch (type) {
    case ceremony::kMasterCardType:
      return SubjectType::kMasterKeyCard;
    case ceremony::kMotherCardType:
      return SubjectType::kKeyMotherCard;
    case ceremony::kTransmissionCardType:
      return SubjectType::kTransmissionKeyCard;
    default:
      return SubjectType::kPsam;
  }
}

class Transfer {
 public:
  explicit Transfer(TransferArguments arguments) : arguments_(std::move(arguments)) {}

  // False: a key that was named, or that may go, did not arrive.
  Carried<bool> run() {
    auto room = KeyRoom::open(arguments_.room);
    if (!room) return tl::unexpected(room.error());
    auto book = LedgerBook::open(arguments_.ledger);
    if (!book) return tl::unexpected(book.error());
    auto from = open_file(arguments_.from, arguments_.from_state, *room);
    if (!from) return tl::unexpected(from.error());
    auto pin = read_pin(*from);
    if (!pin) return tl::unexpected(pin.error());
    auto sender = ceremony::Sender::open(*from->channel, from->name, *pin);
    if (!sender) return tl::unexpected(complaint_of_card(sender.error()));
    sender_subject_ = {subject_type(sender->face().type), from->name};
    return arguments_.to.starts_with(kMachine) ? to_machine(*room, *book, *sender)
                                               : to_card(*room, *book, *sender, cipher_of(*from));
  }

 private:
  static keys::Cipher cipher_of(const HeldCard& held) {
    return held.model ? held.model->cipher : keys::Cipher::kSm4;
  }

  // A lab carrier's file says its PIN.
  Carried<std::string> read_pin(const HeldCard& held) const {
    if (arguments_.pin_file.empty() && held.model && held.model->lab) return pin_text(held.model->pin.value);
    const auto pins = read_pins(arguments_.pin_file, {"PIN of " + held.name});
    if (!pins) return tl::unexpected(pins.error());
    return std::string(pins->front().reveal());
  }

  static std::string pin_text(apdu::ByteView bytes) {
    std::string digits = apdu::to_hex(bytes);
    if (digits.ends_with('F')) digits.pop_back();
    return digits;
  }

  Carried<bool> to_card(const KeyRoom& room, LedgerBook& book, ceremony::Sender& sender,
                        keys::Cipher cipher) {
    auto to = open_file(arguments_.to, arguments_.to_state, room);
    if (!to) return tl::unexpected(to.error());
    auto receiver = ceremony::card_receiver(*to->channel, to->name, cipher);
    if (!receiver) return tl::unexpected(complaint_of_card(receiver.error()));
    return move(book, sender, **receiver, {subject_type((*receiver)->face().type), to->name});
  }

  // machine:SET.xml: the key set file of an encryption machine.
  Carried<bool> to_machine(const KeyRoom& room, LedgerBook& book, ceremony::Sender& sender) {
    const std::string file = arguments_.to.substr(kMachine.size());
    auto opened = room.load_to_change(file);
    if (!opened) return tl::unexpected(opened.error());
    const auto serial = serial_number();
    if (!serial) return tl::unexpected(serial.error());
    auto receiver = ceremony::machine_receiver(opened->set, file, *serial);
    if (!receiver) return tl::unexpected(complaint_of_card(receiver.error()));
    auto moved = move(book, sender, **receiver, {SubjectType::kMachine, opened->set.name});
    if (!moved) return moved;
    if (auto written = room.replace(file, *opened); !written) return tl::unexpected(written.error());
    return moved;
  }

  Carried<keys::Factor> serial_number() const {
    constexpr std::size_t kDigits = 16;
    std::string digits = arguments_.serial;
    if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
    const auto bytes = apdu::parse_hex(digits.substr(digits.size() - kDigits));
    const bool decimal = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (arguments_.serial.empty() || !decimal || !bytes)
      return failed("--serial: a machine's serial number, at most 20 digits", exit_code::bad_input);
    keys::Factor serial{};
    std::ranges::copy(*bytes, serial.begin());
    return serial;
  }

  Carried<bool> move(LedgerBook& book, ceremony::Sender& sender, ceremony::Receiver& receiver,
                     const keys::ledger::Subject& to) {
    const std::string purpose = fmt::format("keys to {} {}", word(to.type), to.id);
    if (auto entered = book.enter(keys::ledger::Kind::kUse, sender_subject_,
                                  std::vector<keys::ledger::KeyCheck>(), purpose);
        !entered)
      return tl::unexpected(entered.error());
    const auto moved = ceremony::transfer(sender, receiver, arguments_.terms);
    if (!moved) return tl::unexpected(complaint_of_card(moved.error()));
    const bool all = report(*moved);
    if (auto entered = enter_load(book, to, *moved); !entered) return tl::unexpected(entered.error());
    return all;
  }

  bool report(const std::vector<ceremony::Moved>& moved) const {
    std::size_t arrived = 0;
    for (const ceremony::Moved& key : moved) {
      if (key.refusal.empty()) {
        ++arrived;
        std::cout << fmt::format("{} version {}  KCV {}\n", key.name, key.version, apdu::to_hex(key.check));
      } else {
        std::cout << fmt::format("{} version {}  not moved: {}\n", key.name, key.version, key.refusal);
      }
    }
    std::cout << fmt::format("{}: {} of {} keys from {}\n", arguments_.to, arrived, moved.size(),
                             arguments_.from);
    return arrived == moved.size() && arrived > 0;
  }

  // Where the receiver is another centre's, its own ledger says what was loaded.
  static Carried<void> enter_load(LedgerBook& book, const keys::ledger::Subject& to,
                                  const std::vector<ceremony::Moved>& moved) {
    std::vector<keys::ledger::KeyCheck> checks;
    for (const ceremony::Moved& key : moved) {
      if (key.refusal.empty()) checks.push_back({key.name, key.version, key.check});
    }
    if (checks.empty()) return {};
    return book.enter(keys::ledger::Kind::kLoad, to, std::move(checks), "keys by transfer");
  }

  TransferArguments arguments_;
  keys::ledger::Subject sender_subject_;
};

}  // namespace

void add_keys_transfer(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<TransferArguments>();
  CLI::App* command = parent.add_subcommand(
      "transfer", "Moves keys from a carrier to a carrier, PSAM or machine, enciphered and with a MAC");
  command->add_option("FROM", arguments->from, "Key carrier: a card file, or pcsc:NAME")->required();
  command->add_option("TO", arguments->to, "Carrier or PSAM: a card file or pcsc:NAME; or machine:SET.xml")
      ->required();
  command->add_option("--from-state", arguments->from_state,
                      "Folder of what FROM keeps; left out: beside its file, in FILE.state");
  command->add_option("--to-state", arguments->to_state, "The same of TO");
  command->add_option("--key", arguments->terms.only, "Only these: UK3DF01, TK-40");
  command
      ->add_option("--exports", arguments->terms.exports,
                   "How often a carrier that receives may give each key on")
      ->capture_default_str();
  command->add_option("--uses", arguments->terms.uses,
                      "How often it may use each route; left out: as often as FROM");
  command->add_option("--group", arguments->terms.group, "Key group (version) that a PSAM gets")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command->add_flag("--replace", arguments->terms.replaces, "What is there already gets the new value");
  command->add_option("--serial", arguments->serial, "Serial number of a machine");
  add_pin_option(*command, arguments->pin_file, "the PIN of FROM");
  add_key_room_options(*command, arguments->room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys transfer transmission.xml master.xml\n"
      "         ssc keys transfer master.xml psam.xml --key IRK --key UK3DF01");
  command->callback([arguments, &exit_status] {
    const auto moved = Transfer(*arguments).run();
    exit_status = !moved ? complain(moved.error()) : *moved ? exit_code::ok : exit_code::failed;
  });
}

}  // namespace ssc::tools
