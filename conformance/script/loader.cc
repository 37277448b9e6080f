#include "conformance/script/loader.h"

#include <algorithm>
#include <filesystem>

#include "conformance/script/attributes.h"
#include "conformance/script/check_names.h"
#include "conformance/script/library.h"

namespace ssc::conformance {
namespace {

namespace fs = std::filesystem;
using xml::Element;

constexpr std::string_view kNamespace = "urn:ssc:scenario:1";
const std::vector<std::string> kDefaultCards = {"sample-1.0", "sample-2.00", "sample-3.00"};

// What a suite says for the cases that do not say it themselves.
struct Defaults {
  std::vector<std::string> cards;
  std::string psam;
  std::string key_set;
  bool raw = false;
};

Loaded<Case> read_case(const Element& element, const Defaults& suite) {
  Case result;
  const auto text = [&element](std::string_view name) { return std::string(element.attribute_or(name, "")); };
  result.id = text("id");
  result.purpose = text("purpose");
  result.title = text("title");
  result.title_zh = text("title-zh");
  result.clause = text("clause");
  result.group = text("group");
  result.applies_text = text("applies");
  if (element.attribute("card")) result.only_cards = read_names(element, "card");
  result.at = where(element);
  result.destructive = element.attribute_or("destructive", "yes") == "yes";
  result.cards = element.attribute("cards") ? read_names(element, "cards") : suite.cards;
  if (!result.only_cards.empty()) result.cards = result.only_cards;
  result.psam = element.attribute_or("psam", suite.psam);
  result.key_set = element.attribute_or("key-set", suite.key_set);
  if (element.attribute("applies")) {
    auto applies = read_expression(element, "applies");
    if (!applies) return tl::make_unexpected(applies.error());
    if (auto error = check_facts_only(*applies, result.at)) return tl::make_unexpected(*error);
    result.applies = std::move(*applies);
  }
  auto steps = read_steps(element, suite.raw);
  if (!steps) return tl::make_unexpected(steps.error());
  result.steps = std::move(*steps);
  return result;
}

// The steps of set-up or tear-down, which see the names of `bound`, and leave theirs there.
Loaded<std::vector<Step>> read_frame(const Element& root, std::string_view name, const Library& library,
                                     std::set<std::string>& bound) {
  const auto element = root.child(name);
  if (!element) return std::vector<Step>();
  auto steps = read_steps(*element, root.attribute("t0").has_value());
  if (!steps) return steps;
  if (auto linked = library.link(*steps); !linked) return tl::make_unexpected(linked.error());
  if (auto error = check_names(*steps, bound)) return tl::make_unexpected(*error);
  return steps;
}

Loaded<void> read_cases(const Element& root, const Library& library, const std::set<std::string>& bound,
                        Suite& suite) {
  const Defaults defaults{root.attribute("cards") ? read_names(root, "cards") : kDefaultCards,
                          text_of(root, "psam"), text_of(root, "key-set"), root.attribute("t0").has_value()};
  for (const Element& element : root.children("case")) {
    auto read = read_case(element, defaults);
    if (!read) return tl::make_unexpected(read.error());
    if (auto linked = library.link(read->steps); !linked) return linked;
    auto names = bound;
    if (auto error = check_names(read->steps, names)) return tl::make_unexpected(*error);
    suite.cases.push_back(std::move(*read));
  }
  return {};
}

Loaded<Suite> read_suite(const Element& root, BuiltInFiles built_in) {
  if (root.name() != "suite")
    return tl::make_unexpected(
        root.error("this file has routines and no cases", "name a file whose root is <suite>"));
  Library library(built_in);
  if (auto added = library.add(root); !added) return tl::make_unexpected(added.error());
  if (auto linked = library.link(); !linked) return tl::make_unexpected(linked.error());
  Suite suite;
  suite.id = std::string(root.attribute_or("id", ""));
  suite.title = std::string(root.attribute_or("title", ""));
  suite.title_zh = std::string(root.attribute_or("title-zh", ""));
  suite.at = where(root);
  std::set<std::string> bound;
  auto set_up = read_frame(root, "set-up", library, bound);
  if (!set_up) return tl::make_unexpected(set_up.error());
  auto for_tear_down = bound;
  auto tear_down = read_frame(root, "tear-down", library, for_tear_down);
  if (!tear_down) return tl::make_unexpected(tear_down.error());
  suite.routines = library.routines();
  suite.tables = library.tables();
  suite.set_up = std::move(*set_up);
  suite.tear_down = std::move(*tear_down);
  if (auto read = read_cases(root, library, bound, suite); !read) return tl::make_unexpected(read.error());
  return suite;
}

Loaded<Suite> load_source(const xml::Source& source, BuiltInFiles built_in) {
  const auto& schema = scenario_schema();
  if (!schema) return tl::make_unexpected(schema.error());
  const auto root = xml::load(source, *schema);
  if (!root) return tl::make_unexpected(root.error());
  return read_suite(*root, built_in);
}

// What an error or a run needs of a suite's cases: no id twice.
std::optional<apdu::InputError> find_double_id(const std::vector<Suite>& suites) {
  std::map<std::string, Where> seen;
  for (const Suite& suite : suites) {
    for (const Case& one : suite.cases) {
      const auto [place, is_new] = seen.emplace(one.id, one.at);
      if (!is_new)
        return apdu::InputError{one.at.file, one.at.line,
                                "case '" + one.id + "' already stands at " + place->second.to_string(),
                                "give each case its own id"};
    }
  }
  return std::nullopt;
}

// Whether a file found in a folder is a suite: of our namespace, or of none that can be seen, so that a
// broken file is reported and not passed over.
bool is_suite(std::string_view text) {
  if (text.find(kNamespace) == std::string_view::npos) return text.find("urn:ssc:") == std::string_view::npos;
  return text.find("<routines") == std::string_view::npos;
}

Loaded<std::vector<std::string>> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failure;
  for (fs::recursive_directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    if (it->path().extension() == ".xml") files.push_back(it->path().generic_string());
  }
  if (failure)
    return tl::make_unexpected(apdu::InputError{folder, 0, "cannot be read: " + failure.message(), {}});
  std::ranges::sort(files);
  return files;
}

// Files that a name stands for: a folder's, a built-in folder's, or itself.
Loaded<std::vector<std::string>> expand(const std::string& path, BuiltInFiles built_in) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return files_below(path);
  if (fs::exists(path, ignored)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  const std::string folder = path.ends_with('/') ? path : path + "/";
  for (const auto& file : built_in) {
    if (file.name.starts_with(folder) && file.name.ends_with(".xml")) files.emplace_back(file.name);
  }
  std::ranges::sort(files);
  if (files.empty()) files.push_back(path);
  return files;
}

Loaded<void> add_suites(const std::string& path, BuiltInFiles built_in, std::vector<Suite>& suites) {
  const auto files = expand(path, built_in);
  if (!files) return tl::make_unexpected(files.error());
  const bool is_folder = files->size() != 1 || files->front() != path;
  const std::size_t before = suites.size();
  for (const std::string& file : *files) {
    const auto source = xml::find_source(file, built_in);
    if (!source) return tl::make_unexpected(source.error());
    if (is_folder && !is_suite(source->text)) continue;
    auto suite = load_source(*source, built_in);
    if (!suite) return tl::make_unexpected(suite.error());
    suites.push_back(std::move(*suite));
  }
  if (suites.size() == before)
    return tl::make_unexpected(
        apdu::InputError{path, 0, "there is no suite in this folder", "name a folder with scenario files"});
  return {};
}

}  // namespace

Loaded<Suite> load_suite(std::string_view path_or_name, BuiltInFiles built_in) {
  const auto source = xml::find_source(path_or_name, built_in);
  if (!source) return tl::make_unexpected(source.error());
  auto suite = load_source(*source, built_in);
  if (!suite) return suite;
  if (auto error = find_double_id({*suite})) return tl::make_unexpected(*error);
  return suite;
}

Loaded<std::vector<Suite>> load_suites(std::span<const std::string> paths, BuiltInFiles built_in) {
  std::vector<Suite> suites;
  for (const std::string& path : paths) {
    if (auto added = add_suites(path, built_in, suites); !added) return tl::make_unexpected(added.error());
  }
  if (auto error = find_double_id(suites)) return tl::make_unexpected(*error);
  return suites;
}

}  // namespace ssc::conformance
