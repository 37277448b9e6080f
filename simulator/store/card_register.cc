#include "simulator/store/card_register.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "keys/storage/owner_file.h"
#include "keys/storage/scrypt.h"
#include "simulator/store/statement.h"

namespace ssc::simulator::store {
namespace {

namespace fs = std::filesystem;
using Kind = RegisterError::Kind;

constexpr std::string_view kFormat = "ssc-register-1";
constexpr std::string_view kFormatName = "format";
constexpr std::string_view kCostName = "hash-cost";
constexpr int kPatience = 10'000;  // milliseconds for another desk to finish
constexpr std::size_t kSaltSize = 16;

constexpr const char* kSettings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS card (number TEXT PRIMARY KEY, identification TEXT NOT NULL,"
    " policy TEXT NOT NULL, state INTEGER NOT NULL, since TEXT NOT NULL, changes INTEGER NOT NULL,"
    " resets INTEGER NOT NULL, unblocks INTEGER NOT NULL, lost TEXT NOT NULL, revision INTEGER NOT NULL,"
    " salt BLOB NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID;";
constexpr const char* kFind =
    "SELECT number, identification, policy, state, since, changes, resets, unblocks, lost, revision"
    " FROM card WHERE number = ?";
constexpr const char* kAdd =
    "INSERT INTO card VALUES (?1, ?2, ?3, 0, ?4, 0, 0, 0, '', 1, ?5, ?6)"
    " ON CONFLICT (number) DO UPDATE SET identification = ?2, policy = ?3, state = 0, since = ?4, changes = "
    "0,"
    " resets = 0, unblocks = 0, lost = '', revision = revision + 1, salt = ?5, hash = ?6 WHERE lost <> ''";
constexpr const char* kSetState =
    "UPDATE card SET state = ?3, since = CASE state WHEN ?3 THEN since ELSE ?4 END, changes = changes + ?5,"
    " resets = resets + ?6, unblocks = unblocks + ?7, revision = revision + 1 WHERE number = ?1 AND revision "
    "= ?2";
constexpr const char* kSetInitial =
    "UPDATE card SET salt = ?3, hash = ?4, revision = revision + 1 WHERE number = ?1 AND revision = ?2";
constexpr const char* kReportLost =
    "UPDATE card SET lost = ?3, revision = revision + 1 WHERE number = ?1 AND revision = ?2";

tl::unexpected<RegisterError> refuse(Kind kind, std::string what) {
  return tl::unexpected(RegisterError{kind, std::move(what)});
}

apdu::ByteView octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::uint64_t one_if(bool counted) { return counted ? 1 : 0; }

RegisteredCard row_of(Statement& query) {
  return {query.text(0), query.text(1),         query.text(2),         static_cast<PinState>(query.number(3)),
          query.text(4), query.large_number(5), query.large_number(6), query.large_number(7),
          query.text(8), query.large_number(9)};
}

// Empty salt and hash: there was no initial PIN.
struct PinHash {
  apdu::Bytes salt;
  apdu::Bytes hash;
};

}  // namespace

class CardRegister::File {
 public:
  File(fs::path path, keys::Random& random) : path_(std::move(path)), random_(random) {}
  ~File() { sqlite3_close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  Registered<void> open(unsigned hash_cost) {
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX;
    make_private();
    if (sqlite3_open_v2(path_.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) return broken();
    sqlite3_busy_timeout(handle_, kPatience);
    if (!run(kSettings)) return broken();
    return in_one([&] { return prepare(hash_cost); });
  }

  Registered<void> add(std::span<const NewCard> cards, std::string_view now) {
    std::vector<PinHash> hashes;
    for (const NewCard& card : cards) {
      auto hash = hash_of(card.initial, new_salt());
      if (!hash) return tl::unexpected(hash.error());
      hashes.push_back(std::move(*hash));
    }
    return in_one([&]() -> Registered<void> {
      for (std::size_t i = 0; i < cards.size(); ++i) {
        if (auto added = add_one(cards[i], hashes[i], now); !added) return added;
      }
      return {};
    });
  }

  Registered<RegisteredCard> find(std::string_view number) {
    Statement query(handle_, kFind);
    if (!query) return broken();
    query.bind(1, number);
    const int result = query.step();
    if (result == SQLITE_ROW) return row_of(query);
    if (result != SQLITE_DONE) return broken();
    return refuse(Kind::kUnknownCard, fmt::format("{}: no card {} is registered", path_.string(), number));
  }

  Registered<bool> is_initial(std::string_view number, const keys::Pin& pin) {
    const auto kept = kept_hash(number);
    if (!kept) return tl::unexpected(kept.error());
    if (kept->hash.empty() || pin.empty()) return kept->hash.empty() && pin.empty();
    return hash_of(pin, kept->salt).map([&](const PinHash& hash) {
      return keys::storage::SecretBytes(apdu::ByteView(hash.hash)) ==
             keys::storage::SecretBytes(apdu::ByteView(kept->hash));
    });
  }

  Registered<RegisteredCard> set_initial(const RegisteredCard& seen, const keys::Pin& initial) {
    const auto hash = hash_of(initial, new_salt());
    if (!hash) return tl::unexpected(hash.error());
    return write(seen, kSetInitial, [&](Statement& update) {
      update.bind(3, apdu::ByteView(hash->salt));
      update.bind(4, apdu::ByteView(hash->hash));
    });
  }

  // One row by `sql`, whose first two places are number and revision; `bind` fills the others.
  template <class Bind>
  Registered<RegisteredCard> write(const RegisteredCard& seen, const char* sql, const Bind& bind) {
    Statement update(handle_, sql);
    if (!update) return broken();
    update.bind(1, seen.card_number);
    update.bind(2, seen.revision);
    bind(update);
    if (update.step() != SQLITE_DONE) return broken();
    if (sqlite3_changes(handle_) == 1) return find(seen.card_number);
    if (auto known = find(seen.card_number); !known) return known;
    return refuse(Kind::kOvertaken, fmt::format("{}: another desk has written card {} just now; do it again",
                                                path_.string(), seen.card_number));
  }

 private:
  // Hashes and card numbers lie in it: a new one is its owner's alone, and so is the log beside it.
  void make_private() {
    std::error_code ignored;
    if (!fs::exists(path_, ignored)) (void)keys::storage::create_owner_file(path_, "");
  }

  tl::unexpected<RegisterError> broken() const {
    const char* why = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
    return refuse(Kind::kUnusable, fmt::format("{}: the register cannot be used ({})", path_.string(), why));
  }

  bool run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

  // One transaction: what `work` wrote is there whole, or not at all.
  template <class Work>
  Registered<void> in_one(const Work& work) {
    if (!run("BEGIN IMMEDIATE")) return broken();
    Registered<void> done = work();
    if (done && run("COMMIT")) return {};
    if (done) done = broken();
    run("ROLLBACK");
    return done;
  }

  Registered<void> prepare(unsigned hash_cost) {
    if (!run(kSchema)) return broken();
    Statement count(handle_, "SELECT count(*) FROM property");
    if (!count || count.step() != SQLITE_ROW) return broken();
    const bool is_new = count.number(0) == 0;
    if (is_new && !(set_property(kFormatName, kFormat) && set_property(kCostName, std::to_string(hash_cost))))
      return broken();
    if (property(kFormatName) != kFormat)
      return refuse(Kind::kUnusable, fmt::format("{}: no register of this version of ssc", path_.string()));
    hash_cost_ = static_cast<unsigned>(std::strtoul(property(kCostName).c_str(), nullptr, 10));
    if (hash_cost_ >= keys::storage::kLeastCost && hash_cost_ <= keys::storage::kMostCost) return {};
    return refuse(Kind::kUnusable, fmt::format("{}: its hash-cost is out of bounds", path_.string()));
  }

  std::string property(std::string_view name) {
    Statement query(handle_, "SELECT value FROM property WHERE name = ?");
    if (query) query.bind(1, name);
    return query && query.step() == SQLITE_ROW ? query.text(0) : "";
  }

  bool set_property(std::string_view name, std::string_view value) {
    Statement insert(handle_, "INSERT INTO property VALUES (?, ?)");
    if (!insert) return false;
    insert.bind(1, name);
    insert.bind(2, value);
    return insert.step() == SQLITE_DONE;
  }

  Registered<void> add_one(const NewCard& card, const PinHash& hash, std::string_view now) {
    Statement insert(handle_, kAdd);
    if (!insert) return broken();
    insert.bind(1, card.card_number);
    insert.bind(2, card.identification);
    insert.bind(3, card.policy);
    insert.bind(4, now);
    insert.bind(5, apdu::ByteView(hash.salt));
    insert.bind(6, apdu::ByteView(hash.hash));
    if (insert.step() != SQLITE_DONE) return broken();
    if (sqlite3_changes(handle_) == 1) return {};
    return refuse(Kind::kKnownAlready, fmt::format("{}: card {} is registered already, and not reported lost",
                                                   path_.string(), card.card_number));
  }

  Registered<PinHash> kept_hash(std::string_view number) {
    Statement query(handle_, "SELECT salt, hash FROM card WHERE number = ?");
    if (!query) return broken();
    query.bind(1, number);
    const int result = query.step();
    if (result == SQLITE_DONE) return tl::unexpected(find(number).error());
    if (result != SQLITE_ROW) return broken();
    const auto salt = query.blob(0);
    const auto hash = query.blob(1);
    return PinHash{{salt.begin(), salt.end()}, {hash.begin(), hash.end()}};
  }

  apdu::Bytes new_salt() {
    apdu::Bytes salt(kSaltSize);
    random_.fill(salt);
    return salt;
  }

  Registered<PinHash> hash_of(const keys::Pin& pin, apdu::Bytes salt) const {
    if (pin.empty()) return PinHash{};
    const auto hash = keys::storage::scrypt(octets(pin.reveal()), salt, hash_cost_);
    if (!hash) return refuse(Kind::kUnusable, hash.error().what);
    return PinHash{std::move(salt), {hash->begin(), hash->end()}};
  }

  fs::path path_;
  keys::Random& random_;
  sqlite3* handle_ = nullptr;
  unsigned hash_cost_ = kHashCost;
};

CardRegister::CardRegister(std::unique_ptr<File> file) : file_(std::move(file)) {}
CardRegister::CardRegister(CardRegister&&) noexcept = default;
CardRegister& CardRegister::operator=(CardRegister&&) noexcept = default;
CardRegister::~CardRegister() = default;

Registered<CardRegister> CardRegister::open(const fs::path& file, keys::Random& random, unsigned hash_cost) {
  auto opened = std::make_unique<File>(file, random);
  if (auto done = opened->open(hash_cost); !done) return tl::unexpected(done.error());
  return CardRegister(std::move(opened));
}

Registered<void> CardRegister::add(std::span<const NewCard> cards, std::string_view now) {
  return file_->add(cards, now);
}

Registered<RegisteredCard> CardRegister::find(std::string_view card_number) {
  return file_->find(card_number);
}

Registered<bool> CardRegister::is_initial(std::string_view card_number, const keys::Pin& pin) {
  return file_->is_initial(card_number, pin);
}

Registered<RegisteredCard> CardRegister::set_state(const RegisteredCard& seen, PinState state, PinEvent event,
                                                   std::string_view now) {
  return file_->write(seen, kSetState, [&](Statement& update) {
    update.bind(3, static_cast<std::uint64_t>(state));
    update.bind(4, now);
    update.bind(5, one_if(event == PinEvent::kChange));
    update.bind(6, one_if(event == PinEvent::kReset));
    update.bind(7, one_if(event == PinEvent::kUnblock));
  });
}

Registered<RegisteredCard> CardRegister::set_initial(const RegisteredCard& seen, const keys::Pin& initial) {
  return file_->set_initial(seen, initial);
}

Registered<RegisteredCard> CardRegister::report_lost(const RegisteredCard& seen, std::string_view now) {
  return file_->write(seen, kReportLost, [&](Statement& update) { update.bind(3, now); });
}

}  // namespace ssc::simulator::store
