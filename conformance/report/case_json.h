// A finished case and a run as JSON: what the JSON report, the HTML page and `ssc report` share. The form is
// conformance/report/report.schema.json. Secrets are masked already.
#pragma once

#include <string>

#include "conformance/coverage/matrix.h"
#include "conformance/engine/run.h"

namespace ssc::conformance {

std::string run_json(const RunInfo& info);
std::string case_json(const CaseResult& result, bool unmask);
std::string totals_json(const Totals& totals);
std::string coverage_json(const std::vector<Matrix>& matrices);

}  // namespace ssc::conformance
