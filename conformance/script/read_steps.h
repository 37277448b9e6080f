// Elements of a scenario file as steps and routines; names are not looked up here.
#pragma once

#include "apdu/xml/document.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

Where where(const xml::Element& element);

// An expression written with or without braces around the whole. Error: points at the element.
xml::Loaded<Expression> read_expression(const xml::Element& element, std::string_view attribute);
xml::Loaded<Template> read_template(const xml::Element& element, std::string_view attribute);
// The names between the blanks of a list attribute.
std::vector<std::string> read_names(const xml::Element& element, std::string_view attribute);

// The steps below a case, routine, steps or repeat. `raw` holds for each send (t0="raw" of the suite).
xml::Loaded<std::vector<Step>> read_steps(const xml::Element& parent, bool raw);
xml::Loaded<Routine> read_routine(const xml::Element& element, bool raw);

}  // namespace ssc::conformance
