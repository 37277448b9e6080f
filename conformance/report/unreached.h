// Status words that a command's clause lists and no scenario can reach, each with its reason:
// scenarios/unreached.tsv.
#pragma once

#include <string>
#include <vector>

#include "apdu/catalogue.h"
#include "apdu/trace.h"
#include "apdu/xml/document.h"

namespace ssc::conformance {

// The commands whose status words a run should reach: the user card's, and those that Part 9 gives the PSAM.
std::vector<const apdu::CommandRow*> covered_commands(apdu::Slot slot);

struct Unreached {
  apdu::Slot slot = apdu::Slot::kCard;  // in the file: "PSAM " before the command
  std::string command;                  // "CARD BLOCK"
  apdu::StatusWord status;              // a family by its base
  std::string reason;
  unsigned line = 0;
};

// Lines of command ("CARD BLOCK", "PSAM CREATE KEY"), status word (four hexadecimal digits) and reason,
// between tabs; '#' begins a comment. Errors: another number of fields, an unknown command, a word its clause
// does not list, a cell that stands twice.
apdu::Loaded<std::vector<Unreached>> load_unreached(const xml::Source& source);

}  // namespace ssc::conformance
