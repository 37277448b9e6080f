#include "keys/cipher.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>

#include "keys/library.h"

namespace ssc::keys {
namespace {

// A cipher that cannot run is a build without it or a broken precondition; a wrong MAC would be worse than an
// end.
void must(bool done) {
  if (done) return;
  std::fputs("ssc: libcrypto could not run a cipher (SSF33 is a secret cipher, not available here)\n",
             stderr);
  std::abort();
}

enum class Mode : std::uint8_t { kEcb, kCbc };

// Lives as long as the process.
EVP_CIPHER* fetch(const char* name) {
  EVP_CIPHER* const cipher = EVP_CIPHER_fetch(library(), name, nullptr);
  must(cipher != nullptr);
  return cipher;
}

const EVP_CIPHER* fetched(Cipher cipher, Mode mode) {
  static const EVP_CIPHER* const ciphers[2][2] = {{fetch("DES-EDE-ECB"), fetch("DES-EDE-CBC")},
                                                  {fetch("SM4-ECB"), fetch("SM4-CBC")}};
  return ciphers[cipher == Cipher::kSm4][mode == Mode::kCbc];
}

// One context for a cipher and mode, set up once and given a new key at each use.
class Context {
 public:
  Context(Cipher cipher, Mode mode) : context_(EVP_CIPHER_CTX_new()) {
    must(context_ != nullptr &&
         EVP_CipherInit_ex2(context_, fetched(cipher, mode), nullptr, nullptr, 1, nullptr) == 1);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_CIPHER_CTX_free(context_); }

  void start(ByteView key, const std::uint8_t* iv, bool encipher) {
    std::array<std::uint8_t, 16> doubled{};
    std::copy(key.begin(), key.end(), doubled.begin());
    if (key.size() == 8) std::copy(key.begin(), key.end(), doubled.begin() + 8);
    must(EVP_CipherInit_ex2(context_, nullptr, doubled.data(), iv, encipher ? 1 : 0, nullptr) == 1);
    EVP_CIPHER_CTX_set_padding(context_, 0);
    wipe(doubled.data(), doubled.size());
  }
  void update(ByteView in, std::uint8_t* out) {
    int written = 0;
    must(EVP_CipherUpdate(context_, out, &written, in.data(), static_cast<int>(in.size())) == 1 &&
         static_cast<std::size_t>(written) == in.size());
  }

 private:
  EVP_CIPHER_CTX* context_;
};

Context& context(Cipher cipher, Mode mode) {
  must(available(cipher));
  thread_local Context contexts[2][2] = {{{Cipher::kDes, Mode::kEcb}, {Cipher::kDes, Mode::kCbc}},
                                         {{Cipher::kSm4, Mode::kEcb}, {Cipher::kSm4, Mode::kCbc}}};
  return contexts[cipher == Cipher::kSm4][mode == Mode::kCbc];
}

void run_ecb(const Key& key, ByteView in, std::span<std::uint8_t> out, bool encipher) {
  assert(in.size() == out.size() && in.size() % block_size(key.cipher()) == 0);
  if (in.empty()) return;
  Context& ecb = context(key.cipher(), Mode::kEcb);
  ecb.start(key.reveal(), nullptr, encipher);
  ecb.update(in, out.data());
}

}  // namespace

void encipher_ecb(const Key& key, ByteView in, std::span<std::uint8_t> out) { run_ecb(key, in, out, true); }
void decipher_ecb(const Key& key, ByteView in, std::span<std::uint8_t> out) { run_ecb(key, in, out, false); }

void chain_cbc(const Key& key, std::span<std::uint8_t> state, ByteView blocks) {
  const std::size_t block = block_size(key.cipher());
  assert(state.size() == block && blocks.size() % block == 0);
  if (blocks.empty()) return;
  Context& cbc = context(key.cipher(), Mode::kCbc);
  cbc.start(key.reveal(), state.data(), true);
  std::array<std::uint8_t, 128> out{};
  while (!blocks.empty()) {
    const ByteView part = blocks.first(std::min(blocks.size(), out.size()));
    cbc.update(part, out.data());
    const ByteView last = ByteView(out).subspan(part.size() - block, block);
    std::copy(last.begin(), last.end(), state.begin());
    blocks = blocks.subspan(part.size());
  }
}

void wipe(void* data, std::size_t size) { OPENSSL_cleanse(data, size); }

bool equal_in_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ssc::keys
