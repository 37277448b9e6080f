// A file of a test's own.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace ssc::keys {

// Lives as long as this; in a folder that nothing else uses.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text = {}) {
    std::string name = (std::filesystem::temp_directory_path() / "ssc-test-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    std::ofstream(path()) << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove_all(folder_); }

  std::string path() const { return (folder_ / "set.xml").string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace ssc::keys
