// Status words that a command's clause lists and no scenario can reach, each with its reason:
// scenarios/unreached.tsv.
#pragma once

#include <string>
#include <vector>

#include "apdu/status_word.h"
#include "apdu/xml/document.h"

namespace ssc::conformance {

struct Unreached {
  std::string command;      // "CARD BLOCK"
  apdu::StatusWord status;  // a family by its base
  std::string reason;
  unsigned line = 0;
};

// Lines of command, status word (four hexadecimal digits) and reason, between tabs; '#' begins a comment.
// Errors: another number of fields, an unknown command, a word its clause does not list, a cell that stands
// twice.
apdu::Loaded<std::vector<Unreached>> load_unreached(const xml::Source& source);

}  // namespace ssc::conformance
