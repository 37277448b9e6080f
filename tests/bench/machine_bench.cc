// What the encryption machine's interface costs above the ciphers: authentication data of a card of three
// levels by the software machine, against the same blocks through OpenSSL alone. Counter `ratio`: machine
// time / raw time.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <memory>

#include "apdu/hex.h"
#include "keys/hsm/machine.h"
#include "keys/hsm/software.h"

namespace {

using namespace ssc;
using keys::Cipher;
using Clock = std::chrono::steady_clock;
using Block = std::array<unsigned char, 16>;

constexpr int kBatch = 500;
constexpr Block kRoot = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                         0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
constexpr keys::Factor kFactors[] = {{0x39, 0x39, 0x30, 0x30, 0x30, 0x30, 0x73, 0x68},
                                     {0x39, 0x39, 0x30, 0x31, 0x30, 0x30, 0x73, 0x78},
                                     {0x86, 0x99, 0x99, 0x01, 0x00, 0x00, 0x00, 0x01}};
constexpr keys::Factor kRandom = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};

keys::hsm::Machine machine(Cipher cipher) {
  keys::NamedKey irk;
  irk.name = "IRK";
  irk.purpose = keys::Purpose::kInternalAuthentication;
  irk.value = keys::Key(cipher, kRoot);
  keys::KeySet set;
  set.cipher = cipher;
  set.keys = {irk};
  return keys::hsm::Machine(keys::hsm::software_back_end({set}));
}

// One context, a new key at each use: what any program has to do.
class Raw {
 public:
  explicit Raw(Cipher cipher)
      : cipher_(EVP_CIPHER_fetch(nullptr, cipher == Cipher::kDes ? "DES-EDE-ECB" : "SM4-ECB", nullptr),
                EVP_CIPHER_free) {
    EVP_CipherInit_ex2(context_.get(), cipher_.get(), nullptr, nullptr, 1, nullptr);
  }
  void run(const Block& key, const unsigned char* in, int size, unsigned char* out) {
    int written = 0;
    EVP_CipherInit_ex2(context_.get(), nullptr, key.data(), nullptr, 1, nullptr);
    EVP_CIPHER_CTX_set_padding(context_.get(), 0);
    EVP_CipherUpdate(context_.get(), out, &written, in, size);
  }

 private:
  std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher_;
  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context_{EVP_CIPHER_CTX_new(),
                                                                           EVP_CIPHER_CTX_free};
};

// Three child keys, a session key, one block under it.
unsigned char raw_authentication(Raw& raw, int block) {
  Block key = kRoot;
  Block data{};
  for (const keys::Factor& factor : kFactors) {
    for (std::size_t i = 0; i < 8; ++i) {
      data[i] = factor[i];
      data[i + 8] = static_cast<unsigned char>(~factor[i]);
    }
    Block child{};
    raw.run(key, data.data(), 16, child.data());
    key = child;
  }
  Block input{};
  std::copy(kRandom.begin(), kRandom.end(), input.begin());
  Block session{};
  raw.run(key, input.data(), block, session.data());
  if (block == 8) std::copy_n(session.begin(), 8, session.begin() + 8);
  Block out{};
  raw.run(session, input.data(), block, out.data());
  return static_cast<unsigned char>(out[0] ^ (block == 16 ? out[8] : 0));
}

template <class Work>
double seconds(Work&& work) {
  const auto start = Clock::now();
  for (int i = 0; i < kBatch; ++i) benchmark::DoNotOptimize(work());
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void authentication(benchmark::State& state, Cipher cipher) {
  auto hsm = machine(cipher);
  Raw raw(cipher);
  const int block = static_cast<int>(keys::block_size(cipher));
  const keys::hsm::KeyPath path{{cipher, "IRK", 1}, {std::begin(kFactors), std::end(kFactors)}};
  const auto by_machine = [&] { return (*hsm.authentication_data(path, kRandom, kRandom))[0]; };
  const auto by_openssl = [&] { return raw_authentication(raw, block); };
  if (by_machine() != by_openssl()) state.SkipWithError("machine and OpenSSL disagree");
  double ours = 0;
  double theirs = 0;
  for (auto iteration : state) {
    const double once = seconds(by_machine);
    theirs += seconds(by_openssl);
    ours += once;
    state.SetIterationTime(once);
  }
  state.SetItemsProcessed(state.iterations() * kBatch);
  state.counters["ratio"] = ours / theirs;
}
BENCHMARK_CAPTURE(authentication, DES, Cipher::kDes)->UseManualTime();
BENCHMARK_CAPTURE(authentication, SM4, Cipher::kSm4)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
