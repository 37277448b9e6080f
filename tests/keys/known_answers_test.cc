// Every line of the cryptographic tests/data/*.vec against keys/: one runner for each algorithm name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "keys/cipher.h"
#include "keys/factors.h"
#include "keys/medical.h"
#include "keys/pin.h"
#include "keys/standard.h"
#include "tests/data/vec.h"
#include "tests/keys/vec_values.h"
#include "tests/paths.h"

namespace ssc::keys {
namespace {

using apdu::concat;
using apdu::to_hex;
using test::cipher_of;
using test::factors;
using test::fixed;
using test::KnownAnswer;
using test::load_of;
using test::purchase_of;
using Runner = std::function<std::string(const KnownAnswer&)>;

constexpr Cipher kDes = Cipher::kDes;
constexpr Cipher kSm4 = Cipher::kSm4;

std::string child(Cipher cipher, const KnownAnswer& v, const std::string& key,
                  const std::string& factor_list) {
  return to_hex(diversify(Key(cipher, v.hex(key)), factors(factor_list)).reveal());
}

std::string sm4_levels(const KnownAnswer& v, std::initializer_list<const char*> names) {
  std::string list;
  for (const char* name : names) list += v.text(name) + ",";
  return child(kSm4, v, "root", list);
}

std::string session(Cipher cipher, const KnownAnswer& v, const char* random) {
  return to_hex(session_key(Key(cipher, v.hex("key")), v.hex(random)).key().reveal());
}

std::string authentication(Cipher cipher, const KnownAnswer& v, const char* factor, const char* original) {
  const SessionKey key = session_key(Key(cipher, v.hex("key")), v.hex(factor));
  return to_hex(authentication_data(key, v.hex(original)));
}

std::string blocks(Cipher cipher, const KnownAnswer& v, const char* key, const char* data) {
  return to_hex(encipher_blocks(Key(cipher, v.hex(key)), v.hex(data)));
}

std::string iterated_sm4(const KnownAnswer& v) {
  const Key key(kSm4, v.hex("key"));
  Bytes data = v.hex("data");
  const unsigned long times = v.fields.count("iterations") == 0 ? 1 : std::stoul(v.text("iterations"));
  for (unsigned long i = 0; i < times; ++i) encipher_ecb(key, data, data);
  return to_hex(data);
}

std::string deciphered_sm4(const KnownAnswer& v) {
  Bytes data = v.hex("data");
  decipher_ecb(Key(kSm4, v.hex("key")), data, data);
  return to_hex(data);
}

std::string kcv(Cipher cipher, const KnownAnswer& v) {
  return to_hex(check_value(Key(cipher, v.hex("key"))));
}

std::string four_byte_kcv(Cipher cipher, const KnownAnswer& v) {
  const auto block = encipher_blocks(Key(cipher, v.hex("key")), Bytes(block_size(cipher)));
  return to_hex(block.view().first(4));
}

std::string command_mac(Cipher cipher, const KnownAnswer& v) {
  return to_hex(mac(session_key(Key(cipher, v.hex("key")), v.hex("random")), {v.hex("data")}));
}

std::string loading_mac(Cipher cipher, const KnownAnswer& v, const char* key) {
  return to_hex(key_loading_mac(Key(cipher, v.hex(key)), v.hex("iv"), {v.hex("data")}));
}

std::string enciphered(Cipher cipher, const KnownAnswer& v) {
  const SessionKey key = session_key(Key(cipher, v.hex("key")), v.hex("random"));
  EXPECT_TRUE(decipher(key, v.hex("plain")) == std::nullopt) << v.where();
  const auto out = encipher(key, v.hex("plain"));
  EXPECT_EQ(to_hex(decipher(key, out).value()), v.text("plain")) << v.where();
  return to_hex(out);
}

std::string key_record(Cipher cipher, const KnownAnswer& v, const char* key, const char* record) {
  const Key master(cipher, v.hex(key));
  const auto out = encipher_key_record(master, v.hex(record));
  EXPECT_EQ(to_hex(decipher_key_record(master, out).value()), v.text(record)) << v.where();
  return to_hex(out);
}

std::string pin_reload(Cipher cipher, const KnownAnswer& v) {
  const SessionKey key = session_key(Key(cipher, v.hex("stk")), v.hex("random"));
  const auto data = encipher(key, pin_bytes(v.text("pin")).value());
  const Bytes header = {0x84, 0x24, 0x00, 0x01, static_cast<std::uint8_t>(data.size() + 4)};
  return to_hex(concat({header, data, mac(key, {header, data})}));
}

std::string pin_unblock(const KnownAnswer& v) {
  const SessionKey key = session_key(Key(cipher_of(v), v.hex("stk")), v.hex("random"));
  const Bytes header = {0x84, 0x24, 0x00, 0x00, 0x04};
  return to_hex(concat({header, mac(key, {header})}));
}

std::string pin_block_enciphered(const KnownAnswer& v) {
  const SessionKey key = session_key(Key(kDes, v.hex("key")), v.hex("random"));
  return to_hex(encipher_blocks(key.key(), v.hex("block")));
}

// One level inside a PSAM, then CIPHER DATA: what DELIVERY SESSION KEY and CIPHER DATA answer.
std::string psam_authentication(const KnownAnswer& v) {
  const Bytes delivered = v.hex("bfde_data");
  Factor factor{};
  std::copy_n(delivered.begin(), 8, factor.begin());
  const Key card = diversify(Key(kDes, v.hex("psam_key")), factor);
  return to_hex(
      encipher_blocks(session_key(card, ByteView(delivered).subspan(8)).key(), v.hex("cipher_data")));
}

std::string psam_delivery(const KnownAnswer& v) {
  const Key card =
      diversify(Key(kSm4, v.hex("root")), factors(v.text("L1") + "," + v.text("L2") + "," + v.text("L3")));
  return to_hex(encipher_blocks(session_key(card, v.hex("factor16")).key(), v.hex("data")));
}

std::string sespk(Cipher cipher, const KnownAnswer& v) {
  const auto sequence = static_cast<std::uint16_t>(apdu::number(v.hex("offline_seq")));
  const auto terminal = static_cast<std::uint32_t>(apdu::number(v.hex("terminal_seq")));
  const Key dpk(cipher, v.hex("dpk"));
  return to_hex(purchase_session_key(dpk, fixed<4>(v, "random"), sequence, terminal).key().reveal());
}

std::string seslk(const KnownAnswer& v) {
  const auto sequence = static_cast<std::uint16_t>(apdu::number(v.hex("sequence")));
  return to_hex(
      load_session_key(Key(cipher_of(v), v.hex("dlk")), fixed<4>(v, "random"), sequence).key().reveal());
}

SessionKey session_of(Cipher cipher, const KnownAnswer& v, const char* field) {
  return {cipher, v.hex(field)};
}

std::string purchase1(Cipher cipher, const KnownAnswer& v) {
  return to_hex(purchase_mac1(session_of(cipher, v, "sespk"), purchase_of(v)));
}
std::string purchase2(Cipher cipher, const KnownAnswer& v) {
  return to_hex(purchase_mac2(session_of(cipher, v, "sespk"), purchase_of(v)));
}
std::string purchase3(Cipher cipher, const KnownAnswer& v) {
  return to_hex(purchase_tac(Key(cipher, v.hex("dtk")), purchase_of(v)));
}

std::string load3(const KnownAnswer& v) {
  const auto balance = static_cast<Amount>(apdu::number(v.hex("tac_balance")));
  return to_hex(load_tac(Key(cipher_of(v), v.hex("key")), load_of(v), balance));
}

// The bank card's purchase over three levels: one amount, the same functions.
std::string bank_purchase(const KnownAnswer& v) {
  const auto path = factors(v.text("div_level1") + "," + v.text("div_level2") + "," + v.text("div_level3"));
  const Key dpk = diversify(Key(kDes, v.hex("gmpk")), path);
  const Bytes terminal_sequence = v.hex("term_seq");
  const Bytes input = concat({v.hex("random"), v.hex("card_seq"), ByteView(terminal_sequence).last(2)});
  return to_hex(mac(session_key(dpk, input),
                    {v.hex("amount"), v.hex("type"), v.hex("terminal"), v.hex("date"), v.hex("time")}));
}

std::string xored(const KnownAnswer& v, std::initializer_list<const char*> names) {
  Bytes sum(v.hex(*names.begin()).size());
  for (const char* name : names) sum = apdu::exclusive_or(sum, v.hex(name));
  return to_hex(sum);
}

std::string halves_xored(const KnownAnswer& v) {
  const Bytes key = v.hex("key");
  return to_hex(apdu::exclusive_or(ByteView(key).first(8), ByteView(key).last(8)));
}

using Runners = std::map<std::string, Runner>;

const Runners kCipherRunners = {
    {"DES-ECB", [](auto& v) { return blocks(kDes, v, "key", "data"); }},
    {"3DES-ECB", [](auto& v) { return blocks(kDes, v, "key", "data"); }},
    {"ECB", [](auto& v) { return blocks(cipher_of(v), v, "key", "data"); }},
    {"SM4-ECB", iterated_sm4},
    {"SM4-ECB-DECRYPT", deciphered_sm4},
    {"KCV-3DES", [](auto& v) { return kcv(kDes, v); }},
    {"KCV-SM4", [](auto& v) { return kcv(kSm4, v); }},
    {"KCV-3DES-4", [](auto& v) { return four_byte_kcv(kDes, v); }},
    {"KCV-SM4-4", [](auto& v) { return four_byte_kcv(kSm4, v); }},
    {"WRAP-3DES-ECB", [](auto& v) { return blocks(kDes, v, "kek", "key"); }},
    {"WRAP-SM4-ECB", [](auto& v) { return blocks(kSm4, v, "kek", "key"); }},
    {"XOR-COMPONENTS",
     [](auto& v) {
       return xored(v, {"A", "B", "C"});
     }},
    {"XOR-HALVES", halves_xored},
};

const Runners kDiversificationRunners = {
    {"LB002-DIVISOR-1", [](auto& v) { return to_hex(province_factor(v.text("area_code"))); }},
    {"LB002-DIVISOR-2", [](auto& v) { return to_hex(city_factor(v.text("area_code"))); }},
    {"CITY-FACTOR-4", [](auto& v) { return to_hex(city_factor(v.text("area_code"), true)); }},
    {"LB002-DIVISOR-3", [](auto& v) { return to_hex(card_factor(v.hex("atr_historical"))); }},
    {"PBOC-DIV-3DES", [](auto& v) { return child(kDes, v, "master", v.text("divisor")); }},
    {"PBOC-DIV-SM4", [](auto& v) { return child(kSm4, v, "master", v.text("divisor")); }},
    {"LB002-DIV-DES", [](auto& v) { return child(kDes, v, "master", v.text("divisors")); }},
    {"PSAM-801A", [](auto& v) { return child(kDes, v, "key", v.text("data")); }},
    {"DIVERSIFY", [](auto& v) { return child(cipher_of(v), v, "key", v.text("factors")); }},
    {"P9-DIV-16-PROVINCE", [](auto& v) { return sm4_levels(v, {"L1"}); }},
    {"P9-DIV-16-CITY",
     [](auto& v) {
       return sm4_levels(v, {"L1", "L2"});
     }},
    {"P9-DIV-16-CARD",
     [](auto& v) {
       return sm4_levels(v, {"L1", "L2", "L3"});
     }},
};

const Runners kSessionRunners = {
    {"P4-SESSION-8", [](auto& v) { return session(kDes, v, "random"); }},
    {"P4-SESSION-16", [](auto& v) { return session(kSm4, v, "random"); }},
    {"SESSION", [](auto& v) { return session(cipher_of(v), v, "random"); }},
    {"PBOC-SESSION-3DES", [](auto& v) { return session(kDes, v, "data"); }},
    {"LB002-SESSION-3DES", [](auto& v) { return session(kDes, v, "random1"); }},
    {"LB002-SESSION-DES", [](auto& v) { return session(kDes, v, "random"); }},
    {"P4-AUTH-8", [](auto& v) { return authentication(kDes, v, "factor", "original"); }},
    {"P4-AUTH-16", [](auto& v) { return authentication(kSm4, v, "factor", "original"); }},
    {"AUTHENTICATION", [](auto& v) { return authentication(cipher_of(v), v, "factor", "original"); }},
    {"LB002-AUTH-3DES",
     [](auto& v) {
       return v.fields.count("random_card") != 0 ? authentication(kDes, v, "random_card", "random_terminal")
                                                 : authentication(kDes, v, "random1", "random2");
     }},
    {"LB002-PSAM-AUTH", psam_authentication},
    {"P9-DELIVERY-16", psam_delivery},
};

const Runners kMacRunners = {
    {"P4-MAC-8", [](auto& v) { return command_mac(kDes, v); }},
    {"P4-MAC-16", [](auto& v) { return command_mac(kSm4, v); }},
    {"P9-LOADMAC-16", [](auto& v) { return loading_mac(kSm4, v, "master"); }},
    {"PBOC-MAC-DES", [](auto& v) { return loading_mac(kDes, v, "key"); }},
    {"PBOC-MAC-3DES", [](auto& v) { return loading_mac(kDes, v, "key"); }},
    {"PBOC-TAC-XOR-DES", [](auto& v) { return to_hex(tac(Key(kDes, v.hex("key")), {v.hex("data")})); }},
    {"PBOC-RELOADPIN-MAC", [](auto& v) { return to_hex(tac(Key(kDes, v.hex("key")), {v.hex("pin")})); }},
    {"CARD-ID-AUTH-HYP",
     [](auto& v) {
       return to_hex(key_loading_mac(Key(kDes, v.hex("irk_card_key")), {}, {v.hex("data12")}));
     }},
};

const Runners kEncipheredRunners = {
    {"P4-ENC-8", [](auto& v) { return enciphered(kDes, v); }},
    {"P4-ENC-16", [](auto& v) { return enciphered(kSm4, v); }},
    {"P4-RELOAD-8", [](auto& v) { return pin_reload(kDes, v); }},
    {"P4-RELOAD-16", [](auto& v) { return pin_reload(kSm4, v); }},
    {"UNBLOCK", pin_unblock},
    {"P9-CREATEKEY-ENC-16", [](auto& v) { return key_record(kSm4, v, "master", "record"); }},
    {"PBOC-LDENC-3DES", [](auto& v) { return key_record(kDes, v, "key", "plain"); }},
    {"PBOC-LDENC-SM4", [](auto& v) { return key_record(kSm4, v, "key", "plain"); }},
    {"PIN-BCD", [](auto& v) { return to_hex(pin_bytes(v.text("pin")).value()); }},
    {"LB002-PINBLOCK", [](auto& v) { return to_hex(pin_block(kDes, pin_bytes(v.text("pin")).value())); }},
    {"LB002-PINENC", pin_block_enciphered},
};

const Runners kMedicalRunners = {
    {"P7-SESPK-8", [](auto& v) { return sespk(kDes, v); }},
    {"P7-SESPK-16", [](auto& v) { return sespk(kSm4, v); }},
    {"P7-MAC1-8", [](auto& v) { return purchase1(kDes, v); }},
    {"P7-MAC1-16", [](auto& v) { return purchase1(kSm4, v); }},
    {"P7-MAC2-8", [](auto& v) { return purchase2(kDes, v); }},
    {"P7-MAC2-16", [](auto& v) { return purchase2(kSm4, v); }},
    {"P7-TAC-8", [](auto& v) { return purchase3(kDes, v); }},
    {"P7-TAC-16", [](auto& v) { return purchase3(kSm4, v); }},
    {"PSAM-MAC1-3DES", bank_purchase},
    {"LOAD-SESLK", seslk},
    {"LOAD-MAC1", [](auto& v) { return to_hex(load_mac1(session_of(cipher_of(v), v, "key"), load_of(v))); }},
    {"LOAD-MAC2", [](auto& v) { return to_hex(load_mac2(session_of(cipher_of(v), v, "key"), load_of(v))); }},
    {"LOAD-TAC", load3},
};

const Runner* runner_of(const std::string& algorithm) {
  for (const Runners* table : {&kCipherRunners, &kDiversificationRunners, &kSessionRunners, &kMacRunners,
                               &kEncipheredRunners, &kMedicalRunners}) {
    const auto found = table->find(algorithm);
    if (found != table->end()) return &found->second;
  }
  return nullptr;
}

using Counts = std::map<std::string, int>;

// Lines that are neither blank, comment nor header, counted without the reader under test.
Counts lines_by_section(const std::string& file) {
  std::ifstream in(test::source_dir() + "/tests/data/" + file);
  Counts counts;
  std::string section;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.find(' ') - 1);
    if (!line.empty() && line[0] != '[' && line[0] != '#') ++counts[section];
  }
  return counts;
}

class KnownAnswers : public testing::TestWithParam<const char*> {};

TEST_P(KnownAnswers, EveryLineHolds) {
  Counts run;
  for (const KnownAnswer& answer : test::load_vec(GetParam())) {
    const Runner* runner = runner_of(answer.algorithm);
    ASSERT_NE(runner, nullptr) << answer.where() << ": no runner for " << answer.algorithm;
    EXPECT_EQ((*runner)(answer), answer.output) << answer.where();
    ++run[answer.algorithm];
  }
  EXPECT_FALSE(run.empty());
  EXPECT_EQ(run, lines_by_section(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Files, KnownAnswers,
                         testing::Values("cipher.vec", "diversify.vec", "session.vec", "mac.vec",
                                         "enciphered.vec", "medical.vec", "check_values.vec"),
                         [](const auto& parameter) {
                           const std::string file = parameter.param;
                           return file.substr(0, file.find('.'));
                         });

}  // namespace
}  // namespace ssc::keys
