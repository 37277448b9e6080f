// Octets to be shown, and which of them must not be.
#pragma once

#include <string>
#include <vector>

#include "apdu/trace.h"

namespace ssc::apdu {

// A part of a message together with the message's sensitive ranges. Views both.
class MaskedView {
 public:
  MaskedView(ByteView message, const SensitiveRanges& hidden) : bytes_(message), hidden_(&hidden) {}

  ByteView bytes() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool hidden(std::size_t position) const { return hidden_->covers(offset_ + position); }
  bool any_hidden() const;
  bool all_hidden() const;
  // Precondition: offset + size <= size().
  MaskedView part(std::size_t offset, std::size_t size) const;
  // The part that `inner`, a view into bytes(), covers.
  MaskedView part(ByteView inner) const;

  // "00 A4 ** **".
  std::string hex() const;
  // hex() in rows of 16 octets; of more than 16 that are all hidden, one row and an ellipsis.
  std::vector<std::string> rows() const;

 private:
  ByteView bytes_;
  const SensitiveRanges* hidden_;
  std::size_t offset_ = 0;
};

}  // namespace ssc::apdu
