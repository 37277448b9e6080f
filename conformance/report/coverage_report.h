// What the cases of a run reached, as tables: command by status word, file by operation and right, states of
// PIN and keys by command, record addressing.
#pragma once

#include <iosfwd>

#include "conformance/coverage/collector.h"
#include "conformance/engine/run.h"

namespace ssc::conformance {

// Collects, and writes nothing.
class Coverage : public Reporter {
 public:
  // `unreached`: reasons for cells of the table of status words that no case can reach.
  explicit Coverage(std::vector<Unreached> unreached);

  void case_finished(const CaseResult& result) override;
  // Of the cases finished so far.
  std::vector<Matrix> matrices() const;

 private:
  std::vector<std::unique_ptr<Collector>> collectors_;
};

// Writes the tables as text when the run has finished.
class CoverageReport : public Reporter {
 public:
  // Both outlive the report; `coverage` is told of each case by whoever runs them.
  CoverageReport(std::ostream& out, const Coverage& coverage) : out_(out), coverage_(coverage) {}

  void case_finished(const CaseResult&) override {}
  void run_finished(const Totals& totals) override;

 private:
  std::ostream& out_;
  const Coverage& coverage_;
};

}  // namespace ssc::conformance
