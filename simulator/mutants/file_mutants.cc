#include "simulator/core/commands/read_binary.h"
#include "simulator/core/commands/read_record.h"
#include "simulator/core/commands/update_record.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

using apdu::CommandId;
using apdu::Response;
using core::CardView;
using core::Request;
using core::Transaction;

constexpr std::uint8_t kByNumber = 0x04;

bool by_number(const Request& request) {
  return (request.command.p2 & 0x07) == kByNumber && request.command.p1 != 0;
}

Response with_p1(core::Handler handler, const CardView& view, Transaction& tx, const Request& request,
                 unsigned p1) {
  apdu::Command command = request.command;
  command.p1 = static_cast<std::uint8_t>(p1);
  return handler(view, tx, {command, request.data, request.target});
}

Response next_record(const CardView& view, Transaction& tx, const Request& request) {
  if (!by_number(request)) return core::read_record(view, tx, request);
  return with_p1(core::read_record, view, tx, request, request.command.p1 + 1U);
}

// A cyclic file is read oldest first.
Response oldest_first(const CardView& view, Transaction& tx, const Request& request) {
  const core::EfIndex ef = *request.target.ef;
  const auto state = view.cell(core::cyclic_state_cell(ef));
  if (!by_number(request) || state.size() != 4) return core::read_record(view, tx, request);
  const auto count = static_cast<unsigned>(apdu::number(state.subspan(2, 2)));
  if (request.command.p1 > count) return core::read_record(view, tx, request);
  return with_p1(core::read_record, view, tx, request, count + 1U - request.command.p1);
}

Response written_next(const CardView& view, Transaction& tx, const Request& request) {
  if (!by_number(request)) return core::update_record(view, tx, request);
  return with_p1(core::update_record, view, tx, request,
                 request.command.p1 > 1 ? request.command.p1 - 1U : 2U);
}

Response offset_passed_over(const CardView& view, Transaction& tx, const Request& request) {
  apdu::Command command = request.command;
  command.p2 = 0;
  return core::read_binary(view, tx, {command, request.data, request.target});
}

Response one_octet_less(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::read_record(view, tx, request);
  if (answer.data.size() < 2) return answer;
  return {answer.data.view().first(answer.data.size() - 1), answer.status};
}

template <class Change>
void linear_files(Workbench& w, Change change) {
  for (profile::Df& df : w.model.dfs) {
    for (profile::Ef& ef : df.files) {
      if (ef.type == profile::FileType::kLinearVariable || ef.type == profile::FileType::kLinearFixed)
        change(ef);
    }
  }
}

constexpr Mutant kMutants[] = {
    {"record-number-off-by-one", "RECORDS", "Record n is record n + 1", "记录号错位", "Part 5 §6.10",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kReadRecord).handler = next_record; }},
    {"record-too-short", "RECORDS", "A record is read without its last octet", "记录少读一字节",
     "Part 5 §6.10", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kReadRecord).handler = one_octet_less; }},
    {"record-written-elsewhere", "RECORDS", "UPDATE RECORD by number writes a neighbour",
     "按号修改写入相邻记录", "Part 5 §6.13", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kUpdateRecord).handler = written_next; }},
    {"record-not-stored", "RECORDS", "Updated records never reach the memory", "记录修改未写入存储器",
     "Part 5 §6.13", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kRecord); }},
    {"append-where-full", "RECORDS", "Files take more records than the profile says", "文件可超额追加记录",
     "Part 5 §6.13", profile::Kind::kCard,
     [](Workbench& w) { linear_files(w, [](profile::Ef& ef) { ef.max_records = 254; }); }},
    {"append-not-counted", "RECORDS", "An appended record is not there", "追加的记录不存在", "Part 5 §6.13",
     profile::Kind::kCard, [](Workbench& w) { w.forgotten.push_back(core::CellKind::kRecordCount); }},
    {"cyclic-oldest-first", "RECORDS", "A cyclic file is read oldest first", "循环文件读取顺序颠倒",
     "Part 3 §5.3.2", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kReadRecord).handler = oldest_first; }},
    {"cyclic-not-moved", "RECORDS", "A cyclic file's newest record does not move on", "循环文件指针不移动",
     "Part 3 §5.3.2", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kCyclicState); }},
    {"binary-not-stored", "BINARY", "An updated transparent file never reaches the memory",
     "透明文件修改未写入存储器", "Part 5 §6.12", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kBinary); }},
    {"binary-offset-ignored", "BINARY", "READ BINARY reads from the start whatever the offset",
     "读透明文件忽略偏移", "Part 5 §6.9", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kReadBinary).handler = offset_passed_over; }},
    {"binary-one-octet-more", "BINARY", "Transparent files are one octet longer than the profile",
     "透明文件多一字节", "Part 5 §6.9", profile::Kind::kCard,
     [](Workbench& w) {
       for (profile::Df& df : w.model.dfs) {
         for (profile::Ef& ef : df.files)
           ef.size = static_cast<std::uint16_t>(ef.size + (ef.size > 0 ? 1 : 0));
       }
     }},
    {"sfi-shifted", "FILES", "Files answer to the next short identifier", "短文件标识错位", "Part 3 §5.2.3",
     profile::Kind::kCard,
     [](Workbench& w) {
       for (profile::Df& df : w.model.dfs) {
         for (profile::Ef& ef : df.files)
           if (ef.sfi != 0) ef.sfi = static_cast<std::uint8_t>(ef.sfi % 30 + 1);
       }
     }},
    {"file-missing", "FILES", "DF01 has no EF08", "DF01缺少EF08", "V2.0 notice t.4", profile::Kind::kCard,
     [](Workbench& w) {
       for (profile::Df& df : w.model.dfs) {
         if (df.id == "DF01") std::erase_if(df.files, [](const profile::Ef& ef) { return ef.fid == 0xEF08; });
       }
     }},
};

}  // namespace

std::span<const Mutant> file_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
