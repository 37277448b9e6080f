#include "keys/ceremony/talk.h"

#include <fmt/format.h>

namespace ssc::keys::ceremony {
namespace {

constexpr std::uint8_t kMore = 0x61;
constexpr std::uint8_t kOtherLe = 0x6C;

}  // namespace

Done<void> Talk::power_on() {
  const auto atr = channel_->power_on();
  if (!atr) return tl::unexpected(CeremonyError{name_ + ": " + atr.error().what, {}, true});
  return {};
}

Done<apdu::Response> Talk::once(ByteView command) {
  auto answer = channel_->transmit(command);
  if (!answer) return tl::unexpected(CeremonyError{name_ + ": " + answer.error().what, {}, true});
  return *std::move(answer);
}

Done<apdu::Response> Talk::send(ByteView command) {
  auto answer = once(command);
  if (!answer) return answer;
  if (answer->status.sw1() == kOtherLe) {
    Bytes again(command.begin(), command.end());
    again.back() = answer->status.sw2();
    return once(again);
  }
  if (answer->status.sw1() != kMore) return answer;
  return once(Bytes{0x00, 0xC0, 0x00, 0x00, answer->status.sw2()});
}

Done<Bytes> Talk::must(ByteView command, std::string_view doing) {
  const auto answer = send(command);
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->status.ok())
    return tl::unexpected(
        CeremonyError{fmt::format("{}: {}: {} {}", name_, doing, apdu::to_string(answer->status),
                                  apdu::meaning(answer->status).english),
                      answer->status, false});
  const ByteView data = answer->data;
  return Bytes(data.begin(), data.end());
}

}  // namespace ssc::keys::ceremony
