// What the commands that make a card say about files, keys and rights, byte for byte (personalisation.md).
// Reading answers nothing where the bytes say nothing that can be made.
#pragma once

#include <optional>

#include "simulator/core/image.h"

namespace ssc::simulator::core {

inline constexpr std::size_t kMaxDfs = 32;
// Families from here on are the master keys'.
inline constexpr std::uint16_t kMaxRuleFamilies = 256 - kMaxDfs;
inline constexpr std::size_t kKeyHeaderSize = 7;
inline constexpr std::size_t kAmountsSize = 20;

// FID 2 ‖ alias 2 ‖ cipher 1 ‖ name. Cipher 00: as the DF above.
struct DfHeader {
  FileId fid{};
  FileId alias{};
  std::optional<keys::Cipher> cipher;
  InplaceBytes<16> name;
};
Bytes encode_df_header(const DfHeader& header);
std::optional<DfHeader> decode_df_header(ByteView bytes);

// FID 2 ‖ SFI ‖ type ‖ size 2 ‖ record length 2 ‖ records 2 ‖ flags ‖ read rule ‖ update rule ‖ open tags.
// `df` is no part of it.
Bytes encode_ef_header(const Ef& ef);
std::optional<Ef> decode_ef_header(ByteView bytes);

// Purpose ‖ family ‖ id ‖ version ‖ usage ‖ tries ‖ cipher, the value behind it. Name, `df` and `file` are no
// part. A master key is none of these.
Bytes encode_key(const KeySlot& key);
Bytes encode_key_header(const KeySlot& key);  // without the value
std::optional<KeySlot> decode_key(ByteView bytes);
std::optional<KeySlot> decode_key(ByteView header, ByteView value);

// Cipher ‖ value.
Bytes encode_master_key(const keys::Key& key);
std::optional<keys::Key> decode_master_key(ByteView bytes);

// Load type ‖ purchase type ‖ 01 when the load TAC takes the balance before the load. DF and log are no part.
Bytes encode_account(const MedicalAccount& account);
std::optional<MedicalAccount> decode_account(ByteView bytes);

// Presentation ‖ Le rule ‖ CIPHER DATA direct ‖ SELECT finds an EF by P1 00.
struct Settings {
  profile::T0 t0;
  bool select_ef_by_p1_00 = false;
};
Bytes encode_settings(const Settings& settings);
std::optional<Settings> decode_settings(ByteView bytes);

}  // namespace ssc::simulator::core
