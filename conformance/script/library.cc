#include "conformance/script/library.h"

#include <filesystem>

#include "conformance/script/check_names.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile scenario_schema[];
}  // namespace ssc::embedded

namespace ssc::conformance {
namespace {

using xml::Element;

std::string beside(const std::string& file, std::string_view href) {
  return (std::filesystem::path(file).parent_path() / href).lexically_normal().generic_string();
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::ranges::find(list, item) != list.end();
}

// The first routine on a way of calls that comes back to itself; empty when there is none.
std::string find_recursion(const std::vector<Step>& steps, std::vector<std::string>& way) {
  for (const Step& step : steps) {
    if (const auto* group = std::get_if<Group>(&step.action)) {
      if (auto name = find_recursion(group->steps, way); !name.empty()) return name;
    }
    const auto* call = std::get_if<Call>(&step.action);
    if (!call) continue;
    if (contains(way, call->routine)) return call->routine;
    way.push_back(call->routine);
    if (auto name = find_recursion(call->target->steps, way); !name.empty()) return name;
    way.pop_back();
  }
  return {};
}

}  // namespace

const Loaded<xml::Schema>& scenario_schema() {
  static const Loaded<xml::Schema> schema = xml::Schema::compile(
      {std::string(embedded::scenario_schema[0].name), std::string(embedded::scenario_schema[0].text)});
  return schema;
}

Loaded<void> Library::add(const Element& root) {
  open_.push_back(root.file());
  for (const Element& element : root.children("import")) {
    if (auto imported = import(element); !imported) return imported;
  }
  if (auto added = add_tables(root); !added) return added;
  if (auto added = add_routines(root); !added) return added;
  done_.push_back(root.file());
  open_.pop_back();
  return {};
}

Loaded<void> Library::add_tables(const Element& root) {
  for (const Element& element : root.children("table")) {
    auto table = read_table(element);
    if (!table) return tl::make_unexpected(table.error());
    const std::string name = table->name;
    const auto [place, is_new] = tables_.emplace(name, std::make_shared<const Table>(std::move(*table)));
    if (!is_new)
      return tl::make_unexpected(element.error(
          "table '" + name + "' already stands at " + place->second->at.to_string(), "rename one of them"));
  }
  return {};
}

Loaded<void> Library::add_routines(const Element& root) {
  const bool raw = root.attribute("t0").has_value();
  for (const Element& element : root.children("routine")) {
    auto routine = read_routine(element, raw);
    if (!routine) return tl::make_unexpected(routine.error());
    const std::string name = routine->name;
    const auto [place, is_new] = routines_.emplace(name, std::make_shared<Routine>(std::move(*routine)));
    if (!is_new)
      return tl::make_unexpected(element.error(
          "routine '" + name + "' already stands at " + place->second->at.to_string(), "rename one of them"));
  }
  return {};
}

Loaded<void> Library::import(const Element& element) {
  const std::string path = beside(element.file(), element.attribute_or("href", ""));
  if (contains(open_, path))
    return tl::make_unexpected(element.error("the import of " + path + " comes back to itself", "remove it"));
  if (contains(done_, path)) return {};
  const auto source = xml::find_source(path, built_in_);
  if (!source)
    return tl::make_unexpected(
        element.error("cannot import " + path + ": " + source.error().what, "href is relative to this file"));
  const auto& schema = scenario_schema();
  if (!schema) return tl::make_unexpected(schema.error());
  const auto root = xml::load(*source, *schema);
  if (!root) return tl::make_unexpected(root.error());
  if (root->name() != "routines")
    return tl::make_unexpected(element.error(path + " is a suite", "import files of <routines>"));
  return add(*root);
}

std::vector<std::shared_ptr<const Routine>> Library::routines() const {
  std::vector<std::shared_ptr<const Routine>> list;
  for (const auto& [name, routine] : routines_) list.push_back(routine);
  return list;
}

std::vector<std::shared_ptr<const Table>> Library::tables() const {
  std::vector<std::shared_ptr<const Table>> list;
  for (const auto& [name, table] : tables_) list.push_back(table);
  return list;
}

// Routines that call each other in a ring would keep each other alive.
void Library::unlink() {
  for (auto& [name, routine] : routines_) routine->steps.clear();
}

Loaded<void> Library::link() {
  auto linked = link_all();
  if (!linked) unlink();
  return linked;
}

Loaded<void> Library::link_all() {
  for (auto& [name, routine] : routines_) {
    if (auto linked = link(routine->steps); !linked) return linked;
  }
  for (const auto& [name, routine] : routines_) {
    std::vector<std::string> way = {name};
    if (const std::string again = find_recursion(routine->steps, way); !again.empty())
      return tl::make_unexpected(apdu::InputError{routine->at.file, routine->at.line,
                                                  "routine '" + again + "' calls itself", "use <repeat>"});
    if (auto error = check_names(*routine)) return tl::make_unexpected(*error);
  }
  return {};
}

Loaded<void> Library::link_table(const Where& at, Group& group) const {
  if (group.each.empty()) return {};
  const auto found = tables_.find(group.each);
  if (found == tables_.end())
    return tl::make_unexpected(apdu::InputError{at.file, at.line, "there is no table '" + group.each + "'",
                                                "import the file that has it, or write it above the cases"});
  group.rows = found->second;
  return {};
}

Loaded<void> Library::link(std::vector<Step>& steps) const {
  for (Step& step : steps) {
    if (auto* group = std::get_if<Group>(&step.action)) {
      if (auto linked = link_table(step.at, *group); !linked) return linked;
      if (auto linked = link(group->steps); !linked) return linked;
    }
    auto* call = std::get_if<Call>(&step.action);
    if (!call) continue;
    const auto found = routines_.find(call->routine);
    if (found == routines_.end())
      return tl::make_unexpected(
          apdu::InputError{step.at.file, step.at.line, "there is no routine '" + call->routine + "'",
                           "import the file that has it, or write it above the cases"});
    call->target = found->second;
  }
  return {};
}

}  // namespace ssc::conformance
