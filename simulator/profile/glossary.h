// What a command is about, in the words of the card file: "DF01/EF05 household registration: 20 registration
// type", "UK1DF01". Known from the APDUs alone, so that it serves cards in readers and recorded traces too.
#pragma once

#include "apdu/catalogue.h"
#include "apdu/command.h"
#include "apdu/trace.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// The command set of a kind of card.
apdu::CommandTable commands_of(Kind kind);

// Follows one card's commands. Not thread-safe; told every exchange in order, it knows what is selected.
class Glossary {
 public:
  // The model must outlive it.
  explicit Glossary(const CardModel& model);

  // The DF, file, item or key of an exchange; empty where the card file names none, and for power events. A
  // refused command names what it asked for.
  apdu::OwnedPhrase name(const apdu::TraceEvent& event);

 private:
  apdu::OwnedPhrase name_exchange(const apdu::Command& command, const apdu::TraceEvent& event);
  apdu::OwnedPhrase name_selected(const apdu::Command& command, bool done);
  apdu::OwnedPhrase name_record(const apdu::Command& command, apdu::ByteView answer) const;
  apdu::OwnedPhrase name_delivered(const apdu::Command& command, bool done);
  apdu::OwnedPhrase name_key_file(std::uint8_t low) const;
  apdu::OwnedPhrase name_mac_key(const apdu::Command& command) const;
  apdu::OwnedPhrase file_name(const Ef& file) const;

  const Df& environment() const;
  const Df* by_fid(std::uint16_t fid) const;
  const Df* by_name(apdu::ByteView name) const;
  const Ef* by_sfi(std::uint8_t sfi) const;
  void enter_initial_state();
  void enter(const Df& df);

  const CardModel* model_;
  const Df* df_ = nullptr;
  const Ef* ef_ = nullptr;
  std::string delivered_;  // PSAM: the key behind the current session key
};

// Names each exchange and passes it on.
class NamedTrace final : public apdu::TraceSink {
 public:
  explicit NamedTrace(apdu::TraceSink& next) : next_(&next) {}

  // The card of that slot from now on; the model must outlive this.
  void know(apdu::Slot slot, const CardModel& model);
  void event(const apdu::TraceEvent& event) override;

 private:
  apdu::TraceSink* next_;
  std::optional<Glossary> glossaries_[2];  // by slot
};

}  // namespace ssc::simulator::profile
