#include "keys/hsm/sdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "keys/cipher.h"
#include "keys/hsm/sdf_session.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using sdf::checked;
using Block = std::array<std::uint8_t, 16>;

// GB/T 32907 annex A, example 1: key and plain text are the same octets.
constexpr Block kExample = {0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                            0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10};
constexpr Block kExampleEnciphered = {0x68, 0x1E, 0xDF, 0x34, 0xD2, 0x06, 0x96, 0x5E,
                                      0x86, 0xB3, 0xE9, 0x4F, 0x53, 0x6E, 0x42, 0x46};

Handle number(void* key) { return reinterpret_cast<std::uintptr_t>(key); }
void* pointer(Handle key) { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(key)); }  // NOLINT

class SdfMachine final : public CipherDevice {
 public:
  SdfMachine(std::unique_ptr<sdf::Session> session, const SdfRecord& record)
      : session_(std::move(session)), record_(record) {}
  SdfMachine(const SdfMachine&) = delete;
  SdfMachine& operator=(const SdfMachine&) = delete;
  ~SdfMachine() override {
    for (const auto& [name, key] : roots_) release(key);
  }

  // Tries the algorithm numbers, then opens the keys.
  Answer<void> look() {
    return session_->import(kExample)
        .and_then([&](void* key) {
          auto done = try_numbers(number(key));
          release(number(key));
          return done;
        })
        .and_then([&] { return open_keys(); });
  }

  std::string_view name() const override { return "sdf"; }
  std::string description() const override { return session_->description(); }
  const std::vector<KeyInfo>& keys() const override { return infos_; }

  std::vector<Mechanism> mechanisms() const override {
    const auto numbered = [](std::string_view name, std::uint32_t value) {
      return fmt::format("{} ({:08X})", name, value);
    };
    return {
        {numbered("SGD_SM4_ECB", record_.sm4_ecb), true, "everything but MACs"},
        {numbered("SGD_SM4_MAC", record_.sm4_mac), mac_works_, "MACs, by SDF_CalculateMAC"},
        {numbered("SGD_SM4_CBC", record_.sm4_cbc), cbc_works_, "MACs, where SGD_SM4_MAC does not work"},
        {"DES", false, "GM/T 0006 has no algorithm number for it"},
        {"SSF33", false, "a secret cipher: GM/T 0006 numbers it (00000200), nothing here computes with it"}};
  }

  Answer<void> supports(Cipher cipher) const override {
    if (cipher == Cipher::kSm4) return {};
    return refuse(Kind::kNoMechanism,
                  fmt::format("sdf: no mechanism for {}: GM/T 0006 has no algorithm number for it",
                              keys::name(cipher)));
  }

  Answer<Handle> root(const KeyId& key, Part /*part*/) override {
    return roots_.find(key.to_string())->second;
  }

  Answer<Handle> derive(Handle parent, ByteView data) override {
    Block child{};
    auto key = encipher(parent, data, child).and_then([&] { return session_->import(child); }).map(number);
    wipe(child.data(), child.size());
    return key;
  }
  void release(Handle derived) override {
    session_->functions().destroy_key(session_->handle(), pointer(derived));
  }

  Answer<void> encipher(Handle key, ByteView in, std::span<std::uint8_t> out) override {
    Block iv{};  // ECB has none; some libraries look at it
    return session_->run(session_->functions().encrypt, "SDF_Encrypt", pointer(key), record_.sm4_ecb, iv, in,
                         out);
  }

  Answer<void> decipher(Handle key, ByteView in, std::span<std::uint8_t> out) override {
    Block iv{};
    sdf::Crypt* const decrypt = session_->functions().decrypt;
    return sdf::needed(decrypt != nullptr, "SDF_Decrypt").and_then([&] {
      return session_->run(decrypt, "SDF_Decrypt", pointer(key), record_.sm4_ecb, iv, in, out);
    });
  }

  Answer<void> chain(Handle key, std::span<std::uint8_t> state, ByteView blocks) override {
    return mac_works_ ? mac(key, state, blocks) : cbc(key, state, blocks);
  }

  Answer<void> store(const KeyInfo& /*as*/, const Key& /*value*/) override {
    return refuse(Kind::kNoMechanism,
                  "sdf: GM/T 0018 has no function that keeps a symmetric key; the maker's own tools do");
  }

  Answer<void> random(std::span<std::uint8_t> out) override {
    sdf::GenerateRandom* const generate = session_->functions().generate_random;
    return sdf::needed(generate != nullptr, "SDF_GenerateRandom").and_then([&] {
      return checked(generate(session_->handle(), static_cast<unsigned>(out.size()), out.data()),
                     "SDF_GenerateRandom");
    });
  }

 private:
  Answer<void> mac(Handle key, std::span<std::uint8_t> state, ByteView blocks) {
    Block iv{};
    std::ranges::copy(state, iv.begin());
    return session_->run(session_->functions().calculate_mac, "SDF_CalculateMAC", pointer(key),
                         record_.sm4_mac, iv, blocks, state);
  }

  Answer<void> cbc(Handle key, std::span<std::uint8_t> state, ByteView blocks) {
    Block iv{};
    std::ranges::copy(state, iv.begin());
    Bytes out(blocks.size());
    return session_
        ->run(session_->functions().encrypt, "SDF_Encrypt", pointer(key), record_.sm4_cbc, iv, blocks, out)
        .map([&] { std::ranges::copy(ByteView(out).last(state.size()), state.begin()); });
  }

  Answer<void> try_numbers(Handle example) {
    Bytes out(2 * kExample.size());  // the same block twice tells ECB from a chain
    const auto done = encipher(example, apdu::concat({kExample, kExample}), out);
    if (!done) return done;
    if (out != apdu::concat({kExampleEnciphered, kExampleEnciphered})) {
      return refuse(
          Kind::kNoMechanism,
          fmt::format("sdf: {:08X} is not SM4 in ECB in this library; give the maker's number as sm4-ecb",
                      record_.sm4_ecb));
    }
    mac_works_ = session_->functions().calculate_mac != nullptr && chains(&SdfMachine::mac, example);
    cbc_works_ = chains(&SdfMachine::cbc, example);
    if (mac_works_ || cbc_works_) return {};
    return refuse(
        Kind::kNoMechanism,
        fmt::format("sdf: neither {:08X} (sm4-mac) nor {:08X} (sm4-cbc) chains SM4 blocks in this library",
                    record_.sm4_mac, record_.sm4_cbc));
  }

  // Whether it is CBC: the second block is chosen so that the chain turns it into the example again.
  bool chains(Answer<void> (SdfMachine::*way)(Handle, std::span<std::uint8_t>, ByteView), Handle example) {
    const Bytes second = apdu::exclusive_or(kExampleEnciphered, kExample);
    Block state{};
    const auto done = (this->*way)(example, state, apdu::concat({kExample, second}));
    return done && state == kExampleEnciphered;
  }

  Answer<void> open_keys() {
    for (const SdfKey& key : record_.keys) {
      const auto handle = open_key(key);
      if (!handle) {
        return refuse(handle.error().kind,
                      fmt::format("{} ({})", handle.error().what, key.info.id.to_string()));
      }
      roots_[key.info.id.to_string()] = number(*handle);
      infos_.push_back(key.info);
    }
    return {};
  }

  Answer<void*> open_key(const SdfKey& key) const {
    const sdf::Functions& functions = session_->functions();
    void* handle = nullptr;
    const auto opened =
        key.index
            ? sdf::needed(functions.get_symm_key_handle != nullptr, "SDF_GetSymmKeyHandle").and_then([&] {
                return checked(functions.get_symm_key_handle(session_->handle(), *key.index, &handle),
                               "SDF_GetSymmKeyHandle");
              })
            : sdf::needed(functions.import_key_with_kek != nullptr, "SDF_ImportKeyWithKEK").and_then([&] {
                return unwrap(key.wrapped, &handle);
              });
    return opened.map([&] { return handle; });
  }

  Answer<void> unwrap(Bytes wrapped, void** handle) const {
    return checked(session_->functions().import_key_with_kek(session_->handle(), record_.wrapped_with,
                                                             record_.kek, wrapped.data(),
                                                             static_cast<unsigned>(wrapped.size()), handle),
                   "SDF_ImportKeyWithKEK");
  }

  std::unique_ptr<sdf::Session> session_;
  SdfRecord record_;
  std::vector<KeyInfo> infos_;
  std::map<std::string, Handle> roots_;
  bool mac_works_ = false;
  bool cbc_works_ = false;
};

}  // namespace

Answer<std::unique_ptr<CipherDevice>> sdf_device(const SdfRecord& record) {
  auto session = sdf::Session::open(record.library);
  if (!session) return tl::unexpected(session.error());
  auto machine = std::make_unique<SdfMachine>(*std::move(session), record);
  return machine->look().map([&]() -> std::unique_ptr<CipherDevice> { return std::move(machine); });
}

}  // namespace ssc::keys::hsm
