// Why the desk does not do what was asked.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "apdu/language.h"

namespace ssc::conformance::desk {

struct Refusal {
  std::string rule;       // what a program can go by: "not-initial", "holder-differs", "puk-locked"
  int code = 0;           // of the terminal interface: -22, -34, -36 …; 0: it has none for this
  apdu::OwnedPhrase why;  // one sentence of each language, without secrets
  bool failed = false;    // no rule: a reader, machine or file did not do its work
};

template <class T>
using Decided = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(std::string rule, int code, std::string english, std::string chinese) {
  return tl::unexpected(Refusal{std::move(rule), code, {std::move(english), std::move(chinese)}});
}
// `what`: the line of whoever did not do it.
inline tl::unexpected<Refusal> not_carried_out(std::string rule, const std::string& what) {
  return tl::unexpected(Refusal{std::move(rule), 0, {what, "未能完成：" + what}, true});
}

// The terminal interface's codes (provincial terminal spec annex A).
namespace code {
inline constexpr int not_genuine = -21;
inline constexpr int differs_from_card = -22;
inline constexpr int illegal_input = -23;
inline constexpr int pin_length = -33;
inline constexpr int entries_differ = -34;
inline constexpr int initial_may_not_transact = -35;
inline constexpr int back_to_initial = -36;
inline constexpr int pin_wrong = -51;
inline constexpr int pin_locked = -52;
inline constexpr int no_psam_cipher = -2202;
inline constexpr int locked = -27011;         // 6983
inline constexpr int key_not_found = -27272;  // 6A88
inline constexpr int card_blocked = -27265;   // 6A81
}  // namespace code

}  // namespace ssc::conformance::desk
