#include "conformance/engine/last_try_guard.h"

#include <algorithm>
#include <array>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

enum class Cost : std::uint8_t { kNone, kPinTry, kKeyTry, kForGood };

struct Row {
  std::uint8_t ins;
  Cost cost;
  std::string_view name;
};
constexpr std::array<Row, 6> kCardCosts = {{{0x20, Cost::kPinTry, "VERIFY"},
                                            {0x5E, Cost::kPinTry, "CHANGE PIN"},
                                            {0x82, Cost::kKeyTry, "EXTERNAL AUTHENTICATION"},
                                            {0x24, Cost::kForGood, "PIN CHANGE/UNBLOCK"},
                                            {0x16, Cost::kForGood, "CARD BLOCK"},
                                            {0x1E, Cost::kForGood, "APPLICATION BLOCK"}}};
constexpr std::array<Row, 2> kPsamCosts = {
    {{0x82, Cost::kKeyTry, "EXTERNAL AUTHENTICATION"}, {0xD4, Cost::kForGood, "CREATE KEY or CHANGE KEY"}}};

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::size_t kHeader = 4;
constexpr std::string_view kHow = "; --allow-destructive goes on";

const Row* find_row(apdu::Slot slot, apdu::ByteView command) {
  if (command.size() < kHeader) return nullptr;
  const auto search = [&command](const auto& table) -> const Row* {
    const auto row = std::ranges::find(table, command[1], &Row::ins);
    return row == table.end() ? nullptr : &*row;
  };
  return slot == apdu::Slot::kCard ? search(kCardCosts) : search(kPsamCosts);
}

// VERIFY with Lc 00 asks and does not try (Part 5 §6.14.5).
bool is_question(apdu::ByteView command) {
  return command[1] == 0x20 &&
         (command.size() == kHeader || (command.size() == kHeader + 1 && command[kHeader] == 0));
}

bool is_tries(apdu::StatusWord status) { return (status.value() & 0xFFF0) == 0x63C0; }

}  // namespace

LastTryGuard::Advice LastTryGuard::before(apdu::Slot slot, apdu::ByteView command) {
  const Row* row = find_row(slot, command);
  if (!row) return Advice::kSend;
  if (row->cost == Cost::kForGood)
    return refuse(std::string(row->name) + " changes a card that is not ours for good" + std::string(kHow));
  if (row->cost == Cost::kPinTry) return is_question(command) ? Advice::kSend : weigh_pin();
  return weigh_key(slot, command);
}

LastTryGuard::Advice LastTryGuard::weigh_pin() {
  if (pin_.locked) return Advice::kSend;
  if (!pin_.left) {
    if (!pin_asked_) return Advice::kAskPin;
    return refuse("the card does not say how many tries its PIN has" + std::string(kHow));
  }
  if (*pin_.left > 1) return Advice::kSend;
  return refuse("the PIN has one try left and a wrong one locks it" + std::string(kHow));
}

LastTryGuard::Advice LastTryGuard::weigh_key(apdu::Slot slot, apdu::ByteView command) {
  if (slot == apdu::Slot::kCard && key_doubt_)
    return refuse("no key is tried: " + *key_doubt_ + std::string(kHow));
  const Counter& counter = keys_[key_name(slot, command)];
  const bool failed_before = counter.left && *counter.left < counter.most;
  if (counter.locked || !counter.left || (*counter.left > 1 && !failed_before)) return Advice::kSend;
  const std::string name = "key " + apdu::to_hex(apdu::ByteView(command).subspan(3, 1));
  if (*counter.left <= 1)
    return refuse(name + " has one try left and a wrong one locks it" + std::string(kHow));
  return refuse(name + " refused the right answer and has " + std::to_string(*counter.left) +
                " tries left: the key set or PSAM does not fit this card" + std::string(kHow));
}

LastTryGuard::Advice LastTryGuard::refuse(std::string reason) {
  reason_ = std::move(reason);
  return Advice::kRefuse;
}

// Key ids with the top bit set belong to the current DF; the others to the environment (Part 5 t.14).
std::string LastTryGuard::key_name(apdu::Slot slot, apdu::ByteView command) const {
  const auto index = static_cast<std::size_t>(slot);
  const bool local = slot == apdu::Slot::kPsam || (command[3] & 0x80) != 0;
  return std::to_string(index) + apdu::to_hex(command.subspan(3, 1)) +
         (local ? apdu::to_hex(selected_[index]) : "");
}

void LastTryGuard::learn(Counter& counter, apdu::StatusWord status) {
  if (status.ok()) {
    if (counter.most > 0) counter.left = counter.most;  // the right value gives all tries back
    counter.locked = false;
  } else if (is_tries(status)) {
    counter.left = status.value() & 0xFU;
    counter.most = std::max(counter.most, *counter.left + 1);
    counter.locked = counter.left == 0U;
  } else if (status == apdu::sw::method_locked) {
    counter.locked = true;
  }
}

void LastTryGuard::learn_pin(apdu::StatusWord status) {
  pin_asked_ = true;
  if (!is_tries(status)) {
    learn(pin_, status);
    return;
  }
  pin_.left = status.value() & 0xFU;
  pin_.most = std::max(pin_.most, *pin_.left);
  pin_.locked = pin_.left == 0U;
}

void LastTryGuard::after(apdu::Slot slot, apdu::ByteView command, apdu::StatusWord status) {
  if (command.size() >= kHeader && command[1] == kSelect && command[2] != 0x02 && status.ok())
    selected_[static_cast<std::size_t>(slot)].assign(command.begin(), command.end());
  const Row* row = find_row(slot, command);
  if (!row) return;
  if (row->cost == Cost::kPinTry) return is_question(command) ? learn_pin(status) : learn(pin_, status);
  if (row->cost == Cost::kKeyTry) learn(keys_[key_name(slot, command)], status);
}

}  // namespace ssc::conformance
