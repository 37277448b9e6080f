#include "conformance/script/read_steps.h"

#include <array>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

using xml::Element;
using xml::InputError;
using xml::Loaded;

tl::unexpected<InputError> at_attribute(const Element& element, std::string_view attribute,
                                        const ExpressionError& error) {
  return tl::make_unexpected(
      element.error(std::string(attribute) + "=\"" + std::string(element.attribute_or(attribute, "")) +
                        "\": " + error.what + " (character " + std::to_string(error.position + 1) + ")",
                    "scenarios/README.md has the expressions"));
}

Loaded<std::optional<Expression>> read_optional(const Element& element, std::string_view attribute) {
  if (!element.attribute(attribute)) return std::optional<Expression>();
  auto expression = read_expression(element, attribute);
  if (!expression) return tl::make_unexpected(expression.error());
  return std::optional<Expression>(std::move(*expression));
}

std::string text_of(const Element& element, std::string_view attribute) {
  return std::string(element.attribute_or(attribute, ""));
}

apdu::Slot slot_of(const Element& element, std::string_view attribute) {
  return element.attribute_or(attribute, "card") == "psam" ? apdu::Slot::kPsam : apdu::Slot::kCard;
}

using Action = decltype(Step::action);

// Octets with {expressions} between: each expression gives whole octets, so each text between them must too.
Loaded<Template> read_octets(const Element& element, std::string_view attribute) {
  auto octets = read_template(element, attribute);
  if (!octets) return octets;
  for (const Template::Piece& piece : octets->pieces) {
    if (piece.is_expression) continue;
    const auto bytes = apdu::parse_hex(piece.text);
    if (bytes) continue;
    return tl::make_unexpected(
        element.error(std::string(attribute) + "=\"" + octets->source + "\": " + bytes.error().what,
                      "write two hexadecimal digits for each octet"));
  }
  return octets;
}

// Status words with {expressions} between: four hexadecimal digits each, X for any digit.
Loaded<Template> read_status_words(const Element& element, std::string_view attribute) {
  constexpr std::string_view kAllowed = "0123456789ABCDEFabcdefXx \t\n";
  auto words = read_template(element, attribute);
  if (!words) return words;
  for (const Template::Piece& piece : words->pieces) {
    if (piece.is_expression || piece.text.find_first_not_of(kAllowed) == std::string::npos) continue;
    return tl::make_unexpected(
        element.error(std::string(attribute) + "=\"" + words->source + "\" is no status word",
                      "write four hexadecimal digits, X for any one: 9000, 63CX"));
  }
  return words;
}

Loaded<Action> read_send(const Element& element, bool raw) {
  Send send;
  auto apdu = read_octets(element, "apdu");
  if (!apdu) return tl::make_unexpected(apdu.error());
  auto le = read_template(element, "le");
  if (!le) return tl::make_unexpected(le.error());
  send.apdu = std::move(*apdu);
  send.le = std::move(*le);
  send.to = slot_of(element, "to");
  send.raw = raw || element.attribute("t0").has_value();
  send.capture = text_of(element, "capture");
  return Action(std::move(send));
}

Loaded<Action> read_expect(const Element& element, bool) {
  Expect expect;
  for (auto [name, member] : {std::pair("sw", &Expect::sw), {"tolerate", &Expect::tolerate}}) {
    auto words = read_status_words(element, name);
    if (!words) return tl::make_unexpected(words.error());
    expect.*member = std::move(*words);
  }
  auto data = read_template(element, "data");
  if (!data) return tl::make_unexpected(data.error());
  expect.data = std::move(*data);
  auto length = read_optional(element, "length");
  if (!length) return tl::make_unexpected(length.error());
  expect.length = std::move(*length);
  expect.tlv = text_of(element, "tlv");
  expect.has_data = element.attribute("data").has_value();
  if (expect.sw.empty() && !expect.has_data && expect.tlv.empty() && !expect.length)
    return tl::make_unexpected(element.error("this expect asks nothing", "give it sw, data, tlv or length"));
  return Action(std::move(expect));
}

Loaded<Action> read_check(const Element& element, bool) {
  auto that = read_expression(element, "that");
  if (!that) return tl::make_unexpected(that.error());
  return Action(Check{std::move(*that), text_of(element, "that"), text_of(element, "says")});
}

Loaded<Action> read_let(const Element& element, bool) {
  auto value = read_template(element, "value");
  if (!value) return tl::make_unexpected(value.error());
  return Action(Let{text_of(element, "name"), std::move(*value)});
}

Loaded<Action> read_call(const Element& element, bool) {
  Call call;
  call.routine = text_of(element, "routine");
  for (const auto& [name, text] : element.attributes()) {
    if (name == "routine" || name == "when") continue;
    auto value = read_template(element, name);
    if (!value) return tl::make_unexpected(value.error());
    call.arguments.emplace_back(std::string(name), std::move(*value));
  }
  return Action(std::move(call));
}

Loaded<Action> read_power(const Element& element, bool) {
  const std::string_view name = element.name();
  const auto action = name == "power"   ? Power::Action::kOn
                      : name == "reset" ? Power::Action::kReset
                                        : Power::Action::kOff;
  return Action(Power{action, slot_of(element, "slot")});
}

Loaded<Action> read_group(const Element& element, bool raw) {
  Group group;
  auto times = read_optional(element, "times");
  if (!times) return tl::make_unexpected(times.error());
  auto steps = read_steps(element, raw);
  if (!steps) return tl::make_unexpected(steps.error());
  group.times = std::move(*times);
  group.counter = text_of(element, "as");
  group.steps = std::move(*steps);
  return Action(std::move(group));
}

Loaded<Action> read_xray(const Element& element, bool) {
  XRay xray;
  auto tries = read_optional(element, "tries-left");
  if (!tries) return tl::make_unexpected(tries.error());
  auto authenticated = read_optional(element, "authenticated");
  if (!authenticated) return tl::make_unexpected(authenticated.error());
  xray.of = std::string(element.attribute_or("of", "PIN"));
  xray.tries_left = std::move(*tries);
  xray.authenticated = std::move(*authenticated);
  if (!xray.tries_left && !xray.authenticated)
    return tl::make_unexpected(
        element.error("this xray asks nothing", "give it tries-left or authenticated"));
  return Action(std::move(xray));
}

struct StepReader {
  std::string_view element;
  Loaded<Action> (*read)(const Element&, bool);
};
constexpr std::array<StepReader, 11> kReaders = {{{"send", read_send},
                                                  {"expect", read_expect},
                                                  {"check", read_check},
                                                  {"let", read_let},
                                                  {"call", read_call},
                                                  {"power", read_power},
                                                  {"reset", read_power},
                                                  {"power-off", read_power},
                                                  {"steps", read_group},
                                                  {"repeat", read_group},
                                                  {"xray", read_xray}}};

}  // namespace

Where where(const Element& element) { return {element.file(), element.line()}; }

Loaded<Expression> read_expression(const Element& element, std::string_view attribute) {
  const std::string_view text = element.attribute_or(attribute, "");
  if (text.find('{') == std::string_view::npos) {
    auto expression = parse_expression(text);
    if (!expression) return at_attribute(element, attribute, expression.error());
    return std::move(*expression);
  }
  auto parsed = parse_template(text);
  if (!parsed) return at_attribute(element, attribute, parsed.error());
  if (!parsed->single()) return at_attribute(element, attribute, {0, "this must be one expression"});
  return *parsed->single();
}

Loaded<Template> read_template(const Element& element, std::string_view attribute) {
  auto parsed = parse_template(element.attribute_or(attribute, ""));
  if (!parsed) return at_attribute(element, attribute, parsed.error());
  return std::move(*parsed);
}

std::vector<std::string> read_names(const Element& element, std::string_view attribute) {
  std::vector<std::string> names;
  const std::string_view text = element.attribute_or(attribute, "");
  constexpr std::string_view kBlanks = " \t\r\n";
  std::size_t start = text.find_first_not_of(kBlanks);
  while (start != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, start), text.size());
    names.emplace_back(text.substr(start, end - start));
    start = text.find_first_not_of(kBlanks, end);
  }
  return names;
}

Loaded<std::vector<Step>> read_steps(const Element& parent, bool raw) {
  std::vector<Step> steps;
  for (const Element& element : parent.children()) {
    const auto* reader = std::ranges::find(kReaders, element.name(), &StepReader::element);
    if (reader == kReaders.end()) continue;  // param of a routine
    auto when = read_optional(element, "when");
    if (!when) return tl::make_unexpected(when.error());
    auto action = reader->read(element, raw);
    if (!action) return tl::make_unexpected(action.error());
    steps.push_back({where(element), std::string(element.name()), std::move(*when), std::move(*action)});
  }
  return steps;
}

Loaded<Routine> read_routine(const Element& element, bool raw) {
  Routine routine;
  routine.name = text_of(element, "name");
  routine.at = where(element);
  routine.returns = read_names(element, "returns");
  for (const Element& parameter : element.children("param")) {
    const auto otherwise = parameter.attribute("default");
    routine.parameters.push_back({text_of(parameter, "name"), std::nullopt});
    if (otherwise) routine.parameters.back().otherwise = std::string(*otherwise);
  }
  auto steps = read_steps(element, raw);
  if (!steps) return tl::make_unexpected(steps.error());
  routine.steps = std::move(*steps);
  return routine;
}

}  // namespace ssc::conformance
