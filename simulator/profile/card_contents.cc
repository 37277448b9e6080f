#include "simulator/profile/card_contents.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "simulator/profile/profile_loader.h"
#include "simulator/profile/values.h"

namespace ssc::simulator::profile {
namespace {

using apdu::Loaded;
using xml::Element;

std::string name_of(const Element& element, std::string_view attribute) {
  return std::string(element.attribute_or(attribute, ""));
}

Loaded<Ef*> file_of(const Element& element, CardModel& model) {
  const std::string path = name_of(element, "file");
  Ef* file = find_file(model, path);
  if (file != nullptr) return file;
  return tl::unexpected(
      element.error("profile " + model.profile + " has no file " + path, "write it as SSSE/EF06"));
}

struct Written {
  Notation notation;
  std::string_view text;
};

Loaded<Written> written_value(const Element& element) {
  constexpr std::pair<const char*, Notation> kNotations[] = {
      {"hex", Notation::kHex}, {"text", Notation::kText}, {"digits", Notation::kDigits}};
  std::optional<Written> found;
  for (const auto& [attribute, notation] : kNotations) {
    const auto text = element.attribute(attribute);
    if (!text) continue;
    if (found) return tl::unexpected(element.error("two values", "give one of hex, text and digits"));
    found = Written{notation, *text};
  }
  if (!found) return tl::unexpected(element.error("no value", "give one of hex, text and digits"));
  return *found;
}

std::string tags_of(const Ef& file) {
  std::string out;
  for (const Item& item : file.items) out += fmt::format("{}{:02X}", out.empty() ? "" : " ", item.tag);
  return out;
}

const Item* item_of(const Element& element, const Ef& file) {
  const bool by_tag = element.attribute("tag").has_value();
  const std::uint16_t number = static_cast<std::uint16_t>(std::stoul("0" + name_of(element, "number")));
  const std::uint16_t tag = hex_number(element, "tag");
  const auto it = std::ranges::find_if(file.items, [&](const Item& item) {
    return (!by_tag || item.tag == tag) && (number == 0 || item.record == number);
  });
  return it == file.items.end() ? nullptr : &*it;
}

// A cyclic file's records are given newest first.
Loaded<void> add_cyclic_record(const Element& element, const Written& written, Ef& file) {
  const auto bytes = apdu::parse_hex(written.text);
  const bool is_hex = written.notation == Notation::kHex && bytes.has_value();
  if (!is_hex || bytes->size() != file.record_length) {
    return tl::unexpected(element.error(
        fmt::format("a record of this cyclic file is {} bytes", file.record_length), "give them as hex"));
  }
  if (file.records.size() >= file.max_records)
    return tl::unexpected(element.error(fmt::format("the file holds {} records", file.max_records)));
  file.records.push_back(*bytes);
  return {};
}

}  // namespace

Loaded<void> apply_record(const Element& element, CardModel& model) {
  const auto file = file_of(element, model);
  if (!file) return tl::unexpected(file.error());
  const auto written = written_value(element);
  if (!written) return tl::unexpected(written.error());
  if ((*file)->type == FileType::kTransparent)
    return tl::unexpected(element.error(name_of(element, "file") + " has no records", "use <binary>"));
  if ((*file)->type == FileType::kCyclic) return add_cyclic_record(element, *written, **file);
  if (!element.attribute("tag") && !element.attribute("number"))
    return tl::unexpected(element.error("which record", "add tag=\"08\" or number=\"1\""));
  const Item* item = item_of(element, **file);
  if (item == nullptr)
    return tl::unexpected(
        element.error(name_of(element, "file") + " has no such item", "its tags are " + tags_of(**file)));
  const auto value = item_value(*item, written->notation, written->text);
  if (!value)
    return tl::unexpected(element.error(
        fmt::format("item {:02X} of {}: {}", item->tag, name_of(element, "file"), value.error())));
  (*file)->records[item->record - 1U] = record_of(*item, *value);
  return {};
}

Loaded<void> apply_binary(const Element& element, CardModel& model) {
  const auto file = file_of(element, model);
  if (!file) return tl::unexpected(file.error());
  const auto bytes = apdu::parse_hex(*element.attribute("hex"));
  if (!bytes) return tl::unexpected(element.error(name_of(element, "file") + ": " + bytes.error().what));
  if ((*file)->type != FileType::kTransparent)
    return tl::unexpected(element.error(name_of(element, "file") + " is a record file", "use <record>"));
  if (bytes->size() > (*file)->size)
    return tl::unexpected(
        element.error(fmt::format("{} bytes, the file holds {}", bytes->size(), (*file)->size)));
  (*file)->records.assign(1, *bytes);
  return {};
}

}  // namespace ssc::simulator::profile
