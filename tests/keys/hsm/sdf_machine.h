// The test library as a machine of one test's own, with its calls and its faults.
#pragma once

#include <string>

#include "keys/hsm/shared_library.h"
#include "tests/keys/hsm/sdf_test_library.h"
#include "tests/paths.h"

namespace ssc::test {

class SdfLibrary {
 public:
  SdfLibrary() : library_(keys::hsm::SharedLibrary::open(file()).value()) { behave({}); }
  SdfLibrary(const SdfLibrary&) = delete;
  SdfLibrary& operator=(const SdfLibrary&) = delete;
  ~SdfLibrary() { behave({}); }

  static std::string file() { return binary_dir() + "/tests/libsdf_test_library.so"; }
  SdfCounts counts() const {
    SdfCounts now;
    library_.find<SdfCountsNow*>("ssc_sdf_counts")(now);
    return now;
  }
  std::string calls() const { return library_.find<SdfCallsMade*>("ssc_sdf_calls")(); }
  void behave(const SdfBehaviour& behaviour) const { library_.find<SdfBehave*>("ssc_sdf_behave")(behaviour); }

 private:
  keys::hsm::SharedLibrary library_;
};

}  // namespace ssc::test
