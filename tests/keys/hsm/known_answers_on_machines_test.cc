// Every line of the cryptographic tests/data/*.vec through each back end: software, a SoftHSM2 token, the SDF
// test library. What a back end cannot do is left out with the back end's own reason, printed and counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "keys/hsm/device_back_end.h"
#include "keys/hsm/pkcs11.h"
#include "keys/hsm/sdf.h"
#include "keys/hsm/software.h"
#include "keys/standard.h"
#include "tests/keys/hsm/key_sets.h"
#include "tests/keys/hsm/machine_vectors.h"
#include "tests/keys/hsm/sdf_machine.h"
#include "tests/keys/hsm/soft_token.h"

namespace ssc::keys::hsm {
namespace {

using test::KnownAnswer;
using test::Subject;
using test::Text;
using test::Use;
using Kind = MachineError::Kind;

constexpr Cipher kDes = Cipher::kDes;
constexpr Cipher kSm4 = Cipher::kSm4;

// Of 182 published vectors and the project's own check values.
constexpr int kDesVectors = 126;
constexpr int kSm4Vectors = 41;

struct Item {
  KnownAnswer vector;
  Use use;
  KeyId id;
};

// Each vector with a key name of its own.
std::vector<Item> items() {
  std::vector<Item> out;
  for (const KnownAnswer& v : test::machine_vectors()) {
    const auto use = test::use_of(v);
    if (use) out.push_back({v, *use, {use->cipher, "vector " + std::to_string(out.size()), 1}});
  }
  return out;
}

KeyInfo info_of(const Item& item) {
  return {item.id, item.use.purpose, Level::kNational, item.use.key.size()};
}

const KeyInfo kTransportInfo = {{kDes, "transport", 1}, Purpose::kMaster, Level::kCard, 16};

struct Outcome {
  int equal = 0;
  std::map<std::string, int> left_out;  // why, and how many
};

Outcome walk(const std::vector<Item>& all, const Subject& subject) {
  Outcome outcome;
  for (const Item& item : all) {
    const auto able = subject.back_end->supports(item.use.cipher);
    const Text answer = able ? item.use.run(subject, item.id) : Text(tl::unexpect, able.error());
    if (answer) {
      EXPECT_EQ(*answer, item.vector.output) << item.vector.where();
      ++outcome.equal;
    } else {
      EXPECT_EQ(answer.error().kind, Kind::kNoMechanism)
          << item.vector.where() << ": " << answer.error().what;
      ++outcome.left_out[answer.error().what];
    }
  }
  for (const auto& [why, count] : outcome.left_out) {
    std::printf("[   LEFT   ] %d vectors: %s\n", count, why.c_str());
  }
  std::printf("[   EQUAL  ] %d vectors by %s\n", outcome.equal,
              std::string(subject.back_end->name()).c_str());
  return outcome;
}

void load_all(BackEnd& back_end, const std::vector<Item>& all) {
  for (const Item& item : all) {
    if (!back_end.supports(item.use.cipher)) continue;
    const auto done = back_end.load_key(info_of(item), Key(item.use.cipher, item.use.key));
    EXPECT_TRUE(done.has_value()) << item.vector.where() << ": " << done.error().what;
  }
  for (const Cipher cipher : {kDes, kSm4}) {
    if (!back_end.supports(cipher)) continue;
    auto transport = kTransportInfo;
    transport.id.cipher = cipher;
    EXPECT_TRUE(back_end.load_key(transport, Key(cipher, test::hex(test::kTransport))).has_value());
  }
}

TEST(KnownAnswersOnMachines, Software) {
  KeySet des;
  KeySet sm4;
  sm4.cipher = kSm4;
  const auto back_end = software_back_end({des, sm4});
  const auto all = items();
  load_all(*back_end, all);
  const Outcome outcome = walk(all, {back_end.get(), nullptr});
  EXPECT_EQ(outcome.equal, kDesVectors + kSm4Vectors);
  EXPECT_TRUE(outcome.left_out.empty());
}

TEST(KnownAnswersOnMachines, Pkcs11) {
  const test::SoftToken token;
  auto device = pkcs11_device(token.record()).value();
  CipherDevice* const below = device.get();
  const auto back_end = device_back_end(std::move(device));
  const auto all = items();
  load_all(*back_end, all);
  const Outcome outcome = walk(all, {back_end.get(), below});
  EXPECT_EQ(outcome.equal, kDesVectors);
  EXPECT_EQ(outcome.left_out,
            (std::map<std::string, int>{
                {"pkcs11: no mechanism for SM4: PKCS#11 has no number for it", kSm4Vectors}}));
}

// Under the KEK of the test library.
Bytes wrapped(const Bytes& key) {
  const auto out = encipher_blocks(Key(kSm4, test::hex("89ABCDEF0123456776543210FEDCBA98")), key);
  return {out.view().begin(), out.view().end()};
}

SdfRecord sdf_record(const std::vector<Item>& all) {
  SdfRecord record;
  record.library = test::SdfLibrary::file();
  record.kek = 1;
  const auto add = [&](const KeyInfo& info, const Bytes& key) {
    record.keys.push_back({info, std::nullopt, wrapped(key)});
  };
  for (const Item& item : all) {
    if (item.use.cipher == kSm4) add(info_of(item), item.use.key);
  }
  auto transport = kTransportInfo;
  transport.id.cipher = kSm4;
  add(transport, test::hex(test::kTransport));
  return record;
}

TEST(KnownAnswersOnMachines, Sdf) {
  const auto all = items();
  auto device = sdf_device(sdf_record(all)).value();
  CipherDevice* const below = device.get();
  const auto back_end = device_back_end(std::move(device));
  const Outcome outcome = walk(all, {back_end.get(), below});
  EXPECT_EQ(outcome.equal, kSm4Vectors);
  EXPECT_EQ(outcome.left_out,
            (std::map<std::string, int>{
                {"sdf: no mechanism for DES: GM/T 0006 has no algorithm number for it", kDesVectors}}));
}

}  // namespace
}  // namespace ssc::keys::hsm
