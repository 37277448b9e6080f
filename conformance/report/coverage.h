// Which status words the cases of a run have met: one cell for each command of the card and each status word
// that its clause lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apdu/catalogue.h"
#include "apdu/input_error.h"
#include "conformance/engine/result.h"

namespace ssc::conformance {

struct CoverageCell {
  const apdu::CommandRow* command = nullptr;
  apdu::StatusWord status;         // a family by its base: 63C0
  std::vector<std::string> cases;  // ids, in the order they first met it, none twice
  std::string reason;              // why no case can; empty: none is written
};

class Coverage {
 public:
  // Every listed word of the card's commands (Part 5 §6-7), 9000 first, in the standard's order.
  Coverage();

  // Counts what the card answered in a case that passed. A command is known by INS and P1 P2; where CLA or
  // P1 P2 are wrong, every command of that INS was refused.
  void add(const CaseResult& result);

  // Lines "command <tab> SW <tab> reason"; empty lines and lines with '#' in front count for nothing. Error:
  // a line of another shape, a command or word that no clause lists, a cell that has a reason already.
  apdu::Loaded<void> add_reasons(std::string_view text, const std::string& file);

  std::span<const CoverageCell> cells() const { return cells_; }
  // A line for each cell with neither case nor reason, and for each reason whose cell is met.
  std::vector<std::string> defects() const;

 private:
  void met(const apdu::CommandRow& command, apdu::StatusWord status, const std::string& id);
  CoverageCell* find(std::string_view command, std::string_view status);

  std::vector<CoverageCell> cells_;
};

// The reasons of this project: scenarios/unreached.tsv, compiled in.
apdu::Loaded<void> add_built_in_reasons(Coverage& coverage);

}  // namespace ssc::conformance
