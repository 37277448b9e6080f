// The taking side: a PSAM, a carrier, or the key set of an encryption machine.
#pragma once

#include <functional>

#include "keys/ceremony/sender.h"
#include "keys/key_set.h"

namespace ssc::keys::ceremony {

class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual std::uint8_t kind() const = 0;  // kToPsam, kToMotherCard …
  virtual const Face& face() const = 0;
  virtual const std::string& name() const = 0;
  // Makes the receiver take records into this file. `roots`: ids of the route's roots of proofs, KID-01
  // first.
  virtual Done<void> prove(Sender& sender, std::uint16_t file, std::span<const std::uint8_t> roots) = 0;
  virtual Done<Bytes> random() = 0;
  // The data field that EXPORT KEY gave. The answer's status: 9000, or why it did not take it.
  virtual Done<apdu::StatusWord> load(std::uint16_t file, bool replaces, ByteView data) = 0;
};

// A PSAM or a carrier behind a channel. `cipher`: whose environment of a PSAM.
Done<std::unique_ptr<Receiver>> card_receiver(apdu::Channel& channel, std::string name, Cipher cipher);

// An encryption machine: what it takes goes into `set`, whose key ADF-MK is its loading key. `set` outlives
// it. Error: the set has no ADF-MK. Its serial number is that of the machine's record.
Done<std::unique_ptr<Receiver>> machine_receiver(KeySet& set, std::string name, const Factor& serial);

}  // namespace ssc::keys::ceremony
