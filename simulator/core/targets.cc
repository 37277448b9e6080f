#include "simulator/core/targets.h"

#include <algorithm>

#include "simulator/core/addressing.h"
#include "simulator/core/file_error.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

constexpr std::size_t kVersionAt = 16;          // byte 17 of the data of 82 and 88
constexpr std::uint8_t kPurchaseType = 2;       // Part 9 §6.3
constexpr std::size_t kPurchaseVersionAt = 26;  // byte 27 of the data of 8070

FileResult<EfIndex> find_file(const CardView& view, Sfi sfi, bool records) {
  std::optional<EfIndex> ef = view.session().ef;
  if (sfi != Sfi{0}) ef = view.image().find_ef(view.session().df, sfi);
  if (!ef) return tl::unexpected(sfi == Sfi{0} ? FileError::kNoCurrentEf : FileError::kFileNotFound);
  const FileType type = view.image().ef(*ef).type;
  const bool is_record_file =
      type == FileType::kLinearFixed || type == FileType::kLinearVariable || type == FileType::kCyclic;
  const bool fits = records ? is_record_file : type == FileType::kTransparent;
  if (!fits) return tl::unexpected(FileError::kWrongStructure);
  return *ef;
}

StatusWord find_file_target(Exchange& x, Sfi sfi, bool records) {
  const auto ef = find_file(x.view, sfi, records);
  if (!ef) return status_of(ef.error());
  x.target.ef = *ef;
  return sw::ok;
}

// Byte 17 of the data: 00 or absent takes the first group.
KeyVersion wanted_version(ByteView data) {
  return KeyVersion{data.size() > kVersionAt ? data[kVersionAt] : std::uint8_t{0}};
}

bool authenticates_outsider(Purpose purpose) {
  switch (purpose) {
    case Purpose::kExternalAuthentication:
    case Purpose::kUnblockPin:
    case Purpose::kBlockCard:
    case Purpose::kBlockApplication:
    case Purpose::kStartingDay:
    case Purpose::kMaster:
      return true;
    default:
      return false;
  }
}

// Where the card looks for the key of EXTERNAL AUTHENTICATION: in the current DF when the top bit of its id
// says so.
DfIndex place_of(const CardView& view, std::uint8_t kid) {
  constexpr std::uint8_t kOfCurrentDf = 0x80;
  return (kid & kOfCurrentDf) != 0 ? view.session().df : view.environment();
}

std::optional<KeyIndex> authentication_key(const CardView& view, DfIndex df, std::uint8_t kid,
                                           KeyVersion version) {
  const auto& keys = view.image().keys;
  const auto found = std::ranges::find_if(keys, [=](const KeySlot& key) {
    return key.df == df && key.id == KeyId{kid} && authenticates_outsider(key.purpose) &&
           (version == KeyVersion{0} || key.version == version);
  });
  if (found == keys.end()) return std::nullopt;
  return static_cast<KeyIndex>(found - keys.begin());
}

// P2 00 where the card file lets it mean the key that the last refused READ or UPDATE asked for.
std::optional<KeyIndex> key_last_refused(const CardView& view, KeyVersion version) {
  const auto family = view.session().refused_for;
  const auto& keys = view.image().keys;
  const auto found = std::ranges::find_if(keys, [=](const KeySlot& key) {
    return family && key.family == *family && (version == KeyVersion{0} || key.version == version);
  });
  if (found == keys.end()) return std::nullopt;
  return static_cast<KeyIndex>(found - keys.begin());
}

std::optional<KeyIndex> card_authentication_key(const CardView& view, std::uint8_t kid, KeyVersion version) {
  const bool last_refused = kid == 0 && view.image().key_zero_is_last_refused;
  return last_refused ? key_last_refused(view, version)
                      : authentication_key(view, place_of(view, kid), kid, version);
}

StatusWord take_key(std::optional<KeyIndex> found, std::optional<KeyIndex>& place) {
  if (!found) return sw::key_not_found;
  place = found;
  return sw::ok;
}

// A DDF has its master key alone: for any other key it is the application that is not there (Part 9 §9.4.3).
StatusWord find_own_authentication_key(Exchange& x) {
  const CardView& view = x.view;
  const auto key = authentication_key(view, view.session().df, x.header.p2, wanted_version(x.data));
  if (!key && !view.df().application) return sw::conditions_of_use_not_satisfied;
  return take_key(key, x.target.key);
}

StatusWord find_key_file(Exchange& x) {
  if (!x.view.df().application) return sw::conditions_of_use_not_satisfied;
  const auto ef = x.view.image().find_ef(x.view.session().df, FileId{std::uint16_t{x.header.p2}});
  if (!ef || x.view.image().ef(*ef).type != FileType::kKey) return sw::file_not_found;
  x.target.ef = *ef;
  return sw::ok;
}

StatusWord find_psam_key(Exchange& x, std::uint8_t usage, std::uint8_t id) {
  constexpr std::uint8_t kTypeBits = 0x1F;
  if (!x.view.df().application) return sw::conditions_of_use_not_satisfied;
  const auto type = static_cast<std::uint8_t>(usage & kTypeBits);
  return take_key(x.view.psam_key(type, KeyId{id}), x.target.key);
}

StatusWord find_application_key(const Exchange& x) {
  if (!x.view.df().application) return sw::conditions_of_use_not_satisfied;
  return x.view.image().find_key(x.view.session().df, Purpose::kBlockApplication) ? sw::ok
                                                                                  : sw::key_not_found;
}

StatusWord find_object(Exchange& x) {
  const apdu::Header& h = x.header;
  switch (x.binding->target) {
    case TargetRule::kNone:
      return sw::ok;
    case TargetRule::kPin:
    case TargetRule::kPinUnlessAsked:
    case TargetRule::kPinEvenLocked:
      return x.view.pin_reaches() ? sw::ok : sw::key_not_found;
    case TargetRule::kApplication:
      return find_application_key(x);
    case TargetRule::kMedicalAccount:
      return x.view.holds_medical_account() ? sw::ok : sw::conditions_of_use_not_satisfied;
    case TargetRule::kBinaryFile:
      return find_file_target(x, binary_address(h.p1, h.p2).sfi, false);
    case TargetRule::kRecordFile:
      return find_file_target(x, record_address(h.p1, h.p2).sfi, true);
    case TargetRule::kAuthenticationKey:
      return take_key(card_authentication_key(x.view, h.p2, wanted_version(x.data)), x.target.key);
    case TargetRule::kOwnAuthenticationKey:
      return find_own_authentication_key(x);
    case TargetRule::kInternalKey:
      return take_key(x.view.image().find_key(x.view.environment(), Purpose::kInternalAuthentication,
                                              wanted_version(x.data)),
                      x.target.key);
    case TargetRule::kKeyFile:
      return find_key_file(x);
    case TargetRule::kApplicationOfKeys:
      return x.view.df().application ? sw::ok : sw::conditions_of_use_not_satisfied;
    case TargetRule::kPsamKey:
      return find_psam_key(x, h.p1, h.p2);
    case TargetRule::kPurchaseKey:
      return find_psam_key(x, kPurchaseType, x.data[kPurchaseVersionAt]);
  }
  return sw::data_invalid;
}

bool carries_mac(const Exchange& x) {
  constexpr std::uint8_t kSecureMessaging = 0x04;
  return x.binding->mac != MacKey::kNone && (x.header.cla & 0x0F) == kSecureMessaging;
}

// Of the current DF, else of its environment.
std::optional<KeyIndex> master_key(const CardView& view) {
  const auto own = view.image().find_key(view.session().df, Purpose::kMaster);
  return own ? own : view.image().find_key(view.environment(), Purpose::kMaster);
}

StatusWord find_mac_key(Exchange& x) {
  if (!carries_mac(x)) return sw::ok;
  if (x.binding->mac == MacKey::kMaster) return take_key(master_key(x.view), x.target.mac_key);
  if (x.binding->mac == MacKey::kOwnMaster)
    return take_key(x.view.image().find_key(x.view.session().df, Purpose::kMaster), x.target.mac_key);
  const DfIndex df = x.binding->mac == MacKey::kOfDf ? x.view.session().df : x.view.environment();
  return take_key(x.view.image().find_key(df, Purpose::kSecureMessaging), x.target.mac_key);
}

}  // namespace

StatusWord find_target(Exchange& exchange) {
  const StatusWord object = find_object(exchange);
  return object.ok() ? find_mac_key(exchange) : object;
}

}  // namespace ssc::simulator::core
