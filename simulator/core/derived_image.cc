#include "simulator/core/derived_image.h"

#include <algorithm>

#include "apdu/hex.h"
#include "simulator/core/fci.h"
#include "simulator/core/headers.h"
#include "simulator/core/key_overlay.h"

namespace ssc::simulator::core {
namespace {

constexpr std::size_t kPlace = 2;  // the DF before a header

class Deriver {
 public:
  Deriver(const Image& base, const Store& store) : store_(store), image_(std::make_shared<Image>(base)) {}

  std::shared_ptr<const Image> derive() {
    take_settings();
    if (bytes(df_header_cell(kMfIndex)).empty()) {
      add_master_key(kMfIndex);
      return image_;
    }
    image_->life = life();
    image_->dfs.clear();
    for (std::size_t i = 0; add_df(static_cast<DfIndex>(i)); ++i) continue;
    for (std::size_t i = 0; add_ef(static_cast<EfIndex>(i)); ++i) continue;
    for (std::size_t i = 0; add_key(static_cast<KeyIndex>(i)); ++i) continue;
    for (std::size_t i = 0; i < image_->dfs.size(); ++i) finish_df(static_cast<DfIndex>(i));
    take_pin();
    take_account();
    return image_;
  }

 private:
  ByteView bytes(CellId id) const { return store_.find(id).value_or(ByteView{}); }

  static DfIndex place(ByteView header) { return static_cast<DfIndex>(apdu::number(header.first(kPlace))); }

  LifeCycle life() const {
    const ByteView life = bytes(kLifeCycleCell);
    return life.empty() ? LifeCycle::kPrePersonalised : static_cast<LifeCycle>(life[0]);
  }

  void take_settings() {
    if (const ByteView atr = bytes(kAtrCell); !atr.empty()) image_->atr.assign(atr.begin(), atr.end());
    const auto settings = decode_settings(bytes(kSettingsCell));
    if (!settings) return;
    image_->t0 = settings->t0;
    image_->select_ef_by_p1_00 = settings->select_ef_by_p1_00;
  }

  bool add_df(DfIndex self) {
    const ByteView stored = bytes(df_header_cell(self));
    if (stored.size() < 1 + kPlace) return false;
    const auto header = decode_df_header(stored.subspan(1 + kPlace));
    if (!header) return false;
    Df df;
    df.application = stored[0] != 0;
    df.parent = place(stored.subspan(1));
    df.fid = header->fid;
    df.alias = header->alias;
    df.name = header->name;
    const keys::Cipher inherited =
        image_->dfs.empty() ? image_->transport_key->cipher() : image_->df(df.parent).cipher;
    df.cipher = header->cipher.value_or(inherited);
    df.id = apdu::to_hex(apdu::big_endian<2>(static_cast<std::uint16_t>(df.fid)));
    image_->dfs.push_back(std::move(df));
    return true;
  }

  bool add_ef(EfIndex self) {
    const ByteView stored = bytes(ef_header_cell(self));
    if (stored.size() < kPlace) return false;
    auto ef = decode_ef_header(stored.subspan(kPlace));
    if (!ef) return false;
    ef->df = place(stored);
    image_->efs.push_back(*std::move(ef));
    return true;
  }

  bool add_key(KeyIndex self) {
    const ByteView stored = bytes(key_header_cell(self));
    if (stored.size() < kPlace) return false;
    auto key = decode_key(stored.subspan(kPlace), bytes(key_value_cell(self)));
    if (!key) return false;
    key->df = place(stored);
    key->name = image_->df(key->df).id + "." + apdu::to_hex(Bytes{static_cast<std::uint8_t>(key->id)});
    image_->keys.push_back(*std::move(key));
    return true;
  }

  void finish_df(DfIndex self) {
    Df& df = image_->dfs[index(self)];
    const ByteView given = bytes(fci_cell(self));
    const auto dir = image_->find_ef(self, kDirFile);
    df.fci = given.empty() ? standard_fci(df, dir ? image_->ef(*dir).sfi : Sfi{0})
                           : Bytes(given.begin(), given.end());
    if (image_->life != LifeCycle::kInUse) add_master_key(self);
  }

  std::optional<keys::Key> master_key(DfIndex df) const {
    if (auto own = decode_master_key(bytes(master_key_cell(df)))) return own;
    if (image_->df(df).application) return std::nullopt;
    return df == kMfIndex ? image_->transport_key : master_key(image_->df(df).parent);
  }

  void add_master_key(DfIndex df) {
    const auto value = master_key(df);
    if (!value) return;
    KeySlot& key = image_->keys.emplace_back();
    key.name = "MK" + image_->df(df).id;
    key.df = df;
    key.purpose = Purpose::kMaster;
    key.family = static_cast<KeyFamily>(kMaxRuleFamilies + index(df));
    key.id = KeyId{image_->df(df).application ? std::uint8_t{0x80} : std::uint8_t{0}};
    key.value = *value;
  }

  void take_pin() {
    const ByteView header = bytes(kPinHeaderCell);
    if (header.size() != kPlace + 1) return;
    image_->pin_owner = place(header);
    image_->pin_tries = header[kPlace];
  }

  void take_account() {
    constexpr FileId kLog{0xEF08};
    const ByteView header = bytes(kAccountHeaderCell);
    if (header.size() < kPlace) return;
    image_->medical = decode_account(header.subspan(kPlace));
    if (!image_->medical) return;
    image_->medical->df = place(header);
    image_->medical->log = image_->find_ef(image_->medical->df, kLog);
  }

  const Store& store_;
  std::shared_ptr<Image> image_;
};

}  // namespace

std::shared_ptr<const Image> derive_image(const std::shared_ptr<const Image>& base, const Store& store) {
  if (!base->transport_key) return overlay_keys(base, store);
  return Deriver(*base, store).derive();
}

std::size_t working_keys(const Image& image) {
  const auto first_master = std::ranges::find(image.keys, Purpose::kMaster, &KeySlot::purpose);
  return static_cast<std::size_t>(first_master - image.keys.begin());
}

}  // namespace ssc::simulator::core
