#include "keys/hsm/software.h"

#include <algorithm>
#include <cassert>

#include "keys/cipher.h"
#include "keys/standard.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;

KeyInfo info_of(const NamedKey& key) {
  const KeyId id{key.value.cipher(), key.name, key.version};
  return {id, key.purpose, key.level, key.value.size()};
}

constexpr Structures kAnyStructure{0xF};

// What the catalogue knows of an imported key's place, beside what its record said.
NamedKey named(const KeyInfo& info, ByteView value) {
  NamedKey key;
  key.name = info.id.name;
  if (const KeyName* row = find_key_name(info.id.name, kAnyStructure)) {
    key.application = row->application;
    key.owner = row->level;
    key.id_known = row->id.has_value();
    key.id = row->id.value_or(0);
    if (row->psam_type != 0) {
      key.psam_usage = static_cast<std::uint8_t>(levels_to_card(info.level) << 5 | row->psam_type);
      key.psam_id = row->psam_id == 0 ? static_cast<std::uint8_t>(info.id.version) : row->psam_id;
    }
  }
  key.purpose = info.purpose;
  key.version = static_cast<std::uint8_t>(info.id.version);
  key.level = info.level;
  key.value = Key(info.id.cipher, value);
  return key;
}

class Software final : public BackEnd {
 public:
  Software(std::vector<KeySet> sets, KeepSet keep, std::unique_ptr<Random> random)
      : sets_(std::move(sets)), keep_(std::move(keep)), random_(std::move(random)) {
    if (random_ == nullptr) random_ = system_random();
    for (const KeySet& set : sets_) {
      std::ranges::transform(set.keys, std::back_inserter(infos_), info_of);
    }
  }

  std::string_view name() const override { return "software"; }
  std::string description() const override { return "OpenSSL in this process"; }
  const std::vector<KeyInfo>& keys() const override { return infos_; }

  std::vector<Mechanism> mechanisms() const override {
    return {{"DES-EDE-ECB", true, "OpenSSL; single DES as K‖K"},
            {"DES-EDE-CBC", true, "OpenSSL; single DES as K‖K"},
            {"SM4-ECB", true, "OpenSSL"},
            {"SM4-CBC", true, "OpenSSL"},
            {"SSF33", false, "a secret cipher"}};
  }

  Answer<void> supports(Cipher /*cipher*/) const override { return {}; }

  Answer<CheckValue> check_value(const KeyPath& path) override { return keys::check_value(key_of(path)); }

  Answer<AuthenticationData> authentication_data(const KeyPath& path, ByteView session_factor,
                                                 ByteView original) override {
    return keys::authentication_data(session_key(key_of(path), session_factor), original);
  }
  Answer<Mac> session_mac(const KeyPath& path, ByteView session_factor, ByteView data) override {
    return mac(session_key(key_of(path), session_factor), {data});
  }
  Answer<InplaceBytes<48>> encipher(const KeyPath& path, ByteView session_factor, ByteView plain) override {
    return keys::encipher(session_key(key_of(path), session_factor), plain);
  }
  Answer<Mac> tac(const KeyPath& path, ByteView data) override { return keys::tac(key_of(path), {data}); }
  Answer<Mac> key_mac(const KeyPath& path, ByteView iv, ByteView data) override {
    return key_loading_mac(key_of(path), iv, {data});
  }
  Answer<InplaceBytes<48>> encipher_record(const KeyPath& under, ByteView plain) override {
    return encipher_key_record(key_of(under), plain);
  }
  Answer<InplaceBytes<48>> encipher_key(const KeyPath& under, ByteView header, const KeyPath& path) override {
    const Key key = key_of(path);
    std::array<std::uint8_t, 48> record{};
    const auto value = std::ranges::copy(header, record.begin()).out;
    std::ranges::copy(key.reveal(), value);
    const auto out = encipher_key_record(key_of(under), ByteView(record).first(header.size() + key.size()));
    wipe(record.data(), record.size());
    return out;
  }

  Answer<void> keep_key(const KeyInfo& as, const KeyPath& under, ByteView header,
                        ByteView cipher_text) override {
    auto plain = decipher_key_record(key_of(under), cipher_text);
    const bool right = plain && plain->size() == header.size() + as.size &&
                       apdu::equal(plain->view().first(header.size()), header);
    auto kept = right
                    ? add(as, plain->view().subspan(header.size()))
                    : refuse(Kind::kRefused, "the record for " + as.id.to_string() + " holds something else");
    wipe(&plain, sizeof plain);
    return kept;
  }

  Answer<void> load_key(const KeyInfo& as, const Key& value) override { return add(as, value.reveal()); }

  Answer<void> random(std::span<std::uint8_t> out) override {
    random_->fill(out);
    return {};
  }

 private:
  Key key_of(const KeyPath& path) const {
    for (const KeySet& set : sets_) {
      const NamedKey* root = set.find(path.key.name, path.key.version);
      if (root != nullptr && root->value.cipher() == path.key.cipher) {
        return diversify(root->value, path.factors);
      }
    }
    assert(false);
    return {};
  }

  Answer<void> add(const KeyInfo& as, ByteView value) {
    const auto set = std::ranges::find(sets_, as.id.cipher, &KeySet::cipher);
    if (set == sets_.end()) {
      return refuse(Kind::kNoKey, "software: no key set of that cipher to keep " + as.id.to_string() + " in");
    }
    set->keys.push_back(named(as, value));
    if (keep_) {
      if (auto kept = keep_(*set); !kept) {
        set->keys.pop_back();
        return kept;
      }
    }
    infos_.push_back(info_of(set->keys.back()));
    return {};
  }

  std::vector<KeySet> sets_;
  KeepSet keep_;
  std::unique_ptr<Random> random_;
  std::vector<KeyInfo> infos_;
};

}  // namespace

std::unique_ptr<BackEnd> software_back_end(std::vector<KeySet> sets, KeepSet keep,
                                           std::unique_ptr<Random> random) {
  return std::make_unique<Software>(std::move(sets), std::move(keep), std::move(random));
}

}  // namespace ssc::keys::hsm
