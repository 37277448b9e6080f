#include "conformance/report/csv_report.h"

#include <fmt/format.h>

#include <ostream>

namespace ssc::conformance {

std::string csv_field(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  std::string out;
  if (!text.empty() && kFormula.find(text.front()) != std::string_view::npos) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  const bool plain = out.find_first_of(",\"\r\n") == std::string::npos;
  return plain ? out : '"' + out + '"';
}

void CsvReport::run_started(const RunInfo&) {
  out_ << "\xEF\xBB\xBFgroup,clause,suite,case,card,verdict,reason,purpose,title,title-zh,file,line,"
          "milliseconds\r\n";
}

void CsvReport::case_finished(const CaseResult& result) {
  const Case& test = *result.test;
  const std::string_view fields[] = {test.group,  test.clause,          result.suite->id, test.id,
                                     result.card, name(result.verdict), result.reason,    test.purpose,
                                     test.title,  test.title_zh,        test.at.file};
  for (const std::string_view field : fields) out_ << csv_field(field) << ',';
  out_ << fmt::format("{},{:.3f}\r\n", test.at.line, static_cast<double>(result.took_us) / 1e3);
}

}  // namespace ssc::conformance
