// What a run will do: each case on each of its cards, all files loaded, nothing sent yet.
#pragma once

#include <vector>

#include "conformance/desk/policy.h"
#include "conformance/engine/models.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

struct PlanOptions {
  std::string card;    // the card of every case; empty: the cards each case names
  std::string filter;  // globs on case ids, commas between, '!' leaves out: "PIN-*,!PIN-CHANGE-*"; empty: all
  std::size_t shard = 0;  // this run takes each shards-th case, counting from 0
  std::size_t shards = 1;
};

struct PlannedCase {
  const Suite* suite;
  const Case* test;
  std::string card_name;  // as asked for
  std::shared_ptr<const CardModel> card;
  std::shared_ptr<const keys::KeySet> keys;
  std::shared_ptr<const CardModel> psam =
      {};                    // what the case wants in the PSAM slot; null: what the run says
  bool keys_of_file = true;  // the key set is the one its card file names
  bool keys_fit = true;      // the card could be made with the key set the case names
  std::shared_ptr<const desk::Policy> policy = {};  // under which the card is issued; null: none is named
};

// In the order of the files. Error: a card or key set that cannot be loaded, at the case that names it.
// The suites outlive the plan.
apdu::Loaded<std::vector<PlannedCase>> make_plan(const std::vector<Suite>& suites, const PlanOptions& options,
                                                 Models& models);

}  // namespace ssc::conformance
