#include "simulator/store/counting_store.h"

#include <gtest/gtest.h>

#include "simulator/store/memory_store.h"
#include "simulator/store/worn_store.h"

namespace ssc::simulator::store {
namespace {

TEST(CountingStore, CountsWhatChangedSomething) {
  MemoryStore memory;
  WornStore worn(memory, 1);
  CountingStore counting(worn);
  const core::Bytes value = {1};
  const std::vector<core::Change> changes = {{core::kPinCell, value}};
  EXPECT_EQ(counting.commits(), 0U);
  EXPECT_TRUE(counting.commit(changes));
  EXPECT_EQ(counting.commits(), 1U);
  EXPECT_FALSE(counting.commit(changes));  // refused: nothing changed
  EXPECT_EQ(counting.commits(), 1U);
  EXPECT_TRUE(counting.find(core::kPinCell));
}

}  // namespace
}  // namespace ssc::simulator::store
