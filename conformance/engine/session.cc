#include "conformance/engine/session.h"

#include <fmt/format.h>

#include "apdu/catalogue.h"

namespace ssc::conformance {
namespace {

constexpr std::size_t kHeader = 4;
constexpr int kMostParts = 16;  // GET RESPONSE in a row for one answer

Stop stopped(const apdu::ChannelError& error) {
  const bool refused = error.kind == apdu::ChannelError::Kind::kRefused;
  return {refused ? Verdict::kNotApplicable : Verdict::kError, error.what,
          error.kind == apdu::ChannelError::Kind::kNoReader};
}

std::string_view slot_name(apdu::Slot slot) { return slot == apdu::Slot::kCard ? "card" : "PSAM"; }

// The command with another Le: in place of its own, or behind the rest.
Rendered with_le(Rendered command, std::uint8_t le) {
  const auto decoded = apdu::decode_command(command.bytes);
  if (decoded && decoded->le && !decoded->extended)
    command.bytes.back() = le;
  else
    command.bytes.push_back(le);
  return command;
}

}  // namespace

std::string command_name(apdu::Slot slot, ByteView command) {
  if (command.size() < kHeader) return "?";
  const auto found = apdu::find_command(slot, {command[0], command[1], command[2], command[3]});
  if (found.result == apdu::LookupResult::kFound) return std::string(found.row->name);
  for (const auto& row : slot == apdu::Slot::kCard ? apdu::card_os_commands() : apdu::psam_commands()) {
    if (row.ins == command[1]) return std::string(row.name) + "?";
  }
  return "?";
}

tl::expected<Bytes, Stop> Session::power(apdu::Slot slot, Power::Action action, std::vector<Exchange>& log) {
  State& state = at(slot);
  if (!state.channel)
    return tl::make_unexpected(
        Stop{Verdict::kNotApplicable, "this run has no " + std::string(slot_name(slot)), false});
  Exchange event;
  event.slot = slot;
  event.time_us = clock_();
  event.kind = action == Power::Action::kOff     ? apdu::TraceEvent::Kind::kPowerOff
               : action == Power::Action::kReset ? apdu::TraceEvent::Kind::kReset
                                                 : apdu::TraceEvent::Kind::kPowerOn;
  state.powered = action != Power::Action::kOff;
  if (!state.powered) {
    state.channel->power_off();
    keep(std::move(event), log);
    return Bytes{};
  }
  auto atr = action == Power::Action::kReset ? state.channel->reset() : state.channel->power_on();
  if (!atr) return tl::make_unexpected(stopped(atr.error()));
  event.took_us = static_cast<std::uint32_t>(clock_() - event.time_us);
  event.response = *atr;
  keep(std::move(event), log);
  return std::move(*atr);
}

void Session::keep(Exchange event, std::vector<Exchange>& log) {
  if (auto& glossary = at(event.slot).glossary) event.subject = glossary->name(event.event());
  log.push_back(std::move(event));
}

std::optional<Stop> Session::guard(apdu::Slot slot, ByteView command, std::vector<Exchange>& log) {
  LastTryGuard* guard = at(slot).guard;
  if (!guard) return std::nullopt;
  LastTryGuard::Advice advice = guard->before(slot, command);
  if (advice == LastTryGuard::Advice::kAskPin) {
    const auto answer =
        exchange(slot, {{0x00, 0x20, 0x00, 0x00, 0x00}, {}}, "asked before a try is spent", log);
    if (!answer) return answer.error();
    guard->learn_pin(answer->status);
    advice = guard->before(slot, command);
  }
  if (advice == LastTryGuard::Advice::kSend) return std::nullopt;
  return Stop{Verdict::kInconclusive, guard->reason(), true};
}

tl::expected<apdu::Response, Stop> Session::exchange(apdu::Slot slot, const Rendered& command,
                                                     std::string note, std::vector<Exchange>& log) {
  Exchange event;
  event.slot = slot;
  event.command = command.bytes;
  event.name = command_name(slot, command.bytes);
  event.note = std::move(note);
  event.time_us = clock_();
  const auto sent = std::chrono::steady_clock::now();
  auto response = at(slot).channel->transmit(command.bytes);
  waited_ += std::chrono::steady_clock::now() - sent;
  event.took_us = static_cast<std::uint32_t>(clock_() - event.time_us);
  if (response) {
    const auto wire = response->encode();
    event.response.assign(wire.view().begin(), wire.view().end());
  }
  apdu::TraceEvent masked;
  masked.slot = slot;
  masked.command = event.command;
  masked.response = event.response;
  const apdu::Masks masks = masker_.masks(masked);
  event.command_secrets = masks.command;
  event.response_secrets = masks.response;
  for (const auto& range : command.secrets.list()) event.command_secrets.add(range.offset, range.size);
  if (!response) event.note = response.error().what;
  keep(std::move(event), log);
  if (!response) return tl::make_unexpected(stopped(response.error()));
  return *response;
}

tl::expected<Answer, Stop> Session::send(apdu::Slot slot, const Rendered& command, bool raw,
                                         std::vector<Exchange>& log) {
  if (!at(slot).channel)
    return tl::make_unexpected(
        Stop{Verdict::kNotApplicable, "this run has no " + std::string(slot_name(slot)), false});
  if (!at(slot).powered) {
    if (auto atr = power(slot, Power::Action::kOn, log); !atr) return tl::make_unexpected(atr.error());
  }
  if (auto stop = guard(slot, command.bytes, log)) return tl::make_unexpected(*stop);
  waited_ = {};
  auto response = exchange(slot, command, {}, log);
  if (!response) return tl::make_unexpected(response.error());
  if (!raw && response->status.sw1() == 0x6C) {
    response =
        exchange(slot, with_le(command, response->status.sw2()),
                 fmt::format("again, with the length after {}", apdu::to_string(response->status)), log);
    if (!response) return tl::make_unexpected(response.error());
  }
  Answer answer{Bytes(response->data.view().begin(), response->data.view().end()), response->status, 0};
  for (int part = 0; !raw && answer.status.sw1() == 0x61 && part < kMostParts; ++part) {
    const Rendered fetch{{0x00, 0xC0, 0x00, 0x00, answer.status.sw2()}, {}};
    response = exchange(slot, fetch, fmt::format("after {}", apdu::to_string(answer.status)), log);
    if (!response) return tl::make_unexpected(response.error());
    answer.data.insert(answer.data.end(), response->data.view().begin(), response->data.view().end());
    answer.status = response->status;
  }
  answer.took_us =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(waited_).count());
  if (at(slot).guard) at(slot).guard->after(slot, command.bytes, answer.status);
  return answer;
}

}  // namespace ssc::conformance
