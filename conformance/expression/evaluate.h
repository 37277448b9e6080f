// Works expressions and templates out for one subject and the names bound so far.
#pragma once

#include "apdu/trace.h"
#include "conformance/expression/functions.h"
#include "conformance/expression/template.h"

namespace ssc::conformance {

// Names bound in one body (a case or one call of a routine): parameters, captures, lets. Facts stand behind.
using Names = std::map<std::string, Value, std::less<>>;

struct Environment {
  Subject& subject;
  const Names& names;
};

// Error: what and where in the attribute's text, in one line.
Evaluated<Value> evaluate(const Expression& expression, const Environment& environment);

// Whether a comparison holds for an order of -1, 0 or 1. Precondition: the operator compares.
bool holds(Operator comparison, int order);

// The octets of a command or of expected data, with the ranges a secret went into.
struct Rendered {
  Bytes bytes;
  apdu::SensitiveRanges secrets;
};
// Literal text is hexadecimal; {lc} is the number of octets behind it, one octet.
Evaluated<Rendered> render_octets(const Template& text, const Environment& environment);

// A pattern as conformance/engine/match.h reads it: hexadecimal digits, 'X', '*', blanks; in upper case. A
// number becomes one digit where `digit_numbers` (status words: "63C{n}"), else one octet.
struct Pattern {
  std::string digits;
  bool secret = false;
};
Evaluated<Pattern> render_pattern(const Template& text, const Environment& environment, bool digit_numbers);

// A single {expression} gives its value with its type; plain text a text; a mixture a text as in a status
// word: "63C{n - 1}".
Evaluated<Value> render_value(const Template& text, const Environment& environment);

}  // namespace ssc::conformance
