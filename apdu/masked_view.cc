#include "apdu/masked_view.h"

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

constexpr std::size_t kRowSize = 16;

}  // namespace

bool MaskedView::any_hidden() const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (hidden(i)) return true;
  }
  return false;
}

bool MaskedView::all_hidden() const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (!hidden(i)) return false;
  }
  return true;
}

MaskedView MaskedView::part(std::size_t offset, std::size_t size) const {
  MaskedView out = *this;
  out.bytes_ = bytes_.subspan(offset, size);
  out.offset_ += offset;
  return out;
}

MaskedView MaskedView::part(ByteView inner) const {
  return part(static_cast<std::size_t>(inner.data() - bytes_.data()), inner.size());
}

std::string MaskedView::hex() const {
  std::string out;
  for (std::size_t i = 0; i < size(); ++i) {
    if (i != 0) out += ' ';
    out += hidden(i) ? "**" : to_hex(bytes_.subspan(i, 1));
  }
  return out;
}

std::vector<std::string> MaskedView::rows() const {
  if (size() > kRowSize && all_hidden()) return {part(0, kRowSize).hex() + " …"};
  std::vector<std::string> out;
  for (std::size_t at = 0; at < size(); at += kRowSize)
    out.push_back(part(at, std::min(kRowSize, size() - at)).hex());
  return out;
}

}  // namespace ssc::apdu
