// Loading keys into the small PSAM, whose KIDs and master keys are all 00112233…FF.
#pragma once

#include "keys/standard.h"
#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {

inline constexpr std::string_view kNewValue = "404142434445464748494A4B4C4D4E4F";
inline constexpr std::string_view kOtherValue = "101112131415161718191A1B1C1D1E1F";
inline constexpr std::string_view kNational = "11";
inline constexpr std::string_view kProvince = "12";
inline constexpr std::string_view kCity = "13";

// By openssl, over random 1122334455667788 and original 0102030405060708.
inline std::string prove(TestPsam& psam, std::string_view kid) {
  const bool sm4 = psam.card().view().df().cipher == keys::Cipher::kSm4;
  psam.send("0084000008");
  return psam.send("008200" + std::string(kid) + "10" + (sm4 ? "C045DA453F109C45" : "EDC04656487FEAFE") +
                   "0102030405060708");
}

// CREATE KEY (p1 "00") or CHANGE KEY ("01") for these plain data over a random of 4 bytes, which is drawn.
// How cipher text and MAC are made has known answers of its own; here it is a means.
inline std::string key_command(std::string_view p1, std::string_view file, ByteView plain,
                               keys::Cipher cipher) {
  const keys::Key master(cipher, hex(kTestKey));
  const auto text = keys::encipher_key_record(master, plain);
  Bytes command = hex("84D4" + std::string(p1) + std::string(file));
  command.push_back(static_cast<std::uint8_t>(text.size() + 4));
  const auto mac = keys::key_loading_mac(master, hex("11223344"), {command, text});
  return apdu::to_hex(apdu::concat({command, text, mac}));
}

inline std::string send_key(TestPsam& psam, std::string_view p1, std::string_view file,
                            std::string_view plain) {
  psam.send("0084000004");
  return psam.send(key_command(p1, file, hex(plain), psam.card().view().df().cipher));
}

// A record of the environment's 16-byte algorithm: "67 08" and a value.
inline std::string create(TestPsam& psam, std::string_view file, std::string_view usage_and_id,
                          std::string_view value = kNewValue) {
  const bool sm4 = psam.card().view().df().cipher == keys::Cipher::kSm4;
  return send_key(psam, "00", file,
                  std::string(usage_and_id) + "00" + (sm4 ? "03" : "00") + "00000000" + std::string(value));
}

inline std::string change(TestPsam& psam, std::string_view file, std::string_view usage_and_id,
                          std::string_view value = kOtherValue) {
  return send_key(psam, "01", file, std::string(usage_and_id) + "00" + std::string(value));
}

// What key `67 id` gives for card 990100, factor 1122334455667788 and original 0102030405060708.
inline std::string answer_of(TestPsam& psam, std::string_view id) {
  const bool sm4 = psam.card().view().df().cipher == keys::Cipher::kSm4;
  const std::string fill = sm4 ? "0000000000000000" : "";
  const std::string delivered =
      psam.send("BFDE67" + std::string(id) + (sm4 ? "28" : "20") +
                "868499010000000139393031303073783939303030307368" + "1122334455667788" + fill);
  if (delivered != "9000") return delivered;
  return psam.send(std::string("80FA0000") + (sm4 ? "10" : "08") + "0102030405060708" + fill);
}

}  // namespace ssc::simulator::test
