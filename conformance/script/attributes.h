// Attributes of a scenario file as what they mean.
#pragma once

#include "apdu/trace.h"
#include "apdu/xml/document.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

Where where(const xml::Element& element);
std::string text_of(const xml::Element& element, std::string_view attribute);
// The slot an attribute names; the card's when it is not there.
apdu::Slot slot_of(const xml::Element& element, std::string_view attribute);
// The names between the blanks of a list attribute.
std::vector<std::string> read_names(const xml::Element& element, std::string_view attribute);

// Errors of the following point at the element and say what in which attribute. Those that give an optional
// give nothing where the attribute is not there.

// An expression written with or without braces around the whole.
xml::Loaded<Expression> read_expression(const xml::Element& element, std::string_view attribute);
xml::Loaded<std::optional<Expression>> read_optional(const xml::Element& element, std::string_view attribute);
xml::Loaded<Template> read_template(const xml::Element& element, std::string_view attribute);
xml::Loaded<std::optional<Template>> read_optional_template(const xml::Element& element,
                                                            std::string_view attribute);
// Octets with {expressions} between: each expression gives whole octets, so each text between them must too.
xml::Loaded<Template> read_octets(const xml::Element& element, std::string_view attribute);
// Status words with {expressions} between: four hexadecimal digits each, X for any digit, A..B a range.
xml::Loaded<Template> read_status_words(const xml::Element& element, std::string_view attribute);
// "ge 100": a word or sign of comparison and an expression; the expression alone means equality.
xml::Loaded<std::optional<Comparison>> read_comparison(const xml::Element& element,
                                                       std::string_view attribute);
// "200ms", "2s" in microseconds; 0 where the attribute is not there.
xml::Loaded<std::uint64_t> read_duration(const xml::Element& element, std::string_view attribute);
// A regular expression (ECMAScript) that a compiler takes; empty where the attribute is not there.
xml::Loaded<std::string> read_regex(const xml::Element& element, std::string_view attribute);

}  // namespace ssc::conformance
