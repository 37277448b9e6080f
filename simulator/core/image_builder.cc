#include "simulator/core/image_builder.h"

#include <algorithm>
#include <map>

#include "keys/key_names.h"
#include "simulator/core/fci.h"

namespace ssc::simulator::core {
namespace {

using profile::CardModel;

// Key names to families: all versions of a key are one family. Two environments may use one name for
// different keys.
class Families {
 public:
  KeyFamily of(DfIndex environment, const std::string& name) {
    const auto next = static_cast<KeyFamily>(families_.size());
    return families_.try_emplace({environment, std::string(keys::canonical_key_name(name))}, next)
        .first->second;
  }

 private:
  std::map<std::pair<DfIndex, std::string>, KeyFamily> families_;
};

AccessTerm build_term(const std::string& name, DfIndex environment, Families& families) {
  if (name == "free") return {AccessTerm::Kind::kFree, {}};
  if (name == "PIN") return {AccessTerm::Kind::kPin, {}};
  return {AccessTerm::Kind::kKey, families.of(environment, name)};
}

AccessRule build_rule(const profile::Access& access, DfIndex environment, Families& families) {
  AccessRule rule;
  for (const auto& terms : access.alternatives) {
    auto& alternative = rule.alternatives.emplace_back();
    for (const std::string& term : terms) alternative.push_back(build_term(term, environment, families));
  }
  return rule;
}

Sfi dir_of(const profile::Df& df) {
  const auto dir = std::ranges::find(df.files, static_cast<std::uint16_t>(kDirFile), &profile::Ef::fid);
  return dir == df.files.end() ? Sfi{0} : Sfi{dir->sfi};
}

bool is_record_file(FileType type) {
  return type == FileType::kLinearFixed || type == FileType::kLinearVariable || type == FileType::kCyclic;
}

// In SSSE EF05 the items about the card itself (01 to 06) say nothing of a person; the card number (07) does.
void set_privacy(Ef& ef, const profile::Df& df, const profile::Ef& file, profile::Kind kind) {
  constexpr std::uint16_t kIssuerData = 0xEF05;
  ef.personal = kind == profile::Kind::kCard && FileId{file.fid} != kDirFile;
  if (!df.is_application && file.fid == kIssuerData) ef.open_tags = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06};
}

// A failed authentication before a block command locks no key (Part 7 §13.1-13.2).
bool never_locks(Purpose purpose) {
  return purpose == Purpose::kBlockCard || purpose == Purpose::kBlockApplication;
}

class Builder {
 public:
  explicit Builder(const CardModel& model) : model_(model), image_(std::make_shared<Image>()) {}

  std::shared_ptr<const Image> build() {
    image_->name = model_.name;
    image_->atr = model_.atr;
    image_->pin_tries = model_.pin.tries;
    image_->t0 = model_.t0;
    image_->select_ef_by_p1_00 = model_.select_ef_by_p1_00;
    image_->takes_last_two_randoms = model_.takes_last_two_randoms;
    image_->key_zero_is_last_refused = model_.key_zero_is_last_refused;
    image_->wrong_mac2_is_9302 = model_.wrong_mac2_is_9302;
    if (model_.kind != profile::Kind::kPsam) put(kPinCell, model_.pin.value);
    if (model_.pin.tries_left) put(kPinTriesCell, {{*model_.pin.tries_left}});
    if (model_.card_blocked) put(kCardBlockedCell, kBlockedMark);
    for (const profile::Df& df : model_.dfs) add_df(df);
    image_->pin_owner = pin_owner();
    if (model_.medical) add_account(*model_.medical);
    std::ranges::sort(image_->contents, {}, &std::pair<CellId, Bytes>::first);
    return image_;
  }

 private:
  void put(CellId id, ByteView value) {
    image_->contents.emplace_back(id, Bytes(value.begin(), value.end()));
  }

  // The SSSE; the MF on a card whose only environment it is.
  DfIndex pin_owner() const {
    const DfIndex ssse = index_of("SSSE");
    return index(ssse) < image_->dfs.size() ? ssse : kMfIndex;
  }

  DfIndex index_of(const std::string& id) const {
    return static_cast<DfIndex>(std::ranges::find(image_->dfs, id, &Df::id) - image_->dfs.begin());
  }

  void add_df(const profile::Df& source) {
    Df df;
    df.id = source.id;
    df.fid = FileId{source.fid};
    df.alias = FileId{source.alias};
    const bool nameless = image_->dfs.empty() && !model_.ssse_has_name;
    if (!nameless) df.name = InplaceBytes<16>(source.name);
    df.application = source.is_application;
    df.parent = source.parent ? index_of(*source.parent) : kMfIndex;
    const keys::Cipher inherited = image_->dfs.empty() ? model_.cipher : image_->df(df.parent).cipher;
    df.cipher = source.cipher.value_or(inherited);
    df.fci = source.fci ? *source.fci : standard_fci(df, dir_of(source));
    const auto self = static_cast<DfIndex>(image_->dfs.size());
    image_->dfs.push_back(std::move(df));
    if (source.blocked) put(blocked_cell(self), kBlockedMark);
    for (const profile::Ef& file : source.files) add_ef(source, file, self);
    for (const profile::KeyEntry& key : source.keys) add_key(key, self);
  }

  // The internal amounts file is no file for any command; EF08 is its log.
  void add_account(const profile::Medical& source) {
    constexpr FileId kLog{0xEF08};
    MedicalAccount& account = image_->medical.emplace();
    account.df = index_of("DF04");
    account.log = image_->find_ef(account.df, kLog);
    account.load_type = source.binary_type ? 0x01 : 0x31;
    account.purchase_type = source.binary_type ? 0x02 : 0x32;
    account.tac_before_load = source.tac_before_load;
    put(kMedicalCell, source.amounts);
  }

  void add_ef(const profile::Df& df, const profile::Ef& source, DfIndex parent) {
    Ef ef;
    ef.fid = FileId{source.fid};
    ef.sfi = Sfi{source.sfi};
    ef.type = source.type;
    ef.df = parent;
    ef.size = source.size;
    ef.record_length = source.record_length;
    ef.max_records = source.max_records;
    ef.var_length = source.var_length;
    ef.read = build_rule(source.read, image_->environment(parent), families_);
    ef.update = build_rule(source.update, image_->environment(parent), families_);
    ef.key_ids = source.key_ids;
    if (source.group_file != 0) ef.group_file = image_->find_ef(parent, FileId{source.group_file});
    set_privacy(ef, df, source, model_.kind);
    const auto self = static_cast<EfIndex>(image_->efs.size());
    image_->efs.push_back(std::move(ef));
    add_contents(source, self);
  }

  void add_contents(const profile::Ef& source, EfIndex ef) {
    if (source.type == FileType::kTransparent) {
      Bytes content = source.records.empty() ? Bytes{} : source.records.front();
      content.resize(source.size);
      put(binary_cell(ef), content);
    }
    if (!is_record_file(source.type)) return;
    const std::size_t count = source.records.size();
    const bool cyclic = source.type == FileType::kCyclic;
    // A cyclic file's records are listed newest first; the oldest goes to slot 0.
    for (std::size_t i = 0; i < count; ++i)
      put(record_cell(ef, cyclic ? count - 1 - i : i), source.records[i]);
    if (cyclic && count > 0) put(cyclic_state_cell(ef), apdu::big_endian<4>((count - 1) << 16 | count));
    if (!cyclic) put(record_count_cell(ef), apdu::big_endian<2>(count));
  }

  void add_key(const profile::KeyEntry& source, DfIndex df) {
    KeySlot key;
    key.name = source.name;
    key.df = df;
    key.purpose = source.purpose;
    key.family =
        source.purpose == Purpose::kCarried ? kNoFamily : families_.of(image_->environment(df), source.name);
    key.id = KeyId{source.id};
    key.version = KeyVersion{source.version};
    key.usage = source.usage;
    if (source.file != 0) key.file = image_->find_ef(df, FileId{source.file});
    key.max_tries = never_locks(source.purpose) ? std::uint8_t{0} : source.tries;
    key.value = source.value;
    const auto self = static_cast<KeyIndex>(image_->keys.size());
    if (!source.head.empty()) put(carried_head_cell(self), source.head);
    if (source.tries_left) put(key_tries_cell(self), {{*source.tries_left}});
    image_->keys.push_back(std::move(key));
  }

  const CardModel& model_;
  std::shared_ptr<Image> image_;
  Families families_;
};

// A DF without FID and name stands for the MF to come.
std::shared_ptr<const Image> build_blank(const CardModel& model) {
  auto image = std::make_shared<Image>();
  image->name = model.name;
  image->atr = model.atr;
  image->t0 = model.t0;
  image->life = LifeCycle::kBlank;
  image->transport_key = model.transport_key;
  image->pin_owner = kNoDf;
  image->dfs.emplace_back().cipher = model.transport_key->cipher();
  return image;
}

}  // namespace

std::shared_ptr<const Image> build_image(const CardModel& model) {
  return model.transport_key ? build_blank(model) : Builder(model).build();
}

}  // namespace ssc::simulator::core
