#include "simulator/profile/card_pin.h"

#include "keys/pin.h"
#include "simulator/profile/card_storage.h"

namespace ssc::simulator::profile {

using apdu::Loaded;

std::string pin_context(std::string_view card_name) { return "card/" + std::string(card_name) + "/pin"; }

Loaded<void> open_sealed_pin(const xml::Element& card, const keys::storage::Access& access,
                             CardModel& model) {
  const auto element = card.child("pin");
  if (!element || !element->attribute("sealed")) return {};
  if (element->attribute("value"))
    return tl::unexpected(element->error("a PIN both in clear and sealed", "remove one"));
  const auto key = storage_key_of(card, access);
  if (!key) return tl::unexpected(key.error());
  const auto opened = open_sealed(*element, *key, pin_context(model.name), "PIN");
  if (!opened) return tl::unexpected(opened.error());
  const std::string_view digits = opened->reveal_text();
  const auto pin = keys::pin_bytes(digits);
  if (!pin) return tl::unexpected(element->error("the sealed PIN is none"));
  model.pin.value.assign(pin->view().begin(), pin->view().end());
  return {};
}

}  // namespace ssc::simulator::profile
