#include "simulator/core/commands/create_file.h"

#include <algorithm>

#include "simulator/core/derived_image.h"
#include "simulator/core/headers.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

enum class What : std::uint8_t { kMf, kDdf, kAdf, kEf, kAccount };  // P1

std::array<std::uint8_t, 2> place(DfIndex df) { return apdu::big_endian<2>(static_cast<std::uint16_t>(df)); }

bool fid_taken(const CardView& view, FileId fid) {
  return std::ranges::any_of(view.image().dfs, [&](const Df& df) {
    return (df.fid == fid || df.alias == fid) && (df.parent == view.environment() || !df.application);
  });
}

// A new environment is entered with nothing proved.
void enter_new(const CardView& view, Transaction& tx, DfIndex df, What what) {
  Session& session = tx.session();
  if (what == What::kDdf) session.security = {};
  session.enter(view.image(), view.environment());
  session.df = df;
}

StatusWord create_mf(const CardView& view, Transaction& tx, const DfHeader& header, ByteView data) {
  if (view.image().life != LifeCycle::kBlank) return sw::conditions_of_use_not_satisfied;
  if (!header.cipher) return sw::wrong_data_field;
  const Bytes head = {0, 0, 0};
  tx.put(df_header_cell(kMfIndex), apdu::concat({head, data}));
  return sw::ok;
}

StatusWord create_below(const CardView& view, Transaction& tx, const DfHeader& header, ByteView data,
                        What what) {
  const std::size_t self = view.image().dfs.size();
  if (view.image().life == LifeCycle::kBlank) return sw::conditions_of_use_not_satisfied;
  if (fid_taken(view, header.fid)) return sw::wrong_data_field;
  if (self >= kMaxDfs) return sw::no_space;
  const Bytes application = {what == What::kAdf};
  tx.put(df_header_cell(static_cast<DfIndex>(self)),
         apdu::concat({application, place(view.environment()), data}));
  enter_new(view, tx, static_cast<DfIndex>(self), what);
  return sw::ok;
}

StatusWord create_df(const CardView& view, Transaction& tx, ByteView data, What what) {
  const auto header = decode_df_header(data);
  if (!header) return sw::wrong_data_field;
  if (header->cipher && !keys::available(*header->cipher)) return sw::function_not_supported;
  return what == What::kMf ? create_mf(view, tx, *header, data) : create_below(view, tx, *header, data, what);
}

void put_first_contents(Transaction& tx, EfIndex self, const Ef& ef) {
  if (ef.type == FileType::kTransparent) tx.put(binary_cell(self), Bytes(ef.size));
  const bool linear = ef.type == FileType::kLinearFixed || ef.type == FileType::kLinearVariable;
  if (linear) tx.put(record_count_cell(self), apdu::big_endian<2>(0));
}

StatusWord create_ef(const CardView& view, Transaction& tx, ByteView data) {
  const auto ef = decode_ef_header(data);
  if (!ef) return sw::wrong_data_field;
  if (view.image().life == LifeCycle::kBlank) return sw::conditions_of_use_not_satisfied;
  const DfIndex df = view.session().df;
  const bool sfi_taken = ef->sfi != Sfi{0} && view.image().find_ef(df, ef->sfi);
  if (view.image().find_ef(df, ef->fid) || sfi_taken) return sw::wrong_data_field;
  const auto self = static_cast<EfIndex>(view.image().efs.size());
  tx.put(ef_header_cell(self), apdu::concat({place(df), data}));
  put_first_contents(tx, self, *ef);
  tx.session().select(self);
  return sw::ok;
}

StatusWord create_account(const CardView& view, Transaction& tx, ByteView data) {
  constexpr std::size_t kOptions = 3;
  if (data.size() != kOptions + kAmountsSize || !decode_account(data.first(kOptions)))
    return sw::wrong_data_field;
  if (!view.df().application || view.image().medical) return sw::conditions_of_use_not_satisfied;
  tx.put(kAccountHeaderCell, apdu::concat({place(view.session().df), data.first(kOptions)}));
  tx.put(kMedicalCell, data.subspan(kOptions));
  return sw::ok;
}

}  // namespace

apdu::Response create_file(const CardView& view, Transaction& tx, const Request& request) {
  const What what = static_cast<What>(request.command.p1);
  switch (what) {
    case What::kMf:
    case What::kDdf:
    case What::kAdf:
      return apdu::Response(create_df(view, tx, request.data, what));
    case What::kEf:
      return apdu::Response(create_ef(view, tx, request.data));
    case What::kAccount:
      return apdu::Response(create_account(view, tx, request.data));
  }
  return apdu::Response(sw::wrong_p1_p2);
}

}  // namespace ssc::simulator::core
