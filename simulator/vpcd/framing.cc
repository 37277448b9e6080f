#include "simulator/vpcd/framing.h"

namespace ssc::simulator::vpcd {

std::optional<apdu::ByteView> FrameParser::next(apdu::ByteView& input) {
  if (whole_) clear();
  if (!take_length(input)) return std::nullopt;
  take_payload(input);
  if (!whole_) return std::nullopt;
  return apdu::ByteView(payload_);
}

void FrameParser::clear() {
  length_taken_ = 0;
  payload_.clear();
  whole_ = false;
}

bool FrameParser::take_length(apdu::ByteView& input) {
  while (length_taken_ < kLengthSize && !input.empty()) {
    length_[length_taken_++] = input.front();
    input = input.subspan(1);
  }
  return length_taken_ == kLengthSize;
}

void FrameParser::take_payload(apdu::ByteView& input) {
  const auto length = static_cast<std::size_t>(apdu::number(length_));
  const std::size_t taken = std::min(length - payload_.size(), input.size());
  payload_.insert(payload_.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(taken));
  input = input.subspan(taken);
  whole_ = payload_.size() == length;
}

bool append_frame(apdu::Bytes& out, apdu::ByteView payload) {
  if (payload.size() > kMaxPayload) return false;
  const auto length = apdu::big_endian<kLengthSize>(payload.size());
  out.insert(out.end(), length.begin(), length.end());
  out.insert(out.end(), payload.begin(), payload.end());
  return true;
}

}  // namespace ssc::simulator::vpcd
