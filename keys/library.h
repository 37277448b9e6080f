// The program's own libcrypto context, so that no openssl.cnf takes an algorithm away. Private to this
// folder.
#pragma once

struct ossl_lib_ctx_st;

namespace ssc::keys {

// Never null; lives as long as the process.
ossl_lib_ctx_st* library();

}  // namespace ssc::keys
