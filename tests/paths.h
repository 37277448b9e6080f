// Where the tests' own files and the built program are. Kept out of the command line of every test, so that
// the compiler cache serves a copy of the project in another folder too.
#pragma once

#include <string>

namespace ssc::test {

std::string source_dir();  // the top of the project
std::string binary_dir();  // the build folder; the program is binary_dir() + "/ssc"

}  // namespace ssc::test
