#include "simulator/psam/commands/create_key.h"

#include <algorithm>

#include "keys/standard.h"
#include "simulator/core/key_overlay.h"
#include "simulator/psam/key_record.h"
#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;
using core::KeySlot;
using core::KeyVersion;

constexpr KeyVersion kLastGroup{3};  // Part 9 app. B

KeySlot slot_of(const core::CardView& view, core::EfIndex file, const KeyRecord& record) {
  KeySlot key;
  key.df = view.session().df;
  key.file = file;
  key.purpose = core::Purpose::kPsam;
  key.family = core::kNoFamily;
  key.id = core::KeyId{record.id};
  key.version = is_purchase(record.usage) ? KeyVersion{record.id} : view.group_in_use(file);
  key.usage = record.usage;
  key.value = keys::Key(view.df().cipher, record.value);
  return key;
}

bool id_allowed(const core::Ef& file, const KeySlot& key) {
  return is_purchase(key.usage) ? key.id != core::KeyId{0} : core::takes_id(file, key.id);
}

bool is_there(const core::CardView& view, const KeySlot& wanted) {
  return std::ranges::any_of(view.image().keys, [&](const KeySlot& key) {
    return key.df == wanted.df && key.purpose == wanted.purpose && key.id == wanted.id &&
           type_of(key.usage) == type_of(wanted.usage) && key.version == wanted.version;
  });
}

StatusWord create(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const core::EfIndex file = *request.target.ef;
  const auto plain = keys::decipher_key_record(view.key_value(*request.target.mac_key), request.data);
  if (!plain) return sw::secure_messaging_incorrect;
  const auto record = read_new_key(*plain, view.df().cipher);
  if (!record) return sw::wrong_data_field;
  const KeySlot key = slot_of(view, file, *record);
  if (!id_allowed(view.image().ef(file), key)) return sw::wrong_data_field;
  if (!is_purchase(key.usage) && key.version > kLastGroup) return sw::conditions_of_use_not_satisfied;
  if (is_there(view, key)) return sw::wrong_data_field;
  if (!core::has_room(view.image(), file)) return sw::no_space;
  core::add_key(view, tx, key);
  return sw::ok;
}

}  // namespace

apdu::Response create_key(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  return apdu::Response(create(view, tx, request));
}

}  // namespace ssc::simulator::psam
