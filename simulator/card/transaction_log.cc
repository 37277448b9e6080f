#include "simulator/card/transaction_log.h"

#include "simulator/core/record_file.h"

namespace ssc::simulator::card {
namespace {

constexpr std::size_t kRecord = 28;

struct Entry {
  std::uint16_t sequence;
  const keys::TransactionItems& items;
  std::array<keys::Amount, 3> amounts;
};

void append(const core::CardView& view, core::Transaction& tx, const Entry& entry) {
  const auto log = view.image().medical->log;
  if (!log) return;
  core::InplaceBytes<kRecord> record(apdu::big_endian<2>(entry.sequence));
  record.push_back(entry.items.type);
  record.append(entry.items.terminal);
  record.append(entry.items.date_time);
  for (const keys::Amount amount : entry.amounts) record.append(apdu::big_endian<4>(amount));
  record.truncate(view.image().ef(*log).record_length);
  [[maybe_unused]] const auto number = core::RecordFile(view, *log).append(tx, record);
  assert(number);
}

}  // namespace

void log_load(const core::CardView& view, core::Transaction& tx, const keys::Load& load) {
  append(view, tx, {load.sequence, load, {load.amount, 0, 0}});
}

void log_purchase(const core::CardView& view, core::Transaction& tx, const keys::Purchase& purchase,
                  std::uint16_t sequence) {
  append(view, tx, {sequence, purchase, {purchase.personal, purchase.self_paid, purchase.pooled}});
}

}  // namespace ssc::simulator::card
