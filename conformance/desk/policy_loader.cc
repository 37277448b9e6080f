#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "apdu/xml/document.h"
#include "conformance/desk/policy.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile regions[];
extern const std::size_t regions_count;
}  // namespace ssc::embedded

namespace ssc::conformance::desk {
namespace {

using apdu::Loaded;
using xml::Element;

constexpr std::string_view kFolder = "regions/";
constexpr std::string_view kSchemaName = "schema/region.xsd";
constexpr std::string_view kSuffix = ".xml";
constexpr unsigned kDigitsOfRules = 6;  // the identity number, the birth date and the card number give six

template <class T>
struct Word {
  std::string_view text;
  T value;
};
constexpr Word<InitialRule> kInitialRules[] = {{"none", InitialRule::kNone},
                                               {"fixed", InitialRule::kFixed},
                                               {"id-last6", InitialRule::kIdLastSix},
                                               {"birth-yymmdd", InitialRule::kBirthDate},
                                               {"card-last6", InitialRule::kCardLastSix},
                                               {"random", InitialRule::kRandom}};
constexpr Word<LastCharacter> kLastCharacters[] = {
    {"x0", LastCharacter::kXIsZero}, {"skip-x", LastCharacter::kSkipX}, {"2to7", LastCharacter::kTwoToSeven}};
constexpr Word<Unchanged> kUnchanged[] = {{"usable", Unchanged::kUsable},
                                          {"not-asked", Unchanged::kNotAsked},
                                          {"query-only", Unchanged::kQueryOnly},
                                          {"no-business", Unchanged::kNoBusiness},
                                          {"not-active", Unchanged::kNotActive}};
constexpr Word<FirstUse> kFirstUse[] = {
    {"optional", FirstUse::kOptional}, {"advised", FirstUse::kAdvised}, {"must", FirstUse::kMustChange}};
constexpr Word<PinRule> kRules[] = {{"not-old", PinRule::kNotOld},
                                    {"no-sequence", PinRule::kNoSequence},
                                    {"no-repeat", PinRule::kNoRepeat},
                                    {"no-birth", PinRule::kNoBirth},
                                    {"no-id", PinRule::kNoId}};

// Precondition: the schema let only these words through.
template <class T, std::size_t Size>
T value_of(const Word<T> (&words)[Size], std::string_view text) {
  return std::ranges::find(words, text, &Word<T>::text)->value;
}

std::string text_of(const Element& element, std::string_view name) {
  return std::string(element.attribute_or(name, ""));
}

std::vector<std::string> list_of(const Element& element, std::string_view name) {
  std::istringstream words(text_of(element, name));
  return {std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()};
}

unsigned number_of(const Element& element, std::string_view name) {
  return static_cast<unsigned>(std::stoul(text_of(element, name)));
}

// What the schema cannot say: which attribute goes with which rule.
std::optional<apdu::InputError> odd_attribute(const Element& at, InitialRule rule) {
  if (at.attribute("value").has_value() != (rule == InitialRule::kFixed))
    return at.error("value belongs to rule=\"fixed\", and to no other", "give it there, or remove it");
  if (at.attribute("x").has_value() != (rule == InitialRule::kIdLastSix))
    return at.error("x belongs to rule=\"id-last6\", and to no other", "give it there, or remove it");
  return std::nullopt;
}

std::optional<apdu::InputError> odd_length(const Element& at, const InitialPin& initial, unsigned length) {
  const bool any = initial.rule == InitialRule::kNone || initial.rule == InitialRule::kRandom;
  const std::size_t digits = initial.rule == InitialRule::kFixed ? initial.value.size() : kDigitsOfRules;
  if (any || digits == length) return std::nullopt;
  return at.error(fmt::format("this gives {} digits, and the policy has length=\"{}\"", digits, length),
                  "change one of them");
}

Loaded<InitialPin> read_initial(const Element& at, unsigned length) {
  InitialPin initial;
  initial.rule = value_of(kInitialRules, *at.attribute("rule"));
  if (auto odd = odd_attribute(at, initial.rule)) return tl::unexpected(*odd);
  if (const auto x = at.attribute("x")) initial.last = value_of(kLastCharacters, *x);
  if (const auto value = at.attribute("value")) initial.value = *keys::Pin::of(*value);
  if (auto odd = odd_length(at, initial, length)) return tl::unexpected(*odd);
  return initial;
}

Loaded<void> read_first_use(const Element& at, Policy& policy) {
  policy.unchanged = value_of(kUnchanged, *at.attribute("unchanged"));
  policy.first_use = value_of(kFirstUse, *at.attribute("change"));
  policy.changed_at = list_of(at, "at");
  if (policy.must_change_first() && policy.first_use != FirstUse::kMustChange)
    return tl::unexpected(
        at.error("unchanged=\"" + text_of(at, "unchanged") + "\" and the change is not a must",
                 "write change=\"must\", or another unchanged"));
  return {};
}

Loaded<void> read_undo(const Element& at, Policy& policy) {
  policy.undone_at = list_of(at, "at");
  policy.agent = at.attribute("agent") == "yes";
  policy.back_to_initial =
      at.attribute("back-to-initial") == "by-reset" ? BackToInitial::kByReset : BackToInitial::kRefused;
  const bool nothing_to_give = policy.initial.front().rule == InitialRule::kNone;
  if (nothing_to_give && policy.back_to_initial == BackToInitial::kByReset)
    return tl::unexpected(at.error("a reset cannot give an initial PIN where there is none",
                                   "write back-to-initial=\"refused\""));
  return {};
}

void read_texts(const Element& root, Policy& policy) {
  for (const Element& at : root.children("holder")) {
    HolderText& text = at.attribute("lang") == "zh" ? policy.zh : policy.en;
    text = {text_of(at, "initial"), text_of(at, "change"), text_of(at, "undo")};
  }
}

Policy read_header(const Element& root) {
  Policy policy;
  policy.id = text_of(root, "id");
  policy.name_en = text_of(root, "name");
  policy.name_zh = text_of(root, "name-zh");
  policy.confidence = text_of(root, "confidence");
  policy.source = {text_of(root, "source"), text_of(root, "source-zh")};
  policy.assumed = list_of(root, "assumed");
  policy.length = number_of(root, "length");
  policy.tries = number_of(root, "tries");
  return policy;
}

Loaded<Policy> read_policy(const Element& root) {
  Policy policy = read_header(root);
  for (const Element& at : root.children("initial")) {
    auto initial = read_initial(at, policy.length);
    if (!initial) return tl::unexpected(initial.error());
    policy.initial.push_back(std::move(*initial));
  }
  for (const std::string& rule : list_of(*root.child("new-pin"), "forbid"))
    policy.forbidden.push_back(value_of(kRules, rule));
  read_texts(root, policy);
  return read_first_use(*root.child("first-use"), policy)
      .and_then([&] { return read_undo(*root.child("undo"), policy); })
      .map([&] { return std::move(policy); });
}

std::span<const apdu::EmbeddedFile> embedded_files() { return {embedded::regions, embedded::regions_count}; }

// Named without their folder, as a user names them.
std::vector<apdu::EmbeddedFile> embedded_policies() {
  std::vector<apdu::EmbeddedFile> out;
  for (const apdu::EmbeddedFile& file : embedded_files()) {
    if (file.name.starts_with(kFolder)) out.push_back({file.name.substr(kFolder.size()), file.text});
  }
  return out;
}

const Loaded<xml::Schema>& schema() {
  static const Loaded<xml::Schema> compiled = [] {
    const auto file = std::ranges::find(embedded_files(), kSchemaName, &apdu::EmbeddedFile::name);
    return xml::Schema::compile({std::string(kSchemaName), std::string(file->text)});
  }();
  return compiled;
}

// Whether two texts are the same but for capital letters of ASCII.
bool equal_letters(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, small, small);
}

}  // namespace

Loaded<Policy> load_policy(std::string_view path_or_name) {
  const auto source = xml::find_source(path_or_name, embedded_policies());
  if (!source) return tl::unexpected(source.error());
  if (!schema()) return tl::unexpected(schema().error());
  const auto root = xml::load(*source, *schema());
  if (!root) return tl::unexpected(root.error());
  return read_policy(*root);
}

std::vector<std::string> built_in_policies() {
  std::vector<std::string> names;
  for (const apdu::EmbeddedFile& file : embedded_policies())
    names.emplace_back(file.name.substr(0, file.name.size() - kSuffix.size()));
  return names;
}

std::optional<std::string> policy_of_region(std::string_view region) {
  for (const std::string& name : built_in_policies()) {
    const auto policy = load_policy(name);
    if (!policy) continue;
    if (equal_letters(name, region) || equal_letters(policy->name_en, region) || policy->name_zh == region)
      return name;
  }
  return std::nullopt;
}

}  // namespace ssc::conformance::desk
