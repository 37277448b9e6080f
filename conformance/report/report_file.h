// JSON reports after the run: merged, compared, their tables printed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "apdu/input_error.h"
#include "conformance/coverage/matrix.h"

namespace ssc::conformance {

struct ReportText {
  std::string file;  // as errors name it
  std::string json;
};

// One report out of those of several shards, or of several cards: cases in the order of the run that was cut
// up, where each shard is there once, else one report after the other; totals counted anew; a coverage cell
// is reached where one of them reached it. Errors: no report of this program; a case that stands in two of
// them on one card; a shard of another cut. Precondition: at least one.
apdu::Loaded<std::string> merge_reports(std::span<const ReportText> reports);

// The report with what `ssc mutants --json` wrote.
apdu::Loaded<std::string> add_mutants(const ReportText& report, const ReportText& mutants);

struct VerdictChange {
  enum class Kind : std::uint8_t { kWorse, kBetter, kOther, kNew, kGone };
  Kind kind = Kind::kOther;
  std::string id;
  std::string card;
  std::string before;  // verdict; empty: not in the first report
  std::string after;
  std::string reason;  // of the verdict after
};

// What differs, case by case and card by card, in the order of the second report, then what is gone. Worse:
// PASS, WARN, N/A or NOT RUN became FAIL, ERROR or INCONCLUSIVE.
apdu::Loaded<std::vector<VerdictChange>> compare_reports(const ReportText& before, const ReportText& after);

// The coverage tables of a report; none when it was made without.
apdu::Loaded<std::vector<Matrix>> coverage_of(const ReportText& report);

}  // namespace ssc::conformance
