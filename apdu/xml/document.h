// The one way in for XML: schema first, then a tree with line numbers. Knows libxml2 and pugixml so that
// nobody else has to.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apdu/embedded.h"
#include "apdu/input_error.h"

namespace ssc::xml {

using apdu::InputError;
using apdu::Loaded;

// A text and the name errors call it by.
struct Source {
  std::string name;
  std::string text;
};

// Reads `path_or_name`: a file on disk wins; else the built-in file of that name, with or without ".xml".
// Error: neither exists (the built-in names are listed), or the file cannot be read.
Loaded<Source> find_source(std::string_view path_or_name, std::span<const apdu::EmbeddedFile> built_in);

struct DocumentData;

// One element of a loaded document. A light handle: copy it; it keeps the document alive.
class Element {
 public:
  std::string_view name() const;
  // The attribute's value as written; nothing when it is absent (XSD defaults are not filled in: keep them in
  // code).
  std::optional<std::string_view> attribute(std::string_view name) const;
  std::string_view attribute_or(std::string_view name, std::string_view otherwise) const;
  // All attributes, name and value, in document order.
  std::vector<std::pair<std::string_view, std::string_view>> attributes() const;
  // The element's own character data, white space at both ends removed.
  std::string_view text() const;
  // Child elements in document order; all of them or those of one name.
  std::vector<Element> children() const;
  std::vector<Element> children(std::string_view name) const;
  std::optional<Element> child(std::string_view name) const;
  unsigned line() const;
  // The file this element was read from, as errors name it.
  const std::string& file() const;
  // An error that points at this element.
  InputError error(std::string what, std::string mend = {}) const;

 private:
  friend Loaded<Element> load(const Source& source, const class Schema& schema);
  Element(std::shared_ptr<const DocumentData> document, void* node)
      : document_(std::move(document)), node_(node) {}
  std::shared_ptr<const DocumentData> document_;
  void* node_ = nullptr;  // the parser's node; its type is the implementation's secret
};

// A compiled XSD. Immutable; share it.
class Schema {
 public:
  // Error: the text is no schema. A built-in schema failing here is a defect of the build, so its tests
  // compile each one.
  static Loaded<Schema> compile(const Source& xsd);

 private:
  friend Loaded<Element> load(const Source& source, const Schema& schema);
  std::shared_ptr<void> compiled_;
};

// The root element of a document that is valid under the schema. Refused with line and reason: not
// well-formed, not UTF-8, a DOCTYPE, a prefixed element, invalid under the schema. Never touches the network.
Loaded<Element> load(const Source& source, const Schema& schema);

}  // namespace ssc::xml
