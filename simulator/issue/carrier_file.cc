#include "simulator/issue/carrier_file.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "apdu/xml/escape.h"
#include "keys/standard.h"
#include "keys/storage/storage_xml.h"
#include "simulator/profile/card_carrier.h"
#include "simulator/profile/card_pin.h"

namespace ssc::simulator::issue {
namespace {

namespace storage = keys::storage;

constexpr std::string_view kOwnNames[] = {"ADF-MK", "KID-01", "KID-02", "KID-03"};
constexpr std::string_view kPsam = "psam";

std::string attribute(std::string_view name, std::string_view value) {
  return value.empty() ? "" : fmt::format(" {}=\"{}\"", name, xml::escape(value));
}

std::string sealed_key(const keys::Key& key, const std::string& context, const storage::StorageKey& under) {
  return attribute("kcv", apdu::to_hex(keys::check_value(key))) +
         attribute("sealed", apdu::to_hex(storage::seal(under, key.reveal(), context)));
}

class Writer {
 public:
  Writer(const CarrierPlan& plan, const storage::Storage& under) : plan_(plan), under_(under) {}

  std::string text() {
    const bool psam = plan_.type == kPsam;
    return head() + (psam ? psam_body() : carrier_body()) + "</card>\n";
  }

 private:
  std::string head() const {
    const bool lab = under_.record.guard == storage::Guard::kLab;
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Made by ssc. {} -->\n<card "
        "xmlns=\"urn:ssc:card:1\"{}>\n"
        "  {}\n  <atr historical=\"0081544C928699{}\"/>\n",
        lab ? "Test keys, worth nothing: they lie under the lab's storage key, which everybody knows."
            : "Every key is sealed: a changed line does not open.",
        attribute("name", plan_.name) + attribute("profile", plan_.type == kPsam ? kPsam : "carrier") +
            attribute("key-set", plan_.key_set) + attribute("cipher", keys::name(plan_.cipher)) +
            attribute("area", plan_.area),
        storage::storage_element(under_.record), plan_.serial.substr(8));
  }

  std::string own_keys(std::string_view df) const {
    std::string out;
    for (std::size_t i = 0; i < std::size(kOwnNames); ++i) {
      const std::string place =
          df.empty() ? std::string(kOwnNames[i]) : fmt::format("{}/{}", df, kOwnNames[i]);
      out += fmt::format("  <own-key{}{}{}/>\n", attribute("df", df), attribute("name", kOwnNames[i]),
                         sealed_key(plan_.own[i], profile::own_key_context(plan_.name, place), under_.key));
    }
    return out;
  }

  std::string pin() const {
    const storage::SecretBytes digits(plan_.pin);
    return fmt::format(
        "  <pin sealed=\"{}\" tries=\"3\"/>\n",
        apdu::to_hex(storage::seal(under_.key, digits.reveal(), profile::pin_context(plan_.name))));
  }

  std::string carrier_body() const {
    std::string out =
        pin() + fmt::format("  <carrier{}{}{}{}{}/>\n", attribute("type", plan_.type),
                            attribute("serial", plan_.serial), attribute("receivers", plan_.receivers),
                            attribute("keys-to", plan_.keys_to), attribute("exports", plan_.exports));
    for (const std::string& name : plan_.whole) {
      const std::string& to = plan_.keys_to.empty() ? plan_.receivers : plan_.keys_to;
      out += fmt::format("  <carried{}{}{}/>\n", attribute("name", name), attribute("to", to + " whole"),
                         attribute("exports", plan_.exports));
    }
    out += own_keys("");
    for (const CarrierRoute& route : plan_.routes) out += route_element(route);
    return out;
  }

  std::string route_element(const CarrierRoute& route) const {
    const std::string id = apdu::to_hex(apdu::Bytes{route.id});
    return fmt::format(
        "  <{}{}{}{}{}{}/>\n", route.element, attribute("id", id), attribute("to", route.to),
        attribute("area", route.area), attribute("uses", route.uses),
        sealed_key(route.value, profile::route_context(plan_.name, route.element, id, route.to, route.area),
                   under_.key));
  }

  std::string psam_body() const {
    const bool des = plan_.cipher == keys::Cipher::kDes;
    std::string out = own_keys(des ? "DES-DF01" : "SM4-DF01");
    for (const char* environment : {"DES", "SSF33", "SM4"}) {
      out += fmt::format("  <binary file=\"{}/0015\" hex=\"01{}01010000\"/>\n", environment, plan_.serial);
      out += fmt::format("  <binary file=\"{}/0016\" hex=\"{}{}\"/>\n", environment, plan_.area,
                         plan_.serial.substr(plan_.serial.size() - 6));
    }
    return out;
  }

  const CarrierPlan& plan_;
  const storage::Storage& under_;
};

}  // namespace

std::string carrier_file(const CarrierPlan& plan, const storage::Storage& storage) {
  return Writer(plan, storage).text();
}

}  // namespace ssc::simulator::issue
