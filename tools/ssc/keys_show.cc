// ssc keys show: what a key set holds, by level and application; check values, never keys.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tools/ssc/key_room.h"
#include "tools/ssc/key_tree.h"
#include "tools/ssc/keys_commands.h"

namespace ssc::tools {
namespace {

struct KeysShowArguments {
  std::string set;
  std::string language = "en";
};

// Needs no passphrase: the file states the check values.
int show_keys(const KeysShowArguments& arguments) {
  const auto inspected = keys::inspect_key_set(arguments.set, nullptr);
  if (!inspected) return complain(inspected.error().to_string());
  const auto language = arguments.language == "zh" ? apdu::Language::kChinese : apdu::Language::kEnglish;
  for (const std::string& line : key_tree(*inspected, language)) std::cout << line << '\n';
  return exit_code::ok;
}

}  // namespace

void add_keys_show(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<KeysShowArguments>();
  CLI::App* command =
      parent.add_subcommand("show", "Shows a key set as a tree with check values; needs no passphrase");
  command->add_option("SET", arguments->set, "Key set file or built-in key set")->required();
  command->add_option("--lang", arguments->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->footer("Example: ssc keys show lab-990100-sm4");
  command->callback([arguments, &exit_status] { exit_status = show_keys(*arguments); });
}

}  // namespace ssc::tools
