// Cards and files made up for the tests of conformance.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "apdu/hex.h"
#include "conformance/engine/run.h"
#include "conformance/script/loader.h"

namespace ssc::conformance::test {

inline Bytes bytes(std::string_view hex) { return *apdu::parse_hex(hex); }

// Answers each command with the next of the answers written for it (the last one stays), others with 6D00,
// and remembers what it was asked.
class FakeChannel : public apdu::Channel {
 public:
  std::map<std::string, std::deque<std::string>> answers;
  std::vector<std::string> asked;
  Bytes atr = bytes(
      "3B6D000000814A444686999901"
      "00000001");
  std::optional<apdu::ChannelError> failure;
  std::chrono::milliseconds takes{0};

  tl::expected<Bytes, apdu::ChannelError> power_on() override { return atr; }
  tl::expected<Bytes, apdu::ChannelError> reset() override { return atr; }
  void power_off() override {}
  tl::expected<apdu::Response, apdu::ChannelError> transmit(ByteView command) override {
    asked.push_back(apdu::to_hex(command));
    if (takes.count() > 0) std::this_thread::sleep_for(takes);
    if (failure) return tl::make_unexpected(*failure);
    auto found = answers.find(asked.back());
    if (found == answers.end()) return apdu::Response(apdu::sw::wrong_instruction);
    const std::string answer = found->second.front();
    if (found->second.size() > 1) found->second.pop_front();
    return apdu::Response::decode(bytes(answer));
  }
};

class FakeTarget : public Target {
 public:
  FakeChannel channel;
  bool foreign = false;
  unsigned made = 0;
  std::vector<std::string> models;  // names of those made; "" for none
  const InnerState* inside = nullptr;
  PowerCut* cut = nullptr;

  tl::expected<apdu::Channel*, apdu::ChannelError> fresh(const std::shared_ptr<const CardModel>& model,
                                                         std::uint64_t) override {
    ++made;
    models.push_back(model ? model->name : "");
    return &channel;
  }
  bool is_foreign() const override { return foreign; }
  const InnerState* inner_state() const override { return inside; }
  PowerCut* power_cut() override { return cut; }
};

// A card with PIN 123456 of three tries and one application.
inline std::shared_ptr<const CardModel> fake_model(keys::Cipher cipher = keys::Cipher::kDes) {
  auto model = std::make_shared<CardModel>();
  model->name = "fake";
  model->profile = "2.00";
  model->version = "2.0";
  model->area = "990100";
  model->key_set = cipher == keys::Cipher::kDes ? "lab-990100-des" : "lab-990100-sm4";
  model->cipher = cipher;
  model->atr = bytes(
      "3B6D000000814A444686999901"
      "00000001");
  model->historical = bytes(
      "00814A444686999901"
      "00000001");
  model->pin = {bytes("123456"), 3, std::nullopt};
  simulator::profile::Df ssse;
  ssse.id = "SSSE";
  ssse.name = bytes("7378312E73682EC9E7BBE1B1A3D5CF");
  simulator::profile::Df df01;
  df01.id = "DF01";
  df01.fid = 0xDF01;
  df01.name = bytes("D15600000500");
  df01.files.emplace_back().fid = 0xEF05;
  model->dfs = {ssse, df01};
  return model;
}

inline keys::NamedKey fake_key(const char* name, std::uint8_t id, keys::Level level, std::uint8_t usage,
                               std::uint8_t psam_id, const keys::Key& value) {
  keys::NamedKey key;
  key.name = name;
  key.id = id;
  key.level = level;
  key.psam_usage = usage;
  key.psam_id = psam_id;
  key.value = value;
  return key;
}

inline std::shared_ptr<const keys::KeySet> fake_keys() {
  auto set = std::make_shared<keys::KeySet>();
  set->name = "fake-keys";
  set->area = "990100";
  // K of the reference's check values, as a national root.
  const keys::Key root(keys::Cipher::kDes, bytes("00112233445566778899AABBCCDDEEFF"));
  set->keys.push_back(fake_key("IRK", 0, keys::Level::kNational, 0x67, 0x08, root));
  set->keys.push_back(fake_key("UK1DF01", 0x83, keys::Level::kProvince, 0x48, 0x42, root));
  return set;
}

inline Subject fake_subject() { return Subject::of(fake_model(), fake_keys()); }

// A scenario file around some cases and routines.
inline std::string suite_text(std::string_view inside) {
  return "<suite xmlns=\"urn:ssc:scenario:1\" id=\"s\" title=\"S\" cards=\"fake\">\n" + std::string(inside) +
         "\n</suite>\n";
}
inline std::string case_text(std::string_view steps, std::string_view attributes = {}) {
  return suite_text("<case id=\"C-1\" purpose=\"p\" " + std::string(attributes) + ">\n" + std::string(steps) +
                    "\n</case>");
}

// Loads one text as the built-in file "x.xml".
inline Loaded<Suite> load_text(const std::string& text) {
  const apdu::EmbeddedFile file{"x.xml", text};
  return load_suite("x.xml", {&file, 1});
}

}  // namespace ssc::conformance::test
