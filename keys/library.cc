#include "keys/library.h"

#include <openssl/crypto.h>

#include <cstdio>
#include <cstdlib>

namespace ssc::keys {

ossl_lib_ctx_st* library() {
  static OSSL_LIB_CTX* const context = [] {
    OSSL_LIB_CTX* const made = OSSL_LIB_CTX_new();
    if (made == nullptr) {
      std::fputs("ssc: libcrypto gives no library context\n", stderr);
      std::abort();
    }
    return made;
  }();
  return context;
}

}  // namespace ssc::keys
