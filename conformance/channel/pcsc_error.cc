#include "conformance/channel/pcsc_error.h"

#include <fmt/format.h>
#include <winscard.h>

#include <algorithm>
#include <iterator>

namespace ssc::conformance {
namespace {

using Kind = apdu::ChannelError::Kind;

struct Row {
  LONG code;
  Kind kind;
  std::string_view what;
};

constexpr std::string_view kNotRunning = "pcscd is not running; start it: sudo systemctl start pcscd.socket";
constexpr std::string_view kCardGone = "no card: it was taken out, or never put in";
constexpr std::string_view kNoAnswer = "the card gives no answer to reset";

constexpr Row kRows[] = {
    {SCARD_E_NO_SERVICE, Kind::kNoReader, kNotRunning},
    {SCARD_E_SERVICE_STOPPED, Kind::kNoReader, kNotRunning},
    {SCARD_F_COMM_ERROR, Kind::kNoReader, "the connection to pcscd broke: it ended or was restarted"},
    {SCARD_E_NO_READERS_AVAILABLE, Kind::kNoReader, "pcscd knows no reader"},
    {SCARD_E_UNKNOWN_READER, Kind::kNoReader, "pcscd has no such reader"},
    {SCARD_E_READER_UNAVAILABLE, Kind::kNoReader, "the reader was unplugged"},
    {SCARD_E_NO_SMARTCARD, Kind::kNoCard, kCardGone},
    {SCARD_W_REMOVED_CARD, Kind::kNoCard, kCardGone},
    {SCARD_W_UNPOWERED_CARD, Kind::kBroken, kNoAnswer},
    {SCARD_W_UNRESPONSIVE_CARD, Kind::kBroken, kNoAnswer},
    {SCARD_W_RESET_CARD, Kind::kBroken, "another program reset the card"},
    {SCARD_E_SHARING_VIOLATION, Kind::kBroken, "another program is using the card; end it and try again"},
    {SCARD_E_PROTO_MISMATCH, Kind::kBroken, "the card speaks neither T=0 nor T=1"},
    {SCARD_E_NO_ACCESS, Kind::kNoReader, "this user may not use pcscd (polkit)"},
    {SCARD_W_SECURITY_VIOLATION, Kind::kNoReader, "this user may not use pcscd (polkit)"},
    {SCARD_E_TIMEOUT, Kind::kTimeout, "no answer in time"},
    {SCARD_E_NOT_TRANSACTED, Kind::kBroken, "the exchange broke off: the card did not answer"},
    {SCARD_E_COMM_DATA_LOST, Kind::kBroken, "the exchange broke off: octets were lost"},
};

}  // namespace

apdu::ChannelError pcsc_error(std::string_view reader, long code) {
  const auto* const row = std::ranges::find(kRows, code, &Row::code);
  const bool known = row != std::end(kRows);
  const std::string where = reader.empty() ? std::string("PC/SC") : fmt::format("reader \"{}\"", reader);
  if (known) return {row->kind, fmt::format("{}: {}", where, row->what)};
  return {Kind::kBroken, fmt::format("{}: {} ({:#010X})", where, pcsc_stringify_error(code),
                                     static_cast<unsigned long>(code) & 0xFFFFFFFFUL)};
}

apdu::ChannelError no_card_error(std::string_view reader) {
  return {Kind::kNoCard,
          fmt::format("reader \"{}\": no card in it; put the card in and start again", reader)};
}

}  // namespace ssc::conformance
