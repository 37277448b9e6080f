#include "keys/centre/centre.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/ledger/entry_form.h"
#include "keys/storage/owner_file.h"

namespace ssc::keys::centre {
namespace {

constexpr std::string_view kPrivateKeyContext = "centre/sm2.key";
constexpr std::string_view kFolders[] = {"sets", "carriers", "machines", "trusted", "slips"};
constexpr std::size_t kLongestKeyFile = 8192;

tl::unexpected<CentreError> fail(CentreError::Kind kind, std::string what) {
  return tl::unexpected(CentreError{kind, std::move(what)});
}

Opened<void> in_centre(const storage::Stored<void>& stored) {
  if (!stored) return tl::unexpected(error_of(stored.error()));
  return {};
}

bool is_empty_or_absent(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return !error;
  return fs::is_directory(folder, error) && fs::is_empty(folder, error) && !error;
}

Opened<void> make_folders(const fs::path& folder) {
  for (const std::string_view name : kFolders) {
    if (auto made = in_centre(storage::make_owner_folder(folder / name)); !made) return made;
  }
  std::error_code error;
  fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return fail(CentreError::Kind::kFile, fmt::format("{}: {}", folder.string(), error.message()));
  return {};
}

Opened<storage::Storage> make_storage(const CentrePlan& plan, const storage::SecretBytes* passphrase) {
  if (plan.lab && passphrase != nullptr)
    return fail(CentreError::Kind::kBadInput,
                "a lab centre lies under no passphrase: leave out --lab or the passphrase");
  if (plan.lab) return storage::lab_storage();
  if (passphrase == nullptr)
    return fail(CentreError::Kind::kBadInput,
                "a centre's secrets lie under a passphrase: give it with --passphrase-file FILE, or --lab "
                "for a test centre");
  auto made = storage::new_passphrase_storage(*passphrase, plan.cost);
  if (!made) return tl::unexpected(error_of(made.error()));
  return *std::move(made);
}

Opened<void> write_keys(const CentrePaths& paths, const storage::StorageKey& key, const Sm2PrivateKey& own) {
  const Bytes sealed = storage::seal(key, own.to_pem().reveal(), kPrivateKeyContext);
  return in_centre(storage::write_owner_file(paths.private_key(), apdu::to_hex(sealed) + "\n")).and_then([&] {
    return in_centre(storage::write_owner_file(paths.public_key(), own.public_key().to_pem()));
  });
}

ledger::Entry opening(const CentrePlan& plan) {
  ledger::Entry entry;
  entry.kind = ledger::Kind::kOpen;
  entry.subject = {ledger::SubjectType::kCentre, plan.identity.name};
  entry.who = plan.who;
  entry.role = plan.role;
  entry.note =
      fmt::format("{} {}{}", level_word(plan.identity.level), plan.identity.area, plan.lab ? " lab" : "");
  return entry;
}

Opened<Sm2PrivateKey> open_private_key(const CentrePaths& paths, const storage::StorageKey& key) {
  const auto damaged = [&](std::string_view what) {
    return fail(CentreError::Kind::kDamaged, fmt::format("{}: {}", paths.private_key().string(), what));
  };
  const auto text = storage::read_secret_file(paths.private_key(), kLongestKeyFile);
  if (!text) return tl::unexpected(error_of(text.error()));
  const auto sealed = apdu::parse_hex(text->reveal_text());
  if (!sealed) return damaged("is no sealed key");
  const auto pem = storage::open(key, *sealed, kPrivateKeyContext);
  if (!pem) return damaged(pem.error().what);
  auto own = Sm2PrivateKey::from_pem(*pem);
  if (!own) return damaged("holds no SM2 key");
  return *std::move(own);
}

}  // namespace

bool is_name(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  const auto good = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= kLongest && name.front() != '.' && name.front() != '-' &&
         std::ranges::all_of(name, good);
}

Opened<OpenFace> read_open_face(const fs::path& folder) {
  CentrePaths paths{folder};
  std::error_code ignored;
  if (!fs::is_regular_file(paths.record(), ignored))
    return fail(CentreError::Kind::kBadInput,
                fmt::format("{} is no centre: it has no centre.xml; make one with ssc keys centre init",
                            folder.string()));
  auto record = load_centre_record(paths.record().string());
  if (!record) return fail(CentreError::Kind::kBadInput, record.error().to_string());
  const auto pem = storage::read_secret_file(paths.public_key(), kLongestKeyFile);
  if (!pem) return tl::unexpected(error_of(pem.error()));
  auto key = Sm2PublicKey::from_pem(pem->reveal_text());
  if (!key)
    return fail(CentreError::Kind::kDamaged,
                fmt::format("{}: no SM2 public key", paths.public_key().string()));
  return OpenFace{*std::move(record), std::move(paths), *std::move(key)};
}

Centre::Centre(CentreRecord record, CentrePaths paths, storage::StorageKey key, ledger::Ledger ledger)
    : record_(std::move(record)),
      paths_(std::move(paths)),
      key_(std::move(key)),
      ledger_(std::move(ledger)) {}

Opened<Centre> Centre::make(const fs::path& folder, const CentrePlan& plan,
                            const storage::SecretBytes* passphrase, Clock clock) {
  if (auto fault = check_identity(plan.identity))
    return fail(CentreError::Kind::kBadInput, *std::move(fault));
  if (auto fault = ledger::check_form(opening(plan)))
    return fail(CentreError::Kind::kBadInput, *std::move(fault));
  if (!is_empty_or_absent(folder))
    return fail(CentreError::Kind::kBadInput,
                fmt::format("{} has something in it: name a new folder", folder.string()));
  auto storage = make_storage(plan, passphrase);
  if (!storage) return tl::unexpected(storage.error());
  CentrePaths paths{folder};
  CentreRecord record{plan.identity, plan.lab, storage->record};
  const Sm2PrivateKey own = Sm2PrivateKey::generate();
  const auto ready = make_folders(folder).and_then([&] { return write_keys(paths, storage->key, own); });
  if (!ready) return tl::unexpected(ready.error());
  auto ledger = ledger::Ledger::create(paths.ledger(), record.owner(), own, std::move(clock), opening(plan));
  if (!ledger) return tl::unexpected(error_of(ledger.error()));
  if (const auto written = storage::write_owner_file(paths.record(), to_xml(record)); !written)
    return tl::unexpected(error_of(written.error()));
  return Centre(std::move(record), std::move(paths), std::move(storage->key), *std::move(ledger));
}

Opened<Centre> Centre::open(const fs::path& folder, const storage::Access& access, Clock clock) {
  auto face = read_open_face(folder);
  if (!face) return tl::unexpected(face.error());
  auto key = storage::unlock(face->record.storage, access);
  if (!key)
    return fail(error_of(key.error()).kind,
                fmt::format("{}: {}", face->paths.record().string(), key.error().what));
  const auto own = open_private_key(face->paths, *key);
  if (!own) return tl::unexpected(own.error());
  if (!(own->public_key() == face->key))
    return fail(CentreError::Kind::kDamaged,
                fmt::format("{} is not the key beside it", face->paths.public_key().string()));
  auto ledger = ledger::Ledger::open(face->paths.ledger(), face->record.owner(), *own, std::move(clock));
  if (!ledger) return tl::unexpected(error_of(ledger.error()));
  return Centre(std::move(face->record), std::move(face->paths), *std::move(key), *std::move(ledger));
}

}  // namespace ssc::keys::centre
