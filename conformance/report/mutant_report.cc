#include "conformance/report/mutant_report.h"

#include <nlohmann/json.hpp>

namespace ssc::conformance {

std::string mutants_json(std::span<const MutantOutcome> outcomes) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const MutantOutcome& outcome : outcomes) {
    nlohmann::ordered_json one = {{"id", outcome.id},
                                  {"group", outcome.group},
                                  {"title", outcome.title},
                                  {"title_zh", outcome.title_zh},
                                  {"clause", outcome.clause}};
    if (!outcome.killed_by.empty()) one["killed_by"] = outcome.killed_by;
    if (!outcome.reason.empty()) one["reason"] = outcome.reason;
    all.push_back(std::move(one));
  }
  return nlohmann::ordered_json{{"mutants", all}}.dump(2) + "\n";
}

}  // namespace ssc::conformance
