// The option --passphrase-file, wherever sealed keys are opened.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "keys/storage/storage_record.h"
#include "tools/ssc/complaint.h"

namespace CLI {
class App;
}

namespace ssc::tools {

// What --passphrase-file names, or nothing.
class Passphrase {
 public:
  // The first line of a file, or of standard input for "-"; "" is no passphrase. Refused: no such file, an
  // empty first line.
  static tl::expected<Passphrase, Complaint> read(const std::string& file);

  keys::storage::Access access() const;
  const keys::storage::SecretBytes* get() const { return bytes_.get(); }

 private:
  std::shared_ptr<const keys::storage::SecretBytes> bytes_;
};

// Adds the option; the file's name goes to `file`.
void add_passphrase_option(CLI::App& command, std::string& file);

}  // namespace ssc::tools
