// A SoftHSM2 token of one test's own: a folder, a configuration, an initialised token; all gone afterwards.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "keys/hsm/machine_record.h"

namespace ssc::test {

inline constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";

// SoftHSM reads SOFTHSM2_CONF from the environment when a module is initialised: one at a time in a process.
class SoftToken {
 public:
  SoftToken() : folder_(new_folder()) {
    std::filesystem::create_directory(folder_ / "tokens");
    std::ofstream(folder_ / "softhsm2.conf")
        << "directories.tokendir = " << (folder_ / "tokens").string() << "\nobjectstore.backend = file\n"
        << "log.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
    write_pin("123456");
    const std::string command =
        "softhsm2-util --init-token --free --label ssc-test --so-pin 87654321 --pin 123456 >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("softhsm2-util could not make a token");
  }
  SoftToken(const SoftToken&) = delete;
  SoftToken& operator=(const SoftToken&) = delete;
  ~SoftToken() {
    ::unsetenv("SOFTHSM2_CONF");
    std::filesystem::remove_all(folder_);
  }

  keys::hsm::Pkcs11Record record() const { return {kSoftHsm, "ssc-test", pin_file()}; }
  std::filesystem::path folder() const { return folder_; }
  std::filesystem::path pin_file() const { return folder_ / "pin"; }

  void write_pin(const std::string& pin) const {
    std::ofstream(pin_file()) << pin << "\n";
    std::filesystem::permissions(pin_file(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

 private:
  // In memory where there is such a place: SoftHSM syncs every attribute it writes.
  static std::filesystem::path new_folder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto above =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = (above / "ssc-softhsm-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return name;
  }
  std::filesystem::path folder_;
};

}  // namespace ssc::test
