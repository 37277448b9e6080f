#include "conformance/script/read_steps.h"

#include <algorithm>
#include <array>

#include "conformance/script/attributes.h"
#include "conformance/script/read_expect.h"

namespace ssc::conformance {
namespace {

using xml::Element;
using xml::Loaded;

// What the send says about its octets: `apdu` or, when it need not be a command, `raw`.
Loaded<void> read_command(const Element& element, Send& send) {
  send.malformed = element.attribute("raw").has_value();
  if (send.malformed == element.attribute("apdu").has_value())
    return tl::make_unexpected(
        element.error("a send has one of apdu and raw", "raw: octets that need be no command"));
  auto octets = read_octets(element, send.malformed ? "raw" : "apdu");
  if (!octets) return tl::make_unexpected(octets.error());
  send.apdu = std::move(*octets);
  return {};
}

Loaded<void> read_secure(const Element& element, Send& send) {
  const auto kind = element.attribute("sm");
  if (kind.has_value() != element.attribute("key").has_value())
    return tl::make_unexpected(element.error("sm and key stand together", "sm=\"mac\" key=\"STKSSSE\""));
  if (!kind) return {};
  if (send.malformed)
    return tl::make_unexpected(element.error("raw octets take no sm", "write the command in apdu"));
  auto key = read_template(element, "key");
  if (!key) return tl::make_unexpected(key.error());
  send.secure = Secure{*kind == "mac+enc", std::move(*key)};
  return {};
}

Loaded<void> read_cut(const Element& element, Send& send) {
  const bool timed = element.attribute("cut-after").has_value();
  if (timed && element.attribute("cut"))
    return tl::make_unexpected(element.error("a send has one of cut and cut-after", "leave one out"));
  auto at = read_optional(element, timed ? "cut-after" : "cut");
  if (!at) return tl::make_unexpected(at.error());
  if (*at) send.cut = Cut{*std::move(*at), timed};
  return {};
}

Loaded<Action> read_send(const Element& element, bool raw) {
  Send send;
  if (auto read = read_command(element, send); !read) return tl::make_unexpected(read.error());
  if (auto read = read_secure(element, send); !read) return tl::make_unexpected(read.error());
  if (auto read = read_cut(element, send); !read) return tl::make_unexpected(read.error());
  auto le = read_template(element, "le");
  if (!le) return tl::make_unexpected(le.error());
  const auto within = read_duration(element, "within");
  if (!within) return tl::make_unexpected(within.error());
  send.le = std::move(*le);
  send.within_us = *within;
  send.late_warns = element.attribute("late") == "warn";
  if (element.attribute("late") && *within == 0)
    return tl::make_unexpected(element.error("late says nothing without within", "add within=\"200ms\""));
  send.to = slot_of(element, "to");
  send.raw = raw || send.malformed || element.attribute("t0").has_value();
  send.capture = text_of(element, "capture");
  return Action(std::move(send));
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
    if (name == "routine" || name == "when" || name == "optional") continue;
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
  auto until = read_optional(element, "until");
  if (!until) return tl::make_unexpected(until.error());
  auto steps = read_steps(element, raw);
  if (!steps) return tl::make_unexpected(steps.error());
  group.times = std::move(*times);
  group.until = std::move(*until);
  group.until_text = text_of(element, "until");
  group.each = text_of(element, "each");
  group.counter = text_of(element, "as");
  group.steps = std::move(*steps);
  return Action(std::move(group));
}

// Elements that assert know nothing of T=0.
template <Loaded<Action> (*read)(const Element&)>
Loaded<Action> asserting(const Element& element, bool) {
  return read(element);
}

struct StepReader {
  std::string_view element;
  Loaded<Action> (*read)(const Element&, bool);
};
constexpr std::array<StepReader, 12> kReaders = {{{"send", read_send},
                                                  {"expect", asserting<read_expect>},
                                                  {"check", asserting<read_check>},
                                                  {"let", read_let},
                                                  {"call", read_call},
                                                  {"power", read_power},
                                                  {"reset", read_power},
                                                  {"power-off", read_power},
                                                  {"steps", read_group},
                                                  {"repeat", read_group},
                                                  {"for", read_group},
                                                  {"xray", asserting<read_xray>}}};

Loaded<Table::Row> read_row(const Element& element) {
  Table::Row row{where(element), {}};
  for (const auto& [name, text] : element.attributes()) {
    auto value = read_template(element, name);
    if (!value) return tl::make_unexpected(value.error());
    row.cells.emplace_back(std::string(name), std::move(*value));
  }
  return row;
}

}  // namespace

Loaded<std::vector<Step>> read_steps(const Element& parent, bool raw) {
  std::vector<Step> steps;
  for (const Element& element : parent.children()) {
    const auto* reader = std::ranges::find(kReaders, element.name(), &StepReader::element);
    if (reader == kReaders.end()) continue;  // param of a routine
    auto when = read_optional(element, "when");
    if (!when) return tl::make_unexpected(when.error());
    auto action = reader->read(element, raw);
    if (!action) return tl::make_unexpected(action.error());
    steps.push_back({where(element), std::string(element.name()), std::move(*when),
                     element.attribute_or("optional", "no") == "yes", std::move(*action),
                     text_of(element, "when")});
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

Loaded<Table> read_table(const Element& element) {
  Table table;
  table.name = text_of(element, "name");
  table.at = where(element);
  for (const Element& row : element.children("row")) {
    auto read = read_row(row);
    if (!read) return tl::make_unexpected(read.error());
    const auto columns = [](const Table::Row& one) {
      std::vector<std::string> names;
      for (const auto& [name, value] : one.cells) names.push_back(name);
      std::ranges::sort(names);
      return names;
    };
    if (!table.rows.empty() && columns(table.rows.front()) != columns(*read))
      return tl::make_unexpected(
          row.error("this row of table " + table.name + " has other columns than the first",
                    "give every row the same attributes"));
    table.rows.push_back(std::move(*read));
  }
  return table;
}

}  // namespace ssc::conformance
