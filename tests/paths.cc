#include "tests/paths.h"

namespace ssc::test {

std::string source_dir() { return SSC_SOURCE_DIR; }
std::string binary_dir() { return SSC_BINARY_DIR; }

}  // namespace ssc::test
