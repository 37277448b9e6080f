#include <algorithm>
#include <regex>

#include "apdu/xml/schema.h"

namespace ssc::xml {
namespace {

struct Wording {
  const char* pattern;  // of libxml2's message, namespaces and line ends already gone
  const char* what;
  const char* mend;
};

// The first that matches decides; $1… are the pattern's groups.
const Wording kWordings[] = {
    {R"(Element '(\S+)': This element is not expected\. Expected is one of \( (.*) \)\.)",
     "element '$1' is not allowed here", "expected one of: $2"},
    {R"(Element '(\S+)': This element is not expected\. Expected is \( (.*) \)\.)",
     "element '$1' is not allowed here", "expected: $2"},
    {R"(Element '(\S+)': This element is not expected\.)", "element '$1' is not allowed here", ""},
    {R"(Element '(\S+)': Missing child element\(s\)\. Expected is(?: one of)? \( (.*) \)\.)",
     "element '$1' is not complete", "add: $2"},
    {R"(Element '(\S+)', attribute '(\S+)': The attribute '\S+' is not allowed\.)",
     "element '$1' has no attribute '$2'", ""},
    {R"(Element '(\S+)': The attribute '(\S+)' is required but missing\.)",
     "element '$1' lacks the attribute '$2'", ""},
    {R"(Element '(\S+)', attribute '(\S+)': \[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.)",
     "'$3' is no value of attribute '$2' of '$1'", "one of: $4"},
    {R"(Element '(\S+)', attribute '(\S+)': \[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '(.*)'\.)",
     "'$3' is no value of attribute '$2' of '$1'", "it must match $4"},
    {R"(Element '(\S+)', attribute '(\S+)': (?:\[facet '\S+'\] )?'?(.*?)'? is not a valid value of the (?:atomic|local atomic|union) type.*)",
     "'$3' is no value of attribute '$2' of '$1'", ""},
    {R"(Element '(\S+)', attribute '(\S+)': \[facet '(?:max|min)Inclusive'\] The value '(.*)' is (?:greater|less) than the (maximum|minimum) value allowed \('(.*)'\)\.)",
     "'$3' is no value of attribute '$2' of '$1'", "the $4 is $5"},
    {R"(Element '(\S+)': No matching global declaration available for the validation root\.)",
     "the document begins with '$1', which this kind of file does not",
     "check the root element and its xmlns"},
    {R"(Element '(\S+)': Character content is not allowed.*)", "element '$1' takes no text", ""},
    {R"(Element '(\S+)': Duplicate key-sequence \[(.*)\] in .*)", "$2 is there twice ('$1')",
     "each may stand once"},
};

// "{urn:ssc:card:1}record" to "record".
std::string without_namespaces(const std::string& message) {
  static const std::regex kNamespace(R"(\{urn:[^}]*\})");
  return std::regex_replace(message, kNamespace, "");
}

}  // namespace

Complaint in_plain_words(std::string message) {
  message = without_namespaces(message);
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  for (const Wording& wording : kWordings) {
    std::smatch match;
    if (!std::regex_match(message, match, std::regex(wording.pattern))) continue;
    return {match.format(wording.what), match.format(wording.mend)};
  }
  std::ranges::replace(message, '\n', ' ');
  return {message, ""};
}

}  // namespace ssc::xml
