// A row of a batch: the person who gets a card, checked as far as a row alone can be.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace ssc::simulator::issue {

struct Applicant {
  std::string name;         // UTF-8
  std::string name_first;   // what of it item 09 holds, at most 30 bytes of GBK
  std::string name_rest;    // the rest, for item 4E, at most 20 bytes; empty: it fitted
  bool citizen = true;      // else another document, whose number has no check digit
  std::string id_number;    // at most 18 characters; X is upper case
  std::string sex;          // 1 male, 2 female, 9 not stated (V2.0 notice t.13)
  std::string nation;       // two digits (GB 3304)
  std::string birth_place;  // six digits, or empty
  std::string birth_date;   // YYYYMMDD
  std::string area;         // six digits: where the card is issued
  std::string card_class;   // 1 preschool, 2 student, 3 adult, 4 over 70 (V2.0 notice t.11)
  std::string policy;       // the region's PIN policy; empty: the batch's
};

enum class Encoding : std::uint8_t { kUtf8, kGbk };

// The columns a batch must have, by name, in any order.
std::span<const std::string_view> batch_columns();

// Where each of batch_columns() stands. The error names what is missing, unknown or there twice.
using Columns = std::vector<std::size_t>;
tl::expected<Columns, std::string> read_header(const std::vector<std::string>& fields);

// The error is why the row is refused, in one line without the row's data.
tl::expected<Applicant, std::string> read_applicant(const std::vector<std::string>& fields,
                                                    const Columns& columns, Encoding encoding);

}  // namespace ssc::simulator::issue
