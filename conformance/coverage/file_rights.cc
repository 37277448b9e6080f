// File by operation by right: reading and updating each file with the right its rule asks for, and without.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apdu/catalogue.h"
#include "apdu/response.h"
#include "conformance/coverage/collector.h"

namespace ssc::conformance {
namespace {

using apdu::CommandId;
using simulator::profile::Access;
using simulator::profile::CardModel;
using simulator::profile::Df;
using simulator::profile::Ef;
using simulator::profile::FileType;

constexpr const char* kWithout = "without the right: 6982";
constexpr const char* kWith = "with the right: done";

// The operation of a command on a file; empty for any other command.
std::string operation_of(const Exchange& exchange) {
  const auto header = apdu::header_of(exchange.command);
  if (!header) return {};
  const auto found = apdu::find_command(apdu::card_commands(), *header);
  if (found.result != apdu::LookupResult::kFound) return {};
  const CommandId id = found.row->id;
  if (id == CommandId::kReadBinary || id == CommandId::kReadRecord) return "read";
  if (id == CommandId::kUpdateBinary || id == CommandId::kUpdateRecord) return "update";
  return {};
}

// "DF01/EF05" of "DF01/EF05 household registration: 20 registration type".
std::string file_of(const Exchange& exchange) {
  const std::string& subject = exchange.subject.english;
  return subject.substr(0, subject.find_first_of(" :"));
}

struct Line {
  std::string name;
  bool refusable = false;  // not free: somebody may lack the right
  bool grantable = false;  // not never: somebody may have it
};

bool is_free(const Access& access) { return access.text == "free"; }

class FileRightCollector : public Collector {
 public:
  void begin(const CardModel& card) override {
    card_ = &card;
    if (!profiles_.insert(card.profile).second) return;
    for (const Df& df : card.dfs) {
      for (const Ef& ef : df.files) {
        if (ef.type == FileType::kInternal) continue;
        add(card, df, ef, "read", ef.read);
        add(card, df, ef, "update", ef.update);
      }
    }
  }

  void see(const Exchange& exchange, const std::string& test) override {
    if (exchange.slot != apdu::Slot::kCard || exchange.response.size() < 2) return;
    const std::string operation = operation_of(exchange);
    if (operation.empty()) return;
    const auto status = apdu::Response::decode(exchange.response).status;
    const std::string row = row_name(*card_, file_of(exchange), operation);
    if (status.ok()) reached_.reach(row, kWith, test);
    if (status == apdu::sw::security_status_not_satisfied) reached_.reach(row, kWithout, test);
  }

  Matrix matrix() const override {
    Matrix out{"file-rights", "File by operation and right", "文件、操作与权限", {kWithout, kWith}, {}, {}};
    for (const auto& [key, line] : lines_) {
      Row row{line.name, {}, {}, {}};
      row.cells.push_back(line.refusable ? reached_.cell(key, kWithout) : Cell{});
      row.cells.push_back(line.grantable ? reached_.cell(key, kWith) : Cell{});
      out.rows.push_back(std::move(row));
    }
    return out;
  }

 private:
  static std::string row_name(const CardModel& card, const std::string& file, const std::string& operation) {
    return card.profile + " " + file + " " + operation;
  }

  void add(const CardModel& card, const Df& df, const Ef& ef, const std::string& operation,
           const Access& access) {
    const std::string key = row_name(card, fmt::format("{}/{:04X}", df.id, ef.fid), operation);
    lines_[key] = {fmt::format("{} [{}]", key, access.text.empty() ? "never" : access.text), !is_free(access),
                   !access.alternatives.empty()};
  }

  const CardModel* card_ = nullptr;
  std::set<std::string> profiles_;
  std::map<std::string, Line> lines_;
  CellMap reached_;
};

}  // namespace

std::unique_ptr<Collector> file_right_collector() { return std::make_unique<FileRightCollector>(); }

}  // namespace ssc::conformance
