#include "simulator/core/describe.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "keys/digest.h"
#include "simulator/core/derived_image.h"
#include "simulator/core/headers.h"

namespace ssc::simulator::core {
namespace {

std::string digest(ByteView secret) { return apdu::to_hex(keys::sm3(secret)); }

class Describer {
 public:
  explicit Describer(const CardView& view) : view_(view), image_(view.image()) {}

  std::string describe() {
    add_card();
    for (const Df& df : image_.dfs) add_df(df);
    for (std::size_t i = 0; i < image_.efs.size(); ++i) add_ef(static_cast<EfIndex>(i));
    for (std::size_t i = 0; i < working_keys(image_); ++i) add_key(static_cast<KeyIndex>(i));
    add_pin();
    add_account();
    return out_;
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_ += fmt::format(format, std::forward<Parts>(parts)...) + '\n';
  }

  void add_card() {
    line("card life {} blocked {} ATR {} settings {}", static_cast<int>(image_.life), view_.card_blocked(),
         apdu::to_hex(image_.atr), apdu::to_hex(encode_settings({image_.t0, image_.select_ef_by_p1_00})));
  }

  void add_df(const Df& df) {
    const DfHeader header{df.fid, df.alias, df.cipher, df.name};
    const auto self = static_cast<DfIndex>(&df - image_.dfs.data());
    line("DF {} parent {} {} blocked {} FCI {}", df.application ? "application" : "environment",
         index(df.parent), apdu::to_hex(encode_df_header(header)), view_.blocked(self), apdu::to_hex(df.fci));
  }

  void add_ef(EfIndex self) {
    const Ef& ef = image_.ef(self);
    line("EF of DF {} {}", index(ef.df), apdu::to_hex(encode_ef_header(ef)));
    add_cell("binary", binary_cell(self));
    add_cell("record count", record_count_cell(self));
    add_cell("cyclic state", cyclic_state_cell(self));
    for (std::size_t slot = 0; slot < ef.max_records; ++slot) add_cell("record", record_cell(self, slot));
  }

  void add_cell(std::string_view what, CellId id) {
    const ByteView bytes = view_.cell(id);
    if (!bytes.empty()) line("  {} {} {}", what, id.index, apdu::to_hex(bytes));
  }

  void add_key(KeyIndex self) {
    KeySlot key = image_.key(self);
    key.value = view_.key_value(self);
    line("key of DF {} {} tries {} value {}", index(key.df), apdu::to_hex(encode_key_header(key)),
         view_.tries(self), digest(key.value.reveal()));
  }

  void add_pin() {
    const PinState pin = view_.pin();
    line("PIN of DF {} tries {} of {} value {}", index(image_.pin_owner), pin.tries, image_.pin_tries,
         digest(pin.value));
  }

  void add_account() {
    if (!image_.medical) return;
    const bool logs = image_.medical->log.has_value();
    line("account of DF {} {} log {} amounts {}", index(image_.medical->df),
         apdu::to_hex(encode_account(*image_.medical)), logs, apdu::to_hex(view_.cell(kMedicalCell)));
    add_cell("proof", kLoadProofCell);
    add_cell("proof", kPurchaseProofCell);
  }

  const CardView view_;
  const Image& image_;
  std::string out_;
};

}  // namespace

std::string describe(const CardOs& card) { return Describer(card.view()).describe(); }

}  // namespace ssc::simulator::core
