#include "conformance/report/html_report.h"

#include <ostream>

#include "conformance/report/page_part.h"

namespace ssc::conformance {
namespace {

// page.html with style and script in their places, before and behind where the data stand.
std::pair<std::string, std::string> page() {
  std::string text(page_part("page.html"));
  for (const std::string_view name : {"page.css", "page.js"}) {
    const std::string place = "{{" + std::string(name) + "}}";
    text.replace(text.find(place), place.size(), page_part(name));
  }
  constexpr std::string_view kData = "{{data}}";
  const std::size_t at = text.find(kData);
  return {text.substr(0, at), text.substr(at + kData.size())};
}

}  // namespace

void HtmlReport::run_started(const RunInfo& info) {
  out_ << page().first;
  data_.run_started(info);
}

void HtmlReport::run_finished(const Totals& totals) {
  data_.run_finished(totals);
  packed_.finish();
  out_ << page().second;
}

void write_page(std::ostream& out, std::string_view json) {
  const auto [before, behind] = page();
  PackedStream packed(out << before);
  packed << json;
  packed.finish();
  out << behind;
}

}  // namespace ssc::conformance
