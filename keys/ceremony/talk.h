// One card of a key ceremony at the other end of a channel.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "apdu/channel.h"

namespace ssc::keys::ceremony {

using apdu::Bytes;
using apdu::ByteView;

struct CeremonyError {
  std::string what;           // one line for a person; holds no secret
  apdu::StatusWord status{};  // what the card answered; 0000: it is not about an answer
  bool lost = false;          // no answer came
};
template <class T>
using Done = tl::expected<T, CeremonyError>;

class Talk {
 public:
  // `name` is what errors call the card; the channel outlives this.
  Talk(apdu::Channel& channel, std::string name) : channel_(&channel), name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  Done<void> power_on();
  // One command to its end: 61xx is followed by GET RESPONSE, 6Cxx by the same command with xx. Error: the
  // card is lost.
  Done<apdu::Response> send(ByteView command);
  // The same, and anything but 9000 is an error that says what was tried. `doing`: "giving the PIN".
  Done<Bytes> must(ByteView command, std::string_view doing);

 private:
  Done<apdu::Response> once(ByteView command);

  apdu::Channel* channel_;
  std::string name_;
};

}  // namespace ssc::keys::ceremony
