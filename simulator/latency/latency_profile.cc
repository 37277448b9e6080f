#include "simulator/latency/latency_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "apdu/xml/document.h"
#include "simulator/profile/profile_loader.h"

namespace ssc::simulator::latency {
namespace {

using apdu::CommandId;
using apdu::Loaded;
using xml::Element;

const xml::Schema& schema() {
  static const xml::Schema compiled = [] {
    const auto source = xml::find_source("latency.xsd", profile::built_in_files());
    return xml::Schema::compile(source.value()).value();
  }();
  return compiled;
}

std::optional<CommandId> command_named(std::string_view name) {
  for (const apdu::CommandTable table : {apdu::card_commands(), apdu::psam_commands()}) {
    const auto row = std::ranges::find(table, name, &apdu::CommandRow::name);
    if (row != table.end()) return row->id;
  }
  return std::nullopt;
}

std::string all_names() {
  std::string out;
  for (const apdu::CommandTable table : {apdu::card_commands(), apdu::psam_commands()}) {
    for (const apdu::CommandRow& row : table) {
      if (out.find(row.name) == std::string::npos)
        out += fmt::format("{}{}", out.empty() ? "" : ", ", row.name);
    }
  }
  return out;
}

// Milliseconds with up to three decimals, as the schema has found them.
Microseconds milliseconds(const Element& element, std::string_view attribute) {
  std::string text(element.attribute_or(attribute, "0"));
  const std::size_t point = text.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
  if (point != std::string::npos) text.erase(point, 1);
  return Microseconds(std::stol(text.append(3 - decimals, '0')));
}

Loaded<Delay> read_delay(const Element& element) {
  const Delay delay{milliseconds(element, "fixed"), milliseconds(element, "per-byte"),
                    milliseconds(element, "jitter-min"), milliseconds(element, "jitter-max")};
  if (delay.jitter_min <= delay.jitter_max) return delay;
  return tl::unexpected(element.error("jitter-min is more than jitter-max", "swap them, or give both"));
}

Loaded<LatencyProfile::Rule> read_rule(const Element& element) {
  const std::string_view name = *element.attribute("name");
  const auto command = command_named(name);
  if (!command) {
    return tl::unexpected(
        element.error(fmt::format("no command is called {}", name), "name one of: " + all_names()));
  }
  const auto delay = read_delay(element);
  if (!delay) return tl::unexpected(delay.error());
  return LatencyProfile::Rule{*command, *delay};
}

Loaded<void> add_rule(const Element& element, LatencyProfile& profile) {
  const auto rule = read_rule(element);
  if (!rule) return tl::unexpected(rule.error());
  if (std::ranges::count(profile.rules, rule->command, &LatencyProfile::Rule::command) > 0) {
    return tl::unexpected(
        element.error(fmt::format("{} is there twice", *element.attribute("name")), "leave one of them out"));
  }
  profile.rules.push_back(*rule);
  return {};
}

}  // namespace

const Delay& LatencyProfile::of(CommandId command) const {
  const auto rule = std::ranges::find(rules, command, &Rule::command);
  return rule == rules.end() ? other : rule->delay;
}

Loaded<LatencyProfile> load_latency(std::string_view path_or_name) {
  const auto source = xml::find_source(path_or_name, profile::built_in_files());
  if (!source) return tl::unexpected(source.error());
  const auto root = xml::load(*source, schema());
  if (!root) return tl::unexpected(root.error());
  LatencyProfile profile;
  profile.name = *root->attribute("name");
  if (const auto other = root->child("other")) {
    const auto delay = read_delay(*other);
    if (!delay) return tl::unexpected(delay.error());
    profile.other = *delay;
  }
  for (const Element& element : root->children("command")) {
    if (auto added = add_rule(element, profile); !added) return tl::unexpected(added.error());
  }
  return profile;
}

}  // namespace ssc::simulator::latency
