// One visit at the counter: the holder's data, the card in its reader, and who has the issuer's keys.
#pragma once

#include <fstream>
#include <functional>

#include "conformance/desk/desk.h"
#include "tools/ssc/desk_contacts.h"
#include "tools/ssc/desk_office.h"

namespace ssc::tools {

struct VisitOptions {
  OfficeOptions office;
  std::string card_number;
  std::string id_number;  // "-": a line of standard input
  std::string id_type = "citizen";
  std::string birth_date;
  std::string agent;
  ContactsOptions card{"sim", "", ""};
  ContactsOptions psam{"", "", ""};
  std::string machine;
  std::string trace;
};

// CARD, the holder's data, --card…, --psam…, --machine, --trace and the office's options.
void add_visit_options(CLI::App& command, VisitOptions& options);

class Visit {
 public:
  // Opens register, keys and reader, in this order; nothing is asked of the card yet.
  static tl::expected<std::unique_ptr<Visit>, Complaint> open(const VisitOptions& options);
  ~Visit();

  Office& office() { return *office_; }
  const conformance::desk::Policy& policy() const { return policy_; }
  conformance::desk::DeskCard& card() { return *card_; }
  conformance::desk::Desk desk();

 private:
  explicit Visit(const VisitOptions& options) : options_(options) {}
  tl::expected<void, Complaint> open_office();
  tl::expected<void, Complaint> open_keys();
  tl::expected<void, Complaint> open_card();

  VisitOptions options_;
  std::unique_ptr<Office> office_;
  conformance::desk::Policy policy_;
  std::optional<keys::hsm::Machine> machine_;
  Contacts card_contacts_;
  Contacts psam_contacts_;
  std::vector<conformance::Exchange> log_;
  std::optional<conformance::Session> session_;
  std::optional<conformance::desk::DeskCard> card_;
  std::unique_ptr<conformance::desk::CardKeys> keys_;
  std::ofstream trace_;
};

// Opens a visit, does the work and says what came of it.
int at_the_desk(
    const VisitOptions& options,
    const std::function<conformance::desk::Decided<apdu::OwnedPhrase>(conformance::desk::Desk&)>& work);

}  // namespace ssc::tools
