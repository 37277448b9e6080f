// ssc keys carrier: the file of a new carrier or PSAM, as the ministry issues it (Measures art. 23).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "keys/ceremony/carrier_record.h"
#include "keys/random.h"
#include "keys/standard.h"
#include "keys/storage/owner_file.h"
#include "simulator/issue/carrier_file.h"
#include "simulator/profile/model.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"
#include "tools/ssc/pin_input.h"

namespace ssc::tools {
namespace {

namespace ceremony = keys::ceremony;
using keys::ledger::SubjectType;
using simulator::issue::CarrierPlan;
using simulator::issue::CarrierRoute;

struct CarrierArguments {
  CarrierPlan plan;
  std::string file;
  std::string cipher = "SM4";
  std::string born_of;
  std::string uses = "any";
  std::string pin_file;
  std::vector<std::string> routes;
  bool lab = false;
  KeyRoomOptions room;
  LedgerOptions ledger;
};

struct Type {
  std::string_view word;
  SubjectType subject;
  std::string_view receivers;  // where its keys may go, when nothing is said
  std::string_view route;      // what kind of receiver it is itself
  std::uint8_t kind;
};
constexpr Type kTypes[] = {
    {"master", SubjectType::kMasterKeyCard, "mother machine psam", "mother", ceremony::kToMotherCard},
    {"mother", SubjectType::kKeyMotherCard, "mother machine psam", "mother", ceremony::kToMotherCard},
    {"transmission", SubjectType::kTransmissionKeyCard, "mother transmission", "transmission",
     ceremony::kToTransmissionCard},
    {"psam", SubjectType::kPsam, "", "psam", ceremony::kToPsam},
    {"machine", SubjectType::kMachine, "", "machine", ceremony::kToMachine},
};

const Type& type_of(std::string_view word) { return *std::ranges::find(kTypes, word, &Type::word); }

tl::unexpected<Complaint> wrong(std::string what) { return tl::unexpected(Complaint{std::move(what)}); }

bool is_area(std::string_view text) {
  return text.size() == 6 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         text.ends_with("00");
}

keys::Key random_key(keys::Cipher cipher) {
  std::array<std::uint8_t, 16> bytes{};
  keys::system_random()->fill(bytes);
  return {cipher, bytes};
}

// "mother:990000".
Carried<std::pair<std::string, std::string>> split_route(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string to = text.substr(0, colon);
  const std::string area = colon == std::string::npos ? "" : text.substr(colon + 1);
  const bool known = std::ranges::find(kTypes, to, &Type::route) != std::end(kTypes);
  if (!known || !is_area(area))
    return wrong(
        fmt::format("--route {}: write KIND:AREA, psam, mother, machine or transmission and six digits "
                    "that end in 00, as in psam:990100",
                    text));
  return std::pair(to, area);
}

class Maker {
 public:
  explicit Maker(CarrierArguments arguments) : arguments_(std::move(arguments)) {}

  Carried<void> run() {
    if (auto read = read_plan(); !read) return read;
    auto room = KeyRoom::open(arguments_.room);
    if (!room) return tl::unexpected(room.error());
    if (auto filled = fill(*room); !filled) return filled;
    const auto storage = room->new_storage(arguments_.lab);
    if (!storage) return tl::unexpected(storage.error());
    if (auto entered = enter(); !entered) return entered;
    if (auto written = write(*room, *storage); !written) return written;
    report();
    return {};
  }

 private:
  CarrierPlan& plan() { return arguments_.plan; }
  const Type& type() const { return type_of(arguments_.plan.type); }

  Carried<void> read_plan() {
    if (!is_area(plan().area))
      return wrong(fmt::format("--area {}: six digits, the last two 00", plan().area));
    const bool digits = std::ranges::all_of(plan().serial, [](char c) { return c >= '0' && c <= '9'; });
    constexpr std::size_t kSerialDigits = 20;
    if (plan().serial.size() > kSerialDigits || !digits || plan().serial.empty())
      return wrong(fmt::format("--serial {}: at most 20 digits", plan().serial));
    plan().serial.insert(0, kSerialDigits - plan().serial.size(), '0');
    plan().cipher = arguments_.cipher == "DES" ? keys::Cipher::kDes : keys::Cipher::kSm4;
    if (plan().receivers.empty()) plan().receivers = type().receivers;
    return type().receivers.empty() ? Carried<void>() : read_pin();
  }

  Carried<void> read_pin() {
    if (arguments_.pin_file.empty() && arguments_.lab) {
      plan().pin = "123456";
      return {};
    }
    const auto pins = read_pins(arguments_.pin_file, {"The carrier's PIN"});
    if (!pins) return tl::unexpected(pins.error());
    if (pins->front().empty()) return wrong("a carrier has a PIN: 4 to 16 digits");
    plan().pin = pins->front().reveal();
    return {};
  }

  Carried<void> fill(const KeyRoom& room) {
    if (plan().type == "transmission") return make_routes();
    if (arguments_.born_of.empty())
      return wrong(
          "--born-of FILE: name the transmission key card whose route it is of; its own keys are children "
          "of that route's roots");
    return take_own_keys(room);
  }

  // The lab's order: route N has the transmission key N0 and the roots N1 to N3.
  Carried<void> make_routes() {
    constexpr std::size_t kMostRoutes = 15;
    if (arguments_.routes.empty() || arguments_.routes.size() > kMostRoutes)
      return wrong("--route KIND:AREA: give a transmission key card 1 to 15 routes");
    for (keys::Key& key : plan().own) key = random_key(plan().cipher);
    unsigned number = 0;
    for (const std::string& text : arguments_.routes) {
      const auto route = split_route(text);
      if (!route) return tl::unexpected(route.error());
      ++number;
      for (unsigned kid = 0; kid <= 3; ++kid)
        plan().routes.push_back({kid == 0 ? "transmission-key" : "proof-root",
                                 static_cast<std::uint8_t>(number * 16 + kid), route->first, route->second,
                                 arguments_.uses, random_key(plan().cipher)});
    }
    return {};
  }

  // Transmission key, then the roots of KID-01 to KID-03, of the route to this kind of receiver in its area.
  Carried<std::vector<keys::Key>> route_roots(const KeyRoom& room) {
    const auto source = simulator::profile::load_card(arguments_.born_of, {}, room.access());
    if (!source) return wrong(source.error().to_string());
    if (source->cipher != plan().cipher)
      return wrong(
          fmt::format("--born-of {}: is of cipher {}", arguments_.born_of, keys::name(source->cipher)));
    const auto area = apdu::parse_hex(plan().area).value();
    std::map<unsigned, keys::Key> roots;
    for (const auto& key : source->dfs.back().keys) {
      if (key.head.size() != ceremony::kHeadSize || key.file != ceremony::kRoutesFile) continue;
      const auto head = ceremony::read_head(key.head);
      if (head.kind() == type().kind && head.receivers == area[0] && head.area == area[1])
        roots.emplace(head.usage << 8 | head.id, key.value);
    }
    constexpr std::size_t kOwnKeys = 4;
    if (roots.size() < kOwnKeys)
      return wrong(fmt::format("--born-of {}: has no route {}:{}; make the card with --route {}:{}",
                               arguments_.born_of, type().route, plan().area, type().route, plan().area));
    std::vector<keys::Key> out;
    out.reserve(roots.size());
    for (const auto& [id, key] : roots) out.push_back(key);
    return out;
  }

  Carried<void> take_own_keys(const KeyRoom& room) {
    const auto roots = route_roots(room);
    if (!roots) return tl::unexpected(roots.error());
    keys::Factor serial{};
    const auto digits = apdu::parse_hex(plan().serial).value();
    std::copy(digits.end() - 8, digits.end(), serial.begin());
    for (std::size_t i = 0; i < std::size(plan().own); ++i)
      plan().own[i] = keys::diversify((*roots)[i], serial);
    return {};
  }

  // Its first entry: the check values of its own keys.
  Carried<void> enter() {
    auto book = LedgerBook::open(arguments_.ledger);
    if (!book) return tl::unexpected(book.error());
    constexpr std::string_view kNames[] = {"ADF-MK", "KID-01", "KID-02", "KID-03"};
    std::vector<keys::ledger::KeyCheck> checks;
    for (std::size_t i = 0; i < std::size(kNames); ++i)
      checks.push_back({std::string(kNames[i]), 1, keys::check_value(plan().own[i])});
    return book->enter(keys::ledger::Kind::kCreate, {type().subject, plan().name}, std::move(checks),
                       fmt::format("{} of area {}", word(type().subject), plan().area));
  }

  Carried<void> write(const KeyRoom& room, const keys::storage::Storage& storage) {
    if (type().kind == ceremony::kToMachine) return room.create(arguments_.file, machine_set(), storage);
    const auto written =
        keys::storage::create_owner_file(arguments_.file, simulator::issue::carrier_file(plan(), storage));
    if (!written) return tl::unexpected(complaint_of(written.error()));
    return {};
  }

  // A machine begins with its loading key alone.
  keys::KeySet machine_set() {
    constexpr keys::Structures kPsamsOwn{static_cast<unsigned>(keys::Structure::kPsam)};
    keys::KeySet set;
    set.name = plan().name;
    set.area = plan().area;
    set.cipher = plan().cipher;
    set.level = set.area == keys::kEveryArea ? keys::Level::kNational
                : set.area.ends_with("0000") ? keys::Level::kProvince
                                             : keys::Level::kCity;
    set.structures =
        keys::Structures().with(keys::Structure::k2).with(keys::Structure::k3).with(keys::Structure::kPsam);
    set.lab = arguments_.lab;
    const keys::KeyName& row = *keys::find_key_name("ADF-MK", kPsamsOwn);
    keys::NamedKey key;
    key.name = row.name;
    key.application = row.application;
    key.purpose = row.purpose;
    key.owner = row.level;
    key.id_known = true;
    key.level = keys::Level::kCard;
    key.value = plan().own[0];
    set.keys.push_back(std::move(key));
    return set;
  }

  void report() const {
    std::cout << fmt::format("{}: {} {} of area {}, serial number {}\n", arguments_.file,
                             word(type().subject), arguments_.plan.name, arguments_.plan.area,
                             arguments_.plan.serial);
    for (const CarrierRoute& route : arguments_.plan.routes)
      std::cout << fmt::format("{} {:02X} for {}:{}  KCV {}\n", route.element, route.id, route.to, route.area,
                               apdu::to_hex(keys::check_value(route.value)));
  }

  CarrierArguments arguments_;
};

}  // namespace

void add_keys_carrier(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<CarrierArguments>();
  CLI::App* command =
      parent.add_subcommand("carrier", "Makes the file of a new key carrier or PSAM, its secrets sealed");
  command->add_option("FILE", arguments->file, "The card file to make")->required();
  command
      ->add_option("--type", arguments->plan.type,
                   "master, mother, transmission, psam, or machine: a key set file")
      ->required()
      ->check(CLI::IsMember({"master", "mother", "transmission", "psam", "machine"}));
  command->add_option("--name", arguments->plan.name, "Its name, also in the ledger")->required();
  command->add_option("--area", arguments->plan.area, "Whose it is: 000000 the ministry, 990000, 990100")
      ->required();
  command->add_option("--serial", arguments->plan.serial, "Serial number, at most 20 digits")->required();
  command->add_option("--cipher", arguments->cipher, "SM4 or DES")->check(CLI::IsMember({"SM4", "DES"}));
  command->add_option("--born-of", arguments->born_of,
                      "The transmission key card's file: own keys are children of its route's roots");
  command->add_option("--route", arguments->routes,
                      "Transmission key card: a route KIND:AREA, as psam:990100");
  command->add_option("--uses", arguments->uses, "How often each route serves: a number, or any")
      ->capture_default_str();
  command->add_option("--key-set", arguments->plan.key_set, "Key set file whose keys it carries");
  command->add_option("--receivers", arguments->plan.receivers,
                      "Where its keys may ever go: \"mother psam\"");
  command->add_option("--exports", arguments->plan.exports, "How often each key of the set may leave");
  command->add_option("--whole", arguments->plan.whole, "Keys of the set that may arrive undiversified: IRK");
  command->add_flag("--lab", arguments->lab,
                    "Test keys, under the lab's storage key unless there is a passphrase; PIN 123456");
  add_pin_option(*command, arguments->pin_file, "the carrier's PIN");
  add_key_room_options(*command, arguments->room);
  add_cost_option(*command, arguments->room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys carrier transmission.xml --type transmission --name T-1 --area 000000 --serial 4 "
      "--lab "
      "--route mother:000000 --route psam:990100\n"
      "         ssc keys carrier psam.xml --type psam --name P-1 --area 990100 --serial 5 --born-of "
      "transmission.xml --lab");
  command->callback([arguments, &exit_status] {
    const auto made = Maker(*arguments).run();
    exit_status = made ? exit_code::ok : complain(made.error());
  });
}

}  // namespace ssc::tools
