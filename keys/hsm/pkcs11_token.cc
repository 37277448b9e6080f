#include "keys/hsm/pkcs11_token.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "keys/blocks.h"
#include "keys/cipher.h"
#include "keys/hsm/pkcs11_label.h"
#include "keys/hsm/pkcs11_mechanisms.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;

CK_BYTE* octets(ByteView bytes) { return const_cast<CK_BYTE*>(bytes.data()); }  // PKCS#11 has no const

CK_BBOOL kYes = CK_TRUE;
CK_BBOOL kNo = CK_FALSE;
CK_OBJECT_CLASS kSecretKey = CKO_SECRET_KEY;
CK_KEY_TYPE kDes2 = CKK_DES2;

CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, bool value) { return {type, value ? &kYes : &kNo, sizeof kYes}; }

// Attributes of every key: it enciphers and derives, and does not come out.
std::vector<CK_ATTRIBUTE> key_template(bool stays, bool deciphers) {
  return {{CKA_CLASS, &kSecretKey, sizeof kSecretKey},
          {CKA_KEY_TYPE, &kDes2, sizeof kDes2},
          flag(CKA_TOKEN, stays),
          flag(CKA_PRIVATE, true),
          flag(CKA_SENSITIVE, true),
          flag(CKA_EXTRACTABLE, false),
          flag(CKA_ENCRYPT, true),
          flag(CKA_DECRYPT, deciphers),
          flag(CKA_DERIVE, true)};
}

// A key's part as the 16 octets of CKK_DES2.
std::array<std::uint8_t, 16> doubled(const Key& key, Part part) {
  std::array<std::uint8_t, 16> out{};
  const ByteView value = key.reveal();
  const auto folded = fold<8>(value);
  const ByteView left = part == Part::kFolded ? ByteView(folded) : value.first(8);
  const ByteView right = part == Part::kWhole && value.size() == 16 ? value.last(8) : left;
  std::ranges::copy(right, std::ranges::copy(left, out.begin()).out);
  return out;
}

std::vector<Part> parts_of(const KeyInfo& info) {
  std::vector<Part> parts = {Part::kWhole};
  if (info.size == 16 && info.purpose == Purpose::kTac) parts.push_back(Part::kFolded);
  const bool loads = info.purpose == Purpose::kMaster || info.purpose == Purpose::kInternalAuthentication;
  if (info.size == 16 && loads) parts.push_back(Part::kLeft);
  return parts;
}

class Token final : public CipherDevice {
 public:
  Token(std::unique_ptr<Pkcs11Session> session, std::string label)
      : session_(std::move(session)), label_(std::move(label)), lacks_(missing_mechanisms(*session_)) {}

  // Reads which keys there are.
  Answer<void> look() { return find_keys(); }

  std::string_view name() const override { return "pkcs11"; }
  const std::vector<KeyInfo>& keys() const override { return infos_; }

  std::vector<Mechanism> mechanisms() const override { return token_mechanisms(*session_); }
  std::string description() const override { return session_->description(); }

  Answer<void> supports(Cipher cipher) const override {
    if (cipher != Cipher::kDes) {
      return refuse(
          Kind::kNoMechanism,
          fmt::format("pkcs11: no mechanism for {}: PKCS#11 has no number for it", keys::name(cipher)));
    }
    if (lacks_.empty()) return {};
    return refuse(Kind::kNoMechanism,
                  fmt::format("pkcs11: token '{}' lacks {}", label_, fmt::join(lacks_, ", ")));
  }

  Answer<Handle> root(const KeyId& key, Part part) override {
    const auto info = std::ranges::find(infos_, key, &KeyInfo::id);
    const auto found = handles_.find(label_of({*info, part}));
    if (found != handles_.end()) return found->second;
    return refuse(Kind::kNoMechanism,
                  fmt::format("pkcs11: token '{}' holds no half of {} beside it, and no mechanism makes one",
                              label_, key.to_string()));
  }

  Answer<Handle> derive(Handle parent, ByteView data) override {
    CK_KEY_DERIVATION_STRING_DATA string{octets(data), data.size()};
    CK_MECHANISM mechanism{CKM_DES3_ECB_ENCRYPT_DATA, &string, sizeof string};
    auto attributes = key_template(false, false);
    CK_OBJECT_HANDLE child = 0;
    return checked(functions().C_DeriveKey(session_->handle(), &mechanism, parent, attributes.data(),
                                           attributes.size(), &child),
                   "C_DeriveKey")
        .map([&] { return Handle{child}; });
  }
  void release(Handle derived) override { functions().C_DestroyObject(session_->handle(), derived); }

  Answer<void> encipher(Handle key, ByteView in, std::span<std::uint8_t> out) override {
    CK_MECHANISM mechanism{CKM_DES3_ECB, nullptr, 0};
    return run(mechanism, key, in, out);
  }

  Answer<void> decipher(Handle key, ByteView in, std::span<std::uint8_t> out) override {
    CK_MECHANISM mechanism{CKM_DES3_ECB, nullptr, 0};
    CK_ULONG size = out.size();
    return checked(functions().C_DecryptInit(session_->handle(), &mechanism, key), "C_DecryptInit")
        .and_then([&] {
          return checked(functions().C_Decrypt(session_->handle(), octets(in), in.size(), out.data(), &size),
                         "C_Decrypt");
        })
        .and_then([&] { return whole(size, out.size(), "C_Decrypt"); });
  }

  Answer<void> chain(Handle key, std::span<std::uint8_t> state, ByteView blocks) override {
    CK_MECHANISM mechanism{CKM_DES3_CBC, state.data(), state.size()};
    Bytes out(blocks.size());
    return run(mechanism, key, blocks, out).map([&] {
      std::ranges::copy(ByteView(out).last(state.size()), state.begin());
    });
  }

  Answer<void> store(const KeyInfo& as, const Key& value) override {
    std::vector<std::string> made;
    for (const Part part : parts_of(as)) {
      const auto done = create({as, part}, value);
      if (!done) {
        for (const std::string& label : made) remove(label);
        return done;
      }
      made.push_back(label_of({as, part}));
    }
    infos_.push_back(as);
    return {};
  }

  Answer<void> random(std::span<std::uint8_t> out) override {
    return checked(functions().C_GenerateRandom(session_->handle(), out.data(), out.size()),
                   "C_GenerateRandom");
  }

 private:
  const CK_FUNCTION_LIST& functions() const { return session_->functions(); }

  static Answer<void> whole(CK_ULONG given, std::size_t wanted, std::string_view function) {
    if (given == wanted) return {};
    return refuse(Kind::kDevice, fmt::format("pkcs11: {}: {} bytes instead of {}", function, given, wanted));
  }

  Answer<void> run(CK_MECHANISM& mechanism, Handle key, ByteView in, std::span<std::uint8_t> out) {
    CK_ULONG size = out.size();
    return checked(functions().C_EncryptInit(session_->handle(), &mechanism, key), "C_EncryptInit")
        .and_then([&] {
          return checked(functions().C_Encrypt(session_->handle(), octets(in), in.size(), out.data(), &size),
                         "C_Encrypt");
        })
        .and_then([&] { return whole(size, out.size(), "C_Encrypt"); });
  }

  Answer<void> create(const LabelledKey& key, const Key& value) {
    auto octets = doubled(value, key.part);
    std::string label = label_of(key);
    auto attributes = key_template(true, key.info.purpose == Purpose::kMaster);
    attributes.push_back({CKA_LABEL, label.data(), label.size()});
    attributes.push_back({CKA_VALUE, octets.data(), octets.size()});
    CK_OBJECT_HANDLE object = 0;
    auto done =
        checked(functions().C_CreateObject(session_->handle(), attributes.data(), attributes.size(), &object),
                "C_CreateObject");
    wipe(octets.data(), octets.size());
    return done.map([&] { handles_[label] = object; });
  }

  void remove(const std::string& label) {
    functions().C_DestroyObject(session_->handle(), handles_[label]);
    handles_.erase(label);
  }

  Answer<void> find_keys() {
    CK_ATTRIBUTE attributes[] = {{CKA_CLASS, &kSecretKey, sizeof kSecretKey}, flag(CKA_TOKEN, true)};
    auto done = checked(functions().C_FindObjectsInit(session_->handle(), attributes, std::size(attributes)),
                        "C_FindObjectsInit");
    if (!done) return done;
    std::vector<CK_OBJECT_HANDLE> objects;
    done = collect(objects);
    functions().C_FindObjectsFinal(session_->handle());
    if (!done) return done;
    for (const CK_OBJECT_HANDLE object : objects) take(object);
    return {};
  }

  Answer<void> collect(std::vector<CK_OBJECT_HANDLE>& objects) {
    std::array<CK_OBJECT_HANDLE, 64> some{};
    CK_ULONG count = 0;
    do {
      const CK_RV code = functions().C_FindObjects(session_->handle(), some.data(), some.size(), &count);
      if (code != CKR_OK) return checked(code, "C_FindObjects");
      objects.insert(objects.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    } while (count != 0);
    return {};
  }

  // Keys of others in the token are left alone.
  void take(CK_OBJECT_HANDLE object) {
    std::array<char, 256> text{};
    CK_ATTRIBUTE label{CKA_LABEL, text.data(), text.size()};
    if (functions().C_GetAttributeValue(session_->handle(), object, &label, 1) != CKR_OK) return;
    const std::string_view read(text.data(), label.ulValueLen);
    const auto key = parse_label(read);
    if (!key) return;
    handles_[std::string(read)] = object;
    if (key->part == Part::kWhole) infos_.push_back(key->info);
  }

  std::unique_ptr<Pkcs11Session> session_;
  std::string label_;
  std::vector<std::string> lacks_;
  std::vector<KeyInfo> infos_;
  std::map<std::string, CK_OBJECT_HANDLE> handles_;  // by label
};

}  // namespace

Answer<std::unique_ptr<CipherDevice>> token_device(std::unique_ptr<Pkcs11Session> session,
                                                   std::string label) {
  auto token = std::make_unique<Token>(std::move(session), std::move(label));
  return token->look().map([&]() -> std::unique_ptr<CipherDevice> { return std::move(token); });
}

}  // namespace ssc::keys::hsm
