// The one place that knows SQLite: a file of cells, and two words about it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "simulator/core/cell.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ssc::simulator::store {

// Every member but close answers false, or nothing, when SQLite refused; `last_error` says why.
class Database {
 public:
  explicit Database(const std::filesystem::path& file);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Opens or creates, checks the whole file, sets WAL and synchronous FULL. A file that is not new is changed
  // in nothing.
  bool open();
  const std::string& last_error() const { return error_; }

  std::optional<std::string> property(const std::string& name);
  bool set_property(const std::string& name, const std::string& value);
  // False also when a cell's check value does not fit its bytes, or `visit` does not take it.
  bool for_each_cell(const std::function<bool(core::CellId, core::ByteView)>& visit);
  // All in one transaction, or none.
  bool write(std::span<const core::Change> changes);
  // Writes so far, over the life of the file; known once the cells were read.
  std::uint64_t stamp() const { return stamp_; }

 private:
  bool run(const char* sql);
  bool check_file();
  bool is_empty();
  bool put(const core::Change& change, std::uint64_t stamp);
  bool fail();

  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  sqlite3_stmt* put_ = nullptr;
  std::uint64_t stamp_ = 0;
  std::string error_;
};

}  // namespace ssc::simulator::store
