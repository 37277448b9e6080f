#include "keys/storage/owner_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace ssc::keys::storage {
namespace {

namespace fs = std::filesystem;

class OwnerFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "ssc-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  static unsigned mode(const fs::path& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

std::string text(const fs::path& file) { return std::string(read_secret_file(file).value().reveal_text()); }

TEST_F(OwnerFile, IsItsOwnersAloneWhateverTheMask) {
  const mode_t before = umask(0);
  EXPECT_TRUE(write_owner_file(folder_ / "a", "one"));
  umask(before);
  EXPECT_EQ(mode(folder_ / "a"), 0600U);
  EXPECT_EQ(text(folder_ / "a"), "one");
  EXPECT_EQ(files(), 1U);
}

TEST_F(OwnerFile, ReplacesAnOlderOneWholeAndItsMode) {
  std::ofstream(folder_ / "a") << "older and longer";
  fs::permissions(folder_ / "a", fs::perms::others_read, fs::perm_options::add);
  EXPECT_TRUE(write_owner_file(folder_ / "a", "new"));
  EXPECT_EQ(text(folder_ / "a"), "new");
  EXPECT_EQ(mode(folder_ / "a"), 0600U);
}

TEST_F(OwnerFile, MadeAnewLeavesTheOldOneAlone) {
  EXPECT_TRUE(create_owner_file(folder_ / "a", "one"));
  EXPECT_EQ(mode(folder_ / "a"), 0600U);
  const auto again = create_owner_file(folder_ / "a", "two");
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().what.find("File exists"), std::string::npos) << again.error().what;
  EXPECT_EQ(text(folder_ / "a"), "one");
  EXPECT_EQ(files(), 1U);
}

TEST_F(OwnerFile, ThatCannotTakeItsPlaceLeavesNothingBehind) {
  fs::create_directory(folder_ / "a");
  EXPECT_FALSE(write_owner_file(folder_ / "a", "x"));
  EXPECT_EQ(files(), 1U);
  EXPECT_FALSE(write_owner_file(folder_ / "no" / "such" / "folder", "x"));
}

TEST_F(OwnerFile, FolderIsItsOwnersAlone) {
  EXPECT_TRUE(make_owner_folder(folder_ / "b" / "c"));
  EXPECT_TRUE(make_owner_folder(folder_ / "b" / "c"));
  EXPECT_EQ(mode(folder_ / "b"), 0700U);
  EXPECT_EQ(mode(folder_ / "b" / "c"), 0700U);
  EXPECT_TRUE(write_owner_file(folder_ / "file", ""));
  EXPECT_FALSE(make_owner_folder(folder_ / "file" / "d"));
}

TEST_F(OwnerFile, IsReadNoLongerThanAsked) {
  EXPECT_TRUE(write_owner_file(folder_ / "a", "12345"));
  EXPECT_EQ(read_secret_file(folder_ / "a", 5)->size(), 5U);
  EXPECT_FALSE(read_secret_file(folder_ / "a", 4));
  EXPECT_FALSE(read_secret_file(folder_ / "b"));
}

}  // namespace
}  // namespace ssc::keys::storage
