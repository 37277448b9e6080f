#include "simulator/core/session.h"

namespace ssc::simulator::core {

void Session::enter(const Image& image, DfIndex to) {
  ef.reset();
  record = 0;
  if (to == df) return;
  const DfIndex kept = image.environment(to);
  for (const KeySlot& key : image.keys) {
    if (key.df != kept) security.revoke(key.family);
  }
  challenge.reset();
  earlier_challenge.reset();
  refused_for.reset();
  delivered.reset();
  expected_mac2.reset();
  df = to;
}

}  // namespace ssc::simulator::core
