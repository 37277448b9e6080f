#include "conformance/engine/describe_step.h"

#include <fmt/format.h>

namespace ssc::conformance {
namespace {

std::string slot_text(apdu::Slot slot) { return slot == apdu::Slot::kPsam ? "PSAM" : "card"; }

// " name=value" where something is written.
void add(std::string& text, std::string_view name, const std::string& value) {
  if (!value.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : " ", name, value);
}
void add(std::string& text, std::string_view name, const std::optional<Comparison>& value) {
  if (value) add(text, name, value->text);
}

struct Describe {
  std::string operator()(const Send& send) const {
    return (send.to == apdu::Slot::kPsam ? "PSAM " : "") + send.apdu.source +
           (send.le.empty() ? "" : " " + send.le.source) +
           (send.secure ? " with MAC of " + send.secure->key.source : "") +
           (!send.cut         ? ""
            : send.cut->timed ? ", power cut by time"
                              : ", power cut at a write");
  }
  std::string operator()(const Expect& expect) const {
    std::string text = expect.sw.source;
    add(text, "not", expect.sw_not.source);
    if (!expect.tlv.empty()) text += " " + expect.tlv;
    if (expect.has_data) text += (expect.tlv.empty() ? " data " : " = ") + expect.data.source;
    if (expect.data_not) add(text, "data not", expect.data_not->source);
    if (expect.mask) add(text, "under", expect.mask->source);
    add(text, "length", expect.length);
    add(text, "number", expect.number);
    add(text, "digits", expect.bcd);
    add(text, "matches", expect.matches);
    add(text, "text", expect.text);
    return text;
  }
  std::string operator()(const Check& check) const { return check.text; }
  std::string operator()(const Let& let) const { return let.name + " = " + let.value.source; }
  std::string operator()(const Call& call) const {
    std::string text = call.routine;
    for (const auto& [name, value] : call.arguments) text += fmt::format(" {}={}", name, value.source);
    return text;
  }
  std::string operator()(const Power& power) const { return slot_text(power.slot); }
  std::string operator()(const Group& group) const {
    return group.each.empty() ? group.until_text : group.each;
  }
  std::string operator()(const XRay& xray) const {
    const bool of_key = xray.tries_left || xray.authenticated || xray.key_version;
    return of_key ? xray.of : slot_text(xray.slot);
  }
};

}  // namespace

std::string describe(const Step& step) { return std::visit(Describe{}, step.action); }

}  // namespace ssc::conformance
