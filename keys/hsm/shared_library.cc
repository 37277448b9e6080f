#include "keys/hsm/shared_library.h"

#include <dlfcn.h>

namespace ssc::keys::hsm {

void SharedLibrary::Close::operator()(void* library) const { dlclose(library); }

Answer<SharedLibrary> SharedLibrary::open(const std::filesystem::path& file) {
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library != nullptr) return SharedLibrary(library);
  const char* const reason = dlerror();
  return refuse(MachineError::Kind::kDevice, reason != nullptr ? reason : "cannot load " + file.string());
}

void* SharedLibrary::symbol(const char* name) const { return dlsym(library_.get(), name); }

}  // namespace ssc::keys::hsm
