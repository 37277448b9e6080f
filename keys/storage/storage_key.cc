#include "keys/storage/storage_key.h"

#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "keys/cipher.h"
#include "keys/library.h"
#include "keys/random.h"

namespace ssc::keys::storage {
namespace {

constexpr std::string_view kLabKey = "ssc-lab-storage-key-everyone-has";
static_assert(kLabKey.size() == kStorageKeySize);

// Without the algorithm nothing may be written or believed.
void must(bool done) {
  if (done) return;
  std::fputs("ssc: libcrypto could not run AES-256-GCM\n", stderr);
  std::abort();
}

ByteView octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

int length(ByteView bytes) { return static_cast<int>(bytes.size()); }

const EVP_CIPHER* aes_gcm() {
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(library(), "AES-256-GCM", nullptr);
  must(cipher != nullptr);
  return cipher;
}

// One run of AES-256-GCM, ready for its cipher text: key, nonce and associated data are in.
class Gcm {
 public:
  Gcm(const StorageKey& key, ByteView nonce, std::string_view context, bool encipher)
      : context_(EVP_CIPHER_CTX_new()) {
    must(context_ != nullptr && EVP_CipherInit_ex2(context_.get(), aes_gcm(), key.reveal().data(),
                                                   nonce.data(), encipher ? 1 : 0, nullptr) == 1);
    update(octets(context), nullptr);
  }

  void update(ByteView in, std::uint8_t* out) {
    int written = 0;
    must(in.empty() || EVP_CipherUpdate(context_.get(), out, &written, in.data(), length(in)) == 1);
  }
  bool finish() {
    int written = 0;
    std::uint8_t nothing = 0;
    return EVP_CipherFinal_ex(context_.get(), &nothing, &written) == 1;
  }
  void get_tag(std::uint8_t* tag) {
    must(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, tag) == 1);
  }
  void expect_tag(ByteView tag) {
    std::array<std::uint8_t, kTagSize> copy{};
    std::copy(tag.begin(), tag.end(), copy.begin());
    must(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, copy.data()) == 1);
  }

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

}  // namespace

StorageKey::StorageKey(ByteView bytes) {
  assert(bytes.size() == kStorageKeySize);
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

StorageKey::~StorageKey() { wipe(bytes_.data(), bytes_.size()); }

StorageKey StorageKey::lab() { return StorageKey(octets(kLabKey)); }

Stored<StorageKey> StorageKey::from_passphrase(const SecretBytes& passphrase, ByteView salt, unsigned cost) {
  assert(!passphrase.empty() && !salt.empty() && kLeastCost <= cost && cost <= kMostCost);
  auto bytes = scrypt(passphrase.reveal(), salt, cost);
  if (!bytes) return tl::unexpected(bytes.error());
  const StorageKey key(*bytes);
  wipe(bytes->data(), bytes->size());
  return key;
}

Bytes seal(const StorageKey& key, ByteView plain, std::string_view context) {
  Bytes out(plain.size() + kSealSize);
  system_random()->fill(std::span(out).first(kNonceSize));
  Gcm gcm(key, ByteView(out).first(kNonceSize), context, true);
  gcm.update(plain, out.data() + kNonceSize);
  must(gcm.finish());
  gcm.get_tag(out.data() + kNonceSize + plain.size());
  return out;
}

Stored<SecretBytes> open(const StorageKey& key, ByteView sealed, std::string_view context) {
  const auto refused = tl::unexpected(StorageError{
      StorageError::Kind::kDamaged,
      "the sealed value does not open: it was changed, moved from another place, or sealed under "
      "another storage key"});
  if (sealed.size() < kSealSize) return refused;
  Gcm gcm(key, sealed.first(kNonceSize), context, false);
  Bytes plain(sealed.size() - kSealSize);
  gcm.update(sealed.subspan(kNonceSize, plain.size()), plain.data());
  SecretBytes out(std::move(plain));
  gcm.expect_tag(sealed.last(kTagSize));
  if (!gcm.finish()) return refused;
  return out;
}

}  // namespace ssc::keys::storage
