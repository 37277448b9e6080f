// Status words: their values, their names in code, and what they mean (Part 5 table 5 and the tables of its
// clauses 6 and 7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ssc::apdu {

// SW1 SW2 as one big-endian number.
class StatusWord {
 public:
  constexpr StatusWord() = default;
  constexpr explicit StatusWord(std::uint16_t value) : value_(value) {}
  constexpr StatusWord(std::uint8_t sw1, std::uint8_t sw2)
      : value_(static_cast<std::uint16_t>(sw1 << 8 | sw2)) {}

  constexpr std::uint16_t value() const { return value_; }
  constexpr std::uint8_t sw1() const { return static_cast<std::uint8_t>(value_ >> 8); }
  constexpr std::uint8_t sw2() const { return static_cast<std::uint8_t>(value_ & 0xFF); }
  constexpr bool ok() const { return value_ == 0x9000; }

  friend constexpr bool operator==(StatusWord, StatusWord) = default;

 private:
  std::uint16_t value_ = 0;
};

namespace sw {
inline constexpr StatusWord ok{0x9000};
inline constexpr StatusWord memory_failure{0x6581};
inline constexpr StatusWord wrong_length{0x6700};
inline constexpr StatusWord wrong_state{0x6901};
inline constexpr StatusWord wrong_file_structure{0x6981};
inline constexpr StatusWord security_status_not_satisfied{0x6982};
inline constexpr StatusWord method_locked{0x6983};
inline constexpr StatusWord reference_data_invalid{0x6984};
inline constexpr StatusWord conditions_of_use_not_satisfied{0x6985};
inline constexpr StatusWord no_current_ef{0x6986};
inline constexpr StatusWord secure_messaging_missing{0x6987};
inline constexpr StatusWord secure_messaging_incorrect{0x6988};
inline constexpr StatusWord wrong_data_field{0x6A80};
inline constexpr StatusWord function_not_supported{0x6A81};
inline constexpr StatusWord file_not_found{0x6A82};
inline constexpr StatusWord record_not_found{0x6A83};
inline constexpr StatusWord no_space{0x6A84};
inline constexpr StatusWord lc_against_tlv{0x6A85};
inline constexpr StatusWord wrong_p1_p2{0x6A86};
inline constexpr StatusWord key_not_found{0x6A88};
inline constexpr StatusWord offset_beyond_file{0x6B00};
inline constexpr StatusWord wrong_instruction{0x6D00};
inline constexpr StatusWord wrong_class{0x6E00};
inline constexpr StatusWord data_invalid{0x6F00};
inline constexpr StatusWord mac_invalid{0x9302};
inline constexpr StatusWord application_locked{0x9303};
inline constexpr StatusWord not_enough_money{0x9401};
inline constexpr StatusWord counter_at_maximum{0x9402};
inline constexpr StatusWord key_index_not_supported{0x9403};
inline constexpr StatusWord wrong_owner{0x9405};  // key carriers; in no text
inline constexpr StatusWord mac_not_available{0x9406};

// 61xx: `available` bytes wait (00 stands for 256).
constexpr StatusWord bytes_available(std::size_t available) {
  return {0x61, static_cast<std::uint8_t>(available & 0xFF)};
}
// 6Cxx: wrong Le, `length` is right (00 stands for 256).
constexpr StatusWord wrong_le(std::size_t length) { return {0x6C, static_cast<std::uint8_t>(length & 0xFF)}; }
// 63Cx: authentication failed, x tries left (at most 15 can be said).
constexpr StatusWord tries_left(unsigned tries) {
  return {0x63, static_cast<std::uint8_t>(0xC0 | (tries > 15 ? 15U : tries))};
}
}  // namespace sw

// The word that stands for its family in tables: 6100 for 61xx, 63C0 for 63Cx, 6C00 for 6Cxx; else the word
// itself.
constexpr StatusWord family(StatusWord status) {
  if (status.sw1() == 0x61 || status.sw1() == 0x6C) return {status.sw1(), 0x00};
  if ((status.value() & 0xFFF0) == 0x63C0) return {0x63, 0xC0};
  return status;
}

struct StatusMeaning {
  std::string_view name;     // as in namespace sw: "wrong_length"
  std::string_view english;  // "wrong length"
  std::string_view chinese;  // "长度错误"
};

// Of any status word; the families 61xx, 63Cx and 6Cxx have one row each. A word that the standard does not
// list has the name "unlisted".
const StatusMeaning& meaning(StatusWord status) noexcept;

// "6A82".
std::string to_string(StatusWord status);

}  // namespace ssc::apdu
