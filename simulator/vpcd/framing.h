// vpcd's messages: two bytes of length, big-endian, then that many bytes. Pure code: no socket in it.
#pragma once

#include <array>
#include <optional>

#include "apdu/bytes.h"

namespace ssc::simulator::vpcd {

inline constexpr std::size_t kLengthSize = 2;
inline constexpr std::size_t kMaxPayload = 0xFFFF;

// Takes the stream in any pieces and gives whole payloads. One message is held at most, so that a peer can
// never make it grow without end.
class FrameParser {
 public:
  FrameParser() { payload_.reserve(kMaxPayload); }

  // Takes bytes from the front of `input`, and moves it past them, until one message is whole. Nothing: all
  // was taken and the message is not whole yet. The payload (it may be empty) is valid until the next call.
  std::optional<apdu::ByteView> next(apdu::ByteView& input);
  // No message is begun.
  bool idle() const { return whole_ || length_taken_ == 0; }
  // Forgets a message begun: the stream starts anew.
  void clear();

 private:
  bool take_length(apdu::ByteView& input);
  void take_payload(apdu::ByteView& input);

  std::array<std::uint8_t, kLengthSize> length_{};
  std::size_t length_taken_ = 0;
  apdu::Bytes payload_;
  bool whole_ = false;
};

// Puts length and payload behind what `out` holds. A payload longer than kMaxPayload does not fit: false, and
// nothing is put.
bool append_frame(apdu::Bytes& out, apdu::ByteView payload);

}  // namespace ssc::simulator::vpcd
