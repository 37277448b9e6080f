// Where the values of new keys come from: components of several custodians, or this program's randomness.
#pragma once

#include "tools/ssc/key_room.h"

namespace ssc::tools {

struct KeyValueOptions {
  bool generate = false;
  std::vector<std::string> components;   // files of ssc keys component
  std::vector<std::string> passphrases;  // one of each file, in their order; none when they are the lab's
};

// --component, --component-passphrase-file and, where the keys are the centre's own to make, --generate.
void add_key_value_options(CLI::App& command, KeyValueOptions& options, bool may_generate);

// The planned keys with their values. Two that happen to be components of a weak key are refused (exit 1).
Carried<std::vector<keys::NamedKey>> values_for(const keys::KeySet& set, std::vector<keys::NamedKey> planned,
                                                const KeyValueOptions& options);

}  // namespace ssc::tools
