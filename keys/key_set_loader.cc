#include <algorithm>

#include "keys/built_in_files.h"
#include "keys/key_set_reader.h"

namespace ssc::keys {
namespace {

using apdu::Loaded;

std::vector<apdu::EmbeddedFile> embedded_sets() {
  std::vector<apdu::EmbeddedFile> sets;
  std::ranges::copy_if(built_in_files(), std::back_inserter(sets),
                       [](const apdu::EmbeddedFile& file) { return file.name.ends_with(".xml"); });
  return sets;
}

const Loaded<xml::Schema>& schema() {
  static const Loaded<xml::Schema> compiled = compile_schema("key-set.xsd");
  return compiled;
}

Loaded<InspectedKeySet> read(std::string_view path_or_name, const storage::Access* access,
                             Strictness strictness) {
  const auto source = xml::find_source(path_or_name, embedded_sets());
  if (!source) return tl::unexpected(source.error());
  if (!schema()) return tl::unexpected(schema().error());
  const auto document = xml::load(*source, *schema());
  if (!document) return tl::unexpected(document.error());
  return read_key_set(*document, access, strictness);
}

}  // namespace

Loaded<KeySet> load_key_set(std::string_view path_or_name, const storage::Access& access) {
  return read(path_or_name, &access, Strictness::kStopAtFaults).map([](InspectedKeySet&& inspected) {
    return std::move(inspected.set);
  });
}

Loaded<InspectedKeySet> inspect_key_set(std::string_view path_or_name, const storage::Access* access) {
  return read(path_or_name, access, Strictness::kCollectFaults);
}

std::vector<std::string> built_in_key_sets() {
  std::vector<std::string> names;
  for (const apdu::EmbeddedFile& file : embedded_sets()) {
    names.emplace_back(file.name.substr(0, file.name.size() - std::string_view(".xml").size()));
  }
  return names;
}

}  // namespace ssc::keys
