#include "simulator/core/commands/load_key.h"

#include <algorithm>

#include "keys/standard.h"
#include "simulator/core/derived_image.h"
#include "simulator/core/headers.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

constexpr std::uint8_t kReplace = 0x01;                              // P1; else: load
enum class What : std::uint8_t { kMaster = 0, kKey = 1, kPin = 2 };  // P2
constexpr std::size_t kLongestPin = 8;                               // bytes, cn

// What is loaded must not be there yet; what is replaced must.
StatusWord presence_fits(const Request& request, bool there) {
  const bool replaces = request.command.p1 == kReplace;
  if (replaces == there) return sw::ok;
  return replaces ? sw::key_not_found : sw::wrong_data_field;
}

std::array<std::uint8_t, 2> place(DfIndex df) { return apdu::big_endian<2>(static_cast<std::uint16_t>(df)); }

// A new master key has to be proved itself. The MF's, replaced, closes the structure (Part 10 §5.2.6).
StatusWord load_master(const CardView& view, Transaction& tx, const Request& request, ByteView plain) {
  const auto key = decode_master_key(plain);
  if (!key || !keys::available(key->cipher())) return sw::wrong_data_field;
  const DfIndex df = view.session().df;
  const StatusWord fits = presence_fits(request, !view.cell(master_key_cell(df)).empty());
  if (!fits.ok()) return fits;
  tx.put(master_key_cell(df), plain);
  tx.session().security.revoke(static_cast<KeyFamily>(kMaxRuleFamilies + index(df)));
  if (df != kMfIndex || request.command.p1 != kReplace) return sw::ok;
  const auto personalised = static_cast<std::uint8_t>(LifeCycle::kPersonalised);
  tx.put(kLifeCycleCell, ByteView(&personalised, 1));
  return sw::ok;
}

std::size_t find_same(const Image& image, DfIndex df, const KeySlot& wanted) {
  const auto end = image.keys.begin() + static_cast<std::ptrdiff_t>(working_keys(image));
  const auto it = std::find_if(image.keys.begin(), end, [&](const KeySlot& key) {
    return key.df == df && key.purpose == wanted.purpose && key.id == wanted.id &&
           key.version == wanted.version && key.family == wanted.family;
  });
  return static_cast<std::size_t>(it - image.keys.begin());
}

StatusWord load_key(const CardView& view, Transaction& tx, const Request& request, ByteView plain) {
  const auto key = decode_key(plain);
  if (!key || is_handed_on(key->purpose) || key->value.cipher() != view.df().cipher)
    return sw::wrong_data_field;
  const std::size_t self = find_same(view.image(), view.session().df, *key);
  const StatusWord fits = presence_fits(request, self < working_keys(view.image()));
  if (!fits.ok()) return fits;
  const auto slot = static_cast<KeyIndex>(self);
  tx.put(key_header_cell(slot), apdu::concat({place(view.session().df), plain.first(kKeyHeaderSize)}));
  tx.put(key_value_cell(slot), key->value.reveal());
  tx.put(key_tries_cell(slot), {});
  return sw::ok;
}

StatusWord load_pin(const CardView& view, Transaction& tx, const Request& request, ByteView plain) {
  const bool fits = !plain.empty() && plain[0] >= 1 && plain[0] <= 15 && plain.size() <= 1 + kLongestPin;
  if (!fits) return sw::wrong_data_field;
  if (view.df().application) return sw::conditions_of_use_not_satisfied;
  const StatusWord present = presence_fits(request, !view.cell(kPinHeaderCell).empty());
  if (!present.ok()) return present;
  tx.put(kPinHeaderCell, apdu::concat({place(view.session().df), plain.first(1)}));
  tx.put(kPinCell, plain.subspan(1));
  tx.put(kPinTriesCell, {});
  return sw::ok;
}

StatusWord load(const CardView& view, Transaction& tx, const Request& request) {
  if (view.image().life == LifeCycle::kBlank) return sw::conditions_of_use_not_satisfied;
  const keys::Key master = view.key_value(*request.target.mac_key);
  const auto plain = keys::decipher_key_record(master, request.data);
  if (!plain) return sw::wrong_data_field;
  switch (static_cast<What>(request.command.p2)) {
    case What::kMaster:
      return load_master(view, tx, request, *plain);
    case What::kKey:
      return load_key(view, tx, request, *plain);
    case What::kPin:
      return load_pin(view, tx, request, *plain);
  }
  return sw::wrong_p1_p2;
}

}  // namespace

apdu::Response load_key(const CardView& view, Transaction& tx, const Request& request) {
  return apdu::Response(load(view, tx, request));
}

}  // namespace ssc::simulator::core
