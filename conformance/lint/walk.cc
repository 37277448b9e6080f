#include "conformance/lint/walk.h"

namespace ssc::conformance::lint {
namespace {

using See = std::function<void(const Expression&)>;

void of(const Expression& expression, const See& see) { see(expression); }
void of(const Comparison& comparison, const See& see) { see(comparison.with); }
void of(const Cut& cut, const See& see) { see(cut.at); }
void of(const Template& text, const See& see) {
  for (const auto& piece : text.pieces) {
    if (piece.is_expression) see(piece.expression);
  }
}
template <class T>
void of(const std::optional<T>& maybe, const See& see) {
  if (maybe) of(*maybe, see);
}

struct Parts {
  const See& see;

  template <class... T>
  void all(const T&... parts) const {
    (of(parts, see), ...);
  }
  void operator()(const Send& send) const {
    all(send.apdu, send.le, send.cut);
    if (send.secure) all(send.secure->key);
  }
  void operator()(const Expect& e) const {
    all(e.sw, e.tolerate, e.sw_not, e.data, e.data_not, e.mask, e.length, e.number, e.bcd);
  }
  void operator()(const Check& check) const { all(check.that); }
  void operator()(const Let& let) const { all(let.value); }
  void operator()(const Call& call) const {
    for (const auto& [name, value] : call.arguments) all(value);
  }
  void operator()(const Power&) const {}
  void operator()(const Group& group) const {
    all(group.times, group.until);
    if (!group.rows) return;
    for (const Table::Row& row : group.rows->rows) {
      for (const auto& [name, value] : row.cells) all(value);
    }
  }
  void operator()(const XRay& x) const {
    all(x.tries_left, x.authenticated, x.security, x.current_df, x.current_ef, x.key_version, x.writes,
        x.writes_of_last, x.challenge);
  }
};

}  // namespace

void each_step(const Steps& steps, const std::function<void(const Step&)>& see) {
  for (const Step& step : steps) {
    see(step);
    if (const auto* group = std::get_if<Group>(&step.action)) each_step(group->steps, see);
  }
}

void each_expression(const Step& step, const See& see) {
  if (step.when) see(*step.when);
  std::visit(Parts{see}, step.action);
}

void each_node(const Expression& expression, const See& see) {
  see(expression);
  for (const Expression& argument : expression.arguments) each_node(argument, see);
}

NameSet names_read(const Expression& expression) {
  NameSet names;
  each_node(expression, [&](const Expression& node) {
    if (node.kind == Expression::Kind::kVariable) names.insert(node.name);
  });
  return names;
}

NameSet names_read(const Steps& steps) {
  NameSet names;
  each_step(steps, [&](const Step& step) {
    each_expression(step, [&](const Expression& expression) { names.merge(names_read(expression)); });
  });
  return names;
}

void each_body(const Suite& suite, const std::function<void(const Steps&)>& see) {
  see(suite.set_up);
  for (const Case& test : suite.cases) see(test.steps);
  see(suite.tear_down);
  for (const auto& routine : suite.routines) see(routine->steps);
}

}  // namespace ssc::conformance::lint
