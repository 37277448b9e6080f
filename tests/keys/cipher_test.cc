// Our ciphers and chains beside the openssl command line, a program of its own.
#include "keys/cipher.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <thread>

#include "apdu/hex.h"
#include "keys/random.h"
#include "keys/standard.h"

namespace ssc::keys {
namespace {

using apdu::concat;
using apdu::to_hex;

// What the shell command writes to its standard output.
Bytes output_of(const std::string& command) {
  Bytes out;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c = 0; pipe != nullptr && (c = std::fgetc(pipe)) != EOF;)
    out.push_back(static_cast<std::uint8_t>(c));
  if (pipe != nullptr) pclose(pipe);
  return out;
}

Bytes openssl(const std::string& mode, ByteView key, ByteView data) {
  std::string bytes;
  for (const std::uint8_t byte : data) {
    const char octal[] = {'\\', static_cast<char>('0' + (byte >> 6)),
                          static_cast<char>('0' + ((byte >> 3) & 7)), static_cast<char>('0' + (byte & 7)), 0};
    bytes += octal;
  }
  return output_of("printf '" + bytes + "' | openssl enc -" + mode + " -nopad -K " + to_hex(key) +
                   " 2>/dev/null");
}

Bytes some_bytes(std::size_t size) {
  Bytes out(size);
  seeded_random(size + 1)->fill(out);
  return out;
}

Bytes padded(ByteView data, std::size_t block) {
  Bytes out(data.begin(), data.end());
  out.push_back(0x80);
  while (out.size() % block != 0) out.push_back(0);
  return out;
}

class BesideOpenssl : public testing::Test {
 protected:
  void SetUp() override {
    if (output_of("openssl version 2>/dev/null").empty()) GTEST_SKIP() << "no openssl command here";
  }
};

TEST_F(BesideOpenssl, WholeBlocks) {
  const Bytes key = some_bytes(16);
  for (const std::size_t size : {16U, 32U, 80U}) {
    const Bytes data = some_bytes(size);
    EXPECT_EQ(to_hex(encipher_blocks(Key(Cipher::kDes, key), data)),
              to_hex(openssl("des-ede-ecb", key, data)));
    EXPECT_EQ(to_hex(encipher_blocks(Key(Cipher::kSm4, key), data)), to_hex(openssl("sm4-ecb", key, data)));
  }
}

TEST_F(BesideOpenssl, SingleDesIsTwoKeyTripleDesWithEqualHalves) {
  const Bytes key = some_bytes(8);
  const Bytes data = some_bytes(24);
  EXPECT_EQ(to_hex(encipher_blocks(Key(Cipher::kDes, key), data)),
            to_hex(openssl("des-ede-ecb", concat({key, key}), data)));
}

TEST_F(BesideOpenssl, MacsOfEveryLengthAroundABlockAndTheBuffer) {
  const Bytes key = some_bytes(16);
  const ByteView des = ByteView(key).first(8);
  for (const std::size_t size : {0U, 1U, 7U, 8U, 15U, 16U, 17U, 127U, 128U, 129U, 261U}) {
    const Bytes data = some_bytes(size);
    const Bytes short_blocks =
        openssl("des-ede-cbc -iv 0000000000000000", concat({des, des}), padded(data, 8));
    EXPECT_EQ(to_hex(mac(SessionKey(Cipher::kDes, des), {data})),
              to_hex(ByteView(short_blocks).last(8).first(4)));
    const Bytes blocks = openssl("sm4-cbc -iv 00000000000000000000000000000000", key, padded(data, 16));
    const ByteView last = ByteView(blocks).last(16);
    const Bytes folded = apdu::exclusive_or(apdu::exclusive_or(last.subspan(0, 4), last.subspan(4, 4)),
                                            apdu::exclusive_or(last.subspan(8, 4), last.subspan(12, 4)));
    EXPECT_EQ(to_hex(mac(SessionKey(Cipher::kSm4, key), {data})), to_hex(folded)) << size;
  }
}

TEST_F(BesideOpenssl, ChainedBlocks) {
  const Bytes key = some_bytes(16);
  const Bytes iv = some_bytes(16);
  const Bytes data = some_bytes(64);
  const Bytes sm4 = openssl("sm4-cbc -iv " + to_hex(iv), key, data);
  EXPECT_EQ(to_hex(chain_blocks(Key(Cipher::kSm4, key), iv, data)), to_hex(ByteView(sm4).last(16)));
  const ByteView short_iv = ByteView(iv).first(8);
  const Bytes des = openssl("des-ede-cbc -iv " + to_hex(short_iv), key, data);
  EXPECT_EQ(to_hex(chain_blocks(Key(Cipher::kDes, key), short_iv, data)), to_hex(ByteView(des).last(8)));
}

TEST(Cipher, DeciphersWhatItEnciphered) {
  for (const Cipher cipher : {Cipher::kDes, Cipher::kSm4}) {
    const Key key(cipher, some_bytes(16));
    Bytes data = some_bytes(48);
    encipher_ecb(key, data, data);
    EXPECT_NE(data, some_bytes(48));
    decipher_ecb(key, data, data);
    EXPECT_EQ(data, some_bytes(48));
  }
}

TEST(Cipher, ThreadsDoNotMixTheirKeys) {
  const auto work = [](std::uint64_t seed) {
    Bytes bytes(16);
    seeded_random(seed)->fill(bytes);
    const Key key(Cipher::kSm4, bytes);
    for (int i = 0; i < 2000; ++i) encipher_ecb(key, bytes, bytes);
    return bytes;
  };
  const Bytes expected[] = {work(1), work(2)};
  Bytes found[2];
  std::thread first([&] { found[0] = work(1); });
  std::thread second([&] { found[1] = work(2); });
  first.join();
  second.join();
  EXPECT_EQ(found[0], expected[0]);
  EXPECT_EQ(found[1], expected[1]);
}

using CipherDeathTest = testing::Test;

TEST_F(CipherDeathTest, Ssf33EndsTheProgramInsteadOfComputingSomethingElse) {
  const Key key(Cipher::kSsf33, some_bytes(16));
  Bytes data = some_bytes(16);
  EXPECT_DEATH(encipher_ecb(key, data, data), "SSF33 is a secret cipher");
}

}  // namespace
}  // namespace ssc::keys
