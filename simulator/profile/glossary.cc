#include "simulator/profile/glossary.h"

#include <algorithm>

#include "apdu/hex.h"
#include "keys/key_names.h"

namespace ssc::simulator::profile {
namespace {

using apdu::ByteView;
using apdu::Command;
using apdu::CommandId;
using apdu::OwnedPhrase;

constexpr std::size_t kVersionAt = 16;  // byte 17 of the data of 82 and 88
constexpr std::uint8_t kSecureMessaging = 0x04;
constexpr std::uint8_t kUsageType = 0x1F;

OwnedPhrase both(const std::string& text) { return {text, text}; }

OwnedPhrase named(const std::string& path, const std::string& english, const std::string& chinese) {
  const auto join = [&path](const std::string& text) { return text.empty() ? path : path + " " + text; };
  return {join(english), join(chinese.empty() ? english : chinese)};
}

OwnedPhrase append(OwnedPhrase phrase, const std::string& english, const std::string& chinese) {
  phrase.english += english;
  phrase.chinese += chinese;
  return phrase;
}

OwnedPhrase df_name(const Df& df) { return named(df.id, df.label, df.label); }

const apdu::CommandRow* row_of(const CardModel& model, const apdu::Header& header) {
  return apdu::find_command(commands_of(model.kind), header).row;
}

bool carried_out(ByteView response) {
  if (response.size() < 2) return false;
  const std::uint8_t sw1 = response[response.size() - 2];
  return sw1 == 0x90 || sw1 == 0x61;
}

template <typename Test>
const KeyEntry* find_key(const Df& df, Test test) {
  const auto key = std::ranges::find_if(df.keys, test);
  return key == df.keys.end() ? nullptr : &*key;
}

// What the standard calls the key that a PSAM holds under this id (Part 9 app. B); of the purchase key the id
// is the version.
std::string standard_psam_key(std::uint8_t usage, std::uint8_t id) {
  constexpr std::uint8_t kPurchase = 2;
  const bool purchase = (usage & kUsageType) == kPurchase;
  const auto row = std::ranges::find_if(keys::key_names(), [=](const keys::KeyName& name) {
    return purchase ? name.purpose == keys::Purpose::kPurchase : name.psam_id != 0 && name.psam_id == id;
  });
  return row == keys::key_names().end() ? "" : std::string(row->name);
}

OwnedPhrase key_name(const KeyEntry* key) { return key == nullptr ? OwnedPhrase{} : both(key->name); }

// Byte 17 of the data chooses the group; 00 or absent takes the first.
bool version_fits(const KeyEntry& key, const Command& command) {
  const std::uint8_t wanted = command.data.size() > kVersionAt ? command.data[kVersionAt] : std::uint8_t{0};
  return wanted == 0 || wanted == key.version;
}

bool names_a_key(Purpose purpose) {
  return purpose != Purpose::kSecureMessaging && purpose != Purpose::kInternalAuthentication &&
         purpose != Purpose::kPsam && purpose != Purpose::kCarried;
}

OwnedPhrase authentication_key(const Df& df, const Command& command) {
  return key_name(find_key(df, [&command](const KeyEntry& key) {
    return key.id == command.p2 && names_a_key(key.purpose) && version_fits(key, command);
  }));
}

OwnedPhrase internal_key(const Df& df, const Command& command) {
  return key_name(find_key(df, [&command](const KeyEntry& key) {
    return key.purpose == Purpose::kInternalAuthentication && version_fits(key, command);
  }));
}

const Item* by_tag(const Ef& file, std::uint8_t tag) {
  const auto item = std::ranges::find(file.items, tag, &Item::tag);
  return tag == 0 || item == file.items.end() ? nullptr : &*item;
}

// Part 5 t.32: by number, by identifier, or whatever comes next, which then shows its tag.
const Item* item_of(const Ef& file, const Command& command, ByteView answer) {
  constexpr std::uint8_t kByNumber = 0x04;
  if (file.type == FileType::kCyclic) return nullptr;
  if ((command.p2 & kByNumber) != 0 && command.p1 != 0) {
    const auto item = std::ranges::find(file.items, std::uint16_t{command.p1}, &Item::record);
    return item == file.items.end() ? nullptr : &*item;
  }
  if ((command.p2 & kByNumber) == 0 && command.p1 != 0) return by_tag(file, command.p1);
  const ByteView record = command.data.empty() ? answer : command.data;
  return record.empty() ? nullptr : by_tag(file, record[0]);
}

}  // namespace

apdu::CommandTable commands_of(Kind kind) {
  switch (kind) {
    case Kind::kPsam:
      return apdu::psam_commands();
    case Kind::kCarrier:
      return apdu::carrier_commands();
    case Kind::kCard:
      break;
  }
  return apdu::card_commands();
}

Glossary::Glossary(const CardModel& model) : model_(&model) { enter_initial_state(); }

void Glossary::enter_initial_state() { enter(model_->dfs.front()); }

void Glossary::enter(const Df& df) {
  df_ = &df;
  ef_ = nullptr;
  delivered_.clear();
}

OwnedPhrase Glossary::name(const apdu::TraceEvent& event) {
  if (event.kind == apdu::TraceEvent::Kind::kNote) return {};
  if (event.kind != apdu::TraceEvent::Kind::kExchange) {
    enter_initial_state();
    return {};
  }
  const auto header = apdu::header_of(event.command);
  const apdu::CommandRow* row = header ? row_of(*model_, *header) : nullptr;
  if (row == nullptr) return {};
  const auto command = apdu::decode_command(event.command, row->lone);
  return command ? name_exchange(*command, event) : OwnedPhrase{};
}

OwnedPhrase Glossary::name_exchange(const Command& command, const apdu::TraceEvent& event) {
  const bool done = carried_out(event.response);
  const ByteView answer =
      event.response.size() > 2 ? event.response.first(event.response.size() - 2) : ByteView{};
  switch (row_of(*model_, {command.cla, command.ins, command.p1, command.p2})->id) {
    case CommandId::kSelect:
      return name_selected(command, done);
    case CommandId::kReadRecord:
      return name_record(command, answer);
    case CommandId::kUpdateRecord:
      return append(name_record(command, {}), name_mac_key(command).english, name_mac_key(command).chinese);
    case CommandId::kReadBinary:
    case CommandId::kUpdateBinary: {
      const Ef* file = (command.p1 & 0x80) != 0 ? by_sfi(command.p1 & 0x1F) : ef_;
      const OwnedPhrase mac = name_mac_key(command);
      return file == nullptr ? OwnedPhrase{} : append(file_name(*file), mac.english, mac.chinese);
    }
    case CommandId::kExternalAuthentication: {
      const bool own = model_->kind != Kind::kCard || (command.p2 & 0x80) != 0;
      return authentication_key(own ? *df_ : environment(), command);
    }
    case CommandId::kInternalAuthentication:
      return internal_key(environment(), command);
    case CommandId::kCreateKey:
    case CommandId::kChangeKey:
    case CommandId::kReplaceKey:
    case CommandId::kGetKeyInformation:
    case CommandId::kExportKey:
      return name_key_file(command.p2);
    case CommandId::kDeliverySessionKey:
      return name_delivered(command, done);
    case CommandId::kCipherData:
      return delivered_.empty() ? OwnedPhrase{}
                                : OwnedPhrase{"session key of " + delivered_, delivered_ + "的过程密钥"};
    default:
      return {};
  }
}

// P1 04: a DF by name; else a file identifier, none for the MF; P1 02: an EF of the current DF.
OwnedPhrase Glossary::name_selected(const Command& command, bool done) {
  const bool by_file_id = command.p1 != 0x04 && command.data.size() == 2;
  const auto fid = by_file_id ? static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]) : 0;
  const auto file = std::ranges::find(df_->files, fid, &Ef::fid);
  const bool elementary = command.p1 == 0x02 || (command.p1 == 0x00 && model_->select_ef_by_p1_00);
  if (by_file_id && elementary && file != df_->files.end()) {
    if (done) ef_ = &*file;
    return file_name(*file);
  }
  const Df* df = command.p1 == 0x04 ? by_name(command.data) : nullptr;
  if (command.p1 == 0x00) df = by_file_id ? by_fid(static_cast<std::uint16_t>(fid)) : &model_->dfs.front();
  if (df == nullptr) return {};
  if (done) enter(*df);
  return df_name(*df);
}

OwnedPhrase Glossary::name_record(const Command& command, ByteView answer) const {
  const auto sfi = static_cast<std::uint8_t>(command.p2 >> 3);
  const Ef* file = sfi == 0 ? ef_ : by_sfi(sfi);
  if (file == nullptr) return {};
  const Item* item = item_of(*file, command, answer);
  if (item == nullptr) return file_name(*file);
  const std::string tag = apdu::to_hex(ByteView(&item->tag, 1));
  const OwnedPhrase what = named(tag, item->name_en, item->name_zh);
  return append(file_name(*file), ": " + what.english, "：" + what.chinese);
}

OwnedPhrase Glossary::name_delivered(const Command& command, bool done) {
  const KeyEntry* key = find_key(*df_, [&command](const KeyEntry& entry) {
    return entry.purpose == Purpose::kPsam && entry.id == command.p2 &&
           (entry.usage & kUsageType) == (command.p1 & kUsageType);
  });
  const std::string name = key == nullptr && done ? standard_psam_key(command.p1, command.p2)
                           : key == nullptr       ? ""
                                                  : key->name;
  if (done) delivered_ = name;
  return name.empty() ? OwnedPhrase{} : both(name);
}

// CREATE KEY and CHANGE KEY name a key file of the current application by the low byte of its FID (Part 9
// §9.5.3).
OwnedPhrase Glossary::name_key_file(std::uint8_t low) const {
  const auto file = std::ranges::find(df_->files, std::uint16_t{low}, &Ef::fid);
  return file == df_->files.end() || file->type != FileType::kKey ? OwnedPhrase{} : file_name(*file);
}

OwnedPhrase Glossary::name_mac_key(const Command& command) const {
  if ((command.cla & 0x0F) != kSecureMessaging) return {};
  const KeyEntry* key =
      find_key(*df_, [](const KeyEntry& entry) { return entry.purpose == Purpose::kSecureMessaging; });
  if (key == nullptr) return {};
  return {"; MAC by " + key->name, "；MAC用" + key->name};
}

OwnedPhrase Glossary::file_name(const Ef& file) const {
  const std::uint8_t fid[] = {static_cast<std::uint8_t>(file.fid >> 8),
                              static_cast<std::uint8_t>(file.fid & 0xFF)};
  return named(df_->id + "/" + apdu::to_hex(ByteView(fid)), file.name_en, file.name_zh);
}

const Df& Glossary::environment() const {
  const Df* above = df_->is_application && df_->parent ? model_->find_df(*df_->parent) : df_;
  return above == nullptr ? *df_ : *above;
}

// Of the current environment first: a PSAM has two DF01.
const Df* Glossary::by_fid(std::uint16_t fid) const {
  const Df* found = nullptr;
  for (const Df& df : model_->dfs) {
    const bool fits = df.fid == fid || (df.alias != 0 && df.alias == fid);
    if (fits && df.parent == environment().id) return &df;
    if (fits && found == nullptr) found = &df;
  }
  return found;
}

const Df* Glossary::by_name(ByteView name) const {
  const Df* found = nullptr;
  for (const Df& df : model_->dfs) {
    const bool fits =
        df.name.size() >= name.size() && apdu::equal(ByteView(df.name).first(name.size()), name);
    if (fits && df.is_application && df.parent == environment().id) return &df;
    if (fits && found == nullptr) found = &df;
  }
  return found;
}

const Ef* Glossary::by_sfi(std::uint8_t sfi) const {
  const auto file = std::ranges::find(df_->files, sfi, &Ef::sfi);
  return file == df_->files.end() ? nullptr : &*file;
}

void NamedTrace::know(apdu::Slot slot, const CardModel& model) {
  glossaries_[static_cast<std::size_t>(slot)].emplace(model);
}

void NamedTrace::event(const apdu::TraceEvent& event) {
  auto& glossary = glossaries_[static_cast<std::size_t>(event.slot)];
  if (!glossary) return next_->event(event);
  const OwnedPhrase subject = glossary->name(event);
  apdu::TraceEvent with_subject = event;
  with_subject.subject = subject.view();
  next_->event(with_subject);
}

}  // namespace ssc::simulator::profile
