// What a card is, as data: the file tree, rights, keys and PIN rule of a profile, with what a card file
// changes. No card OS here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/bytes.h"
#include "apdu/input_error.h"
#include "keys/key.h"

namespace ssc::keys::storage {
struct Access;
}

namespace ssc::simulator::profile {

using apdu::Bytes;

enum class FileType : std::uint8_t {
  kTransparent,
  kLinearFixed,
  kLinearVariable,
  kCyclic,
  kInternal,
  kKey,  // takes key records, and gives none out
};

// How an item's octets read (V2.0 notice §7): BCD left, F on the right; text left, 00 on the right; binary.
enum class Format : std::uint8_t { kCn, kAn, kB };

// A data item of a record file. A B-TLV item has inner items.
struct Item {
  std::uint8_t tag = 0;      // 0 in cyclic files, whose items stand in a row without tags
  std::uint16_t record = 0;  // the record number in a linear file; 0 in cyclic files and inside a B-TLV
  Format format = Format::kB;
  std::uint16_t length = 0;  // bytes of the value
  std::string name_zh;
  std::string name_en;
  std::vector<Item> inner;
};

// An access expression kept as written ("PIN|RK1DF01") and as alternatives of terms that must all hold. No
// alternatives: never.
struct Access {
  std::string text;
  std::vector<std::vector<std::string>> alternatives;  // terms: "free", "PIN", "COS" or a key name
};

// free, never, COS, PIN, key names, '|', '&' and brackets; '&' binds tighter. A key with two names stands in
// the alternatives under its first: UKMF is UKSSSE. The error says what is wrong at which character.
tl::expected<Access, std::string> parse_access(std::string_view text);

// first, first + 1, … last.
struct IdRange {
  std::uint8_t first = 0;
  std::uint8_t last = 0;
};

struct Ef {
  std::uint16_t fid = 0;
  std::uint8_t sfi = 0;  // 0: none
  FileType type = FileType::kTransparent;
  std::uint16_t size = 0;           // transparent: bytes
  std::uint16_t record_length = 0;  // linear fixed and cyclic: bytes of a record
  std::uint16_t max_records = 0;    // most records the file takes
  bool var_length = false;          // a record may change its length on update
  Access read;
  Access update;
  std::string name_zh;
  std::string name_en;
  std::string use;  // "enabled", "preset", "reserved", "mandatory", "optional" …
  std::vector<Item> items;
  std::vector<Bytes> records;    // initial contents; a transparent file has one
  std::vector<IdRange> key_ids;  // key file: the ids it takes; none: any
  std::uint16_t group_file = 0;  // key file: the EF whose second byte names the key group in use; 0: none
};

enum class Purpose : std::uint8_t {
  kInternalAuthentication,  // IRK
  kExternalAuthentication,  // UKn, RKn: opens what names it
  kSecureMessaging,         // STK
  kUnblockPin,              // PUK
  kBlockCard,               // BK
  kBlockApplication,        // LK
  kLoad,
  kPurchase,
  kTac,          // DLK, DPK, DTK
  kStartingDay,  // DSK
  kMaster,       // MK
  kPsam,         // delivered by DELIVERY SESSION KEY, by usage and id
  kCarried,      // travels in a key carrier, by usage, id and group; EXPORT KEY gives it on
};

struct KeyEntry {
  std::string name;
  Purpose purpose = Purpose::kExternalAuthentication;
  std::uint8_t id = 0;  // P2 of EXTERNAL AUTHENTICATION; PSAM: id byte of the record
  std::uint8_t version = 1;
  std::uint8_t usage = 0;                  // PSAM: usage byte with level bits
  std::uint16_t file = 0;                  // FID of the key file it is a record of; 0: none
  std::uint8_t tries = 15;                 // maximum; 0: never locks
  std::optional<std::uint8_t> tries_left;  // as the card file has it; nothing: all. 0: locked
  bool assumed = false;                    // the id stands in no text that binds
  keys::Key value;                         // as it lies on this card, already diversified
  apdu::InplaceBytes<8> head;  // kCarried: the record's eight bytes before the value (carrier/README.md §3)
};

struct Df {
  std::string id;  // "SSSE", "DF01"
  std::uint16_t fid = 0;
  std::uint16_t alias = 0;             // a second FID that selects it; 0: none
  Bytes name;                          // DF name or AID
  std::string label;                   // "sx1.sh.社会保障"
  bool is_application = false;         // ADF; else MF or DDF
  std::optional<keys::Cipher> cipher;  // an environment's cipher; its ADFs inherit it
  std::optional<Bytes> fci;            // given whole by a card file; else built (Part 5 tables 36-38)
  std::optional<std::string> parent;   // id of the DF above; nothing for the MF
  std::vector<Ef> files;
  std::vector<KeyEntry> keys;
  bool blocked = false;  // an application that is blocked for good (Part 7 §13.2)
};

struct Pin {
  Bytes value;  // cn, F-filled last nibble; empty: no PIN
  std::uint8_t tries = 3;
  std::optional<std::uint8_t> tries_left;  // nothing: all. 0: locked
};

// The offline mode of DF04 (Part 7 §11-12): what its internal amounts file holds, and what the text leaves
// open.
struct Medical {
  Bytes amounts;             // the file's 20 bytes, in the order of V2.0 notice §7
  bool binary_type = false;  // transaction type as binary 01 02 in MACs and log; else the characters 31 32
  bool tac_before_load = false;  // the load TAC takes the balance before the load; else after
};

enum class Presentation : std::uint8_t { kRaw, kDirect };  // 61xx and 6Cxx visible, or completed with data
enum class LeRule : std::uint8_t {
  kStrict,
  kZeroAll,
  kLenient
};  // README of simulator/profiles says what each answers

struct T0 {
  Presentation presentation = Presentation::kDirect;
  LeRule le = LeRule::kStrict;
  bool cipher_data_direct = false;  // PSAM: CIPHER DATA answers directly even when raw
};

enum class Kind : std::uint8_t { kCard, kPsam, kCarrier };

// A card, PSAM or key carrier, complete: profile, card file and key set put together. Immutable once loaded;
// share it.
struct CardModel {
  Kind kind = Kind::kCard;
  std::string name;            // of the card file: "sample-3.00"
  std::string profile;         // "3.00"
  std::string version;         // structure version "1.0", "2.0", "3.0"
  std::string edition;         // 1.0: "2000" or "2011"; else empty
  std::string key_set;         // name of the key set
  std::string key_set_source;  // where it was loaded from: a path or a built-in name
  std::string area;            // six digits
  bool lab = true;             // all its keys are of sets marked lab="yes"
  keys::Cipher cipher = keys::Cipher::kDes;
  Bytes atr;         // whole, TS first
  Bytes historical;  // its historical bytes
  Pin pin;
  T0 t0;
  // Named settings.
  bool select_ef_by_p1_00 = false;        // P1 00 also finds an EF of the current DF
  bool ssse_has_name = true;              // false: SELECT by the SSSE's name is 6A82
  bool takes_last_two_randoms = false;    // EXTERNAL AUTHENTICATION may be over the random before the last
  bool key_zero_is_last_refused = false;  // P2 00 of EXTERNAL AUTHENTICATION: the key the last 6982 asked for
  bool wrong_mac2_is_9302 = false;        // PSAM: a wrong MAC2 is 9302 (Part 9 t.31), else 63CF (§9.10.1)
  bool card_blocked = false;              // for good (Part 7 §13.1)
  std::optional<std::uint16_t> memory_writes;  // how many commits the memory takes; nothing: any
  std::optional<Medical> medical;              // nothing: online mode only, DF04 makes no transactions
  std::optional<keys::Key> transport_key;      // there: a blank card, its structure is made by APDU
  std::vector<Df> dfs;                         // parents before children; the first is the MF
  std::string digest;                          // hex; changes with the card file, its profile or a key

  const Df* find_df(std::string_view id) const;
};

// A path or a built-in name ("sample-3.00"). `key_set` overrides the file's own when not empty; `access`
// opens key sets whose values are sealed.
apdu::Loaded<CardModel> load_card(std::string_view path_or_name, std::string_view key_set = {});
apdu::Loaded<CardModel> load_card(std::string_view path_or_name, std::string_view key_set,
                                  const keys::storage::Access& access);
std::vector<std::string> built_in_cards();

}  // namespace ssc::simulator::profile
