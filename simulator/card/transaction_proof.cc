#include "simulator/card/transaction_proof.h"

namespace ssc::simulator::card {
namespace {

constexpr std::size_t kSequence = 2;
constexpr std::size_t kSize = 10;

core::CellId cell_of(TransactionKind kind) {
  return kind == TransactionKind::kLoad ? core::kLoadProofCell : core::kPurchaseProofCell;
}

}  // namespace

void put_proof(core::Transaction& tx, TransactionKind kind, const TransactionProof& proof) {
  core::InplaceBytes<kSize> bytes(apdu::big_endian<2>(proof.sequence));
  bytes.append(proof.mac);
  bytes.append(proof.tac);
  tx.put(cell_of(kind), bytes);
}

core::ByteView find_proof(const core::CardView& view, TransactionKind kind, std::uint16_t sequence) {
  const core::ByteView stored = view.cell(cell_of(kind));
  const bool is_it = stored.size() == kSize && apdu::number(stored.first(kSequence)) == sequence;
  return is_it ? stored.subspan(kSequence) : core::ByteView{};
}

}  // namespace ssc::simulator::card
