#include "conformance/script/read_expect.h"

#include "conformance/script/attributes.h"

namespace ssc::conformance {
namespace {

using xml::Element;
using xml::InputError;
using xml::Loaded;

// Puts what a reader gives in its place; keeps the first error.
class Fill {
 public:
  explicit Fill(const Element& element) : element_(element) {}

  template <class T>
  void operator()(T& place, Loaded<T> (*read)(const Element&, std::string_view), std::string_view attribute) {
    if (error_) return;
    auto value = read(element_, attribute);
    if (value)
      place = std::move(*value);
    else
      error_ = value.error();
  }
  const std::optional<InputError>& error() const { return error_; }

 private:
  const Element& element_;
  std::optional<InputError> error_;
};

bool asks_nothing(const Expect& expect) {
  return expect.sw.empty() && expect.sw_not.empty() && !expect.has_data && !expect.data_not &&
         expect.tlv.empty() && !expect.length && !expect.number && !expect.bcd && expect.matches.empty() &&
         expect.text.empty();
}

bool asks_nothing(const XRay& xray) {
  return !xray.tries_left && !xray.authenticated && !xray.security && !xray.current_df && !xray.current_ef &&
         !xray.key_version && !xray.writes && !xray.writes_of_last && !xray.challenge;
}

}  // namespace

Loaded<Action> read_expect(const Element& element) {
  Expect expect;
  Fill fill(element);
  fill(expect.sw, read_status_words, "sw");
  fill(expect.tolerate, read_status_words, "tolerate");
  fill(expect.sw_not, read_status_words, "sw-not");
  fill(expect.data, read_template, "data");
  fill(expect.data_not, read_optional_template, "data-not");
  fill(expect.mask, read_optional_template, "mask");
  fill(expect.length, read_comparison, "length");
  fill(expect.number, read_comparison, "number");
  fill(expect.bcd, read_comparison, "bcd");
  fill(expect.matches, read_regex, "matches");
  fill(expect.text, read_regex, "text");
  if (fill.error()) return tl::make_unexpected(*fill.error());
  expect.tlv = text_of(element, "tlv");
  expect.has_data = element.attribute("data").has_value();
  if (asks_nothing(expect))
    return tl::make_unexpected(element.error("this expect asks nothing", "give it sw, data, tlv or length"));
  if (expect.mask && !expect.has_data)
    return tl::make_unexpected(element.error("mask stands without data", "give it data to compare with"));
  return Action(std::move(expect));
}

Loaded<Action> read_check(const Element& element) {
  auto that = read_expression(element, "that");
  if (!that) return tl::make_unexpected(that.error());
  return Action(Check{std::move(*that), text_of(element, "that"), text_of(element, "says")});
}

Loaded<Action> read_xray(const Element& element) {
  XRay xray;
  Fill fill(element);
  fill(xray.tries_left, read_optional, "tries-left");
  fill(xray.authenticated, read_optional, "authenticated");
  fill(xray.security, read_optional_template, "security");
  fill(xray.current_df, read_optional_template, "current-df");
  fill(xray.current_ef, read_optional_template, "current-ef");
  fill(xray.key_version, read_optional, "key-version");
  fill(xray.writes, read_optional, "writes");
  fill(xray.writes_of_last, read_optional, "writes-of-last");
  fill(xray.challenge, read_optional, "challenge");
  if (fill.error()) return tl::make_unexpected(*fill.error());
  xray.of = std::string(element.attribute_or("of", "PIN"));
  xray.slot = slot_of(element, "slot");
  if (asks_nothing(xray))
    return tl::make_unexpected(
        element.error("this xray asks nothing", "give it tries-left, authenticated, security or another"));
  return Action(std::move(xray));
}

}  // namespace ssc::conformance
