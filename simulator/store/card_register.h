// The desk's register: for each card number its policy, whether its PIN is still the initial one, and a
// salted, stretched hash of that one. The card knows nothing of this. SQLite, as safe as a card's state: what
// returned a value survives SIGKILL and loss of power; several desks may use one file at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "keys/pin.h"
#include "keys/random.h"

namespace ssc::simulator::store {

enum class PinState : std::uint8_t {
  kInitial,  // as issued
  kChanged,  // the holder's own
  kReset,    // the initial PIN again; or a reset was begun and nobody knows how it ended
};

struct RegisteredCard {
  std::string card_number;     // nine characters
  std::string identification;  // identification code, 32 hexadecimal digits: which of the holder's cards
  std::string policy;          // name of the policy the card was issued under
  PinState state = PinState::kInitial;
  std::string since;          // of the state: "2026-01-31T12:00:00Z"
  std::uint64_t changes = 0;  // over the card's life
  std::uint64_t resets = 0;
  std::uint64_t unblocks = 0;
  std::string lost;            // when it was reported lost; empty: it is not
  std::uint64_t revision = 0;  // counts every write of the row
};

// What happened to a card's PIN; counted.
enum class PinEvent : std::uint8_t { kNone, kChange, kReset, kUnblock };

struct RegisterError {
  enum class Kind : std::uint8_t {
    kUnknownCard,
    kKnownAlready,  // a card of this number is in use
    kOvertaken,     // another desk wrote this card in between: read again
    kUnusable,      // the file cannot be read or written
  };
  Kind kind = Kind::kUnusable;
  std::string what;  // one line
};

template <class T>
using Registered = tl::expected<T, RegisterError>;

class CardRegister {
 public:
  struct NewCard {
    std::string card_number;
    std::string identification;
    std::string policy;
    keys::Pin initial;  // empty: none was given
  };
  // log2 of scrypt's N for a new file, 10 to 20; an old one keeps its own. 12 takes about ten milliseconds a
  // card.
  static constexpr unsigned kHashCost = 12;

  // Makes the file (owner-only) when it is not there; its folder is. `random`, for salts, outlives the
  // register.
  static Registered<CardRegister> open(const std::filesystem::path& file, keys::Random& random,
                                       unsigned hash_cost = kHashCost);
  CardRegister(CardRegister&&) noexcept;
  CardRegister& operator=(CardRegister&&) noexcept;
  ~CardRegister();

  // All in one transaction, or none. kKnownAlready when a number is registered and its card not reported
  // lost; a lost card's row is taken over by the new card, with its identification and initial PIN.
  Registered<void> add(std::span<const NewCard> cards, std::string_view now);
  Registered<RegisteredCard> find(std::string_view card_number);
  // Whether `pin` is the initial PIN the card was given last. Takes as long as hashing does.
  Registered<bool> is_initial(std::string_view card_number, const keys::Pin& pin);

  // Each writes one row, unless it was written since `seen` was read; gives the row as it is now.
  Registered<RegisteredCard> set_state(const RegisteredCard& seen, PinState state, PinEvent event,
                                       std::string_view now);
  // A reset draws or works out the initial PIN anew.
  Registered<RegisteredCard> set_initial(const RegisteredCard& seen, const keys::Pin& initial);
  Registered<RegisteredCard> report_lost(const RegisteredCard& seen, std::string_view now);

 private:
  class File;
  explicit CardRegister(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace ssc::simulator::store
