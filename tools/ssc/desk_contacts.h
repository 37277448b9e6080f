// The contacts of one card or PSAM, wherever it is: in this process, in vpcd, in a reader.
#pragma once

#include <memory>
#include <string>

#include "apdu/channel.h"
#include "apdu/trace.h"
#include "simulator/factory.h"
#include "tools/ssc/complaint.h"

namespace ssc::tools {

struct ContactsOptions {
  std::string target;  // sim, vpcd or pcsc:NAME
  std::string file;    // card file or built-in name; may be empty with pcsc:NAME
  std::string state;   // folder that keeps what is written to a virtual card; empty: nothing is kept
};

// Destroyed in the reverse order of its members: the channel first.
struct Contacts {
  std::shared_ptr<const simulator::profile::CardModel> model;  // null: nobody says what card it is
  std::unique_ptr<simulator::core::Store> store;
  std::unique_ptr<simulator::VirtualCard> card;
  std::unique_ptr<apdu::Channel> channel;
};

// Refused: no such target or file, a PSAM where a card is meant, a state of another card, no reader.
tl::expected<Contacts, Complaint> open_contacts(const ContactsOptions& options, apdu::Slot slot);

}  // namespace ssc::tools
