// What each kind of step does.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "apdu/atr.h"
#include "conformance/engine/case_runner.h"
#include "conformance/engine/expectation.h"
#include "conformance/engine/secure_messaging.h"
#include "conformance/engine/xray.h"

namespace ssc::conformance {
namespace {

bool has_secret(const apdu::SensitiveRanges& ranges) { return !ranges.list().empty(); }

}  // namespace

CaseRunner::Flow CaseRunner::act(const Send& send, Names& names) {
  const Environment environment{context_.subject, names};
  const auto command = command_of(send, environment);
  if (!command) return Flow::kEnd;
  writes_before_last_[static_cast<std::size_t>(send.to)] = writes(send.to);
  if (send.cut && arm(send, environment) == Flow::kEnd) return Flow::kEnd;
  auto answer = context_.session.send(send.to, *command, send.raw, current().exchanges);
  const bool torn = send.cut && context_.power_cut[static_cast<std::size_t>(send.to)]->settle();
  if (send.cut) tell("torn", Value::truth(torn), names);
  if (torn) return lose_power(send.to, names);
  if (!answer) return stop(answer.error());
  return take(send, *std::move(answer), names);
}

CaseRunner::Flow CaseRunner::arm(const Send& send, const Environment& environment) {
  const auto at = evaluate(send.cut->at, environment);
  const auto number = at ? as_number(*at) : Evaluated<std::int64_t>(tl::make_unexpected(at.error()));
  const std::string_view attribute = send.cut->timed ? "cut-after" : "cut";
  if (!number) return error(fmt::format("{}: {}", attribute, number.error()));
  if (*number < 1 || *number > std::numeric_limits<int>::max())
    return error(fmt::format("{}: {} is no moment; the first is 1", attribute, *number));
  PowerCut* const power = context_.power_cut[static_cast<std::size_t>(send.to)];
  if (power == nullptr) return stop({Verdict::kNotApplicable, "power cannot be cut inside a command here"});
  if (send.cut->timed)
    power->after(std::chrono::microseconds(*number));
  else
    power->at_half_write(static_cast<unsigned>(*number));
  return Flow::kGoOn;
}

// Whatever the card was about to say, nobody heard it.
CaseRunner::Flow CaseRunner::lose_power(apdu::Slot slot, Names& names) {
  Exchange& last = current().exchanges.back();
  last.response.clear();
  last.response_secrets = {};
  last.note = "power went before it answered";
  const auto off = context_.session.power(slot, Power::Action::kOff, current().exchanges);
  if (!off) return stop(off.error());
  tell("data", Value::bytes(Bytes{}), names);
  tell("sw", Value::bytes(Bytes{}), names);
  answer_.reset();
  return Flow::kGoOn;
}

std::optional<Rendered> CaseRunner::command_of(const Send& send, const Environment& environment) {
  const auto broken = [this](std::string_view attribute, const std::string& why) {
    if (current().outcome != StepOutcome::kError) error(fmt::format("{}: {}", attribute, why));
    return std::nullopt;
  };
  auto command = render_octets(send.apdu, environment);
  if (!command) return broken("apdu", command.error());
  if (send.secure) {
    const auto key = session_key_of(*send.secure, send.to, environment);
    if (!key) return broken("key", key.error());
    command = secured(*command, send.secure->encrypt, *key);
    if (!command) return broken("apdu", command.error());
  }
  const auto le = render_octets(send.le, environment);
  if (!le) return broken("le", le.error());
  command->bytes.insert(command->bytes.end(), le->bytes.begin(), le->bytes.end());
  return *std::move(command);
}

// The key as it is, or of a key's name the session key of a challenge drawn now.
Evaluated<keys::Key> CaseRunner::session_key_of(const Secure& secure, apdu::Slot slot,
                                                const Environment& environment) {
  constexpr std::size_t kChallenge = 8;
  const auto value = render_value(secure.key, environment);
  if (!value) return tl::make_unexpected(value.error());
  const auto* name = std::get_if<std::string>(&value->data);
  if (!name) return as_key(*value);
  const auto key = card_key(context_.subject, *name, 1);
  if (!key) return key;
  if (!keys::available(key->cipher())) return tl::make_unexpected("its cipher cannot be computed here");
  const Rendered draw{{0x00, 0x84, 0x00, 0x00, kChallenge}, {}};
  const auto answer = context_.session.send(slot, draw, false, current().exchanges);
  if (!answer) {
    stop(answer.error());
    return tl::make_unexpected(answer.error().reason);
  }
  if (!answer->status.ok() || answer->data.size() != kChallenge)
    return tl::make_unexpected(fmt::format("GET CHALLENGE was answered {}", apdu::to_string(answer->status)));
  return keys::session_key(*key, answer->data).key();
}

CaseRunner::Flow CaseRunner::take(const Send& send, Answer answer, Names& names) {
  constexpr std::uint64_t kMillisecond = 1000;
  answer_secret_ = has_secret(current().exchanges.back().response_secrets);
  tell("data", Value::bytes(answer.data, answer_secret_), names);
  tell("sw", Value::bytes(ByteView(apdu::big_endian<2>(answer.status.value()))), names);
  if (!send.capture.empty()) names.insert_or_assign(send.capture, Value::bytes(answer.data));
  answer_ = std::move(answer);
  if (send.within_us == 0) return Flow::kGoOn;
  const std::string limit = fmt::format("{} ms", send.within_us / kMillisecond);
  const std::string took = fmt::format("{} ms", (answer_->took_us + kMillisecond - 1) / kMillisecond);
  const bool late = answer_->took_us > send.within_us;
  std::string reason = fmt::format("answered after {}, expected within {}", took, limit);
  if (late && !send.late_warns) return fail(std::move(reason), {"within " + limit, took});
  current().outcome = late ? StepOutcome::kWarned : StepOutcome::kPassed;
  if (late) current().reason = std::move(reason);
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::act(const Expect& expect, Names& names) {
  if (!answer_) return error("there is no answer: nothing was sent before this expect, or its power was cut");
  const Answered answered{answer_->data, answer_->status, answer_secret_, context_.unmask};
  return settle_step(judge(expect, answered, {context_.subject, names}));
}

CaseRunner::Flow CaseRunner::act(const Check& check, Names& names) {
  const auto value = evaluate(check.that, {context_.subject, names});
  if (!value) return error(value.error());
  const auto truth = as_truth(*value);
  if (!truth) return error(truth.error());
  if (!*truth)
    return fail(check.says.empty() ? "does not hold: " + check.text : check.says, {check.text, "false"});
  current().outcome = StepOutcome::kPassed;
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::act(const XRay& xray, Names& names) {
  const auto slot = static_cast<std::size_t>(xray.slot);
  const CardModel* model =
      xray.slot == apdu::Slot::kCard ? context_.subject.card.get() : context_.session.model(xray.slot);
  const Inside inside{context_.inner[slot], model, writes_at_start_[slot], writes_before_last_[slot]};
  return settle_step(look(xray, inside, {context_.subject, names}));
}

CaseRunner::Flow CaseRunner::act(const Let& let, Names& names) {
  auto value = render_value(let.value, {context_.subject, names});
  if (!value) return error(value.error());
  current().text += " = " + to_string(*value, context_.unmask);
  auto& place =
      find_fact(let.name) && let.name.find('.') != std::string::npos ? context_.subject.changed : names;
  place.insert_or_assign(let.name, std::move(*value));
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::act(const Call& call, Names& names) {
  Names inner;
  for (const auto& parameter : call.target->parameters) {
    if (parameter.otherwise) inner.insert_or_assign(parameter.name, Value::text(*parameter.otherwise));
  }
  for (const auto& [name, text] : call.arguments) {
    auto value = render_value(text, {context_.subject, names});
    if (!value) return error(name + ": " + value.error());
    inner.insert_or_assign(name, std::move(*value));
  }
  ++depth_;
  const Routine* const caller = std::exchange(routine_, call.target.get());
  const Flow flow = steps(call.target->steps, inner);
  routine_ = caller;
  --depth_;
  for (const auto& [name, value] : Names(told_)) tell(name, value, names);
  for (const std::string& name : call.target->returns) {
    if (const auto found = inner.find(name); found != inner.end())
      names.insert_or_assign(name, found->second);
  }
  return flow;
}

void CaseRunner::tell(const std::string& name, Value value, Names& names) {
  told_.insert_or_assign(name, value);
  const bool given =
      routine_ != nullptr &&
      std::ranges::find(routine_->parameters, name, &Routine::Parameter::name) != routine_->parameters.end();
  if (!given) names.insert_or_assign(name, std::move(value));
}

void CaseRunner::take_atr(const Bytes& atr, Names& names) {
  tell("atr", Value::bytes(atr), names);
  if (const auto parsed = apdu::parse_atr(atr)) context_.subject.historical = parsed->historical;
}

CaseRunner::Flow CaseRunner::act(const Power& power, Names& names) {
  const auto atr = context_.session.power(power.slot, power.action, current().exchanges);
  if (!atr) return stop(atr.error());
  if (power.action != Power::Action::kOff) {
    if (power.slot == apdu::Slot::kCard)
      take_atr(*atr, names);
    else
      tell("atr", Value::bytes(*atr), names);
  }
  return Flow::kGoOn;
}

}  // namespace ssc::conformance
