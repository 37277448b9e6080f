// ssc card build: is this a card file, and what card does it make?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "tools/ssc/card_commands.h"
#include "tools/ssc/card_picture.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using simulator::profile::CardModel;

struct BuildArguments {
  std::string card;
  std::string out;
  std::string passphrase_file;
  bool unmask = false;
};

std::string summary(const CardModel& model) {
  std::size_t files = 0, records = 0, keys = 0, bytes = 0;
  for (const auto& df : model.dfs) {
    files += df.files.size();
    keys += df.keys.size();
    for (const auto& ef : df.files) {
      records += ef.records.size();
      bytes += ef.size;
      for (const auto& record : ef.records) bytes += ef.size == 0 ? record.size() : 0;
    }
  }
  return fmt::format("{}: good; {} directories, {} files, {} records, {} bytes, {} keys; digest {}\n",
                     model.name, model.dfs.size(), files, records, bytes, keys, model.digest.substr(0, 16));
}

bool write_picture(const LyingCard& card, const BuildArguments& arguments) {
  std::ofstream file(arguments.out, std::ios::binary);
  for (const PictureLine& line : picture_of(card)) file << line.text(arguments.unmask) << '\n';
  return static_cast<bool>(file.flush());
}

int build(const BuildArguments& arguments) {
  const auto passphrase = Passphrase::read(arguments.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  const auto card = open_card(arguments.card, {}, passphrase->access());
  if (!card) return complain(card.error().what, card.error().exit_status);
  if (!arguments.out.empty() && !write_picture(*card, arguments))
    return complain(arguments.out + ": cannot be written", exit_code::not_carried_out);
  std::cout << summary(card->model);
  return exit_code::ok;
}

}  // namespace

void add_card_build(CLI::App& card, int& exit_status) {
  auto arguments = std::make_shared<BuildArguments>();
  CLI::App* command = card.add_subcommand("build", "Checks a card file and says what card it makes");
  command->add_option("CARD", arguments->card, "Card file or built-in card")->required();
  command->add_option("-o,--output", arguments->out,
                      "Writes the whole card there as ssc card show prints it");
  command->add_flag("--unmask", arguments->unmask, "Writes the PIN and personal data as well; never a key");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer("Example: ssc card build mycard.xml -o mycard.txt");
  command->callback([arguments, &exit_status] { exit_status = build(*arguments); });
}

}  // namespace ssc::tools
