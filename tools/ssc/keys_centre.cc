// ssc keys centre: the folder of a centre, and other centres' keys.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "keys/centre/custody.h"
#include "keys/storage/owner_file.h"
#include "tools/ssc/centre_options.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {
namespace {

namespace centre = keys::centre;

void print(const centre::Introduction& introduction) {
  const centre::Identity& identity = introduction.identity;
  std::cout << fmt::format("{}  {}, area {}\nSM2 public key  {}\n", identity.name,
                           centre::level_word(identity.level), identity.area,
                           centre::fingerprint_text(introduction.key));
}

struct InitArguments {
  CentreOptions centre;
  std::string level;
  centre::CentrePlan plan;
};

int init(InitArguments& arguments) {
  arguments.plan.identity.level = *centre::level_of(arguments.level);
  arguments.plan.who = arguments.centre.who;
  arguments.plan.role = arguments.centre.role;
  const auto passphrase = Passphrase::read(arguments.centre.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  const auto made = centre::Centre::make(arguments.centre.folder, arguments.plan, passphrase->get());
  if (!made) return complain(complaint_of(made.error()));
  const auto face = centre::read_open_face(arguments.centre.folder);
  if (!face) return complain(complaint_of(face.error()));
  print(face->introduction());
  return exit_code::ok;
}

void add_init(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<InitArguments>();
  centre::CentrePlan& plan = arguments->plan;
  CLI::App* command = parent.add_subcommand("init", "Makes a centre's folder: SM2 key, ledger, centre.xml");
  command->add_option("DIR", arguments->centre.folder, "New or empty folder")->required();
  command->add_option("--name", plan.identity.name, "The centre's name, as slips and ledger call it")
      ->required();
  command->add_option("--level", arguments->level, "ministry, province or city")
      ->required()
      ->check(CLI::IsMember({"ministry", "province", "city"}));
  command
      ->add_option("--area", plan.identity.area, "Six digits; 000000 is the ministry's, xx0000 a province's")
      ->required();
  command->add_flag("--lab", plan.lab, "Test keys only; no passphrase");
  add_passphrase_option(*command, arguments->centre.passphrase_file);
  command
      ->add_option("--cost", plan.cost, "What a guess at the passphrase costs: 2^(cost+10) bytes of memory")
      ->check(CLI::Range(keys::storage::kLeastCost, keys::storage::kMostCost))
      ->capture_default_str();
  command->add_option("--who", arguments->centre.who, "Who does it: stands in the ledger")->required();
  command->add_option("--role", arguments->centre.role, "In which capacity")->required();
  command->footer(
      "Example: ssc keys centre init ministry --name 'Lab ministry' --level ministry --area 000000 --lab "
      "--who 王一 "
      "--role 密钥管理员");
  command->callback([arguments, &exit_status] { exit_status = init(*arguments); });
}

int show_centre(const std::string& folder) {
  const auto face = centre::read_open_face(folder);
  if (!face) return complain(complaint_of(face.error()));
  print(face->introduction());
  if (face->record.lab) std::cout << "lab: test keys only\n";
  return exit_code::ok;
}

void add_show(CLI::App& parent, int& exit_status) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command =
      parent.add_subcommand("show", "Shows name, level, area and the public key's fingerprint");
  add_centre_folder(*command, *folder);
  command->footer("Example: ssc keys centre show --centre ministry");
  command->callback([folder, &exit_status] { exit_status = show_centre(*folder); });
}

int introduce(const std::string& folder, const std::string& file) {
  const auto face = centre::read_open_face(folder);
  if (!face) return complain(complaint_of(face.error()));
  const auto written = keys::storage::create_owner_file(file, to_xml(face->introduction()));
  if (!written) return complain(written.error().what);
  print(face->introduction());
  return exit_code::ok;
}

void add_introduce(CLI::App& parent, int& exit_status) {
  struct Arguments {
    std::string folder, file;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      parent.add_subcommand("introduce", "Writes the file by which other centres know this one");
  add_centre_folder(*command, arguments->folder);
  command->add_option("FILE", arguments->file, "New file")->required();
  command->footer("Example: ssc keys centre introduce --centre ministry ministry.xml");
  command->callback(
      [arguments, &exit_status] { exit_status = introduce(arguments->folder, arguments->file); });
}

struct TrustArguments {
  CentreOptions centre;
  std::string file;
  std::string fingerprint;
};

// People write it with and without blanks, in either case.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

int trust(const TrustArguments& arguments) {
  const auto introduction = centre::load_introduction(arguments.file);
  if (!introduction) return complain(introduction.error().to_string());
  if (plain(arguments.fingerprint) != plain(centre::fingerprint_text(introduction->key)))
    return complain(fmt::format("the key in {} has another fingerprint: {}", arguments.file,
                                centre::fingerprint_text(introduction->key)),
                    exit_code::failed);
  auto opened = open_centre(arguments.centre);
  if (!opened) return complain(opened.error());
  const auto record = centre::trust(*opened, *introduction, arguments.centre.who, arguments.centre.role);
  if (!record) return complain(complaint_of(record.error()));
  print(*introduction);
  print_entry(*record);
  return exit_code::ok;
}

void add_trust(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<TrustArguments>();
  CLI::App* command =
      parent.add_subcommand("trust", "Takes in another centre's public key, so that its slips count");
  add_centre_options(*command, arguments->centre);
  command->add_option("FILE", arguments->file, "As its ssc keys centre introduce wrote it")->required();
  command
      ->add_option("--fingerprint", arguments->fingerprint,
                   "As that centre told it by another way, 64 hexadecimal digits")
      ->required();
  command->footer(
      "Example: ssc keys centre trust --centre province --who 李二 --role 密钥管理员 ministry.xml "
      "--fingerprint "
      "\"$(ssc keys centre show --centre ministry | sed -n 's/.*key  //p')\"");
  command->callback([arguments, &exit_status] { exit_status = trust(*arguments); });
}

}  // namespace

void add_keys_centre(CLI::App& keys, int& exit_status) {
  CLI::App* command = keys.add_subcommand("centre", "The folder of a centre, and other centres' keys");
  command->require_subcommand(1);
  command->footer("Example: ssc keys centre show --centre ministry");
  for (const auto add : {add_init, add_show, add_introduce, add_trust}) add(*command, exit_status);
}

}  // namespace ssc::tools
