#include "keys/random.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdlib>

namespace ssc::keys {
namespace {

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    constexpr std::size_t kMostAtOnce = 256;  // getentropy refuses more
    for (std::size_t at = 0; at < out.size(); at += kMostAtOnce) {
      const std::size_t size = std::min(kMostAtOnce, out.size() - at);
      if (getentropy(out.data() + at, size) != 0) std::abort();  // Linux before 3.17 only
    }
  }
};

// SplitMix64 (Steele, Lea, Flood 2014), each number eight bytes big-endian.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_byte();
  }

 private:
  std::uint8_t next_byte() {
    if (left_ == 0) {
      number_ = next_number();
      left_ = 8;
    }
    return static_cast<std::uint8_t>(number_ >> (8 * --left_));
  }

  std::uint64_t next_number() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
  std::uint64_t number_ = 0;
  unsigned left_ = 0;  // bytes of number_ not yet given out
};

}  // namespace

std::unique_ptr<Random> system_random() { return std::make_unique<SystemRandom>(); }
std::unique_ptr<Random> seeded_random(std::uint64_t seed) { return std::make_unique<SeededRandom>(seed); }

}  // namespace ssc::keys
