// The record file of a machine (schema keys/hsm/machines/machine.xsd, format in README.md).
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apdu/input_error.h"
#include "keys/hsm/machine.h"
#include "keys/hsm/sdf_interface.h"

namespace ssc::keys::hsm {

// What the commercial cipher product certificate says (Measures art. 22).
struct Certificate {
  std::string number;
  Permit permit;                        // the ciphers it lists
  std::chrono::year_month_day expires;  // the last day it is good
};

struct SoftwareRecord {
  std::vector<std::string> key_sets;  // built-in names, or paths
};

struct Pkcs11Record {
  std::filesystem::path module;
  std::string token;               // label
  std::filesystem::path pin_file;  // its first line is the user PIN
};

// A key of an SDF machine: by index, or enciphered under the KEK.
struct SdfKey {
  KeyInfo info;
  std::optional<std::uint32_t> index;
  Bytes wrapped;
};

struct SdfRecord {
  std::filesystem::path library;
  std::uint32_t sm4_ecb = sdf::kSm4Ecb;  // makers differ
  std::uint32_t sm4_cbc = sdf::kSm4Cbc;
  std::uint32_t sm4_mac = sdf::kSm4Mac;
  std::uint32_t kek = 0;                      // index
  std::uint32_t wrapped_with = sdf::kSm4Ecb;  // algorithm number
  std::vector<SdfKey> keys;
};

struct MachineRecord {
  std::string name;
  bool lab = false;
  std::optional<Certificate> certificate;
  std::variant<SoftwareRecord, Pkcs11Record, SdfRecord> back_end;
  std::vector<AddressRow> addresses;  // beside those of annex B
};

// A path or a built-in name ("lab-software"). Relative paths in the record are made relative to its folder.
// Errors with file and line: as the schema says, a key name that is none, an SDF key without a place, a key
// or address twice, a day that is none.
apdu::Loaded<MachineRecord> load_machine_record(std::string_view path_or_name);
std::vector<std::string> built_in_machine_records();

}  // namespace ssc::keys::hsm
