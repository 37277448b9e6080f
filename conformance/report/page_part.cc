#include "conformance/report/page_part.h"

#include <algorithm>
#include <span>

#include "apdu/embedded.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile report_page[];
extern const std::size_t report_page_count;
}  // namespace ssc::embedded

namespace ssc::conformance {

std::string_view page_part(std::string_view name) {
  const std::span files(embedded::report_page, embedded::report_page_count);
  return std::ranges::find(files, name, &apdu::EmbeddedFile::name)->text;
}

}  // namespace ssc::conformance
