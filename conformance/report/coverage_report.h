// Which case reaches which status word of which command: a table with a row a cell, no cell empty without a
// written reason.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "conformance/engine/run.h"
#include "conformance/report/unreached.h"

namespace ssc::conformance {

// The user card's commands and the words their clauses list. A cell counts as reached by a case that passed
// and in which the card gave that word to that command.
class CoverageReport : public Reporter {
 public:
  // `out` outlives the report; it is written when the run has finished.
  CoverageReport(std::ostream& out, std::vector<Unreached> unreached)
      : out_(out), unreached_(std::move(unreached)) {}

  void case_finished(const CaseResult& result) override;
  void run_finished(const Totals& totals) override;

 private:
  using Cell =
      std::pair<std::string_view, std::uint16_t>;  // command's name, status word (a family by its base)

  void see(const Exchange& exchange, const std::string& test);
  const std::string* reached_by(const Cell& cell) const;
  const Unreached* reason_of(const Cell& cell) const;
  std::string describe(const Cell& cell);

  std::ostream& out_;
  std::vector<Unreached> unreached_;
  std::map<Cell, std::string> reached_;  // the first case that did
  std::size_t count_reached_ = 0;
  std::size_t count_reasons_ = 0;
  std::size_t count_empty_ = 0;
  std::size_t count_stale_ = 0;
};

}  // namespace ssc::conformance
