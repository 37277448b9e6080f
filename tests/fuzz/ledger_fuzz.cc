// Any bytes as a custody ledger, its head, or a slip: they are judged, and never believed without the
// centre's signature. The first byte says which.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "keys/ledger/describe.h"
#include "keys/ledger/entry_form.h"
#include "keys/ledger/head.h"
#include "keys/ledger/record_text.h"
#include "keys/ledger/slip.h"
#include "keys/ledger/verify.h"

namespace {

using namespace ssc::keys;          // NOLINT: a fuzz target has no callers
using namespace ssc::keys::ledger;  // NOLINT

void require(bool holds) {
  if (!holds) std::abort();
}

void write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

// One ledger a process, in the folder for temporary files.
class Files {
 public:
  Files() : ledger_("/tmp/ssc-fuzz-" + std::to_string(::getpid()) + ".jsonl") {}
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() {
    ::unlink(ledger_.c_str());
    ::unlink(head_file(ledger_).c_str());
  }
  const std::filesystem::path& ledger() const { return ledger_; }

 private:
  std::filesystem::path ledger_;
};

const Owner kOwner{"Lab ministry", true};

// The signer's key is in no corpus.
const Sm2PublicKey& stranger() {
  static const Sm2PublicKey key = Sm2PrivateKey::generate().public_key();
  return key;
}

void try_line(std::string_view line) {
  const auto record = parse_line(line);
  if (!record) return require(record.error().find('\n') == std::string::npos);
  require(line_of(*record) == line);
  require(!describe(*record, ssc::apdu::Language::kChinese).empty());
  check_form(record->entry);
}

void try_ledger(const std::filesystem::path& file, std::string_view text) {
  write(file, text);
  const auto verdict = verify(file, kOwner, stranger());
  require(verdict && !verdict->faults.empty());
  for (const Fault& fault : verdict->faults) require(fault.what.find('\n') == std::string::npos);
  const auto cut = mend(file, kOwner, stranger());
  require(!cut || std::filesystem::file_size(file) + *cut >= text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    try_line(text.substr(at, end - at));
    at = end + 1;
  }
}

void try_head(const std::filesystem::path& file, std::string_view text) {
  write(head_file(file), text);
  require(!read_head(file, kOwner.centre, stranger()));
  ::unlink(head_file(file).c_str());
}

void try_slip(std::string_view text) {
  const TrustedCentre trusted[] = {{kOwner.centre, true, stranger()}};
  const auto subjects = subjects_of(text);
  if (!subjects) return;
  for (const Subject& subject : *subjects)
    require(!CheckedSlip::check(text, subject, "Lab province", trusted));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Files files;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      try_ledger(files.ledger(), text);
      break;
    case 1:
      try_head(files.ledger(), text);
      break;
    default:
      try_slip(text);
  }
  return 0;
}
