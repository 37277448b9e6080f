#include "apdu/command.h"

#include <fmt/format.h>

namespace ssc::apdu {
namespace {

using Decoded = tl::expected<Command, Malformed>;

constexpr std::size_t kMaxShortLc = 0xFF;
constexpr std::size_t kMaxShortLe = 0x100;

Decoded malformed(std::string what) { return tl::unexpected(Malformed{std::move(what)}); }

std::uint32_t short_le(std::uint8_t byte) { return byte == 0 ? 0x100U : byte; }

std::uint32_t extended_le(ByteView two) {
  const auto value = static_cast<std::uint32_t>(number(two));
  return value == 0 ? 0x10000U : value;
}

Decoded decode_lone_byte(Command command, std::uint8_t byte, LoneByte lone) {
  if (lone == LoneByte::kLe) {
    command.le = short_le(byte);
    return command;
  }
  if (byte != 0) return malformed(fmt::format("Lc {:02X} but no data byte", byte));
  command.lc = 0;
  return command;
}

// Cases 3S and 4S. Precondition: body[0], the Lc, is not 00.
Decoded decode_short(Command command, ByteView body) {
  const std::size_t lc = body[0];
  const ByteView rest = body.subspan(1);
  if (rest.size() != lc && rest.size() != lc + 1)
    return malformed(fmt::format("Lc {:02X} but {} bytes follow", lc, rest.size()));
  command.lc = static_cast<std::uint16_t>(lc);
  command.data = rest.first(lc);
  if (rest.size() > lc) command.le = short_le(rest[lc]);
  return command;
}

// Cases 2E, 3E and 4E. Precondition: body[0] is 00 and something follows it.
Decoded decode_extended(Command command, ByteView body) {
  command.extended = true;
  if (body.size() < 3) return malformed("Lc 00 with one byte after it");
  if (body.size() == 3) {
    command.le = extended_le(body.subspan(1));
    return command;
  }
  const auto lc = static_cast<std::size_t>(number(body.subspan(1, 2)));
  const ByteView rest = body.subspan(3);
  if (lc == 0) return malformed("extended Lc 0000 with bytes after it");
  if (rest.size() != lc && rest.size() != lc + 2)
    return malformed(fmt::format("extended Lc {:04X} but {} bytes follow", lc, rest.size()));
  command.lc = static_cast<std::uint16_t>(lc);
  command.data = rest.first(lc);
  if (rest.size() > lc) command.le = extended_le(rest.subspan(lc));
  return command;
}

bool needs_extended(const Command& command) {
  return command.extended || command.data.size() > kMaxShortLc || command.le.value_or(0) > kMaxShortLe;
}

void append_two(Bytes& out, std::size_t value) {
  const auto two = big_endian<2>(value);
  out.insert(out.end(), two.begin(), two.end());
}

void append_short(Bytes& out, const Command& command) {
  const bool lc_alone = command.lc && !command.le;
  if (!command.data.empty() || lc_alone) out.push_back(static_cast<std::uint8_t>(command.data.size()));
  out.insert(out.end(), command.data.begin(), command.data.end());
  if (command.le) out.push_back(static_cast<std::uint8_t>(*command.le & 0xFF));
}

void append_extended(Bytes& out, const Command& command) {
  if (!command.data.empty() || command.le) out.push_back(0);
  if (!command.data.empty()) append_two(out, command.data.size());
  out.insert(out.end(), command.data.begin(), command.data.end());
  if (command.le) append_two(out, *command.le);
}

}  // namespace

tl::expected<Command, Malformed> decode_command(ByteView apdu, LoneByte lone) {
  const auto header = header_of(apdu);
  if (!header) return malformed(fmt::format("{} bytes; a header has 4", apdu.size()));
  const Command command{.cla = header->cla, .ins = header->ins, .p1 = header->p1, .p2 = header->p2};
  const ByteView body = apdu.subspan(4);
  if (body.empty()) return command;
  if (body.size() == 1) return decode_lone_byte(command, body[0], lone);
  return body[0] != 0 ? decode_short(command, body) : decode_extended(command, body);
}

Bytes encode(const Command& command) {
  Bytes out{command.cla, command.ins, command.p1, command.p2};
  out.reserve(out.size() + command.data.size() + 5);
  needs_extended(command) ? append_extended(out, command) : append_short(out, command);
  return out;
}

}  // namespace ssc::apdu
