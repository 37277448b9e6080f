// The program as a shell sees it, in a folder of the test's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/paths.h"

namespace ssc::tools {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Outcome {
  int status = -1;
  std::string out;
  std::string error;
};

inline std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// Each test has a folder of its own, which is gone afterwards.
class CommandLine : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "ssc-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Runs ssc from the test's folder.
  Outcome ssc(const std::string& arguments, const std::string& input = {}) {
    write("input", input);
    const std::string command =
        "cd " + folder_.string() + " && " + test::binary_dir() + "/ssc " + arguments + " <input >out 2>error";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder_ / "out"),
            text_of(folder_ / "error")};
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  void write_case(const std::string& steps, const std::string& attributes = {}) {
    write("s.xml",
          "<suite xmlns=\"urn:ssc:scenario:1\" id=\"s\" title=\"S\">\n<case id=\"C-1\" purpose=\"p\" " +
              attributes + ">\n" + steps + "\n</case></suite>\n");
  }

  fs::path folder_;
};

}  // namespace ssc::tools
