#include "tools/ssc/passphrase.h"

#include <CLI/CLI.hpp>

#include "keys/storage/owner_file.h"

namespace ssc::tools {

namespace storage = keys::storage;

tl::expected<Passphrase, Complaint> Passphrase::read(const std::string& file) {
  Passphrase out;
  if (file.empty()) return out;
  constexpr std::size_t kMost = 4096;
  const auto all = storage::read_secret_file(file == "-" ? "/dev/stdin" : file, kMost);
  if (!all) return tl::unexpected(Complaint{all.error().what});
  const std::string_view line = all->reveal_text().substr(0, all->reveal_text().find_first_of("\r\n"));
  if (line.empty())
    return tl::unexpected(Complaint{file + ": its first line is empty; the passphrase stands there"});
  out.bytes_ = std::make_shared<const storage::SecretBytes>(line);
  return out;
}

storage::Access Passphrase::access() const { return {bytes_, {}}; }

void add_passphrase_option(CLI::App& command, std::string& file) {
  command.add_option("--passphrase-file", file,
                     "File whose first line is the passphrase of the sealed keys; - is standard input");
}

}  // namespace ssc::tools
