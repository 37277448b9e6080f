#include "tools/ssc/key_values.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "keys/hierarchy/combine.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;

Carried<hierarchy::ComponentFile> open_components(const std::string& file, const std::string& passphrase_file,
                                                  bool lab) {
  const auto passphrase = Passphrase::read(passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto opened = hierarchy::load_components(file, passphrase->access());
  if (!opened) return tl::unexpected(Complaint{opened.error().to_string()});
  if (!lab && opened->storage.record.guard == keys::storage::Guard::kLab) {
    return tl::unexpected(
        Complaint{file + ": components under the lab's storage key make test keys only; add --lab, "
                         "or make them under a passphrase"});
  }
  return std::move(opened->file);
}

Carried<std::vector<hierarchy::ComponentFile>> open_all(const KeyValueOptions& options, bool lab) {
  const bool each_has_one =
      options.passphrases.empty() || options.passphrases.size() == options.components.size();
  if (!each_has_one)
    return tl::unexpected(
        Complaint{fmt::format("{} components and {} passphrases: give one --component-passphrase-file "
                              "for each --component, in the same order",
                              options.components.size(), options.passphrases.size())});
  std::vector<hierarchy::ComponentFile> files;
  for (std::size_t i = 0; i < options.components.size(); ++i) {
    const std::string passphrase = options.passphrases.empty() ? "" : options.passphrases[i];
    auto file = open_components(options.components[i], passphrase, lab);
    if (!file) return tl::unexpected(file.error());
    files.push_back(*std::move(file));
  }
  return files;
}

std::vector<keys::NamedKey> generated(const keys::KeySet& set, std::vector<keys::NamedKey> planned) {
  const auto random = keys::system_random();
  const auto values = hierarchy::random_components(set, planned, *random);
  for (std::size_t i = 0; i < planned.size(); ++i) planned[i].value = values[i].value;
  return planned;
}

}  // namespace

void add_key_value_options(CLI::App& command, KeyValueOptions& options, bool may_generate) {
  command.add_option("--component", options.components,
                     "A custodian's file of ssc keys component; three or more, each option one");
  command.add_option("--component-passphrase-file", options.passphrases,
                     "That custodian's passphrase; once for each --component, in the same order");
  if (may_generate)
    command.add_flag("--generate", options.generate, "Makes the values here, from the system's randomness");
}

Carried<std::vector<keys::NamedKey>> values_for(const keys::KeySet& set, std::vector<keys::NamedKey> planned,
                                                const KeyValueOptions& options) {
  if (options.generate != options.components.empty())
    return tl::unexpected(
        Complaint{"say where the values come from: either --generate or three --component"});
  if (options.generate) return generated(set, std::move(planned));
  const auto files = open_all(options, set.lab);
  if (!files) return tl::unexpected(files.error());
  auto combined = hierarchy::combine(set, std::move(planned), *files);
  if (!combined) return tl::unexpected(refused(combined.error()));
  return *std::move(combined);
}

}  // namespace ssc::tools
