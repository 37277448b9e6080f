#include "simulator/issue/perso_session.h"

#include "keys/standard.h"

namespace ssc::simulator::issue {

using apdu::Bytes;
using apdu::ByteView;

Bytes PersoSession::transmit(const std::string& doing, const Bytes& command) {
  if (!result_) return {};
  const auto answer = card_.transmit(command);
  if (!answer) {
    result_ = tl::unexpected(IssueError{doing + ": " + answer.error().what});
    return {};
  }
  if (!answer->status.ok()) {
    result_ = tl::unexpected(IssueError{doing + ": " + apdu::to_string(answer->status)});
    return {};
  }
  const ByteView data = answer->data;
  return {data.begin(), data.end()};
}

void PersoSession::send(const std::string& doing, const Bytes& header, ByteView data) {
  const Bytes length = {static_cast<std::uint8_t>(data.size())};
  transmit(doing, data.empty() ? header : apdu::concat({header, length, data}));
}

// Eight bytes, or none after a refusal.
Bytes PersoSession::challenge() { return transmit("GET CHALLENGE", {0x00, 0x84, 0x00, 0x00, 0x08}); }

void PersoSession::authenticate(const keys::Key& master) {
  constexpr std::array<std::uint8_t, 8> kOriginal = {1, 2, 3, 4, 5, 6, 7, 8};
  const Bytes random = challenge();
  if (!result_) return;
  const auto proof = keys::authentication_data(keys::session_key(master, random), kOriginal);
  send("authenticating the master key", {0x00, 0x82, 0x00, 0x00}, apdu::concat({proof, kOriginal}));
}

void PersoSession::load(const std::string& doing, const keys::Key& master, std::uint8_t p1, std::uint8_t p2,
                        ByteView plain) {
  constexpr std::size_t kMacSize = 4;
  const Bytes random = challenge();
  if (!result_) return;
  const auto cipher_text = keys::encipher_key_record(master, plain);
  const Bytes header = {0x84, 0xD4, p1, p2};
  const Bytes length = {static_cast<std::uint8_t>(cipher_text.size() + kMacSize)};
  const auto mac = keys::key_loading_mac(master, random, {header, length, cipher_text});
  send(doing, header, apdu::concat({cipher_text, mac}));
}

}  // namespace ssc::simulator::issue
