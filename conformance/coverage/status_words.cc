// Command by status word: each word that a command's clause lists; the PSAM's commands too when one was
// spoken to.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apdu/catalogue.h"
#include "apdu/response.h"
#include "conformance/coverage/collector.h"

namespace ssc::conformance {
namespace {

using apdu::CommandRow;
using apdu::LookupResult;
using apdu::Slot;

// The commands an APDU means: one, or when its P1 P2 are wrong each of that CLA and INS, when its CLA is
// wrong each of that INS.
std::vector<const CommandRow*> meant_commands(Slot slot, const apdu::Header& header) {
  const auto table = slot == Slot::kPsam ? apdu::psam_commands() : apdu::card_commands();
  const auto found = apdu::find_command(table, header);
  std::vector<const CommandRow*> meant = covered_commands(slot);
  std::erase_if(meant, [&](const CommandRow* row) {
    if (found.result == LookupResult::kFound) return row != found.row;
    const bool class_fits = found.result != LookupResult::kWrongParameters || row->cla.contains(header.cla);
    return row->ins != header.ins || !class_fits;
  });
  return meant;
}

// The words that the command's clause lists, 9000 among them.
std::set<std::uint16_t> listed_words(const CommandRow& row) {
  std::set<std::uint16_t> words{apdu::sw::ok.value()};
  words.insert(row.statuses.list().begin(), row.statuses.list().end());
  return words;
}

// "6982"; a family as the clauses write it: "61xx", "63Cx", "6Cxx".
std::string word_name(std::uint16_t word) {
  const std::string name = apdu::to_string(apdu::StatusWord(word));
  if (word == 0x6100 || word == 0x6C00) return name.substr(0, 2) + "xx";
  return word == 0x63C0 ? "63Cx" : name;
}

std::string row_name(Slot slot, const CommandRow& command) {
  return (slot == Slot::kPsam ? "PSAM " : "") + std::string(command.name);
}

class StatusWordCollector : public Collector {
 public:
  explicit StatusWordCollector(std::vector<Unreached> reasons) : reasons_(std::move(reasons)) {}

  void begin(const simulator::profile::CardModel&) override {}

  void see(const Exchange& exchange, const std::string& test) override {
    const auto header = apdu::header_of(exchange.command);
    if (!header || exchange.response.size() < 2) return;
    if (exchange.slot == Slot::kPsam) spoke_to_psam_ = true;
    const auto word = apdu::family(apdu::Response::decode(exchange.response).status).value();
    for (const CommandRow* row : meant_commands(exchange.slot, *header))
      reached_.reach(row_name(exchange.slot, *row), word_name(word), test);
  }

  Matrix matrix() const override {
    Matrix out{"status-words", "Command by status word", "命令与状态字", {}, {}, {}};
    std::set<std::uint16_t> all;
    for (const Slot slot : slots()) {
      for (const CommandRow* row : covered_commands(slot)) all.merge(listed_words(*row));
    }
    for (const std::uint16_t word : all) {
      out.columns.push_back(word_name(word));
      out.column_notes.emplace_back(apdu::meaning(apdu::StatusWord(word)).english);
    }
    for (const Slot slot : slots()) {
      for (const CommandRow* row : covered_commands(slot)) out.rows.push_back(row_of(slot, *row, all));
    }
    return out;
  }

 private:
  std::vector<Slot> slots() const {
    return spoke_to_psam_ ? std::vector{Slot::kCard, Slot::kPsam} : std::vector{Slot::kCard};
  }

  Row row_of(Slot slot, const CommandRow& command, const std::set<std::uint16_t>& all) const {
    Row row{row_name(slot, command), std::string(command.chinese), std::string(command.clause), {}};
    const auto listed = listed_words(command);
    for (const std::uint16_t word : all)
      row.cells.push_back(listed.contains(word) ? cell(slot, command, word) : Cell{});
    return row;
  }

  Cell cell(Slot slot, const CommandRow& command, std::uint16_t word) const {
    const Cell reached = reached_.cell(row_name(slot, command), word_name(word));
    const auto reason = std::ranges::find_if(reasons_, [&](const Unreached& entry) {
      return entry.slot == slot && entry.command == command.name && entry.status.value() == word;
    });
    if (reason == reasons_.end()) return reached;
    if (reached.kind == Cell::Kind::kEmpty) return {Cell::Kind::kExplained, reason->reason};
    return {Cell::Kind::kStale, fmt::format("{} reaches it, yet line {} of the reasons says: {}",
                                            reached.text, reason->line, reason->reason)};
  }

  std::vector<Unreached> reasons_;
  CellMap reached_;
  bool spoke_to_psam_ = false;
};

}  // namespace

std::unique_ptr<Collector> status_word_collector(std::vector<Unreached> reasons) {
  return std::make_unique<StatusWordCollector>(std::move(reasons));
}

}  // namespace ssc::conformance
