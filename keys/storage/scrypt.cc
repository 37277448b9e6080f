#include "keys/storage/scrypt.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "keys/library.h"

namespace ssc::keys::storage {
namespace {

struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

// Without the algorithm nothing may be written or believed.
EVP_KDF* fetched() {
  static const std::unique_ptr<EVP_KDF, FreeKdf> kdf(EVP_KDF_fetch(library(), "SCRYPT", nullptr));
  if (kdf == nullptr) {
    std::fputs("ssc: libcrypto has no scrypt\n", stderr);
    std::abort();
  }
  return kdf.get();
}

OSSL_PARAM octets(const char* name, apdu::ByteView bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

Stored<Stretched> scrypt(apdu::ByteView secret, apdu::ByteView salt, unsigned cost) {
  assert(kLeastCost <= cost && cost <= kMostCost);
  std::uint64_t n = std::uint64_t{1} << cost;
  std::uint32_t r = 8;
  std::uint32_t p = 1;
  std::uint64_t memory = (n + 2 * std::uint64_t{r}) * 128 * r + (std::uint64_t{1} << 20);
  const OSSL_PARAM params[] = {octets(OSSL_KDF_PARAM_PASSWORD, secret),
                               octets(OSSL_KDF_PARAM_SALT, salt),
                               OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
                               OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
                               OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
                               OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
                               OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_KDF_CTX, FreeKdf> context(EVP_KDF_CTX_new(fetched()));
  Stretched out{};
  if (context != nullptr && EVP_KDF_derive(context.get(), out.data(), out.size(), params) == 1) return out;
  return tl::unexpected(
      StorageError{StorageError::Kind::kFile,
                   fmt::format("scrypt of cost {} takes {} MiB of memory, which is not to be had", cost,
                               1U << (cost - 10))});
}

}  // namespace ssc::keys::storage
