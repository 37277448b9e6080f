#include "simulator/issue/replacement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apdu/hex.h"
#include "apdu/xml/document.h"
#include "simulator/profile/profile_loader.h"

namespace ssc::simulator::issue {
namespace {

using apdu::Loaded;
using xml::Element;

constexpr std::size_t kSerialSize = 4;
constexpr std::string_view kIssuerFile = "SSSE/EF05";
constexpr std::array<std::string_view, 4> kOwnItems{"01", "05", "06", "07"};  // of the issuer file
constexpr std::array<std::string_view, 3> kOwnElements{"atr", "pin", "key"};
// Of <medical>: what the old card had come to.
constexpr std::array<std::string_view, 5> kAccount{"balance", "self-paid", "pooled", "load-sequence",
                                                   "purchase-sequence"};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Whether the element is about the old card and not about its holder.
bool is_own(const Element& element) {
  if (contains(kOwnElements, element.name())) return true;
  return element.name() == "record" && element.attribute("file") == kIssuerFile &&
         contains(kOwnItems, element.attribute_or("tag", ""));
}

std::string copied(const Element& element) {
  std::string out = "  <" + std::string(element.name());
  for (const auto& [name, value] : element.attributes()) {
    if (element.name() == "medical" && contains(kAccount, name)) continue;
    out += fmt::format(" {}=\"{}\"", name, escaped(value));
  }
  return out + "/>\n";
}

// The root's start tag with another name.
std::string opened(const Element& root, const std::string& name) {
  std::string out = "<card";
  for (const auto& [attribute, value] : root.attributes())
    out +=
        fmt::format(" {}=\"{}\"", attribute, escaped(attribute == "name" ? std::string_view(name) : value));
  return out + ">\n";
}

std::string item(std::string_view tag, std::string_view notation, std::string_view value) {
  return fmt::format("  <record file=\"{}\" tag=\"{}\" {}=\"{}\"/>\n", kIssuerFile, tag, notation, value);
}

}  // namespace

apdu::Bytes historical_with(const profile::CardModel& old, std::string_view serial) {
  apdu::Bytes out = old.historical;
  const auto octets = apdu::parse_hex(serial);
  std::copy_n(octets->begin(), kSerialSize, out.end() - kSerialSize);
  return out;
}

Loaded<std::string> replacement_card(std::string_view old_path_or_name, const Replacement& plan) {
  const auto old = profile::load_card(old_path_or_name);
  if (!old) return tl::unexpected(old.error());
  const auto source = xml::find_source(old_path_or_name, profile::built_in_files());
  if (!source) return tl::unexpected(source.error());
  const auto root = xml::load(*source, profile::card_schema());
  if (!root) return tl::unexpected(root.error());
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + opened(*root, plan.name);
  out += fmt::format("  <atr historical=\"{}\"/>\n", apdu::to_hex(historical_with(*old, plan.serial)));
  out += fmt::format("  <pin value=\"{}\" tries=\"{}\"/>\n", plan.pin.reveal(), plan.tries);
  out += item("01", "hex", plan.identification) + item("05", "digits", plan.issued) +
         item("06", "digits", plan.expires) + item("07", "text", plan.card_number);
  for (const Element& element : root->children()) {
    if (!is_own(element)) out += copied(element);
  }
  return out + "</card>\n";
}

}  // namespace ssc::simulator::issue
