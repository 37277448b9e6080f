#include "tests/simulator/model/pin_model.h"

#include <algorithm>

#include "keys/cipher.h"
#include "keys/standard.h"

namespace ssc::simulator::model {
namespace {

namespace sw = apdu::sw;
using apdu::Command;
using apdu::StatusWord;
using profile::Purpose;

constexpr std::uint8_t kSeparator = 0xFF;

// cn, four digits at least, F only in the last low nibble, no whole byte of padding (Part 5 §6.3.1).
bool is_pin(ByteView pin) {
  std::string digits;
  for (const std::uint8_t byte : pin) {
    digits += static_cast<char>('0' + (byte >> 4));
    digits += static_cast<char>('0' + (byte & 0x0F));
  }
  if (!digits.empty() && digits.back() == '0' + 0x0F) digits.pop_back();
  const bool cn = std::ranges::all_of(digits, [](char digit) { return digit <= '9'; });
  return cn && digits.size() >= 4 && pin.size() <= 8;
}

bool is_pin_or_nothing(ByteView pin) { return pin.empty() || is_pin(pin); }

// LD ‖ plain ‖ 80 00…, LD at least 1 with a 16-byte block (Part 4 §8.3).
std::optional<Bytes> unpacked(ByteView block) {
  const std::size_t length = block[0];
  if (length >= block.size() || (length == 0 && block.size() == 16)) return std::nullopt;
  const ByteView padding = block.subspan(1 + length);
  for (std::size_t i = 0; i < padding.size(); ++i) {
    if (padding[i] != (i == 0 ? 0x80 : 0x00)) return std::nullopt;
  }
  return Bytes(block.begin() + 1, block.begin() + 1 + static_cast<std::ptrdiff_t>(length));
}

bool lets_in(Purpose purpose) {
  return purpose != Purpose::kInternalAuthentication && purpose != Purpose::kSecureMessaging &&
         purpose != Purpose::kLoad && purpose != Purpose::kPurchase && purpose != Purpose::kTac;
}

Bytes tlv(std::uint8_t tag, ByteView value) {
  return apdu::concat({Bytes{tag, static_cast<std::uint8_t>(value.size())}, value});
}

// Part 5 tables 36 and 38; 9F0C: tag 86, the cipher.
Bytes fci_of(const profile::Df& df, keys::Cipher cipher) {
  if (df.is_application) return tlv(0x6F, tlv(0x84, df.name));
  Bytes own;
  for (const profile::Ef& ef : df.files) {
    if (ef.fid == 0x0001) own = tlv(0x88, Bytes{ef.sfi});
  }
  const Bytes issuer{0x9F, 0x0C, 0x03, 0x86, 0x01, static_cast<std::uint8_t>(cipher)};
  return tlv(0x6F, apdu::concat({tlv(0x84, df.name), tlv(0xA5, apdu::concat({own, issuer}))}));
}

// The card takes partial names (Part 5 §6.11.5).
bool begins_with(ByteView name, ByteView head) {
  return head.size() <= name.size() && apdu::equal(name.first(head.size()), head);
}

Expected plain(StatusWord status) { return {status, {}, 0}; }

}  // namespace

PinModel::PinModel(const CardModel& card)
    : card_(&card), pin_(card.pin.value), pin_tries_(card.pin.tries), df_(&card.dfs.front()) {
  for (const profile::Df& df : card.dfs) {
    for (const profile::KeyEntry& entry : df.keys) key_tries_[&entry] = entry.tries;
  }
}

void PinModel::reset() {
  df_ = &ssse();
  pin_verified_ = false;
  authenticated_.clear();
  challenge_.clear();
}

Expected PinModel::answer(ByteView apdu) {
  const bool asks = apdu[1] == 0x20 || apdu[1] == 0xA4;
  const auto command = apdu::decode_command(apdu, asks ? apdu::LoneByte::kLc : apdu::LoneByte::kLe);
  if (!command) return plain(sw::wrong_length);
  switch (command->cla << 8 | command->ins) {
    case 0x00A4:
      return select(*command);
    case 0x0084:
      return get_challenge(*command);
    case 0x0082:
      return external_authentication(*command);
    case 0x0020:
      return verify(*command);
    case 0x805E:
      return change_pin(*command);
    case 0x8424:
      return unblock_or_reload(*command);
    case 0x00B2:
      return read_record(*command);
    default:
      return plain(sw::wrong_instruction);
  }
}

// ---- SELECT: states of a DF live while it is current (Part 5 §6.11.1, Part 7 §6.6) ----

Expected PinModel::select(const Command& command) {
  const std::uint64_t fid = apdu::number(command.data);
  const auto is_wanted = [&](const profile::Df& df) {
    if (command.p1 == 0x04) return begins_with(df.name, command.data);
    return df.fid == fid || (df.alias != 0 && df.alias == fid);
  };
  if (command.p1 == 0x02) {
    const bool there = std::ranges::count(df_->files, fid, &profile::Ef::fid) > 0;
    return plain(there ? sw::ok : sw::file_not_found);
  }
  if (command.data.empty()) return select_df(&ssse());
  const auto found = std::ranges::find_if(card_->dfs, is_wanted);
  return select_df(found == card_->dfs.end() ? nullptr : &*found);
}

Expected PinModel::select_df(const profile::Df* df) {
  if (df == nullptr) return plain(sw::file_not_found);
  if (df != df_) {
    challenge_.clear();
    std::erase_if(authenticated_, [this](const auto& key) { return key.first != &ssse(); });
  }
  df_ = df;
  return {sw::ok, fci_of(*df, card_->cipher), 0};
}

// ---- randoms and keys ----

Expected PinModel::get_challenge(const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return plain(sw::wrong_p1_p2);
  const std::uint32_t le = command.le.value_or(0);
  const bool listed = le == 4 || le == 8 || le == 16;
  if (!listed || command.lc) return plain(sw::wrong_length);
  return {sw::ok, {}, le};
}

// A random longer than the cipher's block is no session factor (Part 4 §8.4).
bool PinModel::usable_challenge() const {
  return !challenge_.empty() && challenge_.size() <= keys::block_size(card_->cipher);
}

const profile::KeyEntry* PinModel::key(std::uint8_t kid, std::uint8_t version) const {
  const profile::Df& df = (kid & 0x80) != 0 ? *df_ : ssse();
  for (const profile::KeyEntry& entry : df.keys) {
    const bool right_version = version == 0 || entry.version == version;
    if (entry.id == kid && right_version && lets_in(entry.purpose)) return &entry;
  }
  return nullptr;
}

Expected PinModel::external_authentication(const Command& command) {
  if (command.p1 != 0) return plain(sw::wrong_p1_p2);
  const std::size_t lc = command.data.size();
  if ((lc != 0x10 && lc != 0x11) || command.le) return plain(sw::wrong_length);
  const profile::KeyEntry* named = key(command.p2, lc == 0x11 ? command.data[16] : std::uint8_t{0});
  if (named == nullptr) return plain(sw::key_not_found);
  unsigned& tries = key_tries_[named];
  if (tries == 0) return plain(sw::method_locked);
  if (!usable_challenge()) return plain(sw::reference_data_invalid);
  const auto session = keys::session_key(named->value, challenge_);
  const auto right = keys::authentication_data(session, command.data.subspan(8, 8));
  challenge_.clear();
  if (!apdu::equal(right, command.data.first(8))) return plain(sw::tries_left(--tries));
  tries = named->tries;
  authenticated_.emplace((command.p2 & 0x80) != 0 ? df_ : &ssse(), named->name);
  return plain(sw::ok);
}

// ---- the PIN ----

StatusWord PinModel::present_pin(ByteView presented) {
  if (pin_tries_ == 0) return sw::method_locked;
  if (apdu::equal(presented, pin_)) {
    pin_tries_ = card_->pin.tries;
    return sw::ok;
  }
  pin_verified_ = false;
  return sw::tries_left(--pin_tries_);
}

Expected PinModel::verify(const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return plain(sw::wrong_p1_p2);
  const std::size_t lc = command.data.size();
  if (lc == 1 || lc > 8 || command.le) return plain(sw::wrong_length);
  if (lc == 0) return plain(pin_.empty() ? sw::ok : sw::tries_left(pin_tries_));
  if (pin_.empty() && pin_tries_ > 0) {  // fails with any data (Part 5 §6.14.5)
    pin_verified_ = false;
    return plain(sw::tries_left(--pin_tries_));
  }
  const StatusWord status = present_pin(command.data);
  if (status.ok()) pin_verified_ = true;
  return plain(status);
}

Expected PinModel::change_pin(const Command& command) {
  if (command.p1 != 1 || command.p2 != 0) return plain(sw::wrong_p1_p2);
  if (command.data.size() < 3 || command.data.size() > 0x11 || command.le) return plain(sw::wrong_length);
  if (pin_tries_ == 0) return plain(sw::method_locked);
  const auto separator = std::ranges::find(command.data, kSeparator);
  if (separator == command.data.end()) return plain(sw::wrong_data_field);
  const Bytes old_pin(command.data.begin(), separator);
  const Bytes new_pin(separator + 1, command.data.end());
  if (!is_pin_or_nothing(old_pin) || !is_pin_or_nothing(new_pin)) return plain(sw::wrong_data_field);
  const StatusWord status = present_pin(old_pin);
  if (status.ok()) pin_ = new_pin;
  return plain(status);
}

const profile::KeyEntry& PinModel::secure_messaging_key() const {
  return *std::ranges::find(ssse().keys, Purpose::kSecureMessaging, &profile::KeyEntry::purpose);
}

bool PinModel::mac_is_right(const Command& command) const {
  const std::size_t lc = command.data.size();
  const std::uint8_t head[] = {command.cla, command.ins, command.p1, command.p2,
                               static_cast<std::uint8_t>(lc)};
  const auto session = keys::session_key(secure_messaging_key().value, challenge_);
  return apdu::equal(keys::mac(session, {head, command.data.first(lc - 4)}), command.data.last(4));
}

Expected PinModel::unblock_or_reload(const Command& command) {
  if (command.p1 != 0 || command.p2 > 1) return plain(sw::wrong_p1_p2);
  const std::size_t block = keys::block_size(card_->cipher);
  const std::size_t lc = command.p2 == 0 ? 4 : block + 4;
  if (command.data.size() != lc || command.le) return plain(sw::wrong_length);
  if (!authenticated_.contains({&ssse(), "PUK"})) return plain(sw::security_status_not_satisfied);
  if (!usable_challenge()) return plain(sw::reference_data_invalid);
  const auto session = keys::session_key(secure_messaging_key().value, challenge_);
  const bool right = mac_is_right(command);
  challenge_.clear();
  if (!right) return plain(sw::secure_messaging_incorrect);
  if (command.p2 == 1) {
    Bytes clear(block);
    keys::decipher_ecb(session.key(), command.data.first(block), clear);
    const auto pin = unpacked(clear);
    if (!pin || !is_pin_or_nothing(*pin)) return plain(sw::wrong_data_field);
    pin_ = *pin;
    pin_verified_ = false;
  }
  pin_tries_ = card_->pin.tries;
  return plain(sw::ok);
}

// ---- what the states open ----

bool PinModel::allowed(const profile::Access& access) const {
  const auto holds = [this](const std::string& term) {
    if (term == "free") return true;
    if (term == "PIN") return pin_verified_ || pin_.empty();
    return authenticated_.contains({df_, term}) || authenticated_.contains({&ssse(), term});
  };
  return std::ranges::any_of(access.alternatives,
                             [&](const auto& terms) { return std::ranges::all_of(terms, holds); });
}

Expected PinModel::read_record(const Command& command) {
  const auto file = std::ranges::find(df_->files, command.p2 >> 3, &profile::Ef::sfi);
  if (file == df_->files.end()) return plain(sw::file_not_found);
  if (!allowed(file->read)) return plain(sw::security_status_not_satisfied);
  if (command.p1 == 0 || command.p1 > file->records.size()) return plain(sw::record_not_found);
  const Bytes& record = file->records[command.p1 - 1U];
  if (command.le != record.size()) return plain(sw::wrong_le(record.size()));
  return {sw::ok, record, 0};
}

}  // namespace ssc::simulator::model
