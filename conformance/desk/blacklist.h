// The terminals' blacklist (Part 8 §7): identification code and card number of single cards, and ranges of
// card numbers, as a CSV file. Format: README.md.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/input_error.h"
#include "conformance/desk/refusal.h"

namespace ssc::conformance::desk {

struct BlacklistRow {
  std::string identification;  // 32 hexadecimal digits; empty: a range
  std::string card_number;     // nine characters; a range's first
  std::string last;            // a range's last; empty: a single card
  std::string since;           // "2026-01-31T12:00:00Z"
};

class Blacklist {
 public:
  Blacklist() = default;
  explicit Blacklist(std::vector<BlacklistRow> rows) : rows_(std::move(rows)) {}

  bool names(std::string_view identification, std::string_view card_number) const;
  const std::vector<BlacklistRow>& rows() const { return rows_; }

 private:
  std::vector<BlacklistRow> rows_;
};

// Errors with file and line. What stands behind the last line end was not written whole and is passed over.
apdu::Loaded<Blacklist> load_blacklist(const std::filesystem::path& file);

// Adds a row, on disk when this returns; makes the file when it is not there. Desks beside each other lose no
// row.
Decided<void> add_to_blacklist(const std::filesystem::path& file, const BlacklistRow& row);

}  // namespace ssc::conformance::desk
