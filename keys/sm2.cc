#include "keys/sm2.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>

#include "keys/library.h"

namespace ssc::keys {
namespace {

// A signature that cannot be made must not be replaced by anything.
void must(bool done) {
  if (done) return;
  std::fputs("ssc: libcrypto could not run SM2 with SM3\n", stderr);
  std::abort();
}

template <auto Function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Function(object);
  }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Ecdsa = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;
using SharedKey = std::shared_ptr<EVP_PKEY>;

SharedKey share(EVP_PKEY* key) { return {key, Free<EVP_PKEY_free>()}; }

Bio reading(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.empty() ? "" : text.data(), static_cast<int>(text.size())));
  must(bio != nullptr);
  return bio;
}

// Memory that libcrypto wipes.
Bio writing() {
  Bio bio(BIO_new(BIO_s_secmem()));
  must(bio != nullptr);
  return bio;
}

std::string_view written(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

// No passphrase is asked for, on no terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

bool is_sm2(const EVP_PKEY* key) { return key != nullptr && EVP_PKEY_is_a(key, "SM2") == 1; }

// A context that signs or verifies with the usual id.
class Signing {
 public:
  explicit Signing(EVP_PKEY* key)
      : key_(EVP_PKEY_CTX_new_from_pkey(library(), key, nullptr)), digest_(EVP_MD_CTX_new()) {
    must(key_ != nullptr && digest_ != nullptr &&
         EVP_PKEY_CTX_set1_id(key_.get(), kSm2Id.data(), static_cast<int>(kSm2Id.size())) == 1);
    EVP_MD_CTX_set_pkey_ctx(digest_.get(), key_.get());
  }
  EVP_MD_CTX* digest() const { return digest_.get(); }

 private:
  KeyContext key_;
  DigestContext digest_;
};

Sm2Signature raw(const apdu::Bytes& der) {
  const std::uint8_t* at = der.data();
  const Ecdsa parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  Sm2Signature out{};
  constexpr int kHalf = 32;
  must(parts != nullptr && BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out.data(), kHalf) == kHalf &&
       BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), out.data() + kHalf, kHalf) == kHalf);
  return out;
}

apdu::Bytes der(const Sm2Signature& signature) {
  constexpr int kHalf = 32;
  const Ecdsa parts(ECDSA_SIG_new());
  must(parts != nullptr && ECDSA_SIG_set0(parts.get(), BN_bin2bn(signature.data(), kHalf, nullptr),
                                          BN_bin2bn(signature.data() + kHalf, kHalf, nullptr)) == 1);
  std::uint8_t* made = nullptr;
  const int size = i2d_ECDSA_SIG(parts.get(), &made);
  must(size > 0);
  apdu::Bytes out(made, made + size);
  OPENSSL_free(made);
  return out;
}

}  // namespace

std::optional<Sm2PublicKey> Sm2PublicKey::from_pem(std::string_view pem) {
  const Bio bio = reading(pem);
  SharedKey key =
      share(PEM_read_bio_PUBKEY_ex(bio.get(), nullptr, no_passphrase, nullptr, library(), nullptr));
  if (!is_sm2(key.get())) return std::nullopt;
  return Sm2PublicKey(std::move(key));
}

std::string Sm2PublicKey::to_pem() const {
  const Bio bio = writing();
  must(PEM_write_bio_PUBKEY(bio.get(), key_.get()) == 1);
  return std::string(written(bio));
}

Digest Sm2PublicKey::fingerprint() const {
  std::uint8_t* octets = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &octets);
  must(size > 0);
  const Digest out = sm3(apdu::ByteView(octets, static_cast<std::size_t>(size)));
  OPENSSL_free(octets);
  return out;
}

bool Sm2PublicKey::verify(apdu::ByteView message, const Sm2Signature& signature) const {
  const apdu::Bytes encoded = der(signature);
  const Signing signing(key_.get());
  must(EVP_DigestVerifyInit_ex(signing.digest(), nullptr, "SM3", library(), nullptr, key_.get(), nullptr) ==
       1);
  return EVP_DigestVerify(signing.digest(), encoded.data(), encoded.size(), message.data(), message.size()) ==
         1;
}

bool operator==(const Sm2PublicKey& a, const Sm2PublicKey& b) {
  return EVP_PKEY_eq(a.key_.get(), b.key_.get()) == 1;
}

Sm2PrivateKey Sm2PrivateKey::generate() {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(library(), "SM2", nullptr));
  EVP_PKEY* made = nullptr;
  must(context != nullptr && EVP_PKEY_keygen_init(context.get()) == 1 &&
       EVP_PKEY_keygen(context.get(), &made) == 1);
  return Sm2PrivateKey(share(made));
}

std::optional<Sm2PrivateKey> Sm2PrivateKey::from_pem(const storage::SecretBytes& pem) {
  const Bio bio = reading(pem.reveal_text());
  SharedKey key =
      share(PEM_read_bio_PrivateKey_ex(bio.get(), nullptr, no_passphrase, nullptr, library(), nullptr));
  if (!is_sm2(key.get())) return std::nullopt;
  return Sm2PrivateKey(std::move(key));
}

storage::SecretBytes Sm2PrivateKey::to_pem() const {
  const Bio bio = writing();
  must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, no_passphrase, nullptr) ==
       1);
  return storage::SecretBytes(written(bio));
}

Sm2PublicKey Sm2PrivateKey::public_key() const {
  const auto key = Sm2PublicKey::from_pem(Sm2PublicKey(key_).to_pem());
  must(key.has_value());
  return *key;
}

Sm2Signature Sm2PrivateKey::sign(apdu::ByteView message) const {
  const Signing signing(key_.get());
  std::size_t size = 0;
  must(EVP_DigestSignInit_ex(signing.digest(), nullptr, "SM3", library(), nullptr, key_.get(), nullptr) ==
           1 &&
       EVP_DigestSign(signing.digest(), nullptr, &size, message.data(), message.size()) == 1);
  apdu::Bytes made(size);
  must(EVP_DigestSign(signing.digest(), made.data(), &size, message.data(), message.size()) == 1);
  made.resize(size);
  return raw(made);
}

}  // namespace ssc::keys
