#include "tools/ssc/key_options.h"

#include <CLI/CLI.hpp>

#include "apdu/hex.h"
#include "keys/key_places.h"

namespace ssc::tools {
namespace {

constexpr std::pair<std::string_view, keys::Structure> kStructures[] = {
    {"1.0", keys::Structure::k1}, {"2.0", keys::Structure::k2}, {"3.0", keys::Structure::k3}};

}  // namespace

void add_plan_options(CLI::App& command, PlanOptions& options) {
  command.add_option("--cipher", options.cipher, "DES or SM4")
      ->check(CLI::IsMember({"DES", "SM4"}))
      ->capture_default_str();
  command.add_option("--structure", options.structure, "Whose keys: 1.0, 2.0, 3.0 or \"2.0 3.0\"")
      ->check(CLI::IsMember({"1.0", "2.0", "3.0", "2.0 3.0", "1.0 2.0 3.0"}))
      ->capture_default_str();
  command.add_option("--groups", options.groups, "Key groups to begin with; ssc keys rekey adds the next")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
}

keys::Cipher cipher_of(const PlanOptions& options) {
  return options.cipher == "DES" ? keys::Cipher::kDes : keys::Cipher::kSm4;
}

keys::Structures structures_of(const PlanOptions& options) {
  auto structures = keys::Structures().with(keys::Structure::kPsam);
  for (const auto& [word, structure] : kStructures) {
    if (options.structure.find(word) != std::string::npos) structures = structures.with(structure);
  }
  return structures;
}

std::optional<keys::Level> level_named(const std::string& word) {
  for (const auto level : {keys::Level::kNational, keys::Level::kProvince, keys::Level::kCity}) {
    if (word == keys::word(level)) return level;
  }
  return std::nullopt;
}

std::string is_byte(const std::string& text) {
  const auto bytes = apdu::parse_hex(text);
  return bytes && bytes->size() == 1 ? "" : text + " is not one byte; write two hexadecimal digits";
}

std::string is_check_value(const std::string& text) {
  const auto bytes = apdu::parse_hex(text);
  return bytes && bytes->size() == 3 ? "" : text + " is no check value; write six hexadecimal digits";
}

std::optional<std::uint8_t> byte_of(const std::string& text) {
  const auto bytes = apdu::parse_hex(text);
  return bytes && bytes->size() == 1 ? std::optional(bytes->front()) : std::nullopt;
}

}  // namespace ssc::tools
