// A library of somebody else's, loaded while the program runs.
#pragma once

#include <filesystem>
#include <memory>

#include "keys/hsm/error.h"

namespace ssc::keys::hsm {

// Closes itself. Movable.
class SharedLibrary {
 public:
  // Error kDevice: the loader's own words.
  static Answer<SharedLibrary> open(const std::filesystem::path& file);

  // nullptr when the library has no such function. `Function` is its type, as a function pointer.
  template <class Function>
  Function find(const char* name) const {
    return reinterpret_cast<Function>(symbol(name));
  }

 private:
  struct Close {
    void operator()(void* library) const;
  };
  explicit SharedLibrary(void* library) : library_(library) {}
  void* symbol(const char* name) const;
  std::unique_ptr<void, Close> library_;
};

}  // namespace ssc::keys::hsm
