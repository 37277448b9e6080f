#include "conformance/lint/lint.h"

#include <algorithm>
#include <tuple>

namespace ssc::conformance::lint {

std::vector<Remark> lint(const Subjects& subjects) {
  std::vector<Remark> all;
  for (const auto rule : {unused_names, unused_routines, unreached_steps, steps_that_ask_nothing,
                          missing_texts, unknown_clauses, unknown_files_and_keys, cases_for_no_card}) {
    const auto remarks = rule(subjects);
    all.insert(all.end(), remarks.begin(), remarks.end());
  }
  const auto key = [](const Remark& one) { return std::tie(one.at.file, one.at.line, one.what); };
  std::ranges::sort(all, {}, key);
  const auto same = [&](const Remark& a, const Remark& b) { return key(a) == key(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());  // a routine that several suites import
  return all;
}

}  // namespace ssc::conformance::lint
