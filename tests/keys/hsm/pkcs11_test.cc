// The PKCS#11 back end on a SoftHSM2 token. Expected values: tests/data/check_values.vec.
#include "keys/hsm/pkcs11.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "apdu/hex.h"
#include "keys/hsm/device_back_end.h"
#include "keys/hsm/pkcs11_module.h"
#include "keys/hsm/software.h"
#include "tests/keys/hsm/key_sets.h"
#include "tests/keys/hsm/sdf_machine.h"
#include "tests/keys/hsm/soft_token.h"

namespace ssc::keys::hsm {
namespace {

using apdu::to_hex;
using test::hex;
using test::path;
using Kind = MachineError::Kind;

Answer<Machine> open(const test::SoftToken& token) {
  return pkcs11_device(token.record()).map([](std::unique_ptr<CipherDevice> device) {
    return Machine(device_back_end(std::move(device)));
  });
}

// A machine whose token holds the small set.
Machine loaded(const test::SoftToken& token) {
  Machine machine = open(token).value();
  EXPECT_EQ(machine.load_keys(test::small_set(Cipher::kDes)), 4U);
  return machine;
}

// Objects that live in a session only, as any session of this process sees them.
std::size_t session_objects() {
  const auto module = Pkcs11Module::open(test::kSoftHsm).value();
  const auto session = Pkcs11Session::open(module, module->find_token("ssc-test").value(),
                                           storage::SecretBytes(std::string_view("123456")))
                           .value();
  CK_BBOOL no = CK_FALSE;
  CK_ATTRIBUTE wanted{CKA_TOKEN, &no, sizeof no};
  std::array<CK_OBJECT_HANDLE, 64> found{};
  CK_ULONG count = 0;
  EXPECT_EQ(session->functions().C_FindObjectsInit(session->handle(), &wanted, 1), CKR_OK);
  EXPECT_EQ(session->functions().C_FindObjects(session->handle(), found.data(), found.size(), &count),
            CKR_OK);
  EXPECT_EQ(session->functions().C_FindObjectsFinal(session->handle()), CKR_OK);
  return count;
}

const Bytes kFactor = hex("1122334455667788");
const Bytes kOriginal = hex("0102030405060708");

TEST(Pkcs11, ComputesTheCheckValues) {
  const test::SoftToken token;
  Machine m = loaded(token);
  const auto irk = path(Cipher::kDes, "IRK", {"3333303030307368", "3333303330307378", "86605328A8888888"});
  EXPECT_EQ(to_hex(m.authentication_data(irk, kFactor, kOriginal).value()), "DA5CB81E5111AB93");
  const auto stk = path(Cipher::kDes, "STKSSSE");
  const auto reload = m.reload_pin(stk, kFactor, hex("123456")).value();
  EXPECT_EQ(to_hex(reload.cipher_text) + to_hex(reload.mac), "A4133DF32C2C2EE4EB004C1A");
  EXPECT_EQ(to_hex(m.unblock_pin(stk, kFactor).value()), "3B20864B");
}

TEST(Pkcs11, KeysStayInTheToken) {
  const test::SoftToken token;
  { Machine m = loaded(token); }
  Machine again = open(token).value();
  EXPECT_EQ(again.keys().size(), 4U);
  Machine software(software_back_end({test::small_set(Cipher::kDes)}));
  for (const KeyInfo& key : software.keys()) {
    const auto found = again.find(key.id).value();
    EXPECT_EQ(found.level, key.level) << key.id.to_string();
    EXPECT_EQ(found.purpose, key.purpose) << key.id.to_string();
    EXPECT_EQ(found.size, key.size) << key.id.to_string();
    EXPECT_EQ(again.check_value({key.id, {}}), software.check_value({key.id, {}})) << key.id.to_string();
  }
}

TEST(Pkcs11, WhatATokenLacksIsNamed) {
  const test::SoftToken token;
  Machine m = loaded(token);
  const auto sm4 = m.check_value(path(Cipher::kSm4, "IRK"));
  EXPECT_EQ(sm4.error().kind, Kind::kNoMechanism);
  EXPECT_EQ(sm4.error().what, "pkcs11: no mechanism for SM4: PKCS#11 has no number for it");
  EXPECT_EQ(m.load_keys(test::small_set(Cipher::kSm4)).error().kind, Kind::kNoMechanism);
  std::map<std::string, bool> mechanisms;
  for (const Mechanism& one : m.mechanisms()) mechanisms[one.name] = one.usable;
  EXPECT_TRUE(mechanisms.at("CKM_DES3_ECB"));
  EXPECT_TRUE(mechanisms.at("CKM_DES3_CBC"));
  EXPECT_TRUE(mechanisms.at("CKM_DES3_ECB_ENCRYPT_DATA"));
  EXPECT_FALSE(mechanisms.at("CKM_DES3_ECB for C_WrapKey"));
  EXPECT_FALSE(mechanisms.at("SM4"));
}

TEST(Pkcs11, AKeyItselfDoesNotLeave) {
  const test::SoftToken token;
  Machine m = loaded(token);
  const auto under = path(Cipher::kDes, "SSSE MK");
  const auto itself = m.key_record(path(Cipher::kDes, "IRK"), under, test::kForm, kFactor);
  EXPECT_EQ(itself.error().kind, Kind::kNoMechanism);
  const auto child = path(Cipher::kDes, "IRK", {"3333303030307368"});
  Machine software(software_back_end({test::small_set(Cipher::kDes)}));
  const auto record = m.key_record(child, under, test::kForm, kFactor).value();
  const auto expected = software.key_record(child, under, test::kForm, kFactor).value();
  EXPECT_EQ(to_hex(record.cipher_text), to_hex(expected.cipher_text));
  EXPECT_EQ(record.mac, expected.mac);
}

TEST(Pkcs11, AKeyOfARecordIsKept) {
  const test::SoftToken token;
  Machine sender(software_back_end({test::small_set(Cipher::kDes)}));
  const auto child = path(Cipher::kDes, "IRK", {"3333303030307368"});
  const auto under = path(Cipher::kDes, "SSSE MK");
  {
    Machine m = loaded(token);
    const auto record = sender.key_record(child, under, test::kForm, m.challenge().value()).value();
    EXPECT_EQ(m.import_key(test::imported(Cipher::kDes), under, test::kForm, record),
              sender.check_value(child));
    auto wrong = test::kForm;
    wrong.header[0] ^= 1;
    const auto other = sender.key_record(child, under, wrong, m.challenge().value()).value();
    auto as = test::imported(Cipher::kDes);
    as.id.version = 2;
    EXPECT_EQ(m.import_key(as, under, test::kForm, other).error().kind, Kind::kRefused);
  }
  EXPECT_EQ(open(token)->check_value(path(Cipher::kDes, "RK1DF01")), sender.check_value(child));
}

TEST(Pkcs11, DerivedKeysAreGoneAfterEachUse) {
  const test::SoftToken token;
  Machine m = loaded(token);
  const auto irk = path(Cipher::kDes, "IRK", {"3333303030307368", "3333303330307378", "86605328A8888888"});
  const auto dtk = path(Cipher::kDes, "DTK", {"3333303330307378", "86605328A8888888"});
  EXPECT_TRUE(m.authentication_data(irk, kFactor, kOriginal).has_value());
  EXPECT_TRUE(m.tac(dtk, kOriginal).has_value());
  EXPECT_TRUE(m.identification_mac(irk, Bytes(12)).has_value());
  EXPECT_EQ(session_objects(), 0U);
}

TEST(Pkcs11, WhatIsWrongIsNamed) {
  const test::SoftToken token;
  auto record = token.record();
  record.token = "other";
  EXPECT_EQ(pkcs11_device(record).error().what,
            "pkcs11: no token is labelled 'other'; the module shows 'ssc-test'");
  record = token.record();
  record.module = "/no/such/module.so";
  EXPECT_EQ(pkcs11_device(record).error().kind, Kind::kDevice);
  record = token.record();
  record.module = test::SdfLibrary::file();
  EXPECT_EQ(pkcs11_device(record).error().what, "pkcs11: the module has no C_GetFunctionList");
  token.write_pin("999999");
  EXPECT_EQ(pkcs11_device(token.record()).error().what, "pkcs11: C_Login: CKR_PIN_INCORRECT");
  std::filesystem::permissions(token.pin_file(), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(pkcs11_device(token.record()).error().what,
              testing::EndsWith("others may read the PIN; chmod 600"));
  std::filesystem::remove(token.pin_file());
  EXPECT_EQ(pkcs11_device(token.record()).error().kind, Kind::kDevice);
}

}  // namespace
}  // namespace ssc::keys::hsm
