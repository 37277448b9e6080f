#include "keys/hierarchy/component_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/xml/document.h"
#include "apdu/xml/escape.h"
#include "keys/built_in_files.h"
#include "keys/key_set_attributes.h"
#include "keys/key_set_words.h"
#include "keys/standard.h"
#include "keys/storage/owner_file.h"
#include "keys/storage/storage_xml.h"

namespace ssc::keys::hierarchy {
namespace {

using apdu::Loaded;
using xml::Element;

std::string context_of(const ComponentFile& file, std::string_view key, unsigned version) {
  return fmt::format("key-component/{}/{}/{}/{}/{}/{}/{}", file.set, name(file.cipher), file.custodian,
                     file.number, file.of, key, version);
}

const Loaded<xml::Schema>& schema() {
  static const Loaded<xml::Schema> compiled = compile_schema("key-components.xsd");
  return compiled;
}

Loaded<ComponentFile> read_head(const Element& at) {
  ComponentFile file{std::string(*at.attribute("set")),
                     value_of(kCipherWords, *at.attribute("cipher")),
                     std::string(*at.attribute("custodian")),
                     digit(*at.attribute("number")),
                     digit(*at.attribute("of")),
                     {}};
  if (file.of < kFewestComponents || file.number > file.of)
    return fail(at, fmt::format("component {} of {}", file.number, file.of),
                fmt::format("there are {} to {}, numbered from 1", kFewestComponents, kMostComponents));
  return file;
}

Loaded<Component> read_component(const Element& at, const ComponentFile& file,
                                 const storage::StorageKey& key) {
  Component out{std::string(*at.attribute("key")), digit(*at.attribute("version")), {}, {}};
  if (file.find(out.key, out.version) != nullptr)
    return fail(at, fmt::format("a second component of key '{}' version {}", out.key, out.version),
                "remove one");
  const auto sealed = hex_attribute(at, "sealed", *at.attribute("sealed"));
  if (!sealed) return tl::unexpected(sealed.error());
  const auto value = storage::open(key, *sealed, context_of(file, out.key, out.version));
  if (!value)
    return fail(at, fmt::format("component of key '{}': {}", out.key, value.error().what),
                "take the file back as ssc wrote it");
  const bool fits = value->size() == 16 || (value->size() == 8 && file.cipher == Cipher::kDes);
  if (!fits)
    return fail(at, fmt::format("component of key '{}' has {} bytes", out.key, value->size()),
                "make it anew");
  out.value = Key(file.cipher, value->reveal());
  out.check_value = check_value(out.value);
  if (apdu::to_hex(out.check_value) != *at.attribute("kcv"))
    return fail(at,
                fmt::format("component of key '{}' has check value {}, not {}", out.key,
                            apdu::to_hex(out.check_value), *at.attribute("kcv")),
                "ask its custodian for the right one");
  return out;
}

Loaded<OpenedComponents> read(const Element& document, const storage::Access& access) {
  auto file = read_head(document);
  if (!file) return tl::unexpected(file.error());
  const Element at = *document.child("storage");
  auto record = storage::read_storage(at);
  if (!record) return tl::unexpected(record.error());
  auto key = storage::unlock(*record, access);
  if (!key) return fail(at, fmt::format("the components of {}: {}", file->custodian, key.error().what), "");
  for (const Element& element : document.children("component")) {
    auto component = read_component(element, *file, *key);
    if (!component) return tl::unexpected(component.error());
    file->components.push_back(*std::move(component));
  }
  return OpenedComponents{*std::move(file), {*std::move(record), *std::move(key)}};
}

std::string element(const ComponentFile& file, const Component& component, const storage::StorageKey& key) {
  const Bytes sealed =
      storage::seal(key, component.value.reveal(), context_of(file, component.key, component.version));
  return fmt::format("  <component key=\"{}\" version=\"{}\" kcv=\"{}\" sealed=\"{}\"/>\n",
                     xml::escape(component.key), component.version,
                     apdu::to_hex(check_value(component.value)), apdu::to_hex(sealed));
}

}  // namespace

const Component* ComponentFile::find(std::string_view key, unsigned version) const {
  const auto found = std::ranges::find_if(components, [&](const Component& component) {
    return component.key == key && component.version == version;
  });
  return found == components.end() ? nullptr : &*found;
}

Loaded<OpenedComponents> load_components(const std::string& path, const storage::Access& access) {
  const auto source = xml::find_source(path, {});
  if (!source) return tl::unexpected(source.error());
  if (!schema()) return tl::unexpected(schema().error());
  const auto document = xml::load(*source, *schema());
  if (!document) return tl::unexpected(document.error());
  return read(*document, access);
}

storage::Stored<void> write_components(const std::filesystem::path& path, const ComponentFile& file,
                                       const storage::Storage& storage) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Made by ssc: components that one custodian keeps. "
      "-->\n"
      "<key-components xmlns=\"urn:ssc:key-components:1\" set=\"{}\" cipher=\"{}\" custodian=\"{}\" "
      "number=\"{}\" "
      "of=\"{}\">\n  {}\n",
      xml::escape(file.set), name(file.cipher), xml::escape(file.custodian), file.number, file.of,
      storage::storage_element(storage.record));
  for (const Component& component : file.components) out += element(file, component, storage.key);
  return storage::write_owner_file(path, out + "</key-components>\n");
}

}  // namespace ssc::keys::hierarchy
