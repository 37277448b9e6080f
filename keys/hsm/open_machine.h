// From a machine's record to the machine.
#pragma once

#include <chrono>
#include <memory>

#include "keys/hsm/machine_record.h"
#include "keys/random.h"
#include "keys/storage/storage_record.h"

namespace ssc::keys::hsm {

// What opening a machine takes from outside.
struct Opening {
  std::chrono::year_month_day today;
  std::unique_ptr<Random> random;  // of a machine in software; the system's when nullptr
  storage::Access access = {};     // of its sealed key sets
};

// Whether the Measures let this machine be used that day. kNotCertified: neither certificate nor lab="yes".
// kExpired: a certificate is there and was good until before `today`, lab or not.
Answer<Permit> permit_of(const MachineRecord& record, std::chrono::year_month_day today);

// Opens library, token or key sets. A machine in software writes an imported key into its set's file, sealed
// as the others there; into a set in clear or built in it takes none (kRefused). Errors: those of permit_of;
// kDevice: the library, token or PIN; kBadInput: a key set, with file and line; kNoMechanism: the library
// lacks what every use needs.
Answer<Machine> open_machine(const MachineRecord& record, Opening opening);

}  // namespace ssc::keys::hsm
