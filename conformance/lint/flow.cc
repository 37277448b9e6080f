// Steps that are never reached, and sends whose answer nobody looks at.
#include <optional>

#include "conformance/expression/evaluate.h"
#include "conformance/lint/lint.h"
#include "conformance/lint/walk.h"

namespace ssc::conformance::lint {
namespace {

// The value of an expression that is the same everywhere; nothing when it is not.
std::optional<Value> constant(const Expression& expression) {
  bool fixed = true;
  each_node(expression, [&](const Expression& node) {
    fixed = fixed && (node.kind == Expression::Kind::kLiteral || node.kind == Expression::Kind::kOperation);
  });
  Subject nobody;
  const conformance::Names nothing;
  const auto value = fixed ? evaluate(expression, {nobody, nothing}) : Evaluated<Value>(Value::number(0));
  return fixed && value ? std::optional(*value) : std::nullopt;
}

bool is_false(const std::optional<Expression>& expression) {
  const auto value = expression ? constant(*expression) : std::nullopt;
  const auto truth = value ? as_truth(*value) : Evaluated<bool>(true);
  return truth && !*truth;
}

// The step ends every case that comes to it.
bool always_fails(const Step& step) {
  const auto* check = std::get_if<Check>(&step.action);
  return check && !step.when && !step.optional && is_false(check->that);
}

void look_for_unreached(const Steps& steps, std::vector<Remark>& remarks) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (i > 0 && always_fails(steps[i - 1]))
      remarks.push_back({step.at, "nothing comes here: the step before always fails", "leave it out"});
    if (is_false(step.when))
      remarks.push_back({step.at, "this step never runs: its when is always false", "leave it out"});
    const auto* group = std::get_if<Group>(&step.action);
    if (!group) continue;
    if (is_false(group->times))
      remarks.push_back({step.at, "these steps never run: they are repeated 0 times", "leave them out"});
    look_for_unreached(group->steps, remarks);
  }
}

// What becomes of the answer that is open when a step begins.
enum class Fate : std::uint8_t { kOpen, kLookedAt, kLost };

// Whether the step takes the answer into account: data and sw are its names.
bool reads_answer(const Step& step) {
  bool reads = false;
  each_expression(step, [&](const Expression& expression) {
    const NameSet names = names_read(expression);
    reads = reads || names.contains("data") || names.contains("sw");
  });
  return reads;
}

Fate fate(const Steps& steps, std::size_t from);

Fate fate(const Step& step) {
  if (reads_answer(step) || std::holds_alternative<Expect>(step.action) ||
      std::holds_alternative<XRay>(step.action) || std::holds_alternative<Check>(step.action))
    return Fate::kLookedAt;
  if (std::holds_alternative<Send>(step.action)) return step.when ? Fate::kOpen : Fate::kLost;
  if (const auto* call = std::get_if<Call>(&step.action)) return fate(call->target->steps, 0);
  if (const auto* group = std::get_if<Group>(&step.action)) return fate(group->steps, 0);
  return Fate::kOpen;
}

Fate fate(const Steps& steps, std::size_t from) {
  for (std::size_t i = from; i < steps.size(); ++i) {
    if (const Fate one = fate(steps[i]); one != Fate::kOpen) return one;
  }
  return Fate::kOpen;
}

struct Behind {
  const Steps* steps;
  std::size_t next;
};

// `behind`: what follows, innermost first. A routine's caller may look at its last answer, and a round's
// first step at that of the round before.
void look_for_lost_answers(const Steps& steps, const std::vector<Behind>& behind, bool caller_may_look,
                           std::vector<Remark>& remarks) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    std::vector<Behind> here = {{&steps, i + 1}};
    here.insert(here.end(), behind.begin(), behind.end());
    if (const auto* group = std::get_if<Group>(&steps[i].action))
      look_for_lost_answers(group->steps, here, caller_may_look || group->until.has_value(), remarks);
    const auto* send = std::get_if<Send>(&steps[i].action);
    if (!send || !send->capture.empty() || send->within_us > 0 || send->cut) continue;
    Fate end = Fate::kOpen;
    for (const Behind& part : here) {
      if (end == Fate::kOpen) end = fate(*part.steps, part.next);
    }
    if (end == Fate::kLost || (end == Fate::kOpen && !caller_may_look))
      remarks.push_back({steps[i].at, "nobody looks at the answer to this send", "add an expect behind it"});
  }
}

}  // namespace

std::vector<Remark> unreached_steps(const Subjects& subjects) {
  std::vector<Remark> remarks;
  for (const Suite& suite : subjects.suites)
    each_body(suite, [&](const Steps& steps) { look_for_unreached(steps, remarks); });
  return remarks;
}

std::vector<Remark> steps_that_ask_nothing(const Subjects& subjects) {
  std::vector<Remark> remarks;
  for (const Suite& suite : subjects.suites) {
    look_for_lost_answers(suite.set_up, {}, false, remarks);
    look_for_lost_answers(suite.tear_down, {}, false, remarks);
    for (const Case& test : suite.cases) look_for_lost_answers(test.steps, {}, false, remarks);
    for (const auto& routine : suite.routines) look_for_lost_answers(routine->steps, {}, true, remarks);
  }
  return remarks;
}

}  // namespace ssc::conformance::lint
