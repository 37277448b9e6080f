// Randomness, injected wherever it is used.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace ssc::keys {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// From the operating system.
std::unique_ptr<Random> system_random();
// The same bytes for the same seed, on every machine: for tests and seeded runs, never for real keys.
std::unique_ptr<Random> seeded_random(std::uint64_t seed);

}  // namespace ssc::keys
