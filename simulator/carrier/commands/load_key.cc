#include "simulator/carrier/commands/load_key.h"

#include "keys/standard.h"
#include "simulator/carrier/holding.h"
#include "simulator/core/key_overlay.h"

namespace ssc::simulator::carrier {
namespace {

namespace sw = apdu::sw;
namespace ceremony = keys::ceremony;
using apdu::StatusWord;
using core::KeyIndex;
using core::KeySlot;

// The record that the command carries, and the key file it is for.
struct Loading {
  core::EfIndex file;
  apdu::InplaceBytes<48> plain;
  ceremony::KeyRecord record;  // its value lies in `plain`
};

StatusWord read(const core::CardView& view, const core::Request& request, Loading& out) {
  const auto plain = keys::decipher_key_record(view.key_value(*request.target.mac_key), request.data);
  if (!plain) return sw::secure_messaging_incorrect;
  out.file = *request.target.ef;
  out.plain = *plain;
  const bool routes = is_routes(view, out.file);
  const auto record = ceremony::read_record(out.plain, routes, view.df().cipher);
  if (!record) return record.error();
  out.record = *record;
  const bool by_version = (record->head.usage & 0x1F) == 2;  // a purchase key (Part 9 §6.1, format 2)
  const bool takes =
      routes || by_version || core::takes_id(view.image().ef(out.file), core::KeyId{record->head.id});
  return takes ? sw::ok : sw::wrong_data_field;
}

std::optional<KeyIndex> there(const core::CardView& view, const Loading& loading) {
  const Head& head = loading.record.head;
  return find_key(view, loading.file, head.usage, head.id, head.group);
}

KeySlot slot_of(const core::CardView& view, const Loading& loading) {
  const Head& head = loading.record.head;
  KeySlot key;
  key.df = view.session().df;
  key.file = loading.file;
  key.purpose = core::Purpose::kCarried;
  key.family = core::kNoFamily;
  key.id = core::KeyId{head.id};
  key.version = is_routes(view, loading.file) ? core::KeyVersion{1} : core::KeyVersion{head.group};
  key.usage = head.usage;
  key.value = keys::Key(view.df().cipher, loading.record.value);
  return key;
}

StatusWord create(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  Loading loading{};
  if (const StatusWord status = read(view, request, loading); !status.ok()) return status;
  if (there(view, loading)) return sw::wrong_data_field;
  if (!core::has_room(view.image(), loading.file)) return sw::no_space;
  const auto self = static_cast<KeyIndex>(view.image().keys.size());
  core::add_key(view, tx, slot_of(view, loading));
  tx.put(core::carried_head_cell(self), ceremony::octets(loading.record.head));
  return sw::ok;
}

StatusWord replace(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  Loading loading{};
  if (const StatusWord status = read(view, request, loading); !status.ok()) return status;
  const auto found = there(view, loading);
  if (!found) return sw::key_not_found;
  const KeySlot& key = view.image().key(*found);
  if (key.usage != loading.record.head.usage || key.value.size() != loading.record.value.size())
    return sw::wrong_data_field;
  core::change_key(tx, *found, loading.record.value);
  tx.put(core::carried_head_cell(*found), ceremony::octets(loading.record.head));
  return sw::ok;
}

}  // namespace

apdu::Response create_key(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  return apdu::Response(create(view, tx, request));
}

apdu::Response replace_key(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  return apdu::Response(replace(view, tx, request));
}

}  // namespace ssc::simulator::carrier
