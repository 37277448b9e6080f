// Where an issued card goes: its PIN by the region's policy, a letter where that says so, a card file, a row
// of the desk's register.
#pragma once

#include <filesystem>
#include <map>

#include "conformance/desk/policy.h"
#include "keys/clock.h"
#include "keys/storage/storage_record.h"
#include "simulator/issue/batch.h"
#include "simulator/store/card_register.h"

namespace ssc::tools {

struct DeliveryPlaces {
  std::filesystem::path cards;    // a folder
  std::filesystem::path letters;  // a folder
};

class IssueDelivery {
 public:
  using Undelivered = simulator::issue::BatchParts::Undelivered;

  // All but the places outlive the delivery. `policy`: of rows that name none.
  IssueDelivery(DeliveryPlaces places, const simulator::issue::CardPattern& pattern, std::string policy,
                const keys::storage::Storage& storage, simulator::store::CardRegister& book,
                keys::Random& random, keys::Clock clock);

  // A card that the register has already is whole: it is entered last.
  tl::expected<void, Undelivered> deliver(const simulator::issue::Applicant& person,
                                          const simulator::issue::IssuedCard& card);

 private:
  using Policy = conformance::desk::Policy;

  tl::expected<const Policy*, Undelivered> policy_of(const simulator::issue::Applicant& person);
  tl::expected<bool, Undelivered> delivered_before(const simulator::issue::IssuedCard& card);
  tl::expected<void, Undelivered> write_files(const simulator::issue::Applicant& person,
                                              const simulator::issue::IssuedCard& card, const Policy& policy,
                                              const keys::Pin& pin);

  DeliveryPlaces places_;
  const simulator::issue::CardPattern& pattern_;
  std::string policy_;
  const keys::storage::Storage& storage_;
  simulator::store::CardRegister& book_;
  keys::Random& random_;
  keys::Clock clock_;
  std::map<std::string, Policy> policies_;
};

}  // namespace ssc::tools
