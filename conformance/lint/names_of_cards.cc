#include "conformance/lint/names_of_cards.h"

#include <algorithm>
#include <array>

namespace ssc::conformance::lint {
namespace {

struct Taker {
  std::string_view function;  // its first argument is a name
  NameKind kind;
};
constexpr std::array<Taker, 12> kTakers = {{{"key", NameKind::kKey},
                                            {"root", NameKind::kKey},
                                            {"has_key", NameKind::kKey},
                                            {"kid", NameKind::kKey},
                                            {"key_tries", NameKind::kKey},
                                            {"key_versions", NameKind::kKey},
                                            {"psam_usage", NameKind::kKey},
                                            {"psam_id", NameKind::kKey},
                                            {"factors", NameKind::kKey},
                                            {"aid", NameKind::kDf},
                                            {"fid", NameKind::kDf},
                                            {"has_file", NameKind::kFile}}};

std::optional<NameKind> kind_of_argument(const Expression& call) {
  const auto* const row = std::ranges::find(kTakers, call.name, &Taker::function);
  return row == kTakers.end() ? std::nullopt : std::optional(row->kind);
}

// A template that is one text, plain or as a literal.
std::optional<std::string> plain_text(const Template& text) {
  if (text.pieces.size() != 1) return std::nullopt;
  const auto& piece = text.pieces.front();
  if (!piece.is_expression) return piece.text;
  const auto* literal = std::get_if<std::string>(&piece.expression.literal.data);
  return piece.expression.kind == Expression::Kind::kLiteral && literal ? std::optional(*literal)
                                                                        : std::nullopt;
}

const std::string* passed_on(const Template& text) {
  const Expression* one = text.single();
  return one && one->kind == Expression::Kind::kVariable ? &one->name : nullptr;
}

// As what kind of name these steps use a variable; nothing when as none.
std::optional<NameKind> kind_of(const Steps& steps, const std::string& variable) {
  std::optional<NameKind> kind;
  each_step(steps, [&](const Step& step) {
    each_expression(step, [&](const Expression& expression) {
      each_node(expression, [&](const Expression& node) {
        const bool takes = node.kind == Expression::Kind::kCall && !node.arguments.empty() &&
                           node.arguments.front().kind == Expression::Kind::kVariable &&
                           node.arguments.front().name == variable;
        if (takes && !kind) kind = kind_of_argument(node);
      });
    });
    const auto* call = std::get_if<Call>(&step.action);
    if (!call) return;
    for (const auto& [name, value] : call->arguments) {
      const std::string* passed = passed_on(value);
      if (!kind && passed && *passed == variable) kind = kind_of(call->target->steps, name);
    }
  });
  return kind;
}

class Collect {
 public:
  std::vector<NameUse> uses;

  void look(const Step& step) {
    at_ = &step.at;
    each_expression(step, [this](const Expression& expression) { arguments(expression); });
    if (const auto* call = std::get_if<Call>(&step.action)) {
      for (const auto& [name, value] : call->arguments) take(kind_of(call->target->steps, name), value);
    }
    if (const auto* xray = std::get_if<XRay>(&step.action); xray && xray->of != "PIN")
      uses.push_back({step.at, NameKind::kKey, xray->of});
    if (const auto* send = std::get_if<Send>(&step.action); send && send->secure)
      take(NameKind::kKey, send->secure->key);
    const auto* group = std::get_if<Group>(&step.action);
    if (!group || !group->rows) return;
    for (const Table::Row& row : group->rows->rows) {
      at_ = &row.at;
      for (const auto& [name, value] : row.cells) take(kind_of(group->steps, name), value);
    }
  }

 private:
  void arguments(const Expression& expression) {
    each_node(expression, [this](const Expression& node) {
      if (node.kind != Expression::Kind::kCall || node.arguments.empty()) return;
      const Expression& first = node.arguments.front();
      const auto kind = kind_of_argument(node);
      const auto* text = std::get_if<std::string>(&first.literal.data);
      if (kind && first.kind == Expression::Kind::kLiteral && text) uses.push_back({*at_, *kind, *text});
    });
  }
  void take(std::optional<NameKind> kind, const Template& value) {
    const auto text = plain_text(value);
    if (kind && text) uses.push_back({*at_, *kind, *text});
  }

  const Where* at_ = nullptr;
};

}  // namespace

std::vector<NameUse> names_of_cards(const Steps& steps) {
  Collect collect;
  each_step(steps, [&](const Step& step) { collect.look(step); });
  return std::move(collect.uses);
}

}  // namespace ssc::conformance::lint
