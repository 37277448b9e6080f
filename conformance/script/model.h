// A scenario file as a model: what to run, without any card. Immutable once loaded.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "apdu/trace.h"
#include "conformance/expression/template.h"

namespace ssc::conformance {

// Where something stands in a file that somebody wrote.
struct Where {
  std::string file;
  unsigned line = 0;

  std::string to_string() const { return file + ":" + std::to_string(line); }
};

struct Step;
struct Routine;

// A command APDU. Unless `raw`, 61xx is completed by GET RESPONSE and 6Cxx by the same command with that Le.
struct Send {
  Template apdu;
  apdu::Slot to = apdu::Slot::kCard;
  bool raw = false;
  Template le;          // appended behind the rest, not counted by {lc}; empty: none
  std::string capture;  // name that takes the answer's data; empty: none
};

// What the answer before must look like. Empty members ask nothing.
struct Expect {
  Template sw;            // alternatives with a blank between them, 'X' any digit
  Template tolerate;      // status words that make a WARN instead of a FAIL
  bool has_data = false;  // data="" asks for an answer without data
  Template data;          // pattern: exact octets, 'X' any digit, '*' any rest
  std::string tlv;        // path whose value `data` and `length` speak of
  std::optional<Expression> length;
};

// A truth that must hold.
struct Check {
  Expression that;
  std::string text;  // as written
  std::string says;  // what it means when it does not
};

struct Let {
  std::string name;
  Template value;
};

struct Call {
  std::string routine;
  std::shared_ptr<const Routine> target;
  std::vector<std::pair<std::string, Template>> arguments;
};

// The card's contacts; the ATR becomes the variable `atr`.
struct Power {
  enum class Action : std::uint8_t { kOn, kReset, kOff };
  Action action = Action::kOn;
  apdu::Slot slot = apdu::Slot::kCard;
};

// Steps that stand together under a `when`, or run again and again.
struct Group {
  std::optional<Expression> times;  // nothing: once
  std::string counter;              // variable counting from 1; empty: none
  std::vector<Step> steps;
};

// Inner state that no APDU shows; only a virtual card answers it.
struct XRay {
  std::string of = "PIN";  // "PIN" or a key's name
  std::optional<Expression> tries_left;
  std::optional<Expression> authenticated;
};

struct Step {
  Where at;
  std::string element;  // as in the file: "send"
  std::optional<Expression> when;
  std::variant<Send, Expect, Check, Let, Call, Power, Group, XRay> action;
};

struct Routine {
  struct Parameter {
    std::string name;
    std::optional<std::string> otherwise;  // value when the call does not give it
  };
  std::string name;
  Where at;
  std::vector<Parameter> parameters;
  std::vector<std::string> returns;  // names copied to the caller
  std::vector<Step> steps;
};

struct Case {
  std::string id;
  std::string title;
  std::string title_zh;
  std::string purpose;
  std::string clause;
  std::string group;
  Where at;
  std::optional<Expression> applies;  // over facts alone
  std::string applies_text;
  std::vector<std::string> cards;       // runs once on each
  std::vector<std::string> only_cards;  // made for just these, whatever --card says; empty: for any
  bool destructive = true;
  std::vector<Step> steps;
};

struct Suite {
  std::string id;
  std::string title;
  std::string title_zh;
  Where at;
  std::vector<Case> cases;
};

}  // namespace ssc::conformance
