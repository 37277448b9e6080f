#include <filesystem>
#include <fstream>
#include <sstream>

#include "apdu/xml/document.h"

namespace ssc::xml {
namespace {

namespace fs = std::filesystem;

std::string names_of(std::span<const apdu::EmbeddedFile> built_in) {
  std::string names;
  for (const apdu::EmbeddedFile& file : built_in) {
    if (!file.name.ends_with(".xml")) continue;
    names += (names.empty() ? "" : ", ") + std::string(file.name.substr(0, file.name.size() - 4));
  }
  return names;
}

Loaded<Source> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !text) return tl::unexpected(InputError{path, 0, "cannot be read", "check its permissions"});
  return Source{path, text.str()};
}

}  // namespace

Loaded<Source> find_source(std::string_view path_or_name, std::span<const apdu::EmbeddedFile> built_in) {
  const std::string path(path_or_name);
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return read_file(path);
  for (const apdu::EmbeddedFile& file : built_in) {
    if (file.name == path || file.name == path + ".xml") return Source{path, std::string(file.text)};
  }
  const std::string mend = built_in.empty() ? "" : "name a file or one of the built-in " + names_of(built_in);
  return tl::unexpected(InputError{path, 0, "no such file", mend});
}

}  // namespace ssc::xml
