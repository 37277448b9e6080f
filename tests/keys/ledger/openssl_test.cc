// What an auditor does without this program: the signature of a line, by the openssl command.
#include <sys/wait.h>

#include <cstdlib>

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using test::entry;

// An unsigned number of 32 bytes as an ASN.1 INTEGER.
std::string integer(const std::uint8_t* bytes) {
  std::string digits(reinterpret_cast<const char*>(bytes), 32);
  digits.erase(0, std::min(digits.find_first_not_of('\0'), digits.size() - 1));
  if (static_cast<unsigned char>(digits[0]) >= 0x80) digits.insert(0, 1, '\0');
  return "\x02" + std::string(1, static_cast<char>(digits.size())) + digits;
}

std::string sequence(const Sm2Signature& signature) {
  const std::string body = integer(signature.data()) + integer(signature.data() + 32);
  return "\x30" + std::string(1, static_cast<char>(body.size())) + body;
}

class OpensslTest : public test::LedgerRig {
 protected:
  bool openssl_verifies(const Digest& hash, const Sm2Signature& signature, const std::string& id) {
    const std::string at = folder_.path().string();
    test::write(at + "/key.pem", key_.public_key().to_pem());
    test::write(at + "/hash", {reinterpret_cast<const char*>(hash.data()), hash.size()});
    test::write(at + "/signature", sequence(signature));
    const std::string command = "openssl dgst -sm3 -verify " + at + "/key.pem -sigopt distid:" + id +
                                " -signature " + at + "/signature " + at + "/hash >" + at + "/out 2>&1";
    const int status = std::system(command.c_str());  // NOLINT: a fixed command
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
           test::text_of(at + "/out").find("Verified OK") != std::string::npos;
  }
};

TEST_F(OpensslTest, AnotherProgramVerifiesALine) {
  Ledger ledger = create();
  for (int i = 0; i < 4; ++i) {
    auto record = ledger.append(entry(Kind::kCreate, kMother, "M-" + std::to_string(i)));
    ASSERT_TRUE(record);
    EXPECT_TRUE(openssl_verifies(record->hash, record->signature, "1234567812345678"));
    EXPECT_FALSE(openssl_verifies(record->hash, record->signature, "1234567812345679"));
    record->hash[5] ^= 1;
    EXPECT_FALSE(openssl_verifies(record->hash, record->signature, "1234567812345678"));
  }
}

}  // namespace
}  // namespace ssc::keys::ledger
