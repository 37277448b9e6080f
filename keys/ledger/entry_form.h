// What an entry must look like before any rule is asked.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "keys/ledger/entry.h"

namespace ssc::keys::ledger {

// The texts of an entry, in the order of the file: the field's name there and in `--help`, and its place.
struct TextField {
  const char* name;
  const char* option;  // "--plan-reviewed-by"
  std::string Entry::*member;
};
std::span<const TextField> text_fields();

// Why the entry is none, in one line: who, role or subject is missing; the kind does not happen to such a
// subject; a text is too long, of several lines or no UTF-8; a text holds an identity number or as many
// hexadecimal digits as a key. Nothing when it is one.
std::optional<std::string> check_form(const Entry& entry);

}  // namespace ssc::keys::ledger
