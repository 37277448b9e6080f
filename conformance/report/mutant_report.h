// What became of mutant cards, for programs and for the report page.
#pragma once

#include <span>
#include <string>

namespace ssc::conformance {

struct MutantOutcome {
  std::string id;
  std::string group;
  std::string title;
  std::string title_zh;
  std::string clause;
  std::string killed_by;  // "PIN-VERIFY-04 on sample-2.00"; empty: it survived
  std::string reason;     // why it survived; empty: nobody has said
};

// {"mutants":[…]}, as ssc report merge --mutants takes it.
std::string mutants_json(std::span<const MutantOutcome> outcomes);

}  // namespace ssc::conformance
