#include "simulator/core/commands/select.h"

#include <algorithm>

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::Response;

enum class By : std::uint8_t { kFid = 0x00, kEfOfDf = 0x02, kName = 0x04 };  // Part 5 t.35
constexpr std::uint8_t kNext = 0x02;                                         // Part 5 t.34

Response enter(const CardView& view, Transaction& tx, std::optional<DfIndex> df) {
  if (!df || view.image().life == LifeCycle::kBlank) return Response(sw::file_not_found);
  if (view.blocked(*df)) return Response(sw::application_locked);
  tx.session().enter(view.image(), *df);
  return {view.image().df(*df).fci, sw::ok};
}

Response select_ef(const CardView& view, Transaction& tx, FileId fid) {
  if (view.blocked(view.session().df)) return Response(sw::application_locked);
  const auto ef = view.image().find_ef(view.session().df, fid);
  if (!ef) return Response(sw::file_not_found);
  tx.session().select(*ef);
  return Response(sw::ok);
}

bool begins_with(ByteView name, ByteView head) {
  return head.size() <= name.size() && apdu::equal(name.first(head.size()), head);
}

// By full or partial name, an ADF of the current environment before any other DF; "next" goes on after the DF
// the last selection by name found (Part 5 §6.11.5).
std::optional<DfIndex> find_by_name(const CardView& view, ByteView name, bool next) {
  const auto& dfs = view.image().dfs;
  const auto last = view.session().last_by_name;
  if (next && !last) return std::nullopt;
  const auto near = view.image().find_application(name, view.environment());
  if (near && !next) return near;
  const std::size_t from = next ? index(*last) + 1 : 0;
  const auto it = std::find_if(dfs.begin() + static_cast<std::ptrdiff_t>(from), dfs.end(),
                               [name](const Df& df) { return begins_with(df.name, name); });
  if (it == dfs.end()) return std::nullopt;
  return static_cast<DfIndex>(it - dfs.begin());
}

Response select_by_fid(const CardView& view, Transaction& tx, ByteView data) {
  if (data.empty()) return enter(view, tx, kMfIndex);
  const FileId fid{static_cast<std::uint16_t>(apdu::number(data))};
  const auto df = view.image().find_df(fid, view.session().df);
  if (!df && view.image().select_ef_by_p1_00) return select_ef(view, tx, fid);
  return enter(view, tx, df);
}

}  // namespace

Response select(const CardView& view, Transaction& tx, const Request& request) {
  switch (static_cast<By>(request.command.p1)) {
    case By::kFid:
      return select_by_fid(view, tx, request.data);
    case By::kEfOfDf:
      return select_ef(view, tx, FileId{static_cast<std::uint16_t>(apdu::number(request.data))});
    case By::kName: {
      const auto df = find_by_name(view, request.data, request.command.p2 == kNext);
      if (df) tx.session().last_by_name = df;
      return enter(view, tx, df);
    }
  }
  return Response(sw::wrong_p1_p2);
}

}  // namespace ssc::simulator::core
