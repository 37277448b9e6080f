#include "tools/ssc/card_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/data_text.h"
#include "apdu/hex.h"
#include "keys/digest.h"
#include "keys/standard.h"
#include "simulator/core/record_file.h"

namespace ssc::tools {
namespace {

using namespace simulator;
using apdu::ByteView;
using core::CardView;
using profile::FileType;
using profile::Format;
using profile::Kind;
using profile::Purpose;

constexpr std::size_t kTlvHead = 2;
constexpr std::size_t kLongValue = 48;  // bytes; of more the beginning is shown

std::string_view name_of(FileType type) {
  constexpr std::string_view kNames[] = {"transparent", "linear fixed", "linear variable",
                                         "cyclic",      "internal",     "key"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view kind_name(Kind kind) {
  constexpr std::string_view kWords[] = {"card", "PSAM", "key carrier"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Purpose purpose) {
  constexpr std::string_view kNames[] = {"internal authentication",
                                         "external authentication",
                                         "secure messaging",
                                         "unblock PIN",
                                         "block card",
                                         "block application",
                                         "load",
                                         "purchase",
                                         "TAC",
                                         "starting day",
                                         "master",
                                         "PSAM",
                                         "carried"};
  return kNames[static_cast<std::size_t>(purpose)];
}

bool is_blank(ByteView value) {
  const auto all = [value](std::uint8_t byte) {
    return std::ranges::all_of(value, [=](auto b) { return b == byte; });
  };
  return all(0x00) || all(0xFF);
}

std::string hex_text(ByteView value) {
  if (value.size() <= kLongValue) return apdu::to_hex(value, ' ');
  const auto digest = keys::sm3(value);
  return fmt::format("{} … ({} bytes, SM3 {})", apdu::to_hex(value.first(kLongValue), ' '), value.size(),
                     apdu::to_hex(ByteView(digest).first(4)));
}

std::string size_text(ByteView value) {
  return fmt::format("({} byte{})", value.size(), value.size() == 1 ? "" : "s");
}

// An item of characters as text, also a single one.
std::string text_of(ByteView value) {
  const auto printable = [](std::uint8_t byte) { return byte > 0x20 && byte < 0x7F; };
  if (std::ranges::all_of(value, printable)) return {value.begin(), value.end()};
  return apdu::likely_text(value);
}

std::string value_text(ByteView value, const profile::Item* item) {
  if (is_blank(value)) return "empty " + size_text(value);
  const std::string text = item != nullptr && item->format == Format::kAn ? text_of(value) : "";
  return text.empty() ? hex_text(value) : text;
}

std::string tries_text(unsigned left, unsigned most) {
  if (most == 0) return "never locks";
  return fmt::format("{} of {} tries left{}", left, most, left == 0 ? ", locked" : "");
}

std::string names(const std::string& zh, const std::string& en) {
  return zh.empty() || en.empty() ? zh + en : zh + " " + en;
}

// Draws one card from top to bottom.
class Painter {
 public:
  explicit Painter(const LyingCard& card)
      : card_(card), model_(card.model), view_(*card.image, *card.store, session_) {}

  std::vector<PictureLine> paint() {
    paint_card();
    if (model_.medical) paint_account();
    for (std::size_t df = 0; df < model_.dfs.size(); ++df) paint_df(df);
    return std::move(lines_);
  }

 private:
  void add(PictureLine line) { lines_.push_back(std::move(line)); }
  void fact(const std::string& label, std::string value) { add({label, 1, label, std::move(value), "", ""}); }

  void paint_card() {
    add({"", 0, model_.name, std::string(kind_name(model_.kind)), "", ""});
    fact("profile", fmt::format("{}, structure {}{}", model_.profile, model_.version,
                                model_.edition.empty() ? "" : " (" + model_.edition + ")"));
    fact("cipher", std::string(keys::name(model_.cipher)));
    fact("key set", fmt::format("{}, area {}", model_.key_set, model_.area));
    fact("ATR", apdu::to_hex(model_.atr, ' '));
    fact("T=0", t0_text());
    if (model_.kind != Kind::kPsam) paint_pin();
    fact("life cycle", view_.card_blocked() ? "blocked for good" : "in use");
    fact("digest", model_.digest.substr(0, 16));
    fact("state", card_.state.empty() ? "none: as its card file says" : card_.state);
  }

  std::string t0_text() const {
    constexpr std::string_view kLe[] = {"strict", "zero-all", "lenient"};
    return fmt::format("{}, Le {}", model_.t0.presentation == profile::Presentation::kRaw ? "raw" : "direct",
                       kLe[static_cast<std::size_t>(model_.t0.le)]);
  }

  void paint_pin() {
    const auto pin = view_.pin();
    const std::string value = apdu::to_hex(pin.value);
    add({"PIN", 1, "PIN", pin.empty() ? "none" : value, pin.empty() ? "" : "**", ""});
    fact("PIN tries", tries_text(pin.tries, model_.pin.tries));
  }

  void paint_account() {
    constexpr std::pair<const char*, std::size_t> kAmounts[] = {
        {"load sequence", 2}, {"purchase sequence", 2}, {"balance", 4}, {"self-paid", 4}, {"pooled", 4}};
    constexpr std::pair<const char*, std::size_t> kDates[] = {{"pay year", 2}, {"starting day", 2}};
    ByteView rest = view_.cell(core::kMedicalCell);
    if (rest.size() != 20) return;
    add({"", 0, "medical account", "", "", ""});
    for (const auto& [name, size] : kAmounts) {
      add({std::string("account/") + name, 1, name, std::to_string(apdu::number(rest.first(size))), "**",
           size == 4 ? "fen" : ""});
      rest = rest.subspan(size);
    }
    for (const auto& [name, size] : kDates) {
      add({std::string("account/") + name, 1, name, apdu::to_hex(rest.first(size)), "", ""});
      rest = rest.subspan(size);
    }
  }

  void paint_df(std::size_t position) {
    const profile::Df& df = model_.dfs[position];
    const core::Df& built = card_.image->dfs[position];
    const bool blocked = view_.blocked(static_cast<core::DfIndex>(position));
    add({df.id, 0, df.id,
         fmt::format("{:04X} {}, {}, name {}{}", df.fid, df.is_application ? "application" : "environment",
                     keys::name(built.cipher), apdu::to_hex(df.name), blocked ? ", blocked for good" : ""),
         "", df.label});
    for (const profile::Ef& ef : df.files) paint_ef(df, ef);
    for (const profile::KeyEntry& key : df.keys)
      paint_key(df.id, static_cast<core::KeyIndex>(next_key_++), key.name);
    paint_added_keys(position);
  }

  void paint_ef(const profile::Df& df, const profile::Ef& ef) {
    const auto index = static_cast<core::EfIndex>(next_ef_++);
    const std::string path = fmt::format("{}/EF{:02X}", df.id, ef.fid & 0xFF);
    add({path, 1, fmt::format("{:04X}", ef.fid),
         fmt::format("SFI {:02X}, {}, read {}, update {}", ef.sfi, name_of(ef.type), ef.read.text,
                     ef.update.text),
         "", names(ef.name_zh, ef.name_en)});
    if (ef.type == FileType::kInternal || ef.type == FileType::kKey) return;
    if (ef.type == FileType::kTransparent) return paint_binary(path, index);
    paint_records(path, ef, index);
  }

  void paint_binary(const std::string& path, core::EfIndex index) {
    const ByteView bytes = view_.cell(core::binary_cell(index));
    paint_value({path + "/bytes", 2, "bytes", "", "", ""}, bytes, nullptr, card_.image->ef(index).personal);
  }

  void paint_records(const std::string& path, const profile::Ef& ef, core::EfIndex index) {
    const core::RecordFile file(view_, index);
    for (std::size_t number = 1; number <= file.count(); ++number) {
      const ByteView record = file.record(number);
      PictureLine line{fmt::format("{}/{}", path, number), 2, std::to_string(number), "", "", ""};
      if (ef.type == FileType::kCyclic || record.size() < kTlvHead) {
        paint_value(line, record, nullptr, card_.image->ef(index).personal);
        continue;
      }
      const profile::Item* item = item_of(ef, record[0], number);
      line.label += fmt::format(" {:02X}", record[0]);
      if (item != nullptr) line.note = names(item->name_zh, item->name_en);
      paint_value(line, record.subspan(kTlvHead), item, hides(index, record[0]));
    }
  }

  static const profile::Item* item_of(const profile::Ef& ef, std::uint8_t tag, std::size_t number) {
    const auto is_it = [=](const profile::Item& item) {
      return item.tag == tag && (item.record == 0 || item.record == number);
    };
    const auto found = std::ranges::find_if(ef.items, is_it);
    return found == ef.items.end() ? nullptr : &*found;
  }

  bool hides(core::EfIndex index, std::uint8_t tag) const {
    const core::Ef& ef = card_.image->ef(index);
    return ef.personal && std::ranges::find(ef.open_tags, tag) == ef.open_tags.end();
  }

  void paint_value(PictureLine line, ByteView value, const profile::Item* item, bool hide) {
    line.value = value_text(value, item);
    if (hide && !is_blank(value)) line.hidden = "** " + size_text(value);
    add(std::move(line));
  }

  void paint_key(const std::string& df, core::KeyIndex index, const std::string& name) {
    const core::KeySlot& slot = card_.image->key(index);
    const std::string usage =
        core::is_handed_on(slot.purpose) ? fmt::format("usage {:02X} ", slot.usage) : std::string();
    const std::string which = fmt::format("{}id {:02X} version {}", usage, static_cast<unsigned>(slot.id),
                                          static_cast<unsigned>(slot.version));
    add({fmt::format("{}/{} {}", df, name, which), 1, "key " + name,
         fmt::format("{}, {}, KCV {}, {}", which, name_of(slot.purpose), check_value(view_.key_value(index)),
                     tries_text(view_.tries(index), slot.max_tries)),
         "", ""});
  }

  // Keys that were loaded since; they lie behind those of the card file (core/key_overlay.h).
  void paint_added_keys(std::size_t df) {
    for (std::size_t i = keys_of_the_file(); i < card_.image->keys.size(); ++i) {
      const core::KeySlot& key = card_.image->keys[i];
      if (index(key.df) == df) paint_key(model_.dfs[df].id, static_cast<core::KeyIndex>(i), key.name);
    }
  }

  std::size_t keys_of_the_file() const {
    std::size_t count = 0;
    for (const profile::Df& df : model_.dfs) count += df.keys.size();
    return count;
  }

  static std::string check_value(const keys::Key& key) {
    if (!keys::available(key.cipher())) return "not available (secret cipher)";
    return apdu::to_hex(keys::check_value(key));
  }

  const LyingCard& card_;
  const profile::CardModel& model_;
  core::Session session_;
  CardView view_;
  std::vector<PictureLine> lines_;
  std::size_t next_ef_ = 0;  // position in the image: files and keys lie there in the model's order
  std::size_t next_key_ = 0;
};

}  // namespace

std::string PictureLine::text(bool unmask) const {
  std::string out(2 * indent, ' ');
  out += label;
  for (const std::string& part : {shown(unmask), note}) {
    if (!part.empty()) out += "  " + part;
  }
  return out;
}

std::vector<PictureLine> picture_of(const LyingCard& card) { return Painter(card).paint(); }

}  // namespace ssc::tools
