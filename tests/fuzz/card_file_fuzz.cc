// Any text as a card file, a profile, a key set or components of keys: it is taken, or refused in one line
// that names the file. A set that is taken comes back the same from what we write of it. The first byte says
// which.
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "keys/hierarchy/check.h"
#include "keys/hierarchy/component_file.h"
#include "keys/key_set_writer.h"
#include "simulator/factory.h"
#include "simulator/profile/profile_loader.h"

namespace {

using namespace ssc;             // NOLINT: a fuzz target has no callers
using namespace ssc::simulator;  // NOLINT

void require(bool holds) {
  if (!holds) std::abort();
}

void refused(const apdu::InputError& error) {
  require(!error.what.empty() && !error.file.empty());
  require(error.to_string().find('\n') == std::string::npos);
}

// One file a process, in the folder for temporary files.
class InputFile {
 public:
  InputFile() : path_("/tmp/ssc-fuzz-" + std::to_string(::getpid()) + ".xml") {}
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { ::unlink(path_.c_str()); }

  const std::string& write(std::string_view text) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
    return path_;
  }

 private:
  std::string path_;
};

void read_card(const std::string& path) {
  const auto model = profile::load_card(path);
  if (!model) return refused(model.error());
  const auto card = make_card(*model, {.seed = 1});
  card->power_on();
  require(card->atr().size() >= 2);
  require(card->transmit(apdu::Bytes{0x00, 0xA4, 0x00, 0x00}).status != apdu::sw::data_invalid);
}

void read_key_set(const std::string& path, InputFile& file) {
  const auto set = keys::load_key_set(path);
  if (!set) return refused(set.error());
  for (const keys::Fault& fault : keys::hierarchy::check_set(*set))
    require(!fault.what.empty() && !fault.mend.empty());
  if (!set->lab) return;
  const auto again = keys::load_key_set(file.write(keys::key_set_text(*set, keys::storage::lab_storage())));
  require(again && again->keys == set->keys);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static InputFile file;
  if (size == 0) return 0;
  const std::string& path = file.write({reinterpret_cast<const char*>(data) + 1, size - 1});
  switch (data[0] % 4) {
    case 0:
      read_card(path);
      break;
    case 1:
      if (const auto profile = profile::load_profile(path); !profile) refused(profile.error());
      break;
    case 2:
      read_key_set(path, file);
      break;
    default:
      if (const auto opened = keys::hierarchy::load_components(path, {}); !opened) refused(opened.error());
      break;
  }
  return 0;
}
