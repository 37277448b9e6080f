// The immutable part of a card: its file tree, keys and first contents. Cards of one kind share it; what a
// card changes lies in its store.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "keys/key.h"
#include "simulator/core/access.h"
#include "simulator/core/cell.h"
#include "simulator/core/life_cycle.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::core {

using profile::FileType;
using profile::LeRule;
using profile::Presentation;
using profile::Purpose;

// MF, DDF or ADF.
struct Df {
  std::string id;  // "SSSE", "DF01"
  FileId fid{};
  FileId alias{};             // a second FID that selects it; 0: none
  InplaceBytes<16> name;      // DF name or AID
  DfIndex parent = kMfIndex;  // the MF is its own parent
  bool application = false;   // ADF; else an environment: the MF or a DDF
  keys::Cipher cipher = keys::Cipher::kDes;
  Bytes fci;
};

struct Ef {
  FileId fid{};
  Sfi sfi{};
  FileType type = FileType::kTransparent;
  DfIndex df{};
  std::uint16_t size = 0;           // transparent: bytes
  std::uint16_t record_length = 0;  // linear fixed and cyclic: bytes of a record
  std::uint16_t max_records = 0;
  bool var_length = false;  // an update may change a record's length
  AccessRule read;
  AccessRule update;
  bool personal = true;                   // its data are masked in traces
  std::vector<std::uint8_t> open_tags;    // records of a personal file that say nothing of a person
  std::vector<profile::IdRange> key_ids;  // key file: the ids it takes; none: any
  std::optional<EfIndex> group_file;      // key file: its second byte names the key group in use
};

// Keys that authenticate nobody: a PSAM delivers them, a carrier exports them; their ids are their own.
constexpr bool is_handed_on(Purpose purpose) {
  return purpose == Purpose::kPsam || purpose == Purpose::kCarried;
}

struct KeySlot {
  std::string name;
  DfIndex df{};
  Purpose purpose = Purpose::kExternalAuthentication;
  KeyFamily family{};
  KeyId id{};
  KeyVersion version{1};
  std::uint8_t usage = 0;       // PSAM: usage byte with level bits
  std::optional<EfIndex> file;  // the key file it is a record of
  std::uint8_t max_tries = 0;   // 0: never locks
  keys::Key value;
};

// The application with the internal amounts file (V2.0 notice §7), and what the text leaves open about its
// transactions.
struct MedicalAccount {
  DfIndex df{};
  std::optional<EfIndex> log;         // cyclic; records of 20 bytes: personal account mode (Part 7 §12)
  std::uint8_t load_type = 0x31;      // the type as MACs and log take it: the stored character, or binary 01
  std::uint8_t purchase_type = 0x32;  // the same: 32 or 02
  bool tac_before_load = false;       // the load TAC takes the balance before the load, else after
};

struct Image {
  std::string name;
  LifeCycle life = LifeCycle::kInUse;
  std::optional<keys::Key> transport_key;  // there: a blank card, whose structure lies in its store
  Bytes atr;
  std::vector<Df> dfs;  // the MF first
  std::vector<Ef> efs;
  std::vector<KeySlot> keys;
  std::uint8_t pin_tries = 3;
  DfIndex pin_owner = kMfIndex;  // the environment whose PIN it is
  std::optional<MedicalAccount> medical;
  profile::T0 t0;
  bool select_ef_by_p1_00 = false;
  bool takes_last_two_randoms = false;
  bool key_zero_is_last_refused = false;
  bool wrong_mac2_is_9302 = false;
  std::vector<std::pair<CellId, Bytes>> contents;  // sorted by id

  const Df& df(DfIndex i) const { return dfs[index(i)]; }
  const Ef& ef(EfIndex i) const { return efs[index(i)]; }
  const KeySlot& key(KeyIndex i) const { return keys[index(i)]; }

  // The environment a DF belongs to: itself when it is one, else the nearest above.
  DfIndex environment(DfIndex df) const;
  std::optional<ByteView> initial(CellId id) const;
  std::optional<EfIndex> find_ef(DfIndex df, FileId fid) const;
  std::optional<EfIndex> find_ef(DfIndex df, Sfi sfi) const;
  // By FID or alias: in the environment of `near` first, then anywhere on the card (a PSAM has two DF01).
  std::optional<DfIndex> find_df(FileId fid, DfIndex near) const;
  // The ADF of this environment with this very name.
  std::optional<DfIndex> find_application(ByteView df_name, DfIndex environment_df) const;
  // The first key of this purpose in the DF with this version; version 0 takes the first there is.
  std::optional<KeyIndex> find_key(DfIndex df, Purpose purpose, KeyVersion version = {}) const;
  // By id; the keys that a PSAM or a carrier hands on are not among them.
  std::optional<KeyIndex> find_key(DfIndex df, KeyId id, KeyVersion version = {}) const;
};

}  // namespace ssc::simulator::core
