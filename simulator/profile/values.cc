#include "simulator/profile/values.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/record_tlv.h"
#include "apdu/text/bcd.h"
#include "apdu/text/gbk.h"

namespace ssc::simulator::profile {
namespace {

std::uint8_t fill_of(Format format) { return format == Format::kCn ? 0xFF : 0x00; }

tl::expected<Bytes, std::string> octets(Notation notation, std::string_view written) {
  if (notation == Notation::kHex) {
    return apdu::parse_hex(written).map_error([](const apdu::HexError& error) { return error.what; });
  }
  const auto what = [](const apdu::TextError& error) { return error.what; };
  if (notation == Notation::kDigits) return apdu::encode_bcd(written).map_error(what);
  return apdu::encode_text(written, apdu::Charset::kGbk).map_error(what);
}

// Why a value cannot be written that way; empty when it can. Hex always can.
std::string find_misfit(const Item& item, Notation notation) {
  if (notation == Notation::kHex) return {};
  if (!item.inner.empty()) return "it holds items of its own; give them as hex";
  if (item.format == Format::kCn && notation == Notation::kText) return "it holds digits; write digits=";
  if (item.format == Format::kAn && notation == Notation::kDigits) return "it holds text; write text=";
  return {};
}

}  // namespace

Bytes record_of(const Item& item, apdu::ByteView value) { return apdu::encode_record(item.tag, value); }

Bytes empty_value(const Item& item) {
  if (item.inner.empty()) return Bytes(item.length, fill_of(item.format));
  Bytes out;
  for (const Item& inner : item.inner) {
    const Bytes record = record_of(inner, empty_value(inner));
    out.insert(out.end(), record.begin(), record.end());
  }
  return out;
}

Bytes empty_row(const Ef& file) {
  Bytes out;
  for (const Item& item : file.items) out.insert(out.end(), item.length, fill_of(item.format));
  return out;
}

tl::expected<Bytes, std::string> item_value(const Item& item, Notation notation, std::string_view written) {
  if (const auto misfit = find_misfit(item, notation); !misfit.empty()) return tl::unexpected(misfit);
  auto value = octets(notation, written);
  if (!value) return value;
  if (value->size() > item.length) {
    return tl::unexpected(fmt::format("{} bytes, the item holds {}", value->size(), item.length));
  }
  value->resize(item.length, fill_of(item.format));
  return value;
}

Ef* find_file(CardModel& model, std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return nullptr;
  const auto df = std::ranges::find(model.dfs, path.substr(0, slash), &Df::id);
  if (df == model.dfs.end()) return nullptr;
  const std::string wanted(path.substr(slash + 1));
  const auto ef = std::ranges::find_if(
      df->files, [&](const Ef& file) { return fmt::format("{:04X}", file.fid) == wanted; });
  return ef == df->files.end() ? nullptr : &*ef;
}

}  // namespace ssc::simulator::profile
