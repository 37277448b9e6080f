#include "conformance/report/specification.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <map>
#include <ostream>
#include <set>
#include <tuple>

#include "conformance/engine/describe_step.h"
#include "conformance/report/page_part.h"

namespace ssc::conformance {
namespace {

using apdu::Language;
using apdu::Phrase;
using kainjow::mustache::data;
using Type = data::type;

// What the template asks for by name.
struct Word {
  const char* name;
  Phrase phrase;
};
constexpr Word kWords[] = {
    {"w_title", {"Test specification", "测试规范"}},
    {"w_contents", {"Contents", "目录"}},
    {"w_trace", {"From group and clause to case", "分组、条款与用例对照"}},
    {"w_routines", {"Routines", "公用例程"}},
    {"w_group", {"Group", "分组"}},
    {"w_clause", {"Clause", "条款"}},
    {"w_case", {"Case", "用例"}},
    {"w_purpose", {"Purpose", "目的"}},
    {"w_applies", {"Applies when", "适用条件"}},
    {"w_cards", {"Cards", "卡"}},
    {"w_set_up", {"Before each case", "每个用例之前"}},
    {"w_tear_down", {"After each case", "每个用例之后"}},
    {"w_parameters", {"Parameters", "参数"}},
    {"w_returns", {"Returns", "返回"}},
    {"w_table", {"Table", "数据表"}},
    {"w_cases", {"cases", "个用例"}},
    {"w_note",
     {"Written from the scenario files. Case numbers are this project's own; no official test has been "
      "copied.",
      "由场景文件生成。用例编号为本项目自定，不含官方用例。"}},
};

const std::string& first_of(const std::string& wanted, const std::string& otherwise) {
  return wanted.empty() ? otherwise : wanted;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The template leaves out what is not set.
void set_some(data& out, const char* name, const std::string& text) {
  if (!text.empty()) out.set(name, text);
}

class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}

  data page(const std::vector<Suite>& suites, std::string_view version) {
    data page;
    for (const Word& word : kWords) page.set(word.name, std::string(word.phrase.in(language_)));
    page.set("lang", language_ == Language::kChinese ? "zh-CN" : "en");
    page.set("version", std::string(version));
    std::size_t count = 0;
    for (const Suite& suite : suites) count += suite.cases.size();
    page.set("count", std::to_string(count));
    page.set("trace", trace(suites));
    data list(Type::list);
    for (const Suite& suite : suites) list << of(suite);
    page.set("suites", list);
    page.set("routines", routines(suites));
    return page;
  }

 private:
  // The other language, or the purpose, where a title is not there.
  std::string title(const Case& test) const {
    return language_ == Language::kChinese ? first_of(test.title_zh, first_of(test.title, test.purpose))
                                           : first_of(test.title, test.purpose);
  }

  data trace(const std::vector<Suite>& suites) const {
    std::map<std::tuple<std::string, std::string, std::string>, const Case*> sorted;
    for (const Suite& suite : suites) {
      for (const Case& test : suite.cases) sorted.insert_or_assign({test.group, test.clause, test.id}, &test);
    }
    data list(Type::list);
    for (const auto& [key, test] : sorted) {
      data line;
      line.set("group", test->group);
      line.set("clause", test->clause);
      line.set("id", test->id);
      line.set("title", title(*test));
      list << line;
    }
    return list;
  }

  data of(const Suite& suite) const {
    data out;
    out.set("id", suite.id);
    out.set("title", language_ == Language::kChinese ? first_of(suite.title_zh, suite.title) : suite.title);
    out.set("file", suite.at.file);
    out.set("size", std::to_string(suite.cases.size()));
    if (!suite.set_up.empty()) out.set("set_up", block(suite.set_up));
    if (!suite.tear_down.empty()) out.set("tear_down", block(suite.tear_down));
    data tables(Type::list);
    for (const auto& table : suite.tables) {
      if (table->at.file == suite.at.file) tables << of(*table);
    }
    out.set("tables", tables);
    data cases(Type::list);
    for (const Case& test : suite.cases) cases << of(test);
    out.set("cases", cases);
    return out;
  }

  data of(const Case& test) const {
    data out;
    out.set("id", test.id);
    out.set("title", title(test));
    out.set("purpose", test.purpose);
    set_some(out, "group", test.group);
    set_some(out, "clause", test.clause);
    set_some(out, "applies", test.applies_text);
    out.set("cards", joined(test.only_cards.empty() ? test.cards : test.only_cards));
    out.set("harm", std::string(kHarm[test.destructive ? 1 : 0].in(language_)));
    out.set("steps", lines(test.steps));
    return out;
  }

  static data of(const Table& table) {
    data out;
    out.set("name", table.name);
    data head(Type::list);
    for (const auto& [column, value] : table.rows.front().cells) head << data("cell", column);
    out.set("head", head);
    data rows(Type::list);
    for (const Table::Row& row : table.rows) {
      data cells(Type::list);
      for (const auto& [column, value] : row.cells) cells << data("cell", value.source);
      rows << data("cells", cells);
    }
    out.set("rows", rows);
    return out;
  }

  // Each once, though many suites import it.
  static data routines(const std::vector<Suite>& suites) {
    std::set<std::string> seen;
    data list(Type::list);
    for (const Suite& suite : suites) {
      for (const auto& routine : suite.routines) {
        if (!seen.insert(routine->at.to_string()).second) continue;
        std::vector<std::string> parameters;
        for (const auto& one : routine->parameters)
          parameters.push_back(one.name + (one.otherwise ? " = " + *one.otherwise : ""));
        data out;
        out.set("name", routine->name);
        out.set("where", routine->at.to_string());
        set_some(out, "parameters", joined(parameters));
        set_some(out, "returns", joined(routine->returns));
        out.set("steps", lines(routine->steps));
        list << out;
      }
    }
    return list;
  }

  static data block(const std::vector<Step>& steps) {
    data out;
    out.set("steps", lines(steps));
    return out;
  }

  static data lines(const std::vector<Step>& steps) {
    data list(Type::list);
    add(steps, 0, list);
    return list;
  }

  static void add(const std::vector<Step>& steps, unsigned depth, data& list) {
    for (const Step& step : steps) {
      data line;
      line.set("depth", std::to_string(depth));
      line.set("element", step.element);
      line.set("text", describe(step));
      set_some(line, "when", step.when_text);
      list << line;
      if (const auto* group = std::get_if<Group>(&step.action)) add(group->steps, depth + 1, list);
    }
  }

  static constexpr Phrase kHarm[] = {{"leaves the card as it was", "不改变卡片"},
                                     {"destructive", "会改变卡片"}};

  Language language_;
};

}  // namespace

void write_specification(std::ostream& out, const std::vector<Suite>& suites, Language language,
                         std::string_view version) {
  kainjow::mustache::mustache page{std::string(page_part("specification.html"))};
  page.render(Writer(language).page(suites, version), out);
}

}  // namespace ssc::conformance
