// Key state by EXTERNAL AUTHENTICATION: each kind of key, how many tries it has left, and what it answered.
#include <algorithm>

#include "apdu/catalogue.h"
#include "apdu/response.h"
#include "conformance/coverage/collector.h"

namespace ssc::conformance {
namespace {

using simulator::profile::CardModel;
using simulator::profile::KeyEntry;
using simulator::profile::Purpose;

struct Kind {
  Purpose purpose;
  const char* name;
};
constexpr Kind kKinds[] = {{Purpose::kExternalAuthentication, "UK, RK"},
                           {Purpose::kUnblockPin, "PUK"},
                           {Purpose::kBlockCard, "BK"},
                           {Purpose::kBlockApplication, "LK"},
                           {Purpose::kStartingDay, "DSK"}};
constexpr const char* kStates[] = {"all tries", "some tries spent", "last try", "locked"};
enum State : std::size_t { kFull, kSpent, kLast, kLocked };
constexpr const char* kColumns[] = {"right: 9000", "wrong: 63Cx", "locked: 6983"};

const KeyEntry* find_key(const CardModel& card, const std::string& name) {
  for (const auto& df : card.dfs) {
    const auto key = std::ranges::find(df.keys, name, &KeyEntry::name);
    if (key != df.keys.end()) return &*key;
  }
  return nullptr;
}

State state_of(unsigned tries, unsigned most) {
  if (tries == 0) return kLocked;
  return tries == most ? kFull : tries == 1 ? kLast : kSpent;
}

std::optional<std::size_t> column_of(apdu::StatusWord status) {
  if (status.ok()) return 0;
  if (apdu::family(status).value() == 0x63C0) return 1;
  if (status == apdu::sw::method_locked) return 2;
  return std::nullopt;
}

class KeyStateCollector : public Collector {
 public:
  void begin(const CardModel& card) override {
    card_ = &card;
    tries_.clear();
  }

  void see(const Exchange& exchange, const std::string& test) override {
    const auto header = apdu::header_of(exchange.command);
    if (exchange.slot != apdu::Slot::kCard || !header || exchange.response.size() < 2) return;
    const auto found = apdu::find_command(apdu::card_commands(), *header);
    const bool fits = found.result == apdu::LookupResult::kFound &&
                      found.row->id == apdu::CommandId::kExternalAuthentication;
    const KeyEntry* key = fits ? find_key(*card_, exchange.subject.english) : nullptr;
    const auto kind = key ? std::ranges::find(kKinds, key->purpose, &Kind::purpose) : std::end(kKinds);
    const auto status = apdu::Response::decode(exchange.response).status;
    const auto column = column_of(status);
    if (kind == std::end(kKinds) || !column) return;
    unsigned& tries = tries_.try_emplace(key->name, key->tries).first->second;
    reached_.reach(row_name(*kind, kStates[state_of(tries, key->tries)]), kColumns[*column], test);
    if (*column == 0) tries = key->tries;
    if (*column == 1 && key->tries != 0) tries = status.sw2() & 0x0FU;
  }

  Matrix matrix() const override {
    Matrix out{"key-states",
               "Key state by EXTERNAL AUTHENTICATION",
               "密钥状态与外部认证",
               {std::begin(kColumns), std::end(kColumns)},
               {},
               {}};
    for (const Kind& kind : kKinds) {
      for (std::size_t state = kFull; state <= kLocked; ++state) {
        Row row{row_name(kind, kStates[state]), {}, {}, {}};
        // A locked key answers 6983 to everything, a key with tries never.
        for (std::size_t column = 0; column < std::size(kColumns); ++column)
          row.cells.push_back((state == kLocked) == (column == 2) ? reached_.cell(row.name, kColumns[column])
                                                                  : Cell{});
        out.rows.push_back(std::move(row));
      }
    }
    return out;
  }

 private:
  static std::string row_name(const Kind& kind, const char* state) {
    return std::string(kind.name) + ": " + state;
  }

  const CardModel* card_ = nullptr;
  std::map<std::string, unsigned> tries_;
  CellMap reached_;
};

}  // namespace

std::unique_ptr<Collector> key_state_collector() { return std::make_unique<KeyStateCollector>(); }

}  // namespace ssc::conformance
