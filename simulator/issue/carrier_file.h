// Card files of key carriers and new PSAMs: what the ministry issues (simulator/carrier/README.md §1).
#pragma once

#include <string>
#include <vector>

#include "keys/key.h"
#include "keys/storage/storage_record.h"

namespace ssc::simulator::issue {

struct CarrierRoute {
  std::string element;  // transmission-key or proof-root
  std::uint8_t id = 0;
  std::string to;    // psam, mother, machine, transmission
  std::string area;  // six digits, the last two 00
  std::string uses;  // a number, or any
  keys::Key value;
};

struct CarrierPlan {
  std::string name;
  std::string type;  // master, mother, transmission, psam
  std::string area;
  std::string serial;  // 20 digits
  keys::Cipher cipher = keys::Cipher::kSm4;
  std::string pin;                 // digits; a PSAM has none
  std::string receivers;           // "psam mother", of carriers
  std::string key_set;             // the file whose keys it carries; empty: none
  std::string keys_to;             // their receivers; empty: all of `receivers`
  std::string exports;             // how often each may leave; empty: any
  std::vector<std::string> whole;  // names of keys that may arrive undiversified
  keys::Key own[4];                // ADF-MK, KID-01, KID-02, KID-03
  std::vector<CarrierRoute> routes;
};

// The text of the card file, every secret sealed under the storage key.
std::string carrier_file(const CarrierPlan& plan, const keys::storage::Storage& storage);

}  // namespace ssc::simulator::issue
