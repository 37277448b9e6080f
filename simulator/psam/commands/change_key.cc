#include "simulator/psam/commands/change_key.h"

#include "keys/standard.h"
#include "simulator/core/key_overlay.h"
#include "simulator/psam/key_record.h"
#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

StatusWord change(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const auto plain = keys::decipher_key_record(view.key_value(*request.target.mac_key), request.data);
  if (!plain) return sw::secure_messaging_incorrect;
  const auto record = read_changed_key(*plain);
  if (!record) return sw::wrong_data_field;
  const auto found = view.psam_key(type_of(record->usage), core::KeyId{record->id});
  if (!found) return sw::key_not_found;
  const core::KeySlot& key = view.image().key(*found);
  if (key.file != request.target.ef || key.usage != record->usage) return sw::record_not_found;
  if (record->value.size() != key.value.size()) return sw::wrong_data_field;
  core::change_key(tx, *found, record->value);
  return sw::ok;
}

}  // namespace

apdu::Response change_key(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  return apdu::Response(change(view, tx, request));
}

}  // namespace ssc::simulator::psam
