#include "tests/keys/hsm/machine_vectors.h"

#include <set>

#include "apdu/hex.h"
#include "keys/blocks.h"
#include "keys/cipher.h"
#include "keys/standard.h"
#include "tests/keys/hsm/key_sets.h"
#include "tests/keys/vec_values.h"

namespace ssc::test {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using apdu::concat;
using apdu::InplaceBytes;
using apdu::to_hex;
using keys::Cipher;
using keys::Key;
using keys::Mac;
using keys::MedicalData;
using keys::Purpose;
using keys::hsm::Answer;
using keys::hsm::Handle;
using keys::hsm::KeyId;
using keys::hsm::KeyPath;
using keys::hsm::Part;

constexpr Cipher kDes = Cipher::kDes;
constexpr Cipher kSm4 = Cipher::kSm4;
constexpr const char* kFiles[] = {"cipher.vec",     "diversify.vec", "session.vec",     "mac.vec",
                                  "enciphered.vec", "medical.vec",   "check_values.vec"};
template <class T>
Text text(const Answer<T>& answer) {
  return answer.map([](const T& octets) { return to_hex(octets); });
}

// In place.
Answer<void> blocks(const Subject& subject, const KeyId& key, const Key& value, Bytes& in_and_out,
                    bool encipher) {
  const Bytes in = in_and_out;
  if (subject.device == nullptr) {
    encipher ? keys::encipher_ecb(value, in, in_and_out) : keys::decipher_ecb(value, in, in_and_out);
    return {};
  }
  return subject.device->root(key, Part::kWhole).and_then([&](Handle handle) {
    return encipher ? subject.device->encipher(handle, in, in_and_out)
                    : subject.device->decipher(handle, in, in_and_out);
  });
}

Use ecb(Cipher cipher, const KnownAnswer& v, const char* key, const Bytes& data, std::size_t shown = 48,
        bool encipher = true) {
  const Key value(cipher, v.hex(key));
  return {cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) -> Text {
            Bytes out = data;
            return blocks(subject, id, value, out, encipher).map([&] {
              return to_hex(ByteView(out).first(std::min(shown, out.size())));
            });
          }};
}

// Enciphered again and again: a chain over blocks of zeros.
Use iterated(Cipher cipher, const KnownAnswer& v) {
  constexpr std::size_t kAtOnce = 1000;
  const Key value(cipher, v.hex("key"));
  return {cipher, v.hex("key"), [=](const Subject& subject, const KeyId& id) -> Text {
            Bytes state = v.hex("data");
            Answer<void> done;
            for (unsigned long left = std::stoul(v.text("iterations")); left != 0 && done;) {
              const Bytes zeros(std::min(left, kAtOnce) * state.size());
              left -= zeros.size() / state.size();
              if (subject.device == nullptr) keys::chain_cbc(value, state, zeros);
              if (subject.device != nullptr) {
                done = subject.device->root(id, Part::kWhole).and_then([&](Handle handle) {
                  return subject.device->chain(handle, state, zeros);
                });
              }
            }
            return done.map([&] { return to_hex(state); });
          }};
}

Use kcv(Cipher cipher, const KnownAnswer& v) {
  return {cipher, v.hex("key"), [](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->check_value({id, {}}));
          }};
}

// The derived key of the vector by its KCV (to which DES parity makes no difference), and as it comes out in
// a key record.
Use child(Cipher cipher, const KnownAnswer& v, const char* key, const std::string& factors) {
  return {cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) -> Text {
            const KeyPath path{id, test::factors(factors)};
            const Key expected(cipher, v.hex("expected"));
            const auto value = subject.back_end->check_value(path);
            if (!value) return tl::unexpected(value.error());
            if (*value != keys::check_value(expected)) return "another KCV: " + to_hex(*value);
            return subject.back_end->encipher_key({{cipher, "transport", 1}, {}}, {}, path)
                .map([&](const InplaceBytes<48>& record) {
                  const auto opened = keys::decipher_key_record(Key(cipher, hex(kTransport)), record).value();
                  return to_hex(opened);
                });
          }};
}

// The session key of the vector, by a MAC under it.
Use session(Cipher cipher, const KnownAnswer& v, const char* key, const Bytes& input) {
  return {cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) -> Text {
            const Bytes data = hex("0102030405060708090A");
            const Mac expected = keys::mac(keys::SessionKey(cipher, v.hex("expected")), {data});
            const auto made = subject.back_end->session_mac({id, {}}, input, data);
            if (!made) return tl::unexpected(made.error());
            return *made == expected ? v.output : "another session key";
          }};
}

Use authentication(Cipher cipher, const KnownAnswer& v, const char* key, const std::string& factors,
                   const Bytes& factor, const Bytes& original) {
  return {
      cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) {
        return text(subject.back_end->authentication_data({id, test::factors(factors)}, factor, original));
      }};
}

// A 16-byte answer of a PSAM, folded as its host does.
Use folded_authentication(const KnownAnswer& v) {
  const std::string factors = v.text("L1") + "," + v.text("L2") + "," + v.text("L3");
  return {kSm4, v.hex("root"), [=](const Subject& subject, const KeyId& id) -> Text {
            const auto data = subject.back_end->authentication_data(
                {id, test::factors(factors)}, v.hex("factor16"), ByteView(v.hex("data")).first(8));
            if (!data) return tl::unexpected(data.error());
            return to_hex(*data) == to_hex(keys::fold<8>(v.hex("expected"))) ? v.output : "another answer";
          }};
}

Use session_mac(Cipher cipher, const Bytes& key, const Bytes& factor, const Bytes& data,
                const std::string& factors = "") {
  return {cipher, key, [=](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->session_mac({id, test::factors(factors)}, factor, data));
          }};
}

Use key_mac(Cipher cipher, const KnownAnswer& v, const char* key, const Bytes& iv, const Bytes& data) {
  return {cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->key_mac({id, {}}, iv, data));
          }};
}

Use tac(Cipher cipher, const Bytes& key, const Bytes& data) {
  return {cipher, key,
          [=](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->tac({id, {}}, data));
          },
          Purpose::kTac};
}

Use enciphered(Cipher cipher, const KnownAnswer& v) {
  return {cipher, v.hex("key"), [=](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->encipher({id, {}}, v.hex("random"), v.hex("plain")));
          }};
}

Use record(Cipher cipher, const KnownAnswer& v, const char* key, const char* plain) {
  return {cipher, v.hex(key), [=](const Subject& subject, const KeyId& id) {
            return text(subject.back_end->encipher_record({id, {}}, v.hex(plain)));
          }};
}

Use reload(Cipher cipher, const KnownAnswer& v) {
  return {cipher, v.hex("stk"), [=](const Subject& subject, const KeyId& id) {
            const Bytes pin = hex(v.text("pin"));
            return subject.back_end->encipher({id, {}}, v.hex("random"), pin).and_then([&](const auto& data) {
              const Bytes header = {0x84, 0x24, 0x00, 0x01, static_cast<std::uint8_t>(data.size() + 4)};
              return subject.back_end->session_mac({id, {}}, v.hex("random"), concat({header, data}))
                  .map([&](const Mac& mac) {
                    return to_hex(concat({header, data, mac}));
                  });
            });
          }};
}

Use unblock(const KnownAnswer& v) {
  return {cipher_of(v), v.hex("stk"), [=](const Subject& subject, const KeyId& id) {
            const Bytes header = {0x84, 0x24, 0x00, 0x00, 0x04};
            return subject.back_end->session_mac({id, {}}, v.hex("random"), header).map([&](const Mac& mac) {
              return to_hex(concat({header, mac}));
            });
          }};
}

Bytes octets(ByteView view) { return {view.begin(), view.end()}; }

std::uint32_t number(const KnownAnswer& v, const char* field) {
  return static_cast<std::uint32_t>(apdu::number(v.hex(field)));
}

Bytes sespk_input(const KnownAnswer& v) {
  return octets(keys::purchase_session_input(fixed<4>(v, "random"),
                                             static_cast<std::uint16_t>(number(v, "offline_seq")),
                                             number(v, "terminal_seq")));
}
Bytes seslk_input(const KnownAnswer& v) {
  return octets(
      keys::load_session_input(fixed<4>(v, "random"), static_cast<std::uint16_t>(number(v, "sequence"))));
}

std::vector<KnownAnswer> all_vectors() {
  std::vector<KnownAnswer> all;
  for (const char* file : kFiles) {
    for (KnownAnswer& v : load_vec(file)) {
      v.fields["expected"] = v.output;
      all.push_back(std::move(v));
    }
  }
  return all;
}

// A MAC of a transaction under the session key `field`: the vector that makes this key says out of which one.
Use transaction_mac(Cipher cipher, const KnownAnswer& v, const char* field, const MedicalData& data) {
  for (const KnownAnswer& maker : all_vectors()) {
    if (maker.output != v.text(field)) continue;
    if (maker.algorithm.starts_with("P7-SESPK"))
      return session_mac(cipher, maker.hex("dpk"), sespk_input(maker), octets(data));
    if (maker.algorithm == "LOAD-SESLK")
      return session_mac(cipher, maker.hex("dlk"), seslk_input(maker), octets(data));
  }
  throw std::runtime_error(v.where() + ": no vector makes its session key");
}

Use bank_purchase(const KnownAnswer& v) {
  const Bytes sequence = v.hex("term_seq");
  return session_mac(
      kDes, v.hex("gmpk"), concat({v.hex("random"), v.hex("card_seq"), ByteView(sequence).last(2)}),
      concat({v.hex("amount"), v.hex("type"), v.hex("terminal"), v.hex("date"), v.hex("time")}),
      v.text("div_level1") + "," + v.text("div_level2") + "," + v.text("div_level3"));
}

using V = KnownAnswer;
using Plan = std::function<Use(const V&)>;

const std::map<std::string, Plan> kBlockPlans = {
    {"DES-ECB", [](const V& v) { return ecb(kDes, v, "key", v.hex("data")); }},
    {"3DES-ECB", [](const V& v) { return ecb(kDes, v, "key", v.hex("data")); }},
    {"ECB", [](const V& v) { return ecb(cipher_of(v), v, "key", v.hex("data")); }},
    {"SM4-ECB",
     [](const V& v) {
       return v.fields.count("iterations") == 0 ? ecb(kSm4, v, "key", v.hex("data")) : iterated(kSm4, v);
     }},
    {"SM4-ECB-DECRYPT", [](const V& v) { return ecb(kSm4, v, "key", v.hex("data"), 48, false); }},
    {"WRAP-3DES-ECB", [](const V& v) { return ecb(kDes, v, "kek", v.hex("key")); }},
    {"WRAP-SM4-ECB", [](const V& v) { return ecb(kSm4, v, "kek", v.hex("key")); }},
    {"KCV-3DES-4", [](const V& v) { return ecb(kDes, v, "key", Bytes(8), 4); }},
    {"KCV-SM4-4", [](const V& v) { return ecb(kSm4, v, "key", Bytes(16), 4); }},
    {"KCV-3DES", [](const V& v) { return kcv(kDes, v); }},
    {"KCV-SM4", [](const V& v) { return kcv(kSm4, v); }},
};

const std::map<std::string, Plan> kKeyPlans = {
    {"PBOC-DIV-3DES", [](const V& v) { return child(kDes, v, "master", v.text("divisor")); }},
    {"PBOC-DIV-SM4", [](const V& v) { return child(kSm4, v, "master", v.text("divisor")); }},
    {"LB002-DIV-DES", [](const V& v) { return child(kDes, v, "master", v.text("divisors")); }},
    {"PSAM-801A", [](const V& v) { return child(kDes, v, "key", v.text("data")); }},
    {"DIVERSIFY", [](const V& v) { return child(cipher_of(v), v, "key", v.text("factors")); }},
    {"P9-DIV-16-PROVINCE", [](const V& v) { return child(kSm4, v, "root", v.text("L1")); }},
    {"P9-DIV-16-CITY", [](const V& v) { return child(kSm4, v, "root", v.text("L1") + "," + v.text("L2")); }},
    {"P9-DIV-16-CARD",
     [](const V& v) {
       return child(kSm4, v, "root", v.text("L1") + "," + v.text("L2") + "," + v.text("L3"));
     }},
    {"P4-SESSION-8", [](const V& v) { return session(kDes, v, "key", v.hex("random")); }},
    {"P4-SESSION-16", [](const V& v) { return session(kSm4, v, "key", v.hex("random")); }},
    {"SESSION", [](const V& v) { return session(cipher_of(v), v, "key", v.hex("random")); }},
    {"PBOC-SESSION-3DES", [](const V& v) { return session(kDes, v, "key", v.hex("data")); }},
    {"LB002-SESSION-3DES", [](const V& v) { return session(kDes, v, "key", v.hex("random1")); }},
    {"LB002-SESSION-DES", [](const V& v) { return session(kDes, v, "key", v.hex("random")); }},
    {"P7-SESPK-8", [](const V& v) { return session(kDes, v, "dpk", sespk_input(v)); }},
    {"P7-SESPK-16", [](const V& v) { return session(kSm4, v, "dpk", sespk_input(v)); }},
    {"LOAD-SESLK", [](const V& v) { return session(cipher_of(v), v, "dlk", seslk_input(v)); }},
};

const std::map<std::string, Plan> kAuthenticationPlans = {
    {"P4-AUTH-8",
     [](const V& v) { return authentication(kDes, v, "key", "", v.hex("factor"), v.hex("original")); }},
    {"P4-AUTH-16",
     [](const V& v) { return authentication(kSm4, v, "key", "", v.hex("factor"), v.hex("original")); }},
    {"AUTHENTICATION",
     [](const V& v) {
       return authentication(cipher_of(v), v, "key", "", v.hex("factor"), v.hex("original"));
     }},
    {"LB002-AUTH-3DES",
     [](const V& v) {
       const bool outer = v.fields.count("random_card") != 0;
       return authentication(kDes, v, "key", "", v.hex(outer ? "random_card" : "random1"),
                             v.hex(outer ? "random_terminal" : "random2"));
     }},
    {"LB002-PSAM-AUTH",
     [](const V& v) {
       const std::string data = v.text("bfde_data");
       return authentication(kDes, v, "psam_key", data.substr(0, 16), hex(data.substr(16)),
                             v.hex("cipher_data"));
     }},
    {"LB002-PINENC",
     [](const V& v) { return authentication(kDes, v, "key", "", v.hex("random"), v.hex("block")); }},
    {"P9-DELIVERY-16", folded_authentication},
};

const std::map<std::string, Plan> kMacPlans = {
    {"P4-MAC-8", [](const V& v) { return session_mac(kDes, v.hex("key"), v.hex("random"), v.hex("data")); }},
    {"P4-MAC-16", [](const V& v) { return session_mac(kSm4, v.hex("key"), v.hex("random"), v.hex("data")); }},
    {"P9-LOADMAC-16", [](const V& v) { return key_mac(kSm4, v, "master", v.hex("iv"), v.hex("data")); }},
    {"PBOC-MAC-DES", [](const V& v) { return key_mac(kDes, v, "key", v.hex("iv"), v.hex("data")); }},
    {"PBOC-MAC-3DES", [](const V& v) { return key_mac(kDes, v, "key", v.hex("iv"), v.hex("data")); }},
    {"CARD-ID-AUTH-HYP", [](const V& v) { return key_mac(kDes, v, "irk_card_key", {}, v.hex("data12")); }},
    {"PBOC-TAC-XOR-DES", [](const V& v) { return tac(kDes, v.hex("key"), v.hex("data")); }},
    {"PBOC-RELOADPIN-MAC", [](const V& v) { return tac(kDes, v.hex("key"), v.hex("pin")); }},
    {"P4-ENC-8", [](const V& v) { return enciphered(kDes, v); }},
    {"P4-ENC-16", [](const V& v) { return enciphered(kSm4, v); }},
    {"P4-RELOAD-8", [](const V& v) { return reload(kDes, v); }},
    {"P4-RELOAD-16", [](const V& v) { return reload(kSm4, v); }},
    {"UNBLOCK", unblock},
    {"P9-CREATEKEY-ENC-16", [](const V& v) { return record(kSm4, v, "master", "record"); }},
    {"PBOC-LDENC-3DES", [](const V& v) { return record(kDes, v, "key", "plain"); }},
    {"PBOC-LDENC-SM4", [](const V& v) { return record(kSm4, v, "key", "plain"); }},
};

const std::map<std::string, Plan> kMedicalPlans = {
    {"P7-MAC1-8",
     [](const V& v) { return transaction_mac(kDes, v, "sespk", keys::purchase_mac1_data(purchase_of(v))); }},
    {"P7-MAC1-16",
     [](const V& v) { return transaction_mac(kSm4, v, "sespk", keys::purchase_mac1_data(purchase_of(v))); }},
    {"P7-MAC2-8",
     [](const V& v) { return transaction_mac(kDes, v, "sespk", keys::purchase_mac2_data(purchase_of(v))); }},
    {"P7-MAC2-16",
     [](const V& v) { return transaction_mac(kSm4, v, "sespk", keys::purchase_mac2_data(purchase_of(v))); }},
    {"P7-TAC-8",
     [](const V& v) { return tac(kDes, v.hex("dtk"), octets(keys::purchase_tac_data(purchase_of(v)))); }},
    {"P7-TAC-16",
     [](const V& v) { return tac(kSm4, v.hex("dtk"), octets(keys::purchase_tac_data(purchase_of(v)))); }},
    {"PSAM-MAC1-3DES", bank_purchase},
    {"LOAD-MAC1",
     [](const V& v) { return transaction_mac(cipher_of(v), v, "key", keys::load_mac1_data(load_of(v))); }},
    {"LOAD-MAC2",
     [](const V& v) { return transaction_mac(cipher_of(v), v, "key", keys::load_mac2_data(load_of(v))); }},
    {"LOAD-TAC",
     [](const V& v) {
       return tac(cipher_of(v), v.hex("key"),
                  octets(keys::load_tac_data(load_of(v), number(v, "tac_balance"))));
     }},
};

// No cipher in them: nothing for a machine.
const std::set<std::string> kNoCipher = {"LB002-DIVISOR-1", "LB002-DIVISOR-2", "LB002-DIVISOR-3",
                                         "CITY-FACTOR-4",   "PIN-BCD",         "LB002-PINBLOCK",
                                         "XOR-COMPONENTS",  "XOR-HALVES"};

}  // namespace

std::vector<KnownAnswer> machine_vectors() { return all_vectors(); }

std::optional<Use> use_of(const KnownAnswer& v) {
  for (const auto* plans : {&kBlockPlans, &kKeyPlans, &kAuthenticationPlans, &kMacPlans, &kMedicalPlans}) {
    if (const auto plan = plans->find(v.algorithm); plan != plans->end()) return plan->second(v);
  }
  if (kNoCipher.count(v.algorithm) != 0) return std::nullopt;
  throw std::runtime_error(v.where() + ": nothing asks a machine for " + v.algorithm);
}

}  // namespace ssc::test
