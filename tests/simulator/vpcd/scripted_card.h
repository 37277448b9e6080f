// A card that writes down what happens at its contacts and echoes commands.
#pragma once

#include <mutex>
#include <string>

#include "apdu/hex.h"
#include "simulator/core/smart_card.h"

namespace ssc::simulator::vpcd::test {

inline apdu::Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

// Answers the first bytes of the command and 9000; 6700 to what is longer than a short command. Read the log
// from any thread.
class ScriptedCard final : public core::SmartCard {
 public:
  explicit ScriptedCard(std::string_view atr = "3B00") : atr_(hex(atr)) {}

  apdu::ByteView atr() const override { return atr_; }
  void power_on() override { note("on "); }
  void reset() override { note("reset "); }
  void power_off() override { note("off "); }
  apdu::Response transmit(apdu::ByteView command) noexcept override {
    note("apdu:" + std::to_string(command.size()) + " ");
    if (command.size() > 261) return apdu::Response(apdu::StatusWord(0x6700));
    return {command.first(std::min(command.size(), apdu::kMaxResponseData)), apdu::StatusWord(0x9000)};
  }

  std::string log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  void note(const std::string& word) {
    const std::lock_guard lock(mutex_);
    log_ += word;
  }

  apdu::Bytes atr_;
  mutable std::mutex mutex_;
  std::string log_;
};

}  // namespace ssc::simulator::vpcd::test
