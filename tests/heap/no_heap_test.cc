// A running card that is not traced answers plain commands without the heap. Its own executable: it counts
// every operator new.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "apdu/hex.h"
#include "simulator/factory.h"

namespace {

bool counting = false;
std::size_t allocations = 0;

void* allocate(std::size_t size) {
  if (counting) ++allocations;
  void* memory =
      std::malloc(size == 0 ? 1 : size);  // NOLINT(cppcoreguidelines-no-malloc): this is operator new
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace ssc::simulator {
namespace {

std::size_t allocations_of(core::SmartCard& card, const apdu::Bytes& command) {
  card.transmit(command);  // buffers grow once
  allocations = 0;
  counting = true;
  card.transmit(command);
  counting = false;
  return allocations;
}

TEST(NoHeap, TheCounterCounts) {
  allocations = 0;
  counting = true;
  const apdu::Bytes bytes(1000, 1);
  counting = false;
  EXPECT_EQ(allocations, bytes.front());
}

TEST(NoHeap, PlainCommandsOfACard) {
  const auto card = make_card(*profile::load_card("sample-3.00"), {.seed = 1});
  card->power_on();
  for (const char* command : {"00A4040006D15600000500", "00A40000023F00", "00A4020002EF05", "00B2010402",
                              "00B2012C12", "0084000008", "0020000000", "0020000003123456", "0099000000",
                              "FF84000008", "00B0970001", "00B2FF0400"}) {
    EXPECT_EQ(allocations_of(*card, *apdu::parse_hex(command)), 0U) << command;
  }
}

}  // namespace
}  // namespace ssc::simulator
