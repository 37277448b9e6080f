// PIN state by command: each state of the PIN under each command that asks for it or changes it (flows.md,
// the table of Part 5 §6.3, §6.8, §6.14). The state is followed from the answers alone.
#include <algorithm>

#include "apdu/catalogue.h"
#include "apdu/response.h"
#include "conformance/coverage/collector.h"

namespace ssc::conformance {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using apdu::CommandId;

constexpr const char* kStates[] = {"no PIN", "PIN, all tries", "PIN, some tries spent", "PIN, last try",
                                   "PIN locked"};
enum State : std::size_t { kNone, kFull, kSpent, kLast, kLocked };
constexpr const char* kColumns[] = {"VERIFY right",     "VERIFY wrong",     "VERIFY Lc 00",
                                    "CHANGE PIN right", "CHANGE PIN wrong", "unblock, refused",
                                    "unblock, done",    "reload, refused",  "reload, done"};
enum Column : std::size_t {
  kVerifyRight,
  kVerifyWrong,
  kVerifyEmpty,
  kChangeRight,
  kChangeWrong,
  kUnblockRefused,
  kUnblockDone,
  kReloadRefused,
  kReloadDone,
};
constexpr std::uint8_t kSeparator = 0xFF;

State state_of_tries(unsigned tries) { return tries == 0 ? kLocked : tries == 1 ? kLast : kSpent; }

class PinStateCollector : public Collector {
 public:
  void begin(const simulator::profile::CardModel& card) override {
    pin_ = card.pin.value;
    state_ = pin_->empty() ? kNone : kFull;
  }

  void see(const Exchange& exchange, const std::string& test) override {
    const auto header = apdu::header_of(exchange.command);
    if (exchange.slot != apdu::Slot::kCard || !header || exchange.response.size() < 2) return;
    const auto found = apdu::find_command(apdu::card_commands(), *header);
    if (found.result != apdu::LookupResult::kFound) return;
    const auto command = apdu::decode_command(exchange.command, found.row->lone);
    if (!command) return;
    const auto status = apdu::Response::decode(exchange.response).status;
    if (const auto column = column_of(found.row->id, command->data, status)) {
      reached_.reach(kStates[state_], kColumns[*column], test);
      follow(found.row->id, command->data, status);
    }
  }

  Matrix matrix() const override {
    Matrix out{"pin-states",
               "PIN state by command",
               "个人密码状态与命令",
               {std::begin(kColumns), std::end(kColumns)},
               {},
               {}};
    for (const char* state : kStates) {
      Row row{state, {}, {}, {}};
      for (const char* column : kColumns) row.cells.push_back(reached_.cell(state, column));
      out.rows.push_back(std::move(row));
    }
    out.rows[kNone].cells[kVerifyRight] = {};  // there is no right PIN to show
    return out;
  }

 private:
  // By the octets where the PIN is known, else by the answer.
  bool is_right(ByteView shown, apdu::StatusWord status) const {
    return pin_ ? apdu::equal(*pin_, shown) : status.ok();
  }

  std::optional<Column> column_of(CommandId id, ByteView data, apdu::StatusWord status) const {
    const bool judged =
        status.ok() || status == apdu::sw::method_locked || apdu::family(status).value() == 0x63C0;
    if (id == CommandId::kVerify && data.empty()) return kVerifyEmpty;
    if (id == CommandId::kVerify && judged) return is_right(data, status) ? kVerifyRight : kVerifyWrong;
    if (id == CommandId::kChangePin && judged)
      return is_right(old_of(data), status) ? kChangeRight : kChangeWrong;
    if (id == CommandId::kPinUnblock) return status.ok() ? kUnblockDone : kUnblockRefused;
    if (id == CommandId::kPinReload) return status.ok() ? kReloadDone : kReloadRefused;
    return std::nullopt;
  }

  static ByteView old_of(ByteView data) {
    return data.first(static_cast<std::size_t>(std::ranges::find(data, kSeparator) - data.begin()));
  }

  void follow(CommandId id, ByteView data, apdu::StatusWord status) {
    if (apdu::family(status).value() == 0x63C0 && state_ != kNone && !data.empty())
      state_ = state_of_tries(status.sw2() & 0x0FU);
    if (status == apdu::sw::method_locked) state_ = kLocked;
    if (!status.ok() || data.empty()) return;
    if (id == CommandId::kChangePin) {
      const ByteView changed = data.subspan(std::min(old_of(data).size() + 1, data.size()));
      pin_ = Bytes(changed.begin(), changed.end());
    }
    if (id == CommandId::kPinReload) pin_.reset();
    state_ = pin_ && pin_->empty() ? kNone : kFull;
  }

  std::optional<Bytes> pin_;  // nothing: a reload gave one that nobody saw
  State state_ = kNone;
  CellMap reached_;
};

}  // namespace

std::unique_ptr<Collector> pin_state_collector() { return std::make_unique<PinStateCollector>(); }

}  // namespace ssc::conformance
