// The SDF back end on the test library. Expected values: tests/data/check_values.vec, and the software back
// end.
#include "keys/hsm/sdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/hsm/device_back_end.h"
#include "keys/hsm/software.h"
#include "tests/keys/hsm/key_sets.h"
#include "tests/keys/hsm/sdf_machine.h"

namespace ssc::keys::hsm {
namespace {

using apdu::to_hex;
using test::hex;
using test::path;
using Kind = MachineError::Kind;

const Bytes kFactor = hex("1122334455667788");
const Bytes kOriginal = hex("0102030405060708");

// kRoot under the KEK of the test library, by `openssl enc -sm4-ecb -nopad -K 89AB…BA98`.
const std::string kWrappedRoot = "0697752274F81D0F51BD4CD08C944A2D";

SdfRecord record() {
  const auto key = [](const char* name, Purpose purpose, Level level) {
    return SdfKey{{{Cipher::kSm4, name, 1}, purpose, level, 16}, 1, {}};
  };
  SdfRecord out;
  out.library = test::SdfLibrary::file();
  out.kek = 1;
  out.keys = {key("IRK", Purpose::kInternalAuthentication, Level::kNational),
              key("STKSSSE", Purpose::kCommandMac, Level::kNational),
              key("DTK", Purpose::kTac, Level::kProvince), key("SSSE MK", Purpose::kMaster, Level::kCard)};
  out.keys[1].index.reset();
  out.keys[1].wrapped = hex(kWrappedRoot);
  return out;
}

Answer<Machine> open(const SdfRecord& of = record()) {
  return sdf_device(of).map(
      [](std::unique_ptr<CipherDevice> device) { return Machine(device_back_end(std::move(device))); });
}

// A device that nothing was left open in.
class Sdf : public testing::Test {
 protected:
  ~Sdf() override {
    EXPECT_EQ(library_.counts().keys, 0U);
    EXPECT_EQ(library_.counts().sessions, 0U);
    EXPECT_EQ(library_.counts().devices, 0U);
  }
  test::SdfLibrary library_;
};

const KeyPath kIrk = path(Cipher::kSm4, "IRK", {"3333303330307378", "86605328A8888888"});

TEST_F(Sdf, ComputesTheCheckValues) {
  Machine m = open().value();
  EXPECT_EQ(to_hex(m.authentication_data(kIrk, kFactor, kOriginal).value()), "378FFF15B5760B94");
  const auto reload = m.reload_pin(path(Cipher::kSm4, "STKSSSE"), kFactor, hex("123456")).value();
  EXPECT_EQ(to_hex(reload.cipher_text) + to_hex(reload.mac), "8FBAD58EF1E9FD6101FC623C022C198B4C115A38");
}

TEST_F(Sdf, DoesWhatSoftwareDoes) {
  Machine m = open().value();
  Machine software(software_back_end({test::small_set(Cipher::kSm4)}));
  const auto dtk = path(Cipher::kSm4, "DTK", {"3333303330307378", "86605328A8888888"});
  const auto under = path(Cipher::kSm4, "SSSE MK");
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 48U, 300U}) {
    EXPECT_EQ(m.tac(dtk, Bytes(size, 0x5A)), software.tac(dtk, Bytes(size, 0x5A))) << size;
  }
  EXPECT_EQ(m.identification_mac(kIrk, Bytes(12, 7)), software.identification_mac(kIrk, Bytes(12, 7)));
  const auto record = m.key_record(kIrk, under, test::kForm, kFactor).value();
  const auto expected = software.key_record(kIrk, under, test::kForm, kFactor).value();
  EXPECT_EQ(to_hex(record.cipher_text), to_hex(expected.cipher_text));
  EXPECT_EQ(record.mac, expected.mac);
}

TEST_F(Sdf, SaysWhoItIs) {
  EXPECT_EQ(open()->description(), "ssc test, stand-in, serial 2026010100100001");
  library_.behave({.failing = "SDF_GetDeviceInfo", .code = 0x01000003});
  EXPECT_EQ(open()->description(), "");
}

TEST_F(Sdf, EachUseDestroysWhatItMade) {
  Machine m = open().value();
  const unsigned kept = library_.counts().keys;
  EXPECT_EQ(kept, 4U);
  library_.behave({});
  EXPECT_TRUE(m.authentication_data(kIrk, kFactor, kOriginal).has_value());
  EXPECT_EQ(library_.calls(),
            "SDF_Encrypt SDF_ImportKey SDF_Encrypt SDF_ImportKey SDF_DestroyKey SDF_Encrypt SDF_ImportKey "
            "SDF_DestroyKey SDF_Encrypt SDF_DestroyKey");
  EXPECT_EQ(library_.counts().keys, kept);
}

// Every call of opening and use, made to fail in turn: an error with its name, and nothing left open (~Sdf).
TEST_F(Sdf, AFailureAnywhereLeavesNothingOpen) {
  const auto use = [](Machine machine) { return machine.authentication_data(kIrk, kFactor, kOriginal); };
  for (const char* function : {"SDF_OpenDevice", "SDF_OpenSession", "SDF_ImportKey", "SDF_Encrypt",
                               "SDF_ImportKeyWithKEK", "SDF_GetSymmKeyHandle"}) {
    unsigned failed = 0;
    for (unsigned nth = 1; nth <= 10; ++nth) {
      library_.behave({.failing = function, .nth = nth, .code = 0x01000004});
      const auto answer = open().and_then(use);
      if (answer) break;  // it is not called so often
      ++failed;
      EXPECT_EQ(answer.error().kind, Kind::kDevice) << function << nth;
      EXPECT_THAT(answer.error().what,
                  testing::HasSubstr(std::string("sdf: ") + function + ": SDR_HARDFAIL"));
    }
    EXPECT_GT(failed, 0U) << function;
    EXPECT_EQ(library_.counts().keys + library_.counts().sessions + library_.counts().devices, 0U)
        << function;
  }
}

TEST_F(Sdf, AKeyThatIsNotThereIsNamed) {
  auto other = record();
  other.keys[0].index = 99;
  EXPECT_EQ(open(other).error().what, "sdf: SDF_GetSymmKeyHandle: SDR_KEYNOTEXIST (SM4 IRK version 1)");
  other = record();
  other.kek = 2;
  EXPECT_EQ(open(other).error().what, "sdf: SDF_ImportKeyWithKEK: SDR_KEYNOTEXIST (SM4 STKSSSE version 1)");
}

TEST_F(Sdf, NumbersOfAMakerAreTriedAtOpening) {
  library_.behave({.ecb = 0x2001, .cbc = 0x2002, .mac = 0x2010});
  EXPECT_EQ(open().error().what, "sdf: SDF_Encrypt: SDR_ALGNOTSUPPORT");
  auto other = record();
  other.sm4_ecb = 0x2001;
  other.wrapped_with = 0x2001;
  other.sm4_mac = 0x2010;
  EXPECT_TRUE(open(other).has_value());
  other.sm4_mac = 0x410;
  other.sm4_cbc = 0x402;
  EXPECT_EQ(open(other).error().kind, Kind::kNoMechanism);
  EXPECT_THAT(open(other).error().what,
              testing::HasSubstr("neither 00000410 (sm4-mac) nor 00000402 (sm4-cbc)"));
  other.sm4_ecb = 0x2002;
  EXPECT_EQ(open(other).error().what,
            "sdf: 00002002 is not SM4 in ECB in this library; give the maker's number as sm4-ecb");
}

TEST_F(Sdf, WithoutAMacFunctionItChainsByCbc) {
  library_.behave({.mac = 0});
  Machine m = open().value();
  Machine software(software_back_end({test::small_set(Cipher::kSm4)}));
  const auto dtk = path(Cipher::kSm4, "DTK");
  EXPECT_EQ(m.tac(dtk, Bytes(300, 1)), software.tac(dtk, Bytes(300, 1)));
  EXPECT_FALSE(m.mechanisms()[1].usable);
  EXPECT_TRUE(m.mechanisms()[2].usable);
}

TEST_F(Sdf, WhatItLacksIsNamed) {
  Machine m = open().value();
  const auto des = m.check_value(path(Cipher::kDes, "IRK"));
  EXPECT_EQ(des.error().kind, Kind::kNoMechanism);
  EXPECT_EQ(des.error().what, "sdf: no mechanism for DES: GM/T 0006 has no algorithm number for it");
  EXPECT_EQ(m.load_keys(test::small_set(Cipher::kSm4)).error().kind, Kind::kRefused);  // they are there
  auto more = test::small_set(Cipher::kSm4);
  more.keys[0].version = 2;
  EXPECT_EQ(m.load_keys(more).error().kind, Kind::kNoMechanism);
  EXPECT_EQ(m.key_record(path(Cipher::kSm4, "IRK"), path(Cipher::kSm4, "SSSE MK"), test::kForm, kFactor)
                .error()
                .kind,
            Kind::kNoMechanism);
}

TEST_F(Sdf, ALibraryWithoutTheFunctionsIsNamed) {
  auto other = record();
  other.library = "libcrypto.so.3";
  EXPECT_EQ(open(other).error().kind, Kind::kNoMechanism);
  EXPECT_EQ(open(other).error().what, "sdf: the library has no SDF_OpenDevice");
  other.library = "/no/such/library.so";
  EXPECT_EQ(open(other).error().kind, Kind::kDevice);
}

TEST_F(Sdf, RandomComesFromTheMachine) {
  Machine m = open().value();
  Bytes a(32);
  Bytes b(32);
  EXPECT_TRUE(m.random(a).has_value());
  EXPECT_TRUE(m.random(b).has_value());
  EXPECT_NE(a, b);
  library_.behave({.failing = "SDF_GenerateRandom", .code = 0x01000017});
  EXPECT_EQ(m.random(a).error().what, "sdf: SDF_GenerateRandom: SDR_RANDERR");
}

}  // namespace
}  // namespace ssc::keys::hsm
