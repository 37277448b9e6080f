#include "simulator/store/database.h"

#include <sqlite3.h>

#include <algorithm>

#include "keys/digest.h"
#include "simulator/store/statement.h"

namespace ssc::simulator::store {
namespace {

constexpr const char* kSettings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
// stamp: the number of the write that put the row there, from 1. mark: of all the others, see mark_of.
constexpr const char* kSchema =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE cell (kind INTEGER, object INTEGER, slot INTEGER, value BLOB NOT NULL,"
    " stamp INTEGER NOT NULL, mark BLOB NOT NULL, PRIMARY KEY (kind, object, slot)) WITHOUT ROWID;"
    "COMMIT;";
constexpr const char* kPut =
    "INSERT OR REPLACE INTO cell (kind, object, slot, value, stamp, mark) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::size_t kMarkSize = 8;

// SM3 over kind ‖ object ‖ slot ‖ stamp ‖ value, its first bytes: SQLite checks its trees, not what lies in
// them.
std::array<std::uint8_t, kMarkSize> mark_of(core::CellId id, std::uint64_t stamp, core::ByteView value) {
  const core::Bytes kind{static_cast<std::uint8_t>(id.kind)};
  const keys::Digest digest =
      keys::sm3(apdu::concat({kind, apdu::big_endian<2>(id.object), apdu::big_endian<2>(id.index),
                              apdu::big_endian<8>(stamp), value}));
  std::array<std::uint8_t, kMarkSize> mark{};
  std::copy_n(digest.begin(), kMarkSize, mark.begin());
  return mark;
}

}  // namespace

Database::Database(const std::filesystem::path& file) : file_(file) {}

Database::~Database() {
  sqlite3_finalize(put_);
  sqlite3_close(handle_);
}

bool Database::fail() {
  error_ = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
  return false;
}

bool Database::run(const char* sql) {
  return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK || fail();
}

bool Database::check_file() {
  Statement check(handle_, "PRAGMA integrity_check");
  if (!check || check.step() != SQLITE_ROW) return fail();
  if (check.text(0) == "ok") return true;
  error_ = check.text(0);
  std::ranges::replace(error_, '\n', ' ');
  return false;
}

bool Database::is_empty() {
  Statement count(handle_, "SELECT count(*) FROM sqlite_schema");
  return count && count.step() == SQLITE_ROW && count.number(0) == 0;
}

bool Database::open() {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(file_.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) return fail();
  if (!check_file() || !run(kSettings)) return false;
  if (is_empty() && !run(kSchema)) return false;
  return sqlite3_prepare_v2(handle_, kPut, -1, &put_, nullptr) == SQLITE_OK || fail();
}

std::optional<std::string> Database::property(const std::string& name) {
  Statement query(handle_, "SELECT value FROM property WHERE name = ?");
  if (!query) return std::nullopt;
  query.bind(1, name);
  if (query.step() != SQLITE_ROW) return std::nullopt;
  return query.text(0);
}

bool Database::set_property(const std::string& name, const std::string& value) {
  Statement insert(handle_, "INSERT OR REPLACE INTO property (name, value) VALUES (?, ?)");
  if (!insert) return fail();
  insert.bind(1, name);
  insert.bind(2, value);
  return insert.step() == SQLITE_DONE || fail();
}

bool Database::for_each_cell(const std::function<bool(core::CellId, core::ByteView)>& visit) {
  Statement query(handle_, "SELECT kind, object, slot, value, stamp, mark FROM cell");
  if (!query) return fail();
  int result = query.step();
  for (; result == SQLITE_ROW; result = query.step()) {
    const core::CellId id{static_cast<core::CellKind>(query.number(0)), query.number(1), query.number(2)};
    const std::uint64_t stamp = query.large_number(4);
    const core::ByteView value = query.blob(3);
    if (!apdu::equal(mark_of(id, stamp, value), query.blob(5)) || !visit(id, value)) {
      error_ = "a cell is damaged";
      return false;
    }
    stamp_ = std::max(stamp_, stamp);
  }
  return result == SQLITE_DONE || fail();
}

bool Database::put(const core::Change& change, std::uint64_t stamp) {
  const auto mark = mark_of(change.id, stamp, change.value);
  sqlite3_reset(put_);
  sqlite3_bind_int(put_, 1, static_cast<int>(change.id.kind));
  sqlite3_bind_int(put_, 2, change.id.object);
  sqlite3_bind_int(put_, 3, change.id.index);
  // An empty value is an empty blob, not NULL.
  static constexpr std::uint8_t kNothing = 0;
  const void* bytes = change.value.empty() ? &kNothing : change.value.data();
  sqlite3_bind_blob(put_, 4, bytes, static_cast<int>(change.value.size()), SQLITE_STATIC);
  sqlite3_bind_int64(put_, 5, static_cast<std::int64_t>(stamp));
  sqlite3_bind_blob(put_, 6, mark.data(), kMarkSize, SQLITE_STATIC);
  const bool done = sqlite3_step(put_) == SQLITE_DONE || fail();
  sqlite3_reset(put_);
  return done;
}

bool Database::write(std::span<const core::Change> changes) {
  if (!run("BEGIN IMMEDIATE")) return false;
  const auto put_one = [this](const core::Change& change) { return put(change, stamp_ + 1); };
  if (std::ranges::all_of(changes, put_one) && run("COMMIT")) {
    ++stamp_;
    return true;
  }
  sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  return false;
}

}  // namespace ssc::simulator::store
