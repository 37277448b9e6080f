#include "keys/built_in_files.h"

#include <algorithm>

namespace ssc::embedded {
extern const apdu::EmbeddedFile key_sets[];
extern const std::size_t key_sets_count;
}  // namespace ssc::embedded

namespace ssc::keys {

std::span<const apdu::EmbeddedFile> built_in_files() {
  return {embedded::key_sets, embedded::key_sets_count};
}

apdu::Loaded<xml::Schema> compile_schema(std::string_view file) {
  const auto found = std::ranges::find(built_in_files(), file, &apdu::EmbeddedFile::name);
  return xml::Schema::compile({std::string(file), std::string(found->text)});
}

}  // namespace ssc::keys
