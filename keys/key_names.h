// The catalogue of key names: what the standard calls each key, where it lives, and how it is held. The table
// is keys/keys.tsv; tools/generate_key_names makes keys/key_names.inc from it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "keys/key.h"

namespace ssc::keys {

// Whose root the value is: it is diversified through the levels below it down to the card.
enum class Level : std::uint8_t { kNational, kProvince, kCity, kCard };

// Diversification steps left down to the card: national 3, province 2, city 1, card 0.
constexpr unsigned levels_to_card(Level level) { return 3U - static_cast<unsigned>(level); }

// Data structure versions a key belongs to, as bits; kPsam marks a PSAM's own keys.
enum class Structure : std::uint8_t { k1 = 1, k2 = 2, k3 = 4, kPsam = 8 };

class Structures {
 public:
  constexpr Structures() = default;
  constexpr explicit Structures(unsigned bits) : bits_(bits) {}
  constexpr bool meets(Structures other) const { return (bits_ & other.bits_) != 0; }
  constexpr Structures with(Structure structure) const {
    return Structures(bits_ | static_cast<unsigned>(structure));
  }
  friend constexpr bool operator==(Structures, Structures) = default;

 private:
  unsigned bits_ = 0;
};

enum class Purpose : std::uint8_t {
  kInternalAuthentication,
  kCommandMac,  // the STK family: MAC of block and update commands, encryption of a new PIN
  kUpdate,
  kRead,
  kBlockCard,
  kBlockApplication,
  kUnblockPin,
  kStartingDay,
  kLoad,
  kPurchase,
  kTac,
  kMaster,
};

struct KeyName {
  std::string_view name;         // "UK1DF01"
  std::string_view alias;        // a second name ("UKMF" of UKSSSE), or ""
  std::string_view application;  // "SSSE", "DF01".., "MF", "DF0x" (each ADF), "PSAM DDF", "PSAM DF01"
  Structures structures;
  std::optional<std::uint8_t> id;  // P2 of EXTERNAL AUTHENTICATION; nothing: none, or in no text
  Purpose purpose;
  std::uint8_t des_size;       // bytes under DES: 8, 16, or 0 for either; always 16 under a 16-byte cipher
  std::uint8_t groups;         // key versions the standard foresees: 1 or 3
  std::optional<Level> level;  // of the owner's root; nothing when no text says
  std::uint8_t psam_type;      // bits b5-b1 of the usage byte (Part 9 §6.3); 0: not held by a PSAM
  std::uint8_t psam_id;        // 0 with psam_type != 0: the id is the key version (DPK)
};

// Every row, in the order of the table. A name may stand twice, for different structures.
std::span<const KeyName> key_names();

// The key of that name or alias in one of the structures; nullptr when there is none.
const KeyName* find_key_name(std::string_view name, Structures structures);

// "UKMF" gives "UKSSSE"; every other name itself.
std::string_view canonical_key_name(std::string_view name);

// At most three names of these structures spelt like `name`, the nearest first; none when nothing is near.
std::vector<std::string_view> near_key_names(std::string_view name, Structures structures);

}  // namespace ssc::keys
