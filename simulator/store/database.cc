#include "simulator/store/database.h"

#include <sqlite3.h>

namespace ssc::simulator::store {
namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS cell (kind INTEGER, object INTEGER, slot INTEGER, value BLOB NOT NULL,"
    " PRIMARY KEY (kind, object, slot)) WITHOUT ROWID;";
constexpr const char* kPut = "INSERT OR REPLACE INTO cell (kind, object, slot, value) VALUES (?, ?, ?, ?)";

// A prepared statement that ends with its scope.
class Statement {
 public:
  Statement(sqlite3* handle, const char* sql) { sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  explicit operator bool() const { return statement_ != nullptr; }
  void bind(int position, const std::string& text) {
    sqlite3_bind_text(statement_, position, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  int step() { return sqlite3_step(statement_); }
  std::string text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? "" : bytes;
  }
  std::uint16_t number(int column) {
    return static_cast<std::uint16_t>(sqlite3_column_int(statement_, column));
  }
  core::ByteView blob(int column) {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

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

bool Database::open() {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(file_.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) return fail();
  {
    Statement check(handle_, "PRAGMA integrity_check");
    if (!check || check.step() != SQLITE_ROW) return fail();
    if (check.text(0) != "ok") {
      error_ = check.text(0);
      return false;
    }
  }
  if (!run(kSchema)) return false;
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

bool Database::for_each_cell(const std::function<void(core::CellId, core::ByteView)>& visit) {
  Statement query(handle_, "SELECT kind, object, slot, value FROM cell");
  if (!query) return fail();
  int result = query.step();
  for (; result == SQLITE_ROW; result = query.step()) {
    const auto kind = static_cast<core::CellKind>(query.number(0));
    visit({kind, query.number(1), query.number(2)}, query.blob(3));
  }
  return result == SQLITE_DONE || fail();
}

bool Database::put(const core::Change& change) {
  sqlite3_reset(put_);
  sqlite3_bind_int(put_, 1, static_cast<int>(change.id.kind));
  sqlite3_bind_int(put_, 2, change.id.object);
  sqlite3_bind_int(put_, 3, change.id.index);
  // An empty value is an empty blob, not NULL.
  static constexpr std::uint8_t kNothing = 0;
  const void* bytes = change.value.empty() ? &kNothing : change.value.data();
  sqlite3_bind_blob(put_, 4, bytes, static_cast<int>(change.value.size()), SQLITE_STATIC);
  return sqlite3_step(put_) == SQLITE_DONE || fail();
}

bool Database::write(std::span<const core::Change> changes) {
  if (!run("BEGIN IMMEDIATE")) return false;
  for (const core::Change& change : changes) {
    if (put(change)) continue;
    sqlite3_reset(put_);
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    return false;
  }
  sqlite3_reset(put_);
  if (run("COMMIT")) return true;
  sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  return false;
}

}  // namespace ssc::simulator::store
