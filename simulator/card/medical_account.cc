#include "simulator/card/medical_account.h"

#include <limits>

#include "simulator/card/fields.h"
#include "simulator/card/pay_year.h"

namespace ssc::simulator::card {
namespace {

constexpr std::size_t kSize = 20;
constexpr std::uint16_t kPersonalLogRecord = 20;

bool fits(keys::Amount a, keys::Amount b) { return a <= std::numeric_limits<keys::Amount>::max() - b; }

// False when the totals would not fit.
bool add_to_year(MedicalAmounts& amounts, const keys::Purchase& purchase) {
  const auto year = pay_year_of(purchase.date_time, amounts.pay_year, amounts.starting_day);
  if (!year) return false;
  const bool same = *year == amounts.pay_year;
  const keys::Amount self_paid = same ? amounts.self_paid : 0;
  const keys::Amount pooled = same ? amounts.pooled : 0;
  if (!fits(self_paid, purchase.self_paid) || !fits(pooled, purchase.pooled)) return false;
  amounts.pay_year = *year;
  amounts.self_paid = self_paid + purchase.self_paid;
  amounts.pooled = pooled + purchase.pooled;
  return true;
}

}  // namespace

MedicalAmounts amounts_of(const core::CardView& view) {
  const core::ByteView stored = view.cell(core::kMedicalCell);
  if (stored.size() != kSize) return {};
  Fields fields(stored);
  MedicalAmounts out;
  out.load_sequence = fields.u16();
  out.purchase_sequence = fields.u16();
  out.balance = fields.u32();
  out.self_paid = fields.u32();
  out.pooled = fields.u32();
  out.pay_year = fields.u16();
  out.starting_day = fields.u16();
  return out;
}

void put_amounts(core::Transaction& tx, const MedicalAmounts& amounts) {
  core::InplaceBytes<kSize> bytes;
  bytes.append(apdu::big_endian<2>(amounts.load_sequence));
  bytes.append(apdu::big_endian<2>(amounts.purchase_sequence));
  bytes.append(apdu::big_endian<4>(amounts.balance));
  bytes.append(apdu::big_endian<4>(amounts.self_paid));
  bytes.append(apdu::big_endian<4>(amounts.pooled));
  bytes.append(apdu::big_endian<2>(amounts.pay_year));
  bytes.append(apdu::big_endian<2>(amounts.starting_day));
  tx.put(core::kMedicalCell, bytes);
}

bool personal_account_mode(const core::CardView& view) {
  const auto log = view.image().medical->log;
  return log && view.image().ef(*log).record_length == kPersonalLogRecord;
}

bool settle(MedicalAmounts& amounts, const keys::Purchase& purchase, bool personal_only) {
  if (!personal_only && !add_to_year(amounts, purchase)) return false;
  amounts.balance -= purchase.personal;
  ++amounts.purchase_sequence;
  return true;
}

}  // namespace ssc::simulator::card
