#include "apdu/xml/schema.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <mutex>

namespace ssc::xml {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Doc = std::unique_ptr<xmlDoc, Deleter<xmlFreeDoc>>;
using Parser = std::unique_ptr<xmlParserCtxt, Deleter<xmlFreeParserCtxt>>;
using SchemaParser = std::unique_ptr<xmlSchemaParserCtxt, Deleter<xmlSchemaFreeParserCtxt>>;
using Validator = std::unique_ptr<xmlSchemaValidCtxt, Deleter<xmlSchemaFreeValidCtxt>>;

// The first error libxml2 tells.
struct FirstError {
  bool set = false;
  unsigned line = 0;
  std::string message;
};

void keep_first(void* user, const xmlError* error) {
  auto& first = *static_cast<FirstError*>(user);
  if (first.set || error == nullptr) return;
  first = {true, error->line > 0 ? static_cast<unsigned>(error->line) : 0,
           error->message == nullptr ? "" : error->message};
}

void keep_first_mutable(void* user, xmlErrorPtr error) { keep_first(user, error); }

void init_once() {
  static std::once_flag once;
  std::call_once(once, [] { xmlInitParser(); });
}

InputError fault(const Source& source, unsigned line, const std::string& message) {
  const Complaint complaint = in_plain_words(message);
  return {source.name, line, complaint.what, complaint.mend};
}

// Called by the parser, which hands itself over.
void keep_first_of_parser(void* user, xmlErrorPtr error) {
  keep_first(static_cast<xmlParserCtxt*>(user)->_private, error);
}

InputError doctype_refused(const Source& source, std::size_t at) {
  const auto line =
      1 + std::count(source.text.begin(), source.text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return {source.name, static_cast<unsigned>(line), "a DOCTYPE is not allowed", "remove it"};
}

tl::expected<Doc, InputError> parse(const Source& source) {
  const Parser parser(xmlNewParserCtxt());
  FirstError error;
  parser->_private = &error;
  parser->sax->serror = keep_first_of_parser;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
  Doc doc(xmlCtxtReadMemory(parser.get(), source.text.data(), static_cast<int>(source.text.size()), nullptr,
                            nullptr, kOptions));
  const std::size_t doctype = source.text.find("<!DOCTYPE");
  const bool has_doctype = doc ? doc->intSubset != nullptr : doctype != std::string::npos;
  if (has_doctype) return tl::unexpected(doctype_refused(source, doctype));
  if (doc) return doc;
  return tl::unexpected(fault(source, error.line, "not well-formed XML: " + error.message));
}

bool is_utf8(const xmlDoc& doc) {
  if (doc.encoding == nullptr) return true;
  return xmlStrcasecmp(doc.encoding, reinterpret_cast<const xmlChar*>("UTF-8")) == 0;
}

std::optional<InputError> find_prefix(const Source& source, const xmlNode* node) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    if (node->ns != nullptr && node->ns->prefix != nullptr) {
      const std::string name = reinterpret_cast<const char*>(node->name);
      return InputError{source.name, static_cast<unsigned>(xmlGetLineNo(node)),
                        "element '" + name + "' has a namespace prefix",
                        "write it as '" + name + "' and declare xmlns on the root"};
    }
    if (auto inner = find_prefix(source, node->children)) return inner;
  }
  return std::nullopt;
}

std::optional<InputError> refuse_document(const Source& source, const xmlDoc& doc) {
  if (!is_utf8(doc)) return InputError{source.name, 1, "the encoding is not UTF-8", "save the file as UTF-8"};
  return find_prefix(source, xmlDocGetRootElement(&doc));
}

}  // namespace

std::optional<InputError> find_fault(const Source& source, void* compiled_schema) {
  init_once();
  const auto doc = parse(source);
  if (!doc) return doc.error();
  if (auto refused = refuse_document(source, **doc)) return refused;
  const Validator validator(xmlSchemaNewValidCtxt(static_cast<xmlSchemaPtr>(compiled_schema)));
  FirstError error;
  xmlSchemaSetValidStructuredErrors(validator.get(), keep_first_mutable, &error);
  if (xmlSchemaValidateDoc(validator.get(), doc->get()) == 0) return std::nullopt;
  return fault(source, error.line, error.message);
}

Loaded<Schema> Schema::compile(const Source& xsd) {
  init_once();
  auto parsed = parse(xsd);
  if (!parsed) return tl::unexpected(parsed.error());
  const std::shared_ptr<xmlDoc> doc(*std::move(parsed));  // the compiled schema refers to it
  const SchemaParser parser(xmlSchemaNewDocParserCtxt(doc.get()));
  FirstError error;
  xmlSchemaSetParserStructuredErrors(parser.get(), keep_first_mutable, &error);
  xmlSchemaPtr compiled = xmlSchemaParse(parser.get());
  if (compiled == nullptr) return tl::unexpected(fault(xsd, error.line, "no valid schema: " + error.message));
  Schema schema;
  schema.compiled_ =
      std::shared_ptr<void>(compiled, [doc](void* p) { xmlSchemaFree(static_cast<xmlSchemaPtr>(p)); });
  return schema;
}

}  // namespace ssc::xml
