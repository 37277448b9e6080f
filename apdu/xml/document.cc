#include "apdu/xml/document.h"

#include <algorithm>
#include <pugixml.hpp>

#include "apdu/xml/schema.h"

namespace ssc::xml {

struct DocumentData {
  std::string file;
  std::string text;                      // untouched
  std::vector<std::size_t> line_starts;  // offsets of the lines after the first
  pugi::xml_document tree;
};

namespace {

pugi::xml_node node_of(void* handle) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(handle)); }

std::vector<std::size_t> find_lines(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  return starts;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::string_view Element::name() const { return node_of(node_).name(); }

std::optional<std::string_view> Element::attribute(std::string_view name) const {
  for (const pugi::xml_attribute& attribute : node_of(node_).attributes()) {
    if (name == attribute.name()) return std::string_view(attribute.value());
  }
  return std::nullopt;
}

std::string_view Element::attribute_or(std::string_view name, std::string_view otherwise) const {
  return attribute(name).value_or(otherwise);
}

std::vector<std::pair<std::string_view, std::string_view>> Element::attributes() const {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const pugi::xml_attribute& attribute : node_of(node_).attributes())
    out.emplace_back(attribute.name(), attribute.value());
  return out;
}

std::string_view Element::text() const { return trimmed(node_of(node_).text().get()); }

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (const pugi::xml_node& node : node_of(node_).children()) {
    if (node.type() == pugi::node_element) out.push_back(Element(document_, node.internal_object()));
  }
  return out;
}

std::vector<Element> Element::children(std::string_view name) const {
  std::vector<Element> out = children();
  std::erase_if(out, [name](const Element& element) { return element.name() != name; });
  return out;
}

std::optional<Element> Element::child(std::string_view name) const {
  auto found = children(name);
  if (found.empty()) return std::nullopt;
  return found.front();
}

unsigned Element::line() const {
  const auto& starts = document_->line_starts;
  const auto offset = static_cast<std::size_t>(node_of(node_).offset_debug());
  return static_cast<unsigned>(std::ranges::upper_bound(starts, offset) - starts.begin()) + 1;
}

const std::string& Element::file() const { return document_->file; }

InputError Element::error(std::string what, std::string mend) const {
  return {document_->file, line(), std::move(what), std::move(mend)};
}

Loaded<Element> load(const Source& source, const Schema& schema) {
  if (auto fault = find_fault(source, schema.compiled_.get())) return tl::unexpected(*std::move(fault));
  auto data = std::make_shared<DocumentData>();
  data->file = source.name;
  data->text = source.text;
  data->line_starts = find_lines(data->text);
  const auto parsed =
      data->tree.load_buffer(data->text.data(), data->text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return tl::unexpected(
        InputError{source.name, 0, std::string("not readable: ") + parsed.description(), ""});
  void* root = data->tree.document_element().internal_object();
  return Element(std::move(data), root);
}

}  // namespace ssc::xml
