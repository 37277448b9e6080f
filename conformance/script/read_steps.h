// Elements of a scenario file as steps, routines and tables; names are not looked up here.
#pragma once

#include "apdu/xml/document.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

// The steps below a case, routine, set-up, tear-down, steps, repeat or for. `raw` holds for each send
// (t0="raw" of the suite).
xml::Loaded<std::vector<Step>> read_steps(const xml::Element& parent, bool raw);
xml::Loaded<Routine> read_routine(const xml::Element& element, bool raw);
// Error: a row with other columns than the first.
xml::Loaded<Table> read_table(const xml::Element& element);

}  // namespace ssc::conformance
