#include "simulator/profile/card_storage.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "keys/storage/storage_xml.h"

namespace ssc::simulator::profile {

using apdu::Loaded;

Loaded<keys::storage::StorageKey> storage_key_of(const xml::Element& card,
                                                 const keys::storage::Access& access) {
  const auto element = card.child("storage");
  if (!element)
    return tl::unexpected(card.error("a sealed value and no <storage>", "keep the file as ssc wrote it"));
  const auto record = keys::storage::read_storage(*element);
  if (!record) return tl::unexpected(record.error());
  auto key = keys::storage::unlock(*record, access);
  if (!key) return tl::unexpected(element->error(key.error().what));
  return *std::move(key);
}

Loaded<keys::storage::SecretBytes> open_sealed(const xml::Element& element,
                                               const keys::storage::StorageKey& key, std::string_view context,
                                               std::string_view what) {
  const auto sealed = apdu::parse_hex(*element.attribute("sealed"));
  if (!sealed) return tl::unexpected(element.error("sealed: " + sealed.error().what));
  auto opened = keys::storage::open(key, *sealed, context);
  if (!opened)
    return tl::unexpected(
        element.error(fmt::format("the sealed {} does not open: it was changed, or is another card's", what),
                      "keep the file as ssc wrote it"));
  return *std::move(opened);
}

}  // namespace ssc::simulator::profile
