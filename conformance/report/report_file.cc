#include "conformance/report/report_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace ssc::conformance {
namespace {

using Json = nlohmann::ordered_json;

tl::unexpected<apdu::InputError> refuse(const std::string& file, std::string what, std::string mend) {
  return tl::unexpected(apdu::InputError{file, 0, std::move(what), std::move(mend)});
}

bool is_text(const Json& object, const char* name) {
  return object.contains(name) && object[name].is_string();
}

bool is_case(const Json& one) {
  return one.is_object() && is_text(one, "id") && is_text(one, "card") && is_text(one, "verdict");
}

bool is_matrix(const Json& matrix) {
  return matrix.is_object() && is_text(matrix, "id") && is_text(matrix, "title") &&
         matrix.contains("columns") && matrix["columns"].is_array() && matrix.contains("rows") &&
         std::ranges::all_of(matrix["rows"], [&](const Json& row) {
           return row.is_object() && is_text(row, "name") && row.contains("cells") &&
                  row["cells"].is_array() && row["cells"].size() == matrix["columns"].size();
         });
}

bool is_report(const Json& report) {
  if (!report.is_object() || !is_text(report, "format") || report["format"] != "ssc-report-1") return false;
  for (const char* name : {"run", "totals"}) {
    if (!report.contains(name) || !report[name].is_object()) return false;
  }
  const Json& run = report["run"];
  const bool whole = report.contains("cases") && report["cases"].is_array() && run.contains("cards") &&
                     run["cards"].is_array();
  return whole && std::ranges::all_of(report["cases"], is_case) &&
         (!report.contains("coverage") || std::ranges::all_of(report["coverage"], is_matrix));
}

bool is_bad(std::string_view verdict) {
  constexpr std::string_view kBad[] = {"FAIL", "ERROR", "INCONCLUSIVE"};
  return std::ranges::find(kBad, verdict) != std::end(kBad);
}

VerdictChange::Kind kind_of(const VerdictChange& change) {
  using Kind = VerdictChange::Kind;
  if (change.before.empty()) return Kind::kNew;
  if (change.after.empty()) return Kind::kGone;
  if (is_bad(change.before) == is_bad(change.after)) return Kind::kOther;
  return is_bad(change.after) ? Kind::kWorse : Kind::kBetter;
}

using CaseKey = std::pair<std::string, std::string>;  // id, card
CaseKey key_of(const Json& one) { return {one["id"], one["card"]}; }

Cell cell_of(const Json& json) {
  constexpr std::string_view kKinds[] = {"none", "empty", "reached", "explained", "stale"};
  const auto kind = std::ranges::find(kKinds, json.value("kind", "none"));
  return {kind == std::end(kKinds) ? Cell::Kind::kNone : static_cast<Cell::Kind>(kind - std::begin(kKinds)),
          json.value("text", "")};
}

Matrix matrix_of(const Json& json) {
  Matrix matrix{json["id"],
                json["title"],
                json.value("title_zh", ""),
                json["columns"],
                json.value("column_notes", std::vector<std::string>{}),
                {}};
  for (const Json& line : json["rows"]) {
    Row row{line["name"], line.value("name_zh", ""), line.value("clause", ""), {}};
    for (const Json& cell : line["cells"]) row.cells.push_back(cell_of(cell));
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

// A document that has the members every report has.
apdu::Loaded<Json> parse_report(const ReportText& report) {
  Json json = Json::parse(report.json, nullptr, false);
  if (is_report(json)) return json;
  return refuse(report.file, "is no whole report of this program", "write one with ssc run --json");
}

// ---- merging ----

// "2/5" of a report, as numbers.
std::pair<std::size_t, std::size_t> shard_of(const Json& report) {
  const std::string text = report["run"].value("shard", "0/1");
  const std::size_t slash = std::min(text.find('/'), text.size() - 1);
  const auto number = [](const std::string& digits) { return std::strtoul(digits.c_str(), nullptr, 10); };
  return {number(text.substr(0, slash)), number(text.substr(slash + 1))};
}

// Every shard of one cut, each once.
bool are_whole(const std::vector<Json>& reports) {
  std::set<std::size_t> indexes;
  for (const Json& report : reports) {
    const auto [index, count] = shard_of(report);
    if (count != reports.size() || !indexes.insert(index).second) return false;
  }
  return reports.size() > 1;
}

// Shard i has each N-th case from the i-th.
Json woven(std::vector<Json>& reports) {
  std::ranges::sort(reports, {}, [](const Json& report) { return shard_of(report).first; });
  Json cases = Json::array();
  for (std::size_t at = 0; at < reports.front()["cases"].size(); ++at) {
    for (Json& report : reports) {
      if (at < report["cases"].size()) cases.push_back(std::move(report["cases"][at]));
    }
  }
  return cases;
}

Json joined(std::vector<Json>& reports) {
  Json cases = Json::array();
  for (Json& report : reports) {
    for (Json& one : report["cases"]) cases.push_back(std::move(one));
  }
  return cases;
}

Json counted(const Json& cases, const Json& like) {
  Json totals;
  for (const auto& [verdict, count] : like.items()) totals[verdict] = 0;
  for (const Json& one : cases) {
    Json& count = totals[one["verdict"].get<std::string>()];
    count = count.is_null() ? 1 : count.get<std::size_t>() + 1;
  }
  return totals;
}

// What a cell says when two runs looked at it: reached wins, and a reason over a hole.
bool says_more(const Json& cell, const Json& than) {
  constexpr std::string_view kOrder[] = {"none", "empty", "explained", "stale", "reached"};
  const auto rank = [&](const Json& one) { return std::ranges::find(kOrder, one.value("kind", "")); };
  return rank(cell) > rank(than);
}

void merge_rows(Json& into, const Json& from) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < into.size(); ++i) places.emplace(into[i]["name"], i);
  for (const Json& row : from) {
    const auto place = places.find(row["name"]);
    if (place == places.end()) {
      into.push_back(row);
      continue;
    }
    Json& cells = into[place->second]["cells"];
    for (std::size_t i = 0; i < std::min(cells.size(), row["cells"].size()); ++i) {
      if (says_more(row["cells"][i], cells[i])) cells[i] = row["cells"][i];
    }
  }
}

void merge_coverage(Json& into, const Json& from) {
  for (const Json& matrix : from) {
    const auto same = std::ranges::find_if(into, [&](const Json& one) { return one["id"] == matrix["id"]; });
    if (same == into.end())
      into.push_back(matrix);
    else
      merge_rows((*same)["rows"], matrix["rows"]);
  }
}

void merge_cards(Json& into, const Json& from) {
  for (const Json& card : from) {
    if (std::ranges::find(into, card) == into.end()) into.push_back(card);
  }
}

apdu::Loaded<void> check_doubles(std::span<const ReportText> texts, const std::vector<Json>& reports) {
  std::map<std::string, std::string> seen;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    for (const Json& one : reports[i]["cases"]) {
      const std::string what =
          fmt::format("case {} on {}", one["id"].get<std::string>(), one["card"].get<std::string>());
      const auto [earlier, fresh] = seen.emplace(what, texts[i].file);
      if (!fresh)
        return refuse(texts[i].file, what + " stands in " + earlier->second + " too",
                      "merge the shards of one run, or runs on different cards");
    }
  }
  return {};
}

}  // namespace

apdu::Loaded<std::vector<VerdictChange>> compare_reports(const ReportText& before, const ReportText& after) {
  const auto first = parse_report(before);
  const auto second = parse_report(after);
  if (!first) return tl::unexpected(first.error());
  if (!second) return tl::unexpected(second.error());
  std::map<CaseKey, std::string> old;
  for (const Json& one : (*first)["cases"]) old[key_of(one)] = one["verdict"];
  std::vector<VerdictChange> changes;
  const auto add = [&changes](VerdictChange change) {
    change.kind = kind_of(change);
    if (change.before != change.after) changes.push_back(std::move(change));
  };
  for (const Json& one : (*second)["cases"]) {
    const auto node = old.extract(key_of(one));
    add({{},
         one["id"],
         one["card"],
         node.empty() ? "" : node.mapped(),
         one["verdict"],
         one.value("reason", "")});
  }
  for (const auto& [key, verdict] : old) add({{}, key.first, key.second, verdict, {}, {}});
  return changes;
}

apdu::Loaded<std::vector<Matrix>> coverage_of(const ReportText& text) {
  const auto report = parse_report(text);
  if (!report) return tl::unexpected(report.error());
  std::vector<Matrix> matrices;
  if (!report->contains("coverage")) return matrices;
  for (const Json& matrix : (*report)["coverage"]) matrices.push_back(matrix_of(matrix));
  return matrices;
}

apdu::Loaded<std::string> merge_reports(std::span<const ReportText> texts) {
  std::vector<Json> reports;
  for (const ReportText& text : texts) {
    auto report = parse_report(text);
    if (!report) return tl::unexpected(report.error());
    reports.push_back(*std::move(report));
  }
  if (auto done = check_doubles(texts, reports); !done) return tl::unexpected(done.error());
  Json out = reports.front();
  for (const Json& report : reports) {
    merge_cards(out["run"]["cards"], report["run"]["cards"]);
    if (report.contains("coverage")) merge_coverage(out["coverage"], report["coverage"]);
  }
  const bool whole = are_whole(reports);
  if (reports.size() > 1) out["run"]["shard"] = whole ? "0/1" : fmt::format("{} reports", reports.size());
  out["cases"] = whole ? woven(reports) : joined(reports);
  out["totals"] = counted(out["cases"], out["totals"]);
  return out.dump();
}

apdu::Loaded<std::string> add_mutants(const ReportText& text, const ReportText& mutants) {
  auto report = parse_report(text);
  if (!report) return tl::unexpected(report.error());
  Json table = Json::parse(mutants.json, nullptr, false);
  if (!table.is_object() || !table.contains("mutants") || !table["mutants"].is_array())
    return refuse(mutants.file, "is no table of mutants", "write one with ssc mutants --json");
  (*report)["mutants"] = std::move(table["mutants"]);
  return report->dump();
}

}  // namespace ssc::conformance
