// The machine's rules, on the software back end. Expected values: tests/data/check_values.vec and mac.vec.
#include "keys/hsm/machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/hsm/key_addresses.h"
#include "keys/hsm/software.h"
#include "tests/keys/hsm/key_sets.h"

namespace ssc::keys::hsm {
namespace {

using apdu::to_hex;
using test::hex;
using test::imported;
using test::kForm;
using test::path;
using test::small_set;
using Kind = MachineError::Kind;

Machine machine(KeepSet keep = {}, Permit permit = {}) {
  return Machine(software_back_end({small_set(Cipher::kDes), small_set(Cipher::kSm4)}, std::move(keep),
                                   seeded_random(1)),
                 permit);
}

const Bytes kFactor = hex("1122334455667788");
const Bytes kOriginal = hex("0102030405060708");
const Bytes kHistorical = hex("0081544C928684990100000001");

template <class T>
Kind kind_of(const Answer<T>& answer) {
  EXPECT_FALSE(answer.has_value());
  return answer ? Kind::kDevice : answer.error().kind;
}

TEST(Machine, AuthenticationDataOfTheCheckValues) {
  Machine m = machine();
  const auto des = path(Cipher::kDes, "IRK", {"3333303030307368", "3333303330307378", "86605328A8888888"});
  EXPECT_EQ(to_hex(m.authentication_data(des, kFactor, kOriginal).value()), "DA5CB81E5111AB93");
  const auto sm4 = path(Cipher::kSm4, "IRK", {"3333303330307378", "86605328A8888888"});
  EXPECT_EQ(to_hex(m.authentication_data(sm4, kFactor, kOriginal).value()), "378FFF15B5760B94");
}

TEST(Machine, PinReloadAndUnblockOfTheCheckValues) {
  Machine m = machine();
  const auto des = m.reload_pin(path(Cipher::kDes, "STKSSSE"), kFactor, hex("123456")).value();
  EXPECT_EQ(to_hex(des.cipher_text) + to_hex(des.mac), "A4133DF32C2C2EE4EB004C1A");
  const auto sm4 = m.reload_pin(path(Cipher::kSm4, "STKSSSE"), kFactor, hex("123456")).value();
  EXPECT_EQ(to_hex(sm4.cipher_text) + to_hex(sm4.mac), "8FBAD58EF1E9FD6101FC623C022C198B4C115A38");
  EXPECT_EQ(to_hex(m.unblock_pin(path(Cipher::kDes, "STKSSSE"), kFactor).value()), "3B20864B");
}

TEST(Machine, CardPathTakesWhatIsLeftOfTheLevels) {
  Machine m = machine();
  const auto irk = m.card_path({Cipher::kDes, "IRK", 1}, "330300", kHistorical).value();
  ASSERT_EQ(irk.factors.size(), 3U);
  EXPECT_EQ(to_hex(irk.factors[0]), "3333303030307368");
  EXPECT_EQ(to_hex(irk.factors[1]), "3333303330307378");
  EXPECT_EQ(to_hex(irk.factors[2]), "8684990100000001");
  EXPECT_TRUE(m.card_path({Cipher::kDes, "SSSE MK", 1}, "330300", kHistorical)->factors.empty());
  EXPECT_EQ(kind_of(m.card_path({Cipher::kDes, "IRK", 1}, "33030", kHistorical)), Kind::kBadInput);
  EXPECT_EQ(kind_of(m.card_path({Cipher::kDes, "IRK", 1}, "330300", hex("00"))), Kind::kBadInput);
}

TEST(Machine, KeysAreFoundByAddressToo) {
  Machine m = machine();
  EXPECT_EQ(m.at(0x0170, Cipher::kSm4)->id, (KeyId{Cipher::kSm4, "IRK", 1}));
  EXPECT_EQ(kind_of(m.at(0x0171, Cipher::kSm4)), Kind::kNoKey);
  EXPECT_EQ(m.address_of({Cipher::kSm4, "IRK", 1}), 0x0170);
  EXPECT_EQ(m.address_of({Cipher::kSm4, "SSSE MK", 1}), std::nullopt);
}

TEST(Machine, ItsOwnAddressesStandBeforeTheAnnex) {
  Machine m(software_back_end({small_set(Cipher::kDes)}), {}, {{0x1001, "IRK", 1}, {0x0173, "DTK", 1}});
  EXPECT_EQ(m.at(0x1001, Cipher::kDes)->id.name, "IRK");
  EXPECT_EQ(m.at(0x0173, Cipher::kDes)->id.name, "DTK");
  EXPECT_EQ(m.at(0x0170, Cipher::kDes)->id.name, "IRK");
  EXPECT_EQ(m.address_of({Cipher::kDes, "IRK", 1}), 0x1001);
}

// Of tables B.1 and B.2 of the provincial terminal specification.
TEST(KeyAddresses, AreThoseOfTheAnnex) {
  EXPECT_EQ(key_address("RKSSSE", 1), 0x004C);
  EXPECT_EQ(key_address("UK1DF05", 3), 0x008F);
  EXPECT_EQ(key_address("PUK", 1), 0x0090);
  EXPECT_EQ(key_address("UKSSSE", 2), 0x0095);
  EXPECT_EQ(key_address("DTK", 3), 0x00B7);
  EXPECT_EQ(key_address("STKSSSE", 1), 0x0173);
  EXPECT_EQ(key_address("RK1DF03", 2), 0x0194);
  EXPECT_EQ(key_address("DPK", 3), 0x019C);
  EXPECT_EQ(key_address("PUK", 2), std::nullopt);
  EXPECT_EQ(key_address("SSSE MK", 1), std::nullopt);
}

TEST(Machine, AKeyServesItsPurposeOnly) {
  Machine m = machine();
  const auto irk = path(Cipher::kDes, "IRK");
  EXPECT_EQ(kind_of(m.tac(irk, kOriginal)), Kind::kRefused);
  EXPECT_EQ(kind_of(m.session_mac(irk, kFactor, kOriginal)), Kind::kRefused);
  EXPECT_EQ(kind_of(m.encipher(path(Cipher::kDes, "DTK"), kFactor, kOriginal)), Kind::kRefused);
  EXPECT_EQ(kind_of(m.data_record(kOriginal, irk, {}, kFactor)), Kind::kRefused);
  EXPECT_EQ(m.tac(irk, kOriginal).error().what,
            "DES IRK version 1 serves internal authentication; it cannot make a TAC (Part 4 §7.1)");
}

TEST(Machine, WhatIsNotThereIsNamed) {
  Machine m = machine();
  EXPECT_EQ(kind_of(m.check_value(path(Cipher::kDes, "PUK"))), Kind::kNoKey);
  EXPECT_EQ(m.check_value(path(Cipher::kDes, "PUK")).error().what, "software: no key DES PUK version 1");
  EXPECT_EQ(kind_of(m.check_value(path(Cipher::kSsf33, "IRK"))), Kind::kNoMechanism);
  const auto deep = path(Cipher::kDes, "SSSE MK", {"3333303030307368"});
  EXPECT_EQ(kind_of(m.check_value(deep)), Kind::kRefused);
}

TEST(Machine, ACertificateForOneCipherRefusesTheOther) {
  Machine m = machine({}, {.des = false, .sm4 = true});
  EXPECT_TRUE(m.check_value(path(Cipher::kSm4, "IRK")).has_value());
  EXPECT_EQ(kind_of(m.check_value(path(Cipher::kDes, "IRK"))), Kind::kNotCertified);
}

TEST(Machine, WrongShapesAreBadInput) {
  Machine m = machine();
  const auto irk = path(Cipher::kDes, "IRK");
  const auto stk = path(Cipher::kDes, "STKSSSE");
  for (const std::size_t size : {0U, 3U, 5U, 7U, 9U, 16U, 17U}) {
    EXPECT_EQ(kind_of(m.authentication_data(irk, Bytes(size), kOriginal)), Kind::kBadInput) << size;
  }
  EXPECT_EQ(kind_of(m.authentication_data(irk, kFactor, Bytes(7))), Kind::kBadInput);
  EXPECT_EQ(kind_of(m.encipher(stk, kFactor, Bytes(41))), Kind::kBadInput);
  EXPECT_TRUE(m.encipher(stk, kFactor, {}).has_value());
  EXPECT_EQ(kind_of(m.encipher(path(Cipher::kSm4, "STKSSSE"), kFactor, {})), Kind::kBadInput);
  EXPECT_EQ(kind_of(m.reload_pin(stk, kFactor, Bytes(9))), Kind::kBadInput);
  EXPECT_EQ(kind_of(m.identification_mac(irk, Bytes(11))), Kind::kBadInput);
}

// One machine sends, another takes: the KCV is that of the diversified key at the sender.
class Transport : public testing::TestWithParam<Cipher> {};

TEST_P(Transport, AKeyGoesFromMachineToMachine) {
  Machine sender = machine();
  int kept = 0;
  Machine taker = machine([&](const KeySet& set) -> Answer<void> {
    kept += set.find("RK1DF01") != nullptr;
    return {};
  });
  const auto key = path(GetParam(), "IRK", {"3333303030307368"});
  const auto under = path(GetParam(), "SSSE MK");
  const auto challenge = taker.challenge().value();
  const auto record = sender.key_record(key, under, kForm, challenge).value();
  EXPECT_EQ(taker.import_key(imported(GetParam()), under, kForm, record), sender.check_value(key));
  EXPECT_EQ(kept, 1);
  EXPECT_EQ(taker.check_value(path(GetParam(), "RK1DF01")), sender.check_value(key));
  EXPECT_EQ(taker.keys().size(), sender.keys().size() + 1);
}

TEST_P(Transport, AReplayedChangedOrMisaddressedRecordIsRefused) {
  Machine m = machine();
  const auto key = path(GetParam(), "IRK", {"3333303030307368"});
  const auto under = path(GetParam(), "SSSE MK");
  const auto made = [&] { return m.key_record(key, under, kForm, m.challenge().value()).value(); };
  const auto take = [&](const KeyRecord& record, const RecordForm& form) {
    return m.import_key(imported(GetParam()), under, form, record);
  };
  auto changed = made();
  changed.mac[0] ^= 1;
  EXPECT_EQ(kind_of(take(changed, kForm)), Kind::kRefused);
  EXPECT_EQ(kind_of(take(made(), {kForm.command, {0x48, 0x2E, 0, 3, 0, 0, 0, 0}})), Kind::kRefused);
  EXPECT_EQ(kind_of(take(made(), {{0x84, 0xD4, 0x00, 0x12}, kForm.header})), Kind::kRefused);
  const auto good = made();
  EXPECT_TRUE(take(good, kForm).has_value());
  EXPECT_EQ(kind_of(take(good, kForm)), Kind::kRefused);    // no challenge any more
  EXPECT_EQ(kind_of(take(made(), kForm)), Kind::kRefused);  // it is there already
}

INSTANTIATE_TEST_SUITE_P(Ciphers, Transport, testing::Values(Cipher::kDes, Cipher::kSm4),
                         [](const auto& cipher) { return std::string(name(cipher.param)); });

TEST(Machine, ASetIsLoadedOnceOnly) {
  KeySet empty = small_set(Cipher::kSm4);
  empty.keys.clear();
  Machine m(software_back_end({empty}));
  EXPECT_EQ(m.load_keys(small_set(Cipher::kSm4)), 4U);
  EXPECT_EQ(m.keys().size(), 4U);
  EXPECT_EQ(kind_of(m.load_keys(small_set(Cipher::kSm4))), Kind::kRefused);
  EXPECT_EQ(kind_of(m.load_keys(small_set(Cipher::kDes))), Kind::kNoKey);
}

TEST(Machine, AKeyThatCannotBeKeptIsNotThere) {
  Machine m = machine([](const KeySet&) { return refuse(Kind::kDevice, "disk full"); });
  const auto under = path(Cipher::kDes, "SSSE MK");
  const auto record = m.key_record(path(Cipher::kDes, "IRK"), under, kForm, m.challenge().value()).value();
  EXPECT_EQ(kind_of(m.import_key(imported(Cipher::kDes), under, kForm, record)), Kind::kDevice);
  EXPECT_EQ(kind_of(m.check_value(path(Cipher::kDes, "RK1DF01"))), Kind::kNoKey);
}

}  // namespace
}  // namespace ssc::keys::hsm
