// A card in lines for people: what it is, its files, keys and counters as they are now.
#pragma once

#include <string>
#include <vector>

#include "tools/ssc/card_state.h"

namespace ssc::tools {

struct PictureLine {
  std::string path;  // names the fact in a comparison: "SSSE/EF06/1"; empty: a heading
  unsigned indent = 0;
  std::string label;
  std::string value;   // whole, never to be shown when `hidden` says something
  std::string hidden;  // what is shown in its place: "** (18 bytes)"; empty: nothing to hide
  std::string note;    // names, rights

  // "label  value  note".
  std::string text(bool unmask) const;
  const std::string& shown(bool unmask) const { return unmask || hidden.empty() ? value : hidden; }
};

// Key values are not in it, only their check values.
std::vector<PictureLine> picture_of(const LyingCard& card);

}  // namespace ssc::tools
