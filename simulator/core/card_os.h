// The card operating system: takes bytes, runs the checks and the handler, commits once, presents the answer.
#pragma once

#include <memory>

#include "simulator/core/env.h"
#include "simulator/core/rules.h"
#include "simulator/core/smart_card.h"

namespace ssc::simulator::core {

struct Exchange;

class CardOs final : public SmartCard {
 public:
  // The image is shared; what `rules` and `env` refer to must outlive the card. A new card has no power.
  CardOs(std::shared_ptr<const Image> image, const Rules& rules, const CardEnv& env);

  apdu::ByteView atr() const override { return image_->atr; }
  void power_on() override;
  void reset() override;
  void power_off() override;
  apdu::Response transmit(apdu::ByteView command) noexcept override;

  const Image& image() const { return *image_; }
  const Session& session() const { return session_; }
  CardView view() const { return {*image_, env_.store, session_}; }

 private:
  apdu::Response process(apdu::ByteView apdu);
  void begin();
  void renew_image();
  apdu::Response answer(Exchange& exchange);
  apdu::Response commit(const apdu::Response& response);
  void enter_initial_state();
  void trace_power(apdu::TraceEvent::Kind kind);
  void trace_exchange(apdu::ByteView apdu, const apdu::Response& response, const Exchange& exchange);

  std::shared_ptr<const Image> base_;   // as the card file says
  std::shared_ptr<const Image> image_;  // with what was made since: derived_image.h
  bool stale_ = false;                  // a file or key was made that image_ does not have
  const Rules rules_;
  CardEnv env_;
  bool powered_ = false;
  Session session_;
  Transaction transaction_;
};

}  // namespace ssc::simulator::core
