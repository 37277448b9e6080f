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

// MAC, or encryption and MAC, that the runner adds to a command (Part 5 §5.4).
struct Secure {
  bool encrypt = false;
  Template key;  // a session key; or the name of a key, for which the runner draws a challenge
};

// Power is taken away while the command runs.
struct Cut {
  Expression at;       // which half of a single write, from 1; or microseconds from now
  bool timed = false;  // the latter
};

// A command APDU. Unless `raw`, 61xx is completed by GET RESPONSE and 6Cxx by the same command with that Le.
struct Send {
  Template apdu;
  apdu::Slot to = apdu::Slot::kCard;
  bool raw = false;
  Template le;             // appended behind the rest, not counted by {lc}; empty: none
  std::string capture;     // name that takes the answer's data; empty: none
  bool malformed = false;  // any octets at all are meant: nothing is added, nothing completed
  std::optional<Secure> secure = {};
  std::optional<Cut> cut = {};
  bool late_warns = false;      // a later answer gives WARN, not FAIL
  std::uint64_t within_us = 0;  // microseconds the answer may take, with what completes it; 0: any
};

// "ge 100" beside what was got.
struct Comparison {
  Operator operation = Operator::kEq;
  Expression with;
  std::string text;  // as written
};

// What the answer before must look like. Empty members ask nothing.
struct Expect {
  Template sw;            // alternatives with a blank between them, 'X' any digit
  Template tolerate;      // status words that make a WARN instead of a FAIL
  bool has_data = false;  // data="" asks for an answer without data
  Template data;          // pattern: exact octets, 'X' any digit, '*' any rest
  std::string tlv;        // path whose value all that speaks of data speaks of
  std::optional<Comparison> length = {};
  Template sw_not = {};                   // status words it must not be
  std::optional<Template> data_not = {};  // pattern it must not match
  std::optional<Template> mask = {};      // the data are compared with `data` where its bits are set
  std::optional<Comparison> number = {};  // the data as a big-endian number
  std::optional<Comparison> bcd = {};     // the data as decimal digits
  std::string matches = {};               // regular expression over the hexadecimal digits; empty: none
  std::string text = {};                  // the same over the data as ASCII
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

// Rows of data for steps that run once for each.
struct Table {
  struct Row {
    Where at;
    std::vector<std::pair<std::string, Template>> cells;  // by column
  };
  std::string name;
  Where at;
  std::vector<Row> rows;  // all with the same columns
};

// Steps that stand together under a `when`, or run again and again.
struct Group {
  std::optional<Expression> times;  // nothing: once; with `until`: at most
  std::string counter;              // variable counting from 1; empty: none
  std::vector<Step> steps;
  std::optional<Expression> until = {};  // ends the rounds; must hold after the last
  std::string until_text = {};
  std::string each = {};                   // a table: a round for each row; empty: none
  std::shared_ptr<const Table> rows = {};  // that table
};

// Inner state that no APDU shows; only a virtual card answers it.
struct XRay {
  std::string of = "PIN";  // "PIN" or a key's name
  std::optional<Expression> tries_left;
  std::optional<Expression> authenticated;
  apdu::Slot slot = apdu::Slot::kCard;
  std::optional<Template> security = {};          // all that was proved: "PIN UK1DF01"; "" for nothing
  std::optional<Template> current_df = {};        // "DF01"
  std::optional<Template> current_ef = {};        // "EF05"; "" for none
  std::optional<Expression> key_version = {};     // the group of `of` that is in use
  std::optional<Expression> writes = {};          // commits to the memory since the case began
  std::optional<Expression> writes_of_last = {};  // by the last command to this card
  std::optional<Expression> challenge = {};       // whether one waits to be used
};

struct Step {
  Where at;
  std::string element;  // as in the file: "send"
  std::optional<Expression> when;
  bool optional = false;  // a failure of it, or in it, is listed and no failure of the case
  std::variant<Send, Expect, Check, Let, Call, Power, Group, XRay> action;
  std::string when_text = {};  // as written
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
  std::string psam;                     // what the PSAM slot must hold; empty: what the run says
  std::string key_set;                  // its card is made with this key set; empty: the card file's own
  bool destructive = true;
  std::vector<Step> steps;
};

struct Suite {
  std::string id;
  std::string title;
  std::string title_zh;
  Where at;
  std::vector<Case> cases;
  std::vector<std::shared_ptr<const Routine>> routines = {};  // its own and those of its imports
  std::vector<std::shared_ptr<const Table>> tables = {};      // the same
  std::vector<Step> set_up = {};                              // before each case; it sees their names
  std::vector<Step> tear_down = {};  // after each case, also one that failed; sees the names of set_up
};

}  // namespace ssc::conformance
