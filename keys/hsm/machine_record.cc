#include "keys/hsm/machine_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "apdu/hex.h"
#include "apdu/xml/document.h"
#include "keys/hsm/key_words.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile machines[];
extern const std::size_t machines_count;
}  // namespace ssc::embedded

namespace ssc::keys::hsm {
namespace {

namespace fs = std::filesystem;
using apdu::InputError;
using apdu::Loaded;
using xml::Element;
using Done = tl::expected<void, InputError>;

constexpr std::string_view kSchemaName = "machine.xsd";
constexpr Structures kAnyStructure{0xF};

tl::unexpected<InputError> fail(const Element& at, std::string what, std::string mend) {
  return tl::unexpected(at.error(std::move(what), std::move(mend)));
}

// Precondition of both: the schema let only such numbers through.
template <class T>
T number(std::string_view text, int base) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

template <class T>
T number_or(const Element& at, std::string_view attribute, int base, T otherwise) {
  const auto text = at.attribute(attribute);
  return text ? number<T>(*text, base) : otherwise;
}

Loaded<const KeyName*> row_of(const Element& at, std::string_view attribute) {
  const std::string_view name = *at.attribute(attribute);
  if (const KeyName* row = find_key_name(name, kAnyStructure)) return row;
  return fail(at, fmt::format("no key is called '{}'", name), "write it as the standard does, as in UK1DF01");
}

Loaded<Certificate> certificate_of(const Element& at) {
  const std::string_view text = *at.attribute("expires");
  const std::chrono::year_month_day day(std::chrono::year(number<int>(text.substr(0, 4), 10)),
                                        std::chrono::month(number<unsigned>(text.substr(5, 2), 10)),
                                        std::chrono::day(number<unsigned>(text.substr(8, 2), 10)));
  if (text.size() != 10 || !day.ok())
    return fail(at, fmt::format("'{}' is no day", text), "write it as 2027-12-31");
  const std::string_view listed = *at.attribute("algorithms");
  const auto lists = [&](std::string_view word) { return listed.find(word) != std::string_view::npos; };
  return Certificate{std::string(*at.attribute("number")), {lists("DES"), lists("SM4")}, day};
}

// Reads one record; every function stops at the first error.
class Reader {
 public:
  Reader(Element document, fs::path folder) : document_(std::move(document)), folder_(std::move(folder)) {}

  Loaded<MachineRecord> read() {
    record_.name = *document_.attribute("name");
    record_.lab = document_.attribute("lab") == "yes";
    return read_certificate()
        .and_then([&] { return read_back_end(); })
        .and_then([&] { return read_addresses(); })
        .map([&] { return std::move(record_); });
  }

 private:
  fs::path seen_from_here(std::string_view path) const { return folder_ / fs::path(path); }

  Done read_certificate() {
    const auto element = document_.child("certificate");
    if (!element) return {};
    auto certificate = certificate_of(*element);
    if (!certificate) return tl::unexpected(certificate.error());
    record_.certificate = *std::move(certificate);
    return {};
  }

  Done read_back_end() {
    if (const auto at = document_.child("software")) return read_software(*at);
    if (const auto at = document_.child("pkcs11")) return read_pkcs11(*at);
    return read_sdf(*document_.child("sdf"));
  }

  // A name without a folder and an ending is built in; everything else is a file.
  std::string set_path(std::string_view file) const {
    const bool built_in = !file.ends_with(".xml") && file.find('/') == std::string_view::npos;
    return built_in ? std::string(file) : seen_from_here(file).string();
  }

  Done read_software(const Element& at) {
    SoftwareRecord software;
    for (const Element& set : at.children()) software.key_sets.push_back(set_path(*set.attribute("file")));
    record_.back_end = std::move(software);
    return {};
  }

  // A library's name alone is looked for where the system looks.
  fs::path library_path(std::string_view file) const {
    return file.find('/') == std::string_view::npos ? fs::path(file) : seen_from_here(file);
  }

  Done read_pkcs11(const Element& at) {
    record_.back_end =
        Pkcs11Record{library_path(*at.attribute("module")), std::string(*at.attribute("token")),
                     seen_from_here(*at.attribute("pin-file"))};
    return {};
  }

  Done read_sdf(const Element& at) {
    SdfRecord sdf;
    sdf.library = library_path(*at.attribute("library"));
    sdf.sm4_ecb = number_or(at, "sm4-ecb", 16, sdf.sm4_ecb);
    sdf.sm4_cbc = number_or(at, "sm4-cbc", 16, sdf.sm4_cbc);
    sdf.sm4_mac = number_or(at, "sm4-mac", 16, sdf.sm4_mac);
    sdf.kek = number_or(at, "kek", 10, sdf.kek);
    sdf.wrapped_with = number_or(at, "wrapped-with", 16, sdf.sm4_ecb);
    for (const Element& element : at.children()) {
      auto key = sdf_key(element, at);
      if (!key) return tl::unexpected(key.error());
      const bool twice =
          std::ranges::any_of(sdf.keys, [&](const SdfKey& other) { return other.info.id == key->info.id; });
      if (twice) return fail(element, fmt::format("a second {}", key->info.id.to_string()), "remove one");
      sdf.keys.push_back(*std::move(key));
    }
    record_.back_end = std::move(sdf);
    return {};
  }

  static Loaded<SdfKey> sdf_key(const Element& at, const Element& sdf) {
    const auto row = row_of(at, "name");
    if (!row) return tl::unexpected(row.error());
    SdfKey key;
    key.info.id = {Cipher::kSm4, std::string((*row)->name), number_or(at, "version", 10, 1U)};
    key.info.purpose = (*row)->purpose;
    const auto level = at.attribute("level");
    key.info.level = level ? *level_of(*level) : (*row)->level.value_or(Level::kNational);
    if (at.attribute("index").has_value() == at.attribute("wrapped").has_value()) {
      return fail(at, fmt::format("key '{}' needs either index or wrapped", (*row)->name),
                  "say where the machine has it");
    }
    return place(key, at, sdf);
  }

  static Loaded<SdfKey> place(SdfKey key, const Element& at, const Element& sdf) {
    if (at.attribute("index")) {
      key.index = number_or(at, "index", 10, std::uint32_t{0});
      return key;
    }
    auto wrapped = apdu::parse_hex(*at.attribute("wrapped"));
    if (!wrapped) {
      return fail(at, fmt::format("wrapped: {}", wrapped.error().what),
                  "write two hexadecimal digits a byte");
    }
    if (!sdf.attribute("kek"))
      return fail(at, "a wrapped key, but no kek", "give <sdf> the index of the KEK");
    key.wrapped = *std::move(wrapped);
    return key;
  }

  Done read_addresses() {
    for (const Element& at : document_.children("address")) {
      const auto row = row_of(at, "key");
      if (!row) return tl::unexpected(row.error());
      const auto address = number<KeyAddress>(*at.attribute("value"), 16);
      if (std::ranges::find(record_.addresses, address, &AddressRow::address) != record_.addresses.end())
        return fail(at, fmt::format("address {:04X} a second time", address), "remove one");
      record_.addresses.push_back({address, std::string((*row)->name), number_or(at, "version", 10, 1U)});
    }
    return {};
  }

  Element document_;
  fs::path folder_;
  MachineRecord record_;
};

std::span<const apdu::EmbeddedFile> embedded_files() {
  return {embedded::machines, embedded::machines_count};
}

std::vector<apdu::EmbeddedFile> embedded_records() {
  std::vector<apdu::EmbeddedFile> records;
  std::ranges::copy_if(embedded_files(), std::back_inserter(records),
                       [](const apdu::EmbeddedFile& file) { return file.name.ends_with(".xml"); });
  return records;
}

const Loaded<xml::Schema>& schema() {
  static const Loaded<xml::Schema> compiled = [] {
    const auto file = std::ranges::find(embedded_files(), kSchemaName, &apdu::EmbeddedFile::name);
    return xml::Schema::compile({std::string(kSchemaName), std::string(file->text)});
  }();
  return compiled;
}

}  // namespace

Loaded<MachineRecord> load_machine_record(std::string_view path_or_name) {
  const auto source = xml::find_source(path_or_name, embedded_records());
  if (!source) return tl::unexpected(source.error());
  if (!schema()) return tl::unexpected(schema().error());
  auto document = xml::load(*source, *schema());
  if (!document) return tl::unexpected(document.error());
  return Reader(*std::move(document), fs::path(path_or_name).parent_path()).read();
}

std::vector<std::string> built_in_machine_records() {
  std::vector<std::string> names;
  for (const apdu::EmbeddedFile& file : embedded_records()) {
    names.emplace_back(file.name.substr(0, file.name.size() - std::string_view(".xml").size()));
  }
  return names;
}

}  // namespace ssc::keys::hsm
