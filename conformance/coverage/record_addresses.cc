// Record addressing: each way READ RECORD and UPDATE RECORD name a record (Part 5 t.32, t.44), in the current
// file and by SFI.
#include "apdu/catalogue.h"
#include "apdu/response.h"
#include "conformance/coverage/collector.h"

namespace ssc::conformance {
namespace {

constexpr const char* kModes[] = {"000 first with the identifier",
                                  "001 last with the identifier",
                                  "010 next with the identifier",
                                  "011 previous with the identifier",
                                  "100 by number",
                                  "101 from the number to the last",
                                  "110 from the last to the number"};
constexpr std::size_t kReadModes = 7;
constexpr std::size_t kUpdateModes = 5;
constexpr const char* kColumns[] = {"current file, done", "current file, refused", "by SFI, done",
                                    "by SFI, refused"};

struct Command {
  apdu::CommandId id;
  const char* name;
  std::size_t modes;
};
constexpr Command kCommands[] = {{apdu::CommandId::kReadRecord, "READ RECORD ", kReadModes},
                                 {apdu::CommandId::kUpdateRecord, "UPDATE RECORD ", kUpdateModes}};

class RecordAddressCollector : public Collector {
 public:
  void begin(const simulator::profile::CardModel&) override {}

  void see(const Exchange& exchange, const std::string& test) override {
    const auto header = apdu::header_of(exchange.command);
    if (exchange.slot != apdu::Slot::kCard || !header || exchange.response.size() < 2) return;
    const auto found = apdu::find_command(apdu::card_commands(), *header);
    if (found.result != apdu::LookupResult::kFound) return;
    const auto status = apdu::Response::decode(exchange.response).status;
    if (status.sw1() == 0x6C) return;  // the same command follows with its length
    const std::size_t column = (status.ok() ? 0 : 1) + ((header->p2 >> 3) == 0 ? 0 : 2);
    for (const Command& command : kCommands) {
      const std::size_t mode = header->p2 & 0x07U;
      if (command.id == found.row->id && mode < command.modes)
        reached_.reach(std::string(command.name) + kModes[mode], kColumns[column], test);
    }
  }

  Matrix matrix() const override {
    Matrix out{"record-addresses",
               "Record addressing",
               "记录寻址方式",
               {std::begin(kColumns), std::end(kColumns)},
               {},
               {}};
    for (const Command& command : kCommands) {
      for (std::size_t mode = 0; mode < command.modes; ++mode) {
        Row row{std::string(command.name) + kModes[mode], {}, {}, {}};
        for (const char* column : kColumns) row.cells.push_back(reached_.cell(row.name, column));
        out.rows.push_back(std::move(row));
      }
    }
    return out;
  }

 private:
  CellMap reached_;
};

}  // namespace

std::unique_ptr<Collector> record_address_collector() { return std::make_unique<RecordAddressCollector>(); }

}  // namespace ssc::conformance
