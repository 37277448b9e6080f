#include "conformance/report/case_json.h"

#include <nlohmann/json.hpp>

#include "apdu/hex.h"
#include "apdu/text_trace.h"

namespace ssc::conformance {
namespace {

using Json = nlohmann::ordered_json;

// Members without a value are left out.
void put(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string_view word(StepOutcome outcome) {
  constexpr std::string_view kWords[] = {"done", "passed", "warned", "failed", "skipped", "error"};
  return kWords[static_cast<std::size_t>(outcome)];
}

std::string_view word(apdu::TraceEvent::Kind kind) {
  constexpr std::string_view kWords[] = {"power-on", "reset", "power-off", "exchange", "note"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string decoded(const Exchange& exchange, apdu::Language language, bool unmask) {
  apdu::TraceEvent event = exchange.event();
  event.note = {};
  return apdu::format_event(event, {event.command_secrets, event.response_secrets},
                            {.language = language, .unmask = unmask, .timestamps = false});
}

Json exchange_of(const Exchange& exchange, bool unmask) {
  Json json;
  json["kind"] = word(exchange.kind);
  json["slot"] = exchange.slot == apdu::Slot::kPsam ? "psam" : "card";
  put(json, "command", exchange.command_text(unmask));
  put(json, "response", exchange.response_text(unmask));
  put(json, "name", exchange.name);
  put(json, "note", exchange.note);
  json["time_us"] = exchange.time_us;
  json["took_us"] = exchange.took_us;
  json["en"] = decoded(exchange, apdu::Language::kEnglish, unmask);
  json["zh"] = decoded(exchange, apdu::Language::kChinese, unmask);
  return json;
}

// The file is left out where it is the case's own, the outcome where the step asked nothing.
Json step_of(const StepResult& step, const std::string& case_file, bool unmask) {
  Json json;
  if (step.at.file != case_file) json["file"] = step.at.file;
  json["line"] = step.at.line;
  json["element"] = step.element;
  if (step.depth > 0) json["depth"] = step.depth;
  put(json, "text", step.text);
  if (step.outcome != StepOutcome::kDone) json["outcome"] = word(step.outcome);
  put(json, "reason", step.reason);
  if (step.difference) {
    json["expected"] = step.difference->expected;
    json["got"] = step.difference->got;
  }
  for (const Exchange& exchange : step.exchanges) json["exchanges"].push_back(exchange_of(exchange, unmask));
  return json;
}

Json card_of(const CardModel& card) {
  Json json;
  json["name"] = card.name;
  json["profile"] = card.profile;
  json["version"] = card.version;
  json["cipher"] = keys::name(card.cipher);
  json["area"] = card.area;
  json["key_set"] = card.key_set;
  json["atr"] = apdu::to_hex(card.atr);
  json["digest"] = card.digest;
  return json;
}

Json cell_of(const Cell& cell) {
  constexpr const char* kKinds[] = {"none", "empty", "reached", "explained", "stale"};
  Json json;
  json["kind"] = kKinds[static_cast<std::size_t>(cell.kind)];
  put(json, "text", cell.text);
  return json;
}

Json row_of(const Row& row) {
  Json json;
  json["name"] = row.name;
  put(json, "name_zh", row.chinese);
  put(json, "clause", row.clause);
  for (const Cell& cell : row.cells) json["cells"].push_back(cell_of(cell));
  return json;
}

Json matrix_of(const Matrix& matrix) {
  Json json;
  json["id"] = matrix.id;
  json["title"] = matrix.title;
  json["title_zh"] = matrix.title_zh;
  json["columns"] = matrix.columns;
  json["column_notes"] = matrix.column_notes;
  json["rows"] = Json::array();
  for (const Row& row : matrix.rows) json["rows"].push_back(row_of(row));
  return json;
}

}  // namespace

std::string run_json(const RunInfo& info) {
  Json json;
  json["version"] = info.version;
  put(json, "started", info.started);
  json["seed"] = info.seed;
  json["card_target"] = info.card_target;
  json["psam_target"] = info.psam_target;
  put(json, "psam", info.psam);
  json["shard"] = info.shard;
  json["unmasked"] = info.unmask;
  json["cards"] = Json::array();
  for (const auto& card : info.cards) json["cards"].push_back(card_of(*card));
  return dump(json);
}

std::string case_json(const CaseResult& result, bool unmask) {
  const Case& test = *result.test;
  Json json;
  json["suite"] = result.suite->id;
  json["suite_title"] = result.suite->title;
  put(json, "suite_title_zh", result.suite->title_zh);
  json["id"] = test.id;
  put(json, "title", test.title);
  put(json, "title_zh", test.title_zh);
  json["purpose"] = test.purpose;
  put(json, "clause", test.clause);
  put(json, "group", test.group);
  json["file"] = test.at.file;
  json["line"] = test.at.line;
  json["destructive"] = test.destructive;
  put(json, "applies", test.applies_text);
  json["card"] = result.card;
  json["verdict"] = name(result.verdict);
  put(json, "reason", result.reason);
  json["took_us"] = result.took_us;
  json["steps"] = Json::array();
  for (const StepResult& step : result.steps) json["steps"].push_back(step_of(step, test.at.file, unmask));
  return dump(json);
}

std::string totals_json(const Totals& totals) {
  Json json;
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    json[std::string(name(static_cast<Verdict>(i)))] = totals.count[i];
  return dump(json);
}

std::string coverage_json(const std::vector<Matrix>& matrices) {
  Json json = Json::array();
  for (const Matrix& matrix : matrices) json.push_back(matrix_of(matrix));
  return dump(json);
}

}  // namespace ssc::conformance
