#include "keys/centre/letters.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::centre {
namespace {

namespace fs = std::filesystem;
using ledger::test::text_of;

class Letters : public ::testing::Test {
 protected:
  fs::path folder() const { return root_.path() / "letters"; }
  storage::Stored<void> letter(const std::string& card, const char* pin) {
    return write_letter(folder(), card, "张**", *Pin::of(pin));
  }
  simulator::test::TemporaryFolder root_;
};

TEST_F(Letters, OneFileACardForItsOwnerAlone) {
  ASSERT_TRUE(letter("A12345676", "402817"));
  ASSERT_TRUE(letter("B12345675", "7731"));
  const std::string text = text_of(folder() / "A12345676.txt");
  for (const char* part : {"402817", "A12345676", "张**"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
  for (const auto& [path, mode] :
       {std::pair(folder(), 0700U), std::pair(folder() / "B12345675.txt", 0600U)}) {
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, mode) << path;
  }
}

TEST_F(Letters, ASecondLetterTakesTheFirstOnesPlace) {
  ASSERT_TRUE(letter("A12345676", "402817"));
  ASSERT_TRUE(letter("A12345676", "990011"));
  EXPECT_EQ(text_of(folder() / "A12345676.txt").find("402817"), std::string::npos);
  EXPECT_EQ(wipe_letters(folder()).value(), 1U);
}

// A second name of the file shows what became of its bytes.
TEST_F(Letters, WipingOverwritesBeforeItRemoves) {
  ASSERT_TRUE(letter("A12345676", "402817"));
  const std::size_t size = text_of(folder() / "A12345676.txt").size();
  ASSERT_EQ(::link((folder() / "A12345676.txt").c_str(), (root_.path() / "kept").c_str()), 0);
  ledger::test::write(folder() / ".B.x.new", "402817");  // left by a program that was killed
  EXPECT_EQ(wipe_letters(folder()).value(), 1U);
  EXPECT_FALSE(fs::exists(folder()));
  EXPECT_EQ(text_of(root_.path() / "kept"), std::string(size, '\0'));
}

TEST_F(Letters, ALongLetterIsOverwrittenWhole) {
  ASSERT_TRUE(write_letter(folder(), "A12345676", std::string(10000, 'x'), *Pin::of("402817")));
  ASSERT_EQ(::link((folder() / "A12345676.txt").c_str(), (root_.path() / "kept").c_str()), 0);
  ASSERT_TRUE(wipe_letters(folder()));
  EXPECT_EQ(text_of(root_.path() / "kept").find_first_not_of('\0'), std::string::npos);
}

TEST_F(Letters, NoLettersAreWipedAtOnce) { EXPECT_EQ(wipe_letters(folder()).value(), 0U); }

TEST_F(Letters, AFileBehindALinkIsLeftAlone) {
  ASSERT_TRUE(letter("A12345676", "402817"));
  ledger::test::write(root_.path() / "other", "not ours");
  fs::create_symlink(root_.path() / "other", folder() / "B12345675.txt");
  EXPECT_FALSE(wipe_letters(folder()));
  EXPECT_EQ(text_of(root_.path() / "other"), "not ours");
}

}  // namespace
}  // namespace ssc::keys::centre
