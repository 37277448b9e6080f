#include "keys/storage/storage_key.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys::storage {
namespace {

using apdu::to_hex;

Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

StorageKey some_key(std::uint8_t fill = 0x11) { return StorageKey(Bytes(kStorageKeySize, fill)); }

// RFC 7914 §12, third line; a shorter output is the head of a longer one.
TEST(StorageKey, IsScryptOfThePassphrase) {
  const std::string_view salt = "SodiumChloride";
  const auto key = StorageKey::from_passphrase(SecretBytes(std::string_view("pleaseletmein")),
                                               Bytes(salt.begin(), salt.end()), 14);
  EXPECT_EQ(to_hex(key.value().reveal()), "7023BDCB3AFD7348461C06CD81FD38EBFDA8FBBA904F8E3EA9B543F6545DA1F2");
}

TEST(StorageKey, OfTheLabIsTheTextTheReadmeTells) {
  const std::string_view text = "ssc-lab-storage-key-everyone-has";
  EXPECT_EQ(to_hex(StorageKey::lab().reveal()), to_hex(Bytes(text.begin(), text.end())));
}

// The GCM specification's test case 16 (McGrew and Viega).
TEST(Seal, IsAes256Gcm) {
  const StorageKey key(hex("FEFFE9928665731C6D6A8F9467308308FEFFE9928665731C6D6A8F9467308308"));
  const Bytes data = hex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
  const std::string context(data.begin(), data.end());
  const Bytes sealed =
      hex("CAFEBABEFACEDBADDECAF888"
          "522DC1F099567D07F47F37A32A84427D643A8CDCBFE5C0C97598A2BD2555D1AA"
          "8CB08E48590DBB3DA7B08B1056828838C5F61E6393BA7A0ABCC9F662"
          "76FC6ECE0F4E1768CDDF8853BB2D551B");
  EXPECT_EQ(to_hex(open(key, sealed, context).value().reveal()),
            "D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A72"
            "1C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B39");
}

TEST(Seal, OpensWhatItSealedAndNeverSealsAlike) {
  for (const std::size_t size : {0U, 1U, 16U, 40U}) {
    const Bytes plain(size, 0xA5);
    const Bytes once = seal(some_key(), plain, "place");
    EXPECT_EQ(once.size(), size + kSealSize);
    EXPECT_NE(once, seal(some_key(), plain, "place"));
    EXPECT_EQ(to_hex(open(some_key(), once, "place").value().reveal()), to_hex(plain));
  }
}

TEST(Seal, DoesNotOpenInAnotherPlaceUnderAnotherKeyOrChanged) {
  const Bytes sealed = seal(some_key(), hex("404142434445464748494A4B4C4D4E4F"), "key-set/a/IRK/1");
  EXPECT_EQ(open(some_key(), sealed, "key-set/a/IRK/2").error().kind, StorageError::Kind::kDamaged);
  EXPECT_FALSE(open(some_key(0x12), sealed, "key-set/a/IRK/1"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(open(some_key(), changed, "key-set/a/IRK/1")) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open(some_key(), ByteView(sealed).first(size), "key-set/a/IRK/1")) << size;
}

}  // namespace
}  // namespace ssc::keys::storage
