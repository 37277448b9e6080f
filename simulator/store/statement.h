// A prepared statement of SQLite. Private to this folder.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "apdu/bytes.h"

namespace ssc::simulator::store {

// Ends with its scope. False when SQLite did not take the text.
class Statement {
 public:
  Statement(sqlite3* handle, const char* sql) { sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  explicit operator bool() const { return statement_ != nullptr; }
  void bind(int position, std::string_view text) {
    sqlite3_bind_text(statement_, position, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  // No octets are an empty blob, not NULL.
  void bind(int position, apdu::ByteView bytes) {
    if (bytes.empty())
      sqlite3_bind_zeroblob(statement_, position, 0);
    else
      sqlite3_bind_blob(statement_, position, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
  }
  void bind(int position, std::uint64_t number) {
    sqlite3_bind_int64(statement_, position, static_cast<std::int64_t>(number));
  }
  int step() { return sqlite3_step(statement_); }
  std::string text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? "" : bytes;
  }
  std::uint16_t number(int column) {
    return static_cast<std::uint16_t>(sqlite3_column_int(statement_, column));
  }
  std::uint64_t large_number(int column) {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
  }
  apdu::ByteView blob(int column) {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace ssc::simulator::store
