#include "conformance/script/check_names.h"

#include <algorithm>

#include "conformance/expression/functions.h"

namespace ssc::conformance {
namespace {

using Error = std::optional<apdu::InputError>;
using Bound = std::set<std::string>;

// Set by the runner itself: data and status word of the last answer, ATR of the last power step.
const Bound kRunnerNames = {"data", "sw", "atr"};
constexpr const char* kTorn = "torn";  // set by a send whose power may be cut

apdu::InputError error_at(const Where& at, std::string what, std::string mend) {
  return {at.file, at.line, std::move(what), std::move(mend)};
}

std::string joined(const Bound& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

class Walk {
 public:
  explicit Walk(Bound bound) : bound_(std::move(bound)) {
    bound_.insert(kRunnerNames.begin(), kRunnerNames.end());
  }

  Error steps(const std::vector<Step>& list) {
    for (const Step& step : list) {
      at_ = &step.at;
      if (auto error = optional(step.when)) return error;
      if (auto error = std::visit([this](const auto& action) { return look(action); }, step.action))
        return error;
    }
    return std::nullopt;
  }

  Error expression(const Expression& expression) {
    if (expression.kind == Expression::Kind::kVariable) return variable(expression.name);
    if (expression.kind == Expression::Kind::kCall) {
      if (auto error = function(expression)) return error;
    }
    for (const Expression& argument : expression.arguments) {
      if (auto error = this->expression(argument)) return error;
    }
    return std::nullopt;
  }

  void set_place(const Where& at) { at_ = &at; }
  const Bound& bound() const { return bound_; }
  bool is_bound(const std::string& name) const { return bound_.contains(name) || find_fact(name); }

 private:
  Error variable(const std::string& name) const {
    if (is_bound(name)) return std::nullopt;
    const bool dotted = name.find('.') != std::string::npos;
    return error_at(*at_, "nothing has given '" + name + "' a value before this step",
                    dotted ? "README.md of scenarios lists the facts" : "known here: " + joined(bound_));
  }

  Error function(const Expression& call) const {
    const Function* function = find_function(call.name);
    if (!function)
      return error_at(*at_, "there is no function '" + call.name + "'", "README.md of scenarios lists them");
    const std::size_t count = call.arguments.size();
    if (count >= function->fewest && count <= function->most) return std::nullopt;
    return error_at(*at_, call.name + " has " + std::to_string(count) + " arguments here",
                    "write " + std::string(function->signature));
  }

  Error optional(const std::optional<Expression>& maybe) { return maybe ? expression(*maybe) : std::nullopt; }
  Error optional(const std::optional<Template>& maybe) { return maybe ? text(*maybe) : std::nullopt; }

  Error text(const Template& text, bool with_lc = false) {
    for (const auto& piece : text.pieces) {
      if (!piece.is_expression) continue;
      const bool lc = piece.expression.kind == Expression::Kind::kVariable && piece.expression.name == "lc";
      if (with_lc && lc) continue;
      if (auto error = expression(piece.expression)) return error;
    }
    return std::nullopt;
  }

  void bind(const std::string& name) {
    if (!name.empty()) bound_.insert(name);
  }

  Error look(const Send& send) {
    if (auto error = text(send.apdu, true)) return error;
    if (send.secure) {
      if (auto error = text(send.secure->key)) return error;
    }
    if (send.cut) {
      if (auto error = expression(send.cut->at)) return error;
      bind(kTorn);
    }
    bind(send.capture);
    return text(send.le);
  }
  Error look(const Expect& expect) {
    for (const Template* part : {&expect.sw, &expect.tolerate, &expect.sw_not, &expect.data}) {
      if (auto error = text(*part)) return error;
    }
    for (const auto* part : {&expect.data_not, &expect.mask}) {
      if (auto error = optional(*part)) return error;
    }
    for (const auto* part : {&expect.length, &expect.number, &expect.bcd}) {
      if (!*part) continue;
      if (auto error = expression((*part)->with)) return error;
    }
    return std::nullopt;
  }
  Error look(const Check& check) { return expression(check.that); }
  Error look(const Let& let) {
    if (auto error = text(let.value)) return error;
    const bool fact = let.name.find('.') != std::string::npos;
    if (fact && !find_fact(let.name))
      return error_at(*at_, "there is no fact '" + let.name + "' to correct", "a variable's name has no dot");
    bind(let.name);
    return std::nullopt;
  }
  Error look(const Call& call);
  Error look(const Power&) { return std::nullopt; }
  Error look(const Group& group) {
    if (auto error = optional(group.times)) return error;
    if (group.rows) {
      if (auto error = rows(*group.rows)) return error;
    }
    bind(group.counter);
    if (auto error = steps(group.steps)) return error;
    return optional(group.until);
  }
  // Every row, with the names known at the loop; then each column is a name.
  Error rows(const Table& table) {
    const Where* const loop = at_;
    for (const Table::Row& row : table.rows) {
      at_ = &row.at;
      for (const auto& [name, value] : row.cells) {
        if (auto error = text(value)) return error;
      }
    }
    at_ = loop;
    for (const auto& [name, value] : table.rows.front().cells) bind(name);
    return std::nullopt;
  }
  Error look(const XRay& xray) {
    for (const auto* part : {&xray.tries_left, &xray.authenticated, &xray.key_version, &xray.writes,
                             &xray.writes_of_last, &xray.challenge}) {
      if (auto error = optional(*part)) return error;
    }
    for (const auto* part : {&xray.security, &xray.current_df, &xray.current_ef}) {
      if (auto error = optional(*part)) return error;
    }
    return std::nullopt;
  }

  Bound bound_;
  const Where* at_ = nullptr;
};

Error Walk::look(const Call& call) {
  Bound wanted;
  Bound missing;
  for (const auto& parameter : call.target->parameters) {
    wanted.insert(parameter.name);
    if (!parameter.otherwise) missing.insert(parameter.name);
  }
  for (const auto& [name, value] : call.arguments) {
    if (!wanted.contains(name))
      return error_at(*at_, "routine " + call.routine + " has no parameter '" + name + "'",
                      wanted.empty() ? "it has none" : "it has: " + joined(wanted));
    missing.erase(name);
    if (auto error = text(value)) return error;
  }
  if (!missing.empty())
    return error_at(*at_, "routine " + call.routine + " wants " + joined(missing), "give it as an attribute");
  for (const std::string& name : call.target->returns) bind(name);
  return std::nullopt;
}

}  // namespace

Error check_names(const std::vector<Step>& steps, std::set<std::string>& bound) {
  Walk walk(bound);
  auto error = walk.steps(steps);
  bound = walk.bound();
  return error;
}

Error check_names(const Routine& routine) {
  Bound bound;
  for (const auto& parameter : routine.parameters) bound.insert(parameter.name);
  Walk walk(std::move(bound));
  if (auto error = walk.steps(routine.steps)) return error;
  for (const std::string& name : routine.returns) {
    if (!walk.is_bound(name))
      return error_at(routine.at, "routine " + routine.name + " returns '" + name + "', which it never sets",
                      "add a let or a capture of that name");
  }
  return std::nullopt;
}

Error check_facts_only(const Expression& expression, const Where& at) {
  if (expression.kind == Expression::Kind::kVariable && !find_fact(expression.name))
    return error_at(at, "applies: there is no fact '" + expression.name + "'",
                    "README.md of scenarios lists the facts");
  if (expression.kind != Expression::Kind::kCall) {
    for (const Expression& argument : expression.arguments) {
      if (auto error = check_facts_only(argument, at)) return error;
    }
    return std::nullopt;
  }
  Walk walk({});
  walk.set_place(at);
  return walk.expression(expression);
}

}  // namespace ssc::conformance
