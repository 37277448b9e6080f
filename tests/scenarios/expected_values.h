// Every expected value of a scenario file, and a value that must not do in its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ssc::conformance::test {

struct ExpectedValue {
  std::string file;
  unsigned line = 0;  // where the tag begins: what a model's Where says
  std::string element;
  std::string attribute;
  std::size_t begin = 0;  // of the value in the file's text
  std::size_t size = 0;
  std::string changed;  // empty: no other value is known that would not do
};

// All of <expect>, <check> and <xray>, and the `sw` of calls and rows, in the order of the file. What is
// optional is not expected.
std::vector<ExpectedValue> expected_values(const std::string& file, std::string_view text);

}  // namespace ssc::conformance::test
