#include "keys/key.h"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

namespace ssc::keys {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(Printable<int>);
static_assert(!Printable<Secret> && !Printable<Key> && !Printable<SessionKey>);
static_assert(!std::is_convertible_v<Secret, ByteView> && !std::is_convertible_v<Key, ByteView>);

TEST(Secret, ComparesSizesAndBytes) {
  const Bytes eight(8, 1);
  const Bytes sixteen(16, 1);
  EXPECT_EQ(Secret(eight), Secret(eight));
  EXPECT_FALSE(Secret(eight) == Secret(sixteen));
  EXPECT_FALSE(Secret(eight) == Secret(Bytes(8, 2)));
  EXPECT_EQ(Secret(), Secret());
}

TEST(Secret, WipesItself) {
  alignas(Secret) unsigned char memory[sizeof(Secret)];
  auto* secret = new (memory) Secret(Bytes(16, 0xA5));
  secret->~Secret();
  const volatile unsigned char* seen = memory;
  for (std::size_t i = 0; i < sizeof memory; ++i) EXPECT_EQ(seen[i], 0) << i;
}

TEST(Key, TheCipherIsPartOfIt) {
  EXPECT_FALSE(Key(Cipher::kDes, Bytes(16, 1)) == Key(Cipher::kSm4, Bytes(16, 1)));
}

TEST(CipherNames, AreThoseOfTheStandard) {
  EXPECT_EQ(name(Cipher::kDes), "DES");
  EXPECT_EQ(name(Cipher::kSsf33), "SSF33");
  EXPECT_EQ(name(Cipher::kSm4), "SM4");
  EXPECT_FALSE(available(Cipher::kSsf33));
}

}  // namespace
}  // namespace ssc::keys
