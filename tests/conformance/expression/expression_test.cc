#include "conformance/expression/expression.h"

#include <gtest/gtest.h>

#include "conformance/expression/template.h"

namespace ssc::conformance {
namespace {

// The tree with every operation in brackets.
std::string shown(const Expression& expression) {
  constexpr std::array<const char*, 13> kNames = {"or", "and", "not", "eq", "ne", "lt", "le",
                                                  "gt", "ge",  "+",   "-",  "*",  "neg"};
  if (expression.kind == Expression::Kind::kLiteral) return to_string(expression.literal);
  std::string text = expression.kind == Expression::Kind::kOperation
                         ? kNames.at(static_cast<std::size_t>(expression.operation))
                         : expression.name;
  if (expression.kind == Expression::Kind::kVariable) return text;
  for (const Expression& argument : expression.arguments) text += " " + shown(argument);
  return "(" + text + ")";
}

struct Example {
  const char* text;
  const char* tree;
};

TEST(ParseExpression, BindsAsTheGrammarSays) {
  for (const Example& example : {
           Example{"1", "1"},
           Example{"0x1F", "31"},
           Example{"'6F 84'", "6F 84"},
           Example{"pin.tries - 1", "(- pin.tries 1)"},
           Example{"a - b - c", "(- (- a b) c)"},
           Example{"a + b * c", "(+ a (* b c))"},
           Example{"(a + b) * c", "(* (+ a b) c)"},
           Example{"-a * b", "(* (neg a) b)"},
           Example{"pin and pin.tries >= 2", "(and pin (ge pin.tries 2))"},
           Example{"a or b and not c eq d", "(or a (and b (not (eq c d))))"},
           Example{"a le b or a gt b", "(or (le a b) (gt a b))"},
           Example{"order", "order"},
           Example{"notes and eqx", "(and notes eqx)"},
           Example{"tlv('20', ascii('10'))", "(tlv 20 (ascii 10))"},
           Example{"random()", "(random)"},
           Example{"a!=b", "(ne a b)"},
           Example{"a<=b", "(le a b)"},
       }) {
    const auto parsed = parse_expression(example.text);
    ASSERT_TRUE(parsed) << example.text << ": " << parsed.error().what;
    EXPECT_EQ(shown(*parsed), example.tree) << example.text;
  }
}

struct Mistake {
  const char* text;
  std::size_t position;
  const char* what;
};

TEST(ParseExpression, SaysWhatIsWrongAndWhere) {
  for (const Mistake& mistake : {
           Mistake{"", 0, "an expression ends too early"},
           Mistake{"a +", 3, "an expression ends too early"},
           Mistake{"(a", 2, "')' is missing"},
           Mistake{"f(a", 3, "')' or ',' is missing in the call of f"},
           Mistake{"a b", 2, "an operator is missing here"},
           Mistake{"'abc", 0, "the text has no closing '"},
           Mistake{"12ab", 0, "this is no number; hexadecimal octets stand in quotes: '0A1B'"},
           Mistake{"99999999999999999999", 0,
                   "this is no number; hexadecimal octets stand in quotes: '0A1B'"},
           Mistake{"a # b", 2, "an operator is missing here"},
           Mistake{"#", 0, "'#' cannot stand here"},
       }) {
    const auto parsed = parse_expression(mistake.text);
    ASSERT_FALSE(parsed) << mistake.text;
    EXPECT_EQ(parsed.error().position, mistake.position) << mistake.text;
    EXPECT_EQ(parsed.error().what, mistake.what) << mistake.text;
  }
}

TEST(ParseExpression, RefusesDepthAndLengthThatWouldExhaustTheStack) {
  EXPECT_FALSE(parse_expression(std::string(1000, '(')));
  EXPECT_FALSE(parse_expression(std::string(1000, '-') + "1"));
  EXPECT_FALSE(parse_expression(std::string(5000, ' ') + "1"));
}

TEST(ParseTemplate, SplitsTextAndExpressions) {
  const auto parsed = parse_template("00 20 {lc} {concat('7D', '}')}9000");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->pieces.size(), 5U);
  EXPECT_EQ(parsed->pieces[0].text, "00 20 ");
  EXPECT_TRUE(parsed->pieces[1].is_expression);
  EXPECT_EQ(parsed->pieces[3].expression.name, "concat");
  EXPECT_EQ(parsed->pieces[4].text, "9000");
  EXPECT_EQ(parsed->single(), nullptr);
}

TEST(ParseTemplate, RefusesBracesThatDoNotMatch) {
  EXPECT_EQ(parse_template("63C}").error().what, "'}' without its '{'");
  EXPECT_EQ(parse_template("63C{n").error().what, "'}' is missing");
  EXPECT_EQ(parse_template("63C{n m}").error().position, 6U);
}

}  // namespace
}  // namespace ssc::conformance
