#include "conformance/engine/case_runner.h"

#include <fmt/format.h>

#include <utility>

#include "apdu/atr.h"
#include "apdu/hex.h"
#include "conformance/engine/match.h"
#include "conformance/expression/tlv_path.h"

namespace ssc::conformance {
namespace {

constexpr std::int64_t kMostRounds = 100'000;

std::string described(apdu::StatusWord status) {
  return fmt::format("{} {}", apdu::to_string(status), apdu::meaning(status).english);
}

// What a step does, in a few words; octets stand with its exchanges.
struct Describe {
  std::string operator()(const Send& send) const {
    return (send.to == apdu::Slot::kPsam ? "PSAM " : "") + send.apdu.source +
           (send.le.empty() ? "" : " " + send.le.source);
  }
  std::string operator()(const Expect& expect) const {
    std::string text = expect.sw.source;
    if (!expect.tlv.empty()) text += " " + expect.tlv;
    if (expect.has_data) text += (expect.tlv.empty() ? " data " : " = ") + expect.data.source;
    return text;
  }
  std::string operator()(const Check& check) const { return check.text; }
  std::string operator()(const Let& let) const { return let.name + " = " + let.value.source; }
  std::string operator()(const Call& call) const {
    std::string text = call.routine;
    for (const auto& [name, value] : call.arguments) text += fmt::format(" {}={}", name, value.source);
    return text;
  }
  std::string operator()(const Power& power) const {
    return power.slot == apdu::Slot::kPsam ? "PSAM" : "card";
  }
  std::string operator()(const Group&) const { return {}; }
  std::string operator()(const XRay& xray) const { return xray.of; }
};

bool asserts(const StepResult& step) {
  return step.outcome == StepOutcome::kPassed || step.outcome == StepOutcome::kWarned;
}

bool holds_key(const CardModel& card, std::string_view name) {
  const auto named = [name](const auto& key) { return key.name == name; };
  return std::ranges::any_of(card.dfs,
                             [named](const auto& df) { return std::ranges::any_of(df.keys, named); });
}

bool has_secret(const apdu::SensitiveRanges& ranges) { return !ranges.list().empty(); }

}  // namespace

void CaseRunner::run(const Case& test, CaseResult& result) {
  result_ = &result;
  Names names;
  result.steps.push_back({test.at, "power", 0, "card", StepOutcome::kDone, {}, {}, {}});
  current_ = result.steps.size() - 1;
  if (act(Power{Power::Action::kOn, apdu::Slot::kCard}, names) == Flow::kGoOn) steps(test.steps, names);
  settle(test);
}

void CaseRunner::settle(const Case& test) {
  CaseResult& result = *result_;
  const auto is = [](StepOutcome outcome) {
    return [outcome](const StepResult& step) { return step.outcome == outcome; };
  };
  const auto worst = [&](StepOutcome outcome) { return std::ranges::find_if(result.steps, is(outcome)); };
  if (stop_) {
    result.verdict = stop_->verdict;
    result.reason = stop_->reason;
  } else if (const auto failed = worst(StepOutcome::kFailed); failed != result.steps.end()) {
    result.verdict = Verdict::kFail;
    result.reason = fmt::format("{}: {}", failed->at.to_string(), failed->reason);
  } else if (const auto broken = worst(StepOutcome::kError); broken != result.steps.end()) {
    result.verdict = Verdict::kError;
    result.reason = fmt::format("{}: {}", broken->at.to_string(), broken->reason);
  } else if (const auto warned = worst(StepOutcome::kWarned); warned != result.steps.end()) {
    result.verdict = Verdict::kWarn;
    result.reason = fmt::format("{}: {}", warned->at.to_string(), warned->reason);
  } else if (std::ranges::any_of(result.steps, asserts)) {
    result.verdict = Verdict::kPass;
  } else if (std::ranges::any_of(result.steps, is(StepOutcome::kSkipped))) {
    result.verdict = Verdict::kNotApplicable;
    result.reason = "every step that asks something was skipped";
  } else {
    result.verdict = Verdict::kInconclusive;
    result.reason = fmt::format("{}: no step asked anything of the card", test.at.to_string());
  }
}

CaseRunner::Flow CaseRunner::steps(const std::vector<Step>& list, Names& names) {
  for (const Step& one : list) {
    if (step(one, names) == Flow::kEnd) return Flow::kEnd;
  }
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::step(const Step& step, Names& names) {
  if (step.when) {
    const auto value = evaluate(*step.when, {context_.subject, names});
    const auto truth = value ? as_truth(*value) : Evaluated<bool>(tl::make_unexpected(value.error()));
    if (truth && !*truth) return Flow::kGoOn;
    if (!truth) {
      result_->steps.push_back({step.at, step.element, depth_, "when", StepOutcome::kError, {}, {}, {}});
      current_ = result_->steps.size() - 1;
      return error("when: " + truth.error());
    }
  }
  result_->steps.push_back(
      {step.at, step.element, depth_, std::visit(Describe{}, step.action), StepOutcome::kDone, {}, {}, {}});
  current_ = result_->steps.size() - 1;
  return std::visit([&](const auto& action) { return act(action, names); }, step.action);
}

CaseRunner::Flow CaseRunner::fail(std::string reason, Difference difference) {
  current().outcome = StepOutcome::kFailed;
  current().reason = std::move(reason);
  current().difference = std::move(difference);
  return Flow::kEnd;
}

CaseRunner::Flow CaseRunner::error(const std::string& reason) {
  current().outcome = StepOutcome::kError;
  current().reason = reason;
  return Flow::kEnd;
}

CaseRunner::Flow CaseRunner::stop(const Stop& stop) {
  current().outcome = stop.verdict == Verdict::kNotApplicable ? StepOutcome::kSkipped : StepOutcome::kError;
  current().reason = stop.reason;
  stop_ = stop;
  stop_run_ = stop.whole_run;
  return Flow::kEnd;
}

CaseRunner::Flow CaseRunner::act(const Send& send, Names& names) {
  const Environment environment{context_.subject, names};
  auto command = render_octets(send.apdu, environment);
  if (!command) return error("apdu: " + command.error());
  const auto le = render_octets(send.le, environment);
  if (!le) return error("le: " + le.error());
  command->bytes.insert(command->bytes.end(), le->bytes.begin(), le->bytes.end());
  auto answer = context_.session.send(send.to, *command, send.raw, current().exchanges);
  if (!answer) return stop(answer.error());
  answer_secret_ = has_secret(current().exchanges.back().response_secrets);
  tell("data", Value::bytes(answer->data, answer_secret_), names);
  tell("sw", Value::bytes(ByteView(apdu::big_endian<2>(answer->status.value()))), names);
  if (!send.capture.empty()) names.insert_or_assign(send.capture, Value::bytes(answer->data));
  answer_ = std::move(*answer);
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::act(const Expect& expect, Names& names) {
  if (!answer_) return error("nothing was sent before this expect");
  const Environment environment{context_.subject, names};
  if (auto flow = expect_status(expect, environment); flow && *flow == Flow::kEnd) return *flow;
  if (auto flow = expect_data(expect, environment)) return *flow;
  if (current().outcome == StepOutcome::kDone) current().outcome = StepOutcome::kPassed;
  return Flow::kGoOn;
}

std::optional<CaseRunner::Flow> CaseRunner::expect_status(const Expect& expect,
                                                          const Environment& environment) {
  if (expect.sw.empty()) return std::nullopt;
  const auto wanted = render_pattern(expect.sw, environment, true);
  if (!wanted) return error("sw: " + wanted.error());
  const auto met = matches_status(answer_->status, wanted->digits);
  if (!met) return error("sw: " + met.error());
  if (*met) return std::nullopt;
  const std::string got = described(answer_->status);
  if (!expect.tolerate.empty()) {
    const auto tolerated = render_pattern(expect.tolerate, environment, true);
    if (!tolerated) return error("tolerate: " + tolerated.error());
    const auto bearable = matches_status(answer_->status, tolerated->digits);
    if (!bearable) return error("tolerate: " + bearable.error());
    if (*bearable) {
      current().outcome = StepOutcome::kWarned;
      current().reason = fmt::format("status word {} is tolerated; {} is right", got, wanted->digits);
      current().difference = Difference{wanted->digits, got};
      return Flow::kGoOn;
    }
  }
  return fail(fmt::format("status word {}, expected {}", got, wanted->digits), {wanted->digits, got});
}

std::optional<CaseRunner::Flow> CaseRunner::expect_data(const Expect& expect,
                                                        const Environment& environment) {
  Bytes data = answer_->data;
  if (!expect.tlv.empty()) {
    auto found = find_tlv(data, expect.tlv);
    if (!found)
      return fail(found.error(),
                  {"TLV path " + expect.tlv, fmt::format("{} octets without it", data.size())});
    data = std::move(*found);
  }
  if (expect.length) {
    const auto value = evaluate(*expect.length, environment);
    const auto length =
        value ? as_number(*value) : Evaluated<std::int64_t>(tl::make_unexpected(value.error()));
    if (!length) return error("length: " + length.error());
    if (*length != static_cast<std::int64_t>(data.size()))
      return fail(fmt::format("{} octets, expected {}", data.size(), *length),
                  {fmt::format("{} octets", *length), fmt::format("{} octets", data.size())});
  }
  return expect.has_data ? compare_data(expect, data, environment) : std::nullopt;
}

std::optional<CaseRunner::Flow> CaseRunner::compare_data(const Expect& expect, ByteView data,
                                                         const Environment& environment) {
  const auto wanted = render_pattern(expect.data, environment, false);
  if (!wanted) return error("data: " + wanted.error());
  const auto difference = find_difference(data, wanted->digits);
  if (!difference) return error("data: " + difference.error());
  if (!*difference) return std::nullopt;
  const bool hide = (answer_secret_ || wanted->secret) && !context_.unmask;
  const std::string hidden = fmt::format("{} octets, masked; --unmask shows them", data.size());
  return fail(fmt::format("the data differ at octet {}", **difference + 1),
              {hide && wanted->secret ? "masked" : wanted->digits, hide ? hidden : apdu::to_hex(data)});
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

CaseRunner::Flow CaseRunner::act(const Group& group, Names& names) {
  std::int64_t times = 1;
  if (group.times) {
    const auto value = evaluate(*group.times, {context_.subject, names});
    const auto number =
        value ? as_number(*value) : Evaluated<std::int64_t>(tl::make_unexpected(value.error()));
    if (!number) return error("times: " + number.error());
    if (*number > kMostRounds)
      return error(fmt::format("times: {} rounds are more than {}", *number, kMostRounds));
    times = *number;
  }
  ++depth_;
  Flow flow = Flow::kGoOn;
  for (std::int64_t i = 1; i <= times && flow == Flow::kGoOn; ++i) {
    if (!group.counter.empty()) names.insert_or_assign(group.counter, Value::number(i));
    flow = steps(group.steps, names);
  }
  --depth_;
  return flow;
}

CaseRunner::Flow CaseRunner::act(const XRay& xray, Names& names) {
  const auto skip = [this](std::string reason) {
    current().outcome = StepOutcome::kSkipped;
    current().reason = std::move(reason);
    return Flow::kGoOn;
  };
  if (xray.of != "PIN" && !holds_key(*context_.subject.card, xray.of))
    return error(fmt::format("{} has no key {}", context_.subject.card->name, xray.of));
  if (!context_.inner_state) return skip("inner state cannot be seen here");
  const Environment environment{context_.subject, names};
  if (xray.tries_left) {
    const auto got = context_.inner_state->tries_left(xray.of);
    if (!got) return skip("the card does not tell the tries of " + xray.of);
    const auto value = evaluate(*xray.tries_left, environment);
    const auto wanted =
        value ? as_number(*value) : Evaluated<std::int64_t>(tl::make_unexpected(value.error()));
    if (!wanted) return error("tries-left: " + wanted.error());
    if (*wanted != static_cast<std::int64_t>(*got))
      return fail(fmt::format("{} tries left for {}, expected {}", *got, xray.of, *wanted),
                  {std::to_string(*wanted), std::to_string(*got)});
  }
  if (xray.authenticated) {
    const auto got = context_.inner_state->authenticated(xray.of);
    if (!got) return skip("the card does not tell whether " + xray.of + " is authenticated");
    const auto value = evaluate(*xray.authenticated, environment);
    const auto wanted = value ? as_truth(*value) : Evaluated<bool>(tl::make_unexpected(value.error()));
    if (!wanted) return error("authenticated: " + wanted.error());
    if (*wanted != *got)
      return fail(
          fmt::format("{} is {}authenticated", xray.of, *got ? "" : "not "),
          {*wanted ? "authenticated" : "not authenticated", *got ? "authenticated" : "not authenticated"});
  }
  current().outcome = StepOutcome::kPassed;
  return Flow::kGoOn;
}

}  // namespace ssc::conformance
