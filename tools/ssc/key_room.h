// Where the key sets of `ssc keys` lie and how they are opened: files named by their paths, or a centre's.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "keys/hierarchy/ruled.h"
#include "keys/key_set.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {

struct KeyRoomOptions {
  std::string passphrase_file;
  unsigned cost = keys::storage::kUsualCost;
};
// --passphrase-file.
void add_key_room_options(CLI::App& command, KeyRoomOptions& options);
// --cost of a new storage key.
void add_cost_option(CLI::App& command, KeyRoomOptions& options);

template <class T>
using Carried = tl::expected<T, Complaint>;

// A set with the storage it lies under.
struct OpenedSet {
  keys::KeySet set;
  keys::storage::Storage storage;
};

class KeyRoom {
 public:
  static Carried<KeyRoom> open(const KeyRoomOptions& options);

  keys::storage::Access access() const { return passphrase_.access(); }

  // A set to be read; one to be written again, whose storage stays as it is (a clear lab set comes under the
  // lab's).
  Carried<keys::KeySet> load(const std::string& set) const;
  Carried<OpenedSet> load_to_change(const std::string& set) const;

  // Under which storage a new file comes: the lab's, or a fresh one with the passphrase.
  Carried<keys::storage::Storage> new_storage(bool lab) const;

  // Refused when the file is there.
  Carried<void> create(const std::string& file, const keys::KeySet& set,
                       const keys::storage::Storage& storage) const;
  Carried<void> replace(const std::string& file, const OpenedSet& opened) const;

 private:
  explicit KeyRoom(Passphrase passphrase, unsigned cost) : passphrase_(std::move(passphrase)), cost_(cost) {}

  Passphrase passphrase_;
  unsigned cost_;
};

// A rule of the key system says no.
Complaint refused(const keys::Fault& fault);
Complaint complaint_of(const keys::storage::StorageError& error);

// "IRK version 1  KCV 6DE141", a line each: what a centre writes into its records.
void print_check_values(std::span<const keys::NamedKey> keys);

}  // namespace ssc::tools
