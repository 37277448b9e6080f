#include "simulator/core/card_os.h"

#include "simulator/core/derived_image.h"
#include "simulator/core/order_of_checks.h"
#include "simulator/core/secrets.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::Response;
using apdu::TraceEvent;

apdu::LoneByte lone_byte(const CommandSet& commands, const apdu::Header& header) {
  const auto found = apdu::find_command(commands.rows, header);
  return found.row == nullptr ? apdu::LoneByte::kLe : found.row->lone;
}

// 9000, or what only says how to fetch the rest (61xx, 6Cxx).
bool carried_out(apdu::StatusWord status) {
  return status.ok() || status.sw1() == 0x61 || status.sw1() == 0x6C;
}

bool always_direct(const Image& image, const apdu::CommandRow& row) {
  return row.id == apdu::CommandId::kCipherData && image.t0.cipher_data_direct;
}

}  // namespace

CardOs::CardOs(std::shared_ptr<const Image> image, const Rules& rules, const CardEnv& env)
    : base_(std::move(image)),
      image_(derive_image(base_, env.store)),
      rules_(rules),
      env_(env),
      transaction_(env.store, env.random) {}

void CardOs::enter_initial_state() { rules_.lifetimes.reset(session_); }

void CardOs::renew_image() {
  image_ = derive_image(base_, env_.store);
  stale_ = false;
}

void CardOs::power_on() {
  enter_initial_state();
  renew_image();
  powered_ = true;
  trace_power(TraceEvent::Kind::kPowerOn);
}

void CardOs::reset() {
  enter_initial_state();
  trace_power(TraceEvent::Kind::kReset);
}

void CardOs::power_off() {
  if (!powered_) return;
  enter_initial_state();
  powered_ = false;
  trace_power(TraceEvent::Kind::kPowerOff);
}

Response CardOs::transmit(ByteView command) noexcept {
  try {
    const Response response = process(command);
    if (stale_) renew_image();
    return response;
  } catch (const std::exception& bug) {
    if (env_.trace != nullptr) {
      env_.trace->event({.kind = TraceEvent::Kind::kNote, .slot = env_.slot, .note = bug.what()});
    }
  }
  return Response(sw::data_invalid);
}

Response CardOs::process(ByteView apdu) {
  if (!powered_) return Response(sw::data_invalid);
  const auto header = apdu::header_of(apdu);
  begin();
  Exchange exchange{view(), transaction_, rules_, header.value_or(apdu::Header{})};
  if (!header) {
    const Response refused(sw::wrong_length);
    trace_exchange(apdu, commit(refused), exchange);
    return refused;
  }
  const auto command = apdu::decode_command(apdu, lone_byte(rules_.commands, *header));
  if (command) exchange.command = &*command;
  const Response response = answer(exchange);
  trace_exchange(apdu, response, exchange);
  return response;
}

void CardOs::begin() {
  transaction_.begin(session_);
  rules_.lifetimes.command(transaction_.session());
}

Response CardOs::answer(Exchange& exchange) {
  const apdu::StatusWord refusal = run_checks(exchange);
  if (!refusal.ok()) return commit(Response(refusal));
  const Binding& binding = *exchange.binding;
  const Response whole =
      binding.handler(exchange.view, transaction_, {*exchange.command, exchange.data, exchange.target});
  if (carried_out(whole.status)) {
    Session& after = transaction_.session();
    after.medical =
        next_medical_state(rules_.medical_states, session_.medical, after.medical, binding.command);
  }
  const Presented shown =
      rules_.present(whole, *exchange.command, binding.le, image_->t0, always_direct(*image_, *exchange.row));
  if (shown.withdrawn) return shown.response;
  if (!shown.pending.empty()) transaction_.session().pending = shown.pending;
  return commit(shown.response);
}

Response CardOs::commit(const Response& response) {
  if (!transaction_.commit()) {
    session_.pending.clear();
    session_.medical = Idle{};
    return Response(sw::memory_failure);
  }
  session_ = transaction_.session();
  stale_ = transaction_.changes_structure();
  return response;
}

void CardOs::trace_power(TraceEvent::Kind kind) {
  if (env_.trace == nullptr) return;
  env_.trace->event({.kind = kind,
                     .slot = env_.slot,
                     .time_us = env_.clock.now_us(),
                     .response = atr(),
                     .ranges_known = true});
}

void CardOs::trace_exchange(ByteView apdu, const Response& response, const Exchange& exchange) {
  if (env_.trace == nullptr) return;
  const auto wire = response.encode();
  TraceEvent event{.kind = TraceEvent::Kind::kExchange,
                   .slot = env_.slot,
                   .time_us = env_.clock.now_us(),
                   .command = apdu,
                   .response = wire,
                   .ranges_known = true};
  mark_secrets(event, exchange);
  env_.trace->event(event);
}

}  // namespace ssc::simulator::core
