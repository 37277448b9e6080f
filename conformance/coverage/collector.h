// What fills one coverage table from the exchanges of a run.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "conformance/coverage/matrix.h"
#include "conformance/engine/result.h"
#include "conformance/report/unreached.h"
#include "simulator/profile/model.h"

namespace ssc::conformance {

// Told only of cases that passed: a failed one reaches nothing.
class Collector {
 public:
  virtual ~Collector() = default;
  // A case begins, on a card as new. The model outlives the case.
  virtual void begin(const simulator::profile::CardModel& card) = 0;
  virtual void see(const Exchange& exchange, const std::string& test) = 0;
  virtual Matrix matrix() const = 0;
};

// Rows and columns by name, each cell with the first case that reached it.
class CellMap {
 public:
  void reach(const std::string& row, const std::string& column, const std::string& test) {
    reached_.try_emplace({row, column}, test);
  }
  Cell cell(const std::string& row, const std::string& column) const {
    const auto found = reached_.find({row, column});
    if (found == reached_.end()) return {Cell::Kind::kEmpty, {}};
    return {Cell::Kind::kReached, found->second};
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> reached_;
};

std::unique_ptr<Collector> status_word_collector(std::vector<Unreached> reasons);
std::unique_ptr<Collector> file_right_collector();
std::unique_ptr<Collector> pin_state_collector();
std::unique_ptr<Collector> key_state_collector();
std::unique_ptr<Collector> record_address_collector();

}  // namespace ssc::conformance
