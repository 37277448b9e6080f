#include "simulator/core/commands/delete_structure.h"

#include "simulator/core/derived_image.h"

namespace ssc::simulator::core {
namespace {

class Eraser {
 public:
  Eraser(const CardView& view, Transaction& tx) : view_(view), tx_(tx) {}

  void erase(CellId id) {
    if (!view_.cell(id).empty()) tx_.put(id, {});
  }
  void erase_df(DfIndex df) {
    for (const CellId id : {df_header_cell(df), master_key_cell(df), fci_cell(df)}) erase(id);
  }
  void erase_ef(EfIndex ef) {
    for (const CellId id :
         {ef_header_cell(ef), binary_cell(ef), record_count_cell(ef), cyclic_state_cell(ef)})
      erase(id);
    for (std::size_t slot = 0; slot < view_.image().ef(ef).max_records; ++slot) erase(record_cell(ef, slot));
  }
  void erase_key(KeyIndex key) {
    for (const CellId id : {key_header_cell(key), key_value_cell(key), key_tries_cell(key)}) erase(id);
  }

 private:
  const CardView& view_;
  Transaction& tx_;
};

constexpr CellId kSingleCells[] = {kPinHeaderCell, kPinCell,       kPinTriesCell,     kAccountHeaderCell,
                                   kMedicalCell,   kLoadProofCell, kPurchaseProofCell};

}  // namespace

apdu::Response delete_structure(const CardView& view, Transaction& tx, const Request&) {
  const Image& image = view.image();
  if (image.life == LifeCycle::kBlank) return apdu::Response(apdu::sw::conditions_of_use_not_satisfied);
  Eraser eraser(view, tx);
  for (std::size_t i = 0; i < image.dfs.size(); ++i) eraser.erase_df(static_cast<DfIndex>(i));
  for (std::size_t i = 0; i < image.efs.size(); ++i) eraser.erase_ef(static_cast<EfIndex>(i));
  for (std::size_t i = 0; i < working_keys(image); ++i) eraser.erase_key(static_cast<KeyIndex>(i));
  for (const CellId id : kSingleCells) eraser.erase(id);
  tx.session() = Session{};
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::core
