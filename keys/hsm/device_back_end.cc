#include "keys/hsm/device_back_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "keys/blocks.h"
#include "keys/cipher.h"
#include "keys/standard.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using BlockArray = std::array<std::uint8_t, 16>;

// A key in the device; a derived one is gone from there with this.
class HeldKey {
 public:
  HeldKey(CipherDevice& device, Handle handle, bool derived)
      : device_(&device), handle_(handle), derived_(derived) {}
  HeldKey(HeldKey&& other) noexcept
      : device_(other.device_), handle_(other.handle_), derived_(std::exchange(other.derived_, false)) {}
  HeldKey& operator=(HeldKey&& other) noexcept {
    std::swap(device_, other.device_);
    std::swap(handle_, other.handle_);
    std::swap(derived_, other.derived_);
    return *this;
  }
  HeldKey(const HeldKey&) = delete;
  HeldKey& operator=(const HeldKey&) = delete;
  ~HeldKey() {
    if (derived_) device_->release(handle_);
  }
  Handle handle() const { return handle_; }

 private:
  CipherDevice* device_;
  Handle handle_;
  bool derived_;
};

// Derivation data for a whole child (Part 9 §7.1.1, §7.2.1); a child of 8 bytes comes out as K‖K.
BlockArray whole_data(const Factor& factor, std::size_t child_size) {
  const Factor second = child_size == 16 ? inverted(factor) : factor;
  BlockArray data{};
  std::ranges::copy(second, std::ranges::copy(factor, data.begin()).out);
  return data;
}
BlockArray left_data(const Factor& factor) { return whole_data(factor, 8); }

// Derivation data for a session key (Part 4 §8.4); of 8 bytes under DES, so K‖K.
BlockArray session_data(Cipher cipher, ByteView session_factor) {
  const Block filled = zero_padded(cipher, session_factor);
  BlockArray data{};
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = filled.view()[i % filled.size()];
  return data;
}

// data ‖ 80 00…, always (Part 4 §8.2).
Bytes padded(Cipher cipher, ByteView data) {
  Bytes out(data.begin(), data.end());
  out.push_back(0x80);
  while (out.size() % block_size(cipher) != 0) out.push_back(0);
  return out;
}

class DeviceBackEnd final : public BackEnd {
 public:
  explicit DeviceBackEnd(std::unique_ptr<CipherDevice> device) : device_(std::move(device)) {}

  std::string_view name() const override { return device_->name(); }
  std::string description() const override { return device_->description(); }
  std::vector<Mechanism> mechanisms() const override { return device_->mechanisms(); }
  Answer<void> supports(Cipher cipher) const override { return device_->supports(cipher); }
  const std::vector<KeyInfo>& keys() const override { return device_->keys(); }

  Answer<CheckValue> check_value(const KeyPath& path) override {
    const Block zeros = zero_padded(path.key.cipher, {});
    return whole(path)
        .and_then([&](const HeldKey& key) { return one_block(key, zeros); })
        .map([](const Block& out) {
          CheckValue value{};
          std::copy_n(out.view().begin(), value.size(), value.begin());
          return value;
        });
  }

  Answer<AuthenticationData> authentication_data(const KeyPath& path, ByteView session_factor,
                                                 ByteView original) override {
    const Block block = zero_padded(path.key.cipher, original);
    return session(path, session_factor)
        .and_then([&](const HeldKey& key) { return one_block(key, block); })
        .map([](const Block& out) { return fold<8>(out); });
  }

  Answer<Mac> session_mac(const KeyPath& path, ByteView session_factor, ByteView data) override {
    return session(path, session_factor)
        .and_then([&](const HeldKey& key) {
          return chained(key, zero_padded(path.key.cipher, {}), padded(path.key.cipher, data));
        })
        .map([](const Block& last) { return mac_of(last); });
  }

  Answer<InplaceBytes<48>> encipher(const KeyPath& path, ByteView session_factor, ByteView plain) override {
    return session(path, session_factor).and_then([&](const HeldKey& key) {
      return enciphered(key, with_length(path.key.cipher, plain));
    });
  }

  Answer<Mac> tac(const KeyPath& path, ByteView data) override {
    const Cipher cipher = path.key.cipher;
    if (cipher == Cipher::kDes &&
        !path.factors.empty()) {  // no device xors the halves of a key: finished here
      return value_of(path).map([&](const Key& dtk) { return keys::tac(dtk, {data}); });
    }
    return (cipher == Cipher::kDes ? kept(path, Part::kFolded) : whole(path))
        .and_then(
            [&](const HeldKey& key) { return chained(key, zero_padded(cipher, {}), padded(cipher, data)); })
        .map([](const Block& last) { return mac_of(last); });
  }

  Answer<Mac> key_mac(const KeyPath& path, ByteView iv, ByteView data) override {
    const Cipher cipher = path.key.cipher;
    const Bytes blocks = padded(cipher, data);
    if (cipher == Cipher::kDes && size_of(path) == 16)
      return retail_mac(path, zero_padded(cipher, iv), blocks);
    return whole(path)
        .and_then([&](const HeldKey& key) { return chained(key, zero_padded(cipher, iv), blocks); })
        .map([](const Block& last) { return mac_of(last); });
  }

  Answer<InplaceBytes<48>> encipher_record(const KeyPath& under, ByteView plain) override {
    return whole(under).and_then(
        [&](const HeldKey& key) { return enciphered(key, with_length(under.key.cipher, plain)); });
  }

  Answer<InplaceBytes<48>> encipher_key(const KeyPath& under, ByteView header, const KeyPath& path) override {
    return value_of(path).and_then([&](const Key& value) {
      Bytes record = apdu::concat({header, value.reveal()});
      auto out = encipher_record(under, record);
      wipe(record.data(), record.size());
      return out;
    });
  }

  Answer<void> keep_key(const KeyInfo& as, const KeyPath& under, ByteView header,
                        ByteView cipher_text) override {
    std::array<std::uint8_t, 48> blocks{};
    const auto out = std::span(blocks).first(cipher_text.size());
    auto done =
        whole(under)
            .and_then([&](const HeldKey& key) { return device_->decipher(key.handle(), cipher_text, out); })
            .and_then([&] { return keep_opened(as, under.key.cipher, header, out); });
    wipe(blocks.data(), blocks.size());
    return done;
  }

  Answer<void> load_key(const KeyInfo& as, const Key& value) override { return device_->store(as, value); }
  Answer<void> random(std::span<std::uint8_t> out) override { return device_->random(out); }

 private:
  std::size_t size_of(const KeyPath& path) const {
    return std::ranges::find(keys(), path.key, &KeyInfo::id)->size;
  }

  Answer<HeldKey> kept(const KeyPath& path, Part part) {
    assert(path.factors.empty());
    return device_->root(path.key, part).map([&](Handle handle) { return HeldKey(*device_, handle, false); });
  }

  Answer<HeldKey> derived(const HeldKey& parent, ByteView data) {
    return device_->derive(parent.handle(), data).map([&](Handle handle) {
      return HeldKey(*device_, handle, true);
    });
  }

  // The key after the first `count` factors.
  Answer<HeldKey> after(const KeyPath& path, std::size_t count) {
    Answer<HeldKey> key = kept({path.key, {}}, Part::kWhole);
    for (std::size_t i = 0; i < count && key; ++i)
      key = derived(*key, whole_data(path.factors[i], size_of(path)));
    return key;
  }
  Answer<HeldKey> whole(const KeyPath& path) { return after(path, path.factors.size()); }

  Answer<HeldKey> left_half(const KeyPath& path) {
    if (path.factors.empty()) return kept(path, Part::kLeft);
    return after(path, path.factors.size() - 1).and_then([&](const HeldKey& parent) {
      return derived(parent, left_data(path.factors.back()));
    });
  }

  Answer<HeldKey> session(const KeyPath& path, ByteView session_factor) {
    return whole(path).and_then(
        [&](const HeldKey& key) { return derived(key, session_data(path.key.cipher, session_factor)); });
  }

  // A diversified key in this process: its parent enciphers the factor, which is all that diversification is.
  Answer<Key> value_of(const KeyPath& path) {
    if (path.factors.empty()) {
      return refuse(Kind::kNoMechanism,
                    fmt::format("{}: no mechanism gives {} itself out; keys leave it diversified only",
                                name(), path.key.to_string()));
    }
    const std::size_t size = size_of(path);
    const BlockArray data = whole_data(path.factors.back(), size);
    BlockArray child{};
    auto value =
        after(path, path.factors.size() - 1)
            .and_then([&](const HeldKey& parent) { return device_->encipher(parent.handle(), data, child); })
            .map([&] { return Key(path.key.cipher, ByteView(child).first(size)); });
    wipe(child.data(), child.size());
    return value;
  }

  Answer<Block> one_block(const HeldKey& key, const Block& in) {
    BlockArray out{};
    return device_->encipher(key.handle(), in, std::span(out).first(in.size())).map([&] {
      return Block(ByteView(out).first(in.size()));
    });
  }

  Answer<InplaceBytes<48>> enciphered(const HeldKey& key, const InplaceBytes<48>& blocks) {
    std::array<std::uint8_t, 48> out{};
    return device_->encipher(key.handle(), blocks, std::span(out).first(blocks.size())).map([&] {
      return InplaceBytes<48>(ByteView(out).first(blocks.size()));
    });
  }

  Answer<Block> chained(const HeldKey& key, const Block& iv, ByteView blocks) {
    BlockArray state{};
    std::ranges::copy(iv.view(), state.begin());
    const auto last = std::span(state).first(iv.size());
    return device_->chain(key.handle(), last, blocks).map([&] { return Block(last); });
  }

  // Single DES with the left half, the last block under the whole key: what decipher(right), encipher(left)
  // after a chain comes to (Part 9 §7.1.3).
  Answer<Mac> retail_mac(const KeyPath& path, const Block& iv, ByteView blocks) {
    const ByteView last = blocks.last(8);
    const ByteView before = blocks.first(blocks.size() - 8);
    const auto chain = [&](const HeldKey& key) { return chained(key, iv, before); };
    const auto state = before.empty() ? Answer<Block>(iv) : left_half(path).and_then(chain);
    return state
        .and_then([&](const Block& block) {
          const Bytes mixed = apdu::exclusive_or(block, last);
          return whole(path).and_then([&](const HeldKey& key) { return one_block(key, Block(mixed)); });
        })
        .map([](const Block& out) { return mac_of(out); });
  }

  Answer<void> keep_opened(const KeyInfo& as, Cipher cipher, ByteView header, ByteView blocks) {
    auto plain = without_length(cipher, blocks);
    const bool right = plain && plain->size() == header.size() + as.size &&
                       apdu::equal(plain->view().first(header.size()), header);
    auto kept = right
                    ? device_->store(as, Key(as.id.cipher, plain->view().subspan(header.size())))
                    : refuse(Kind::kRefused, "the record for " + as.id.to_string() + " holds something else");
    wipe(&plain, sizeof plain);
    return kept;
  }

  std::unique_ptr<CipherDevice> device_;
};

}  // namespace

std::unique_ptr<BackEnd> device_back_end(std::unique_ptr<CipherDevice> device) {
  return std::make_unique<DeviceBackEnd>(std::move(device));
}

}  // namespace ssc::keys::hsm
