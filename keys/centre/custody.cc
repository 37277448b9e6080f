#include "keys/centre/custody.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/ledger/holdings.h"
#include "keys/storage/owner_file.h"

namespace ssc::keys::centre {
namespace {

constexpr std::size_t kLongestSlip = 1 << 22;

tl::unexpected<CentreError> fail(CentreError::Kind kind, std::string what) {
  return tl::unexpected(CentreError{kind, std::move(what)});
}

template <class T>
Opened<T> in_centre(ledger::Kept<T> kept) {
  if (!kept) return tl::unexpected(error_of(kept.error()));
  return *std::move(kept);
}

// One file a centre, whatever letters its name has.
fs::path file_of(const Centre& centre, const Identity& identity) {
  constexpr std::size_t kDigits = 16;
  return centre.paths().trusted() / (apdu::to_hex(sm3(identity.name)).substr(0, kDigits) + ".xml");
}

std::string note_of(const Introduction& introduction) {
  return fmt::format("{} {} {}", level_word(introduction.identity.level), introduction.identity.area,
                     fingerprint_text(introduction.key));
}

Opened<ledger::TrustedCentre> read_trusted(const Centre& centre, const fs::path& file) {
  auto known = load_introduction(file.string());
  if (!known) return fail(CentreError::Kind::kDamaged, known.error().to_string());
  if (centre.ledger().holdings().trust_in(known->identity.name) != note_of(*known))
    return fail(
        CentreError::Kind::kDamaged,
        fmt::format("{}: no entry of the ledger took this key in; remove the file, or take the key in with "
                    "ssc keys centre trust",
                    file.string()));
  return ledger::TrustedCentre{known->identity.name, known->identity.level == Level::kNational, known->key};
}

// What is known of the way a carrier came here; nothing when it was made here.
Opened<std::string> slip_so_far(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::string();
  const auto text = storage::read_secret_file(file, kLongestSlip);
  if (!text) return tl::unexpected(error_of(text.error()));
  return std::string(text->reveal_text());
}

fs::path slip_file(const Centre& centre, const ledger::Subject& carrier) {
  return centre.paths().slip(word(carrier.type), carrier.id);
}

}  // namespace

Opened<ledger::Record> trust(Centre& centre, const Introduction& introduction, const std::string& who,
                             const std::string& role) {
  if (introduction.identity.name == centre.identity().name)
    return fail(CentreError::Kind::kBadInput,
                fmt::format("'{}' is this centre itself", centre.identity().name));
  ledger::Entry entry;
  entry.kind = ledger::Kind::kTrust;
  entry.subject = {ledger::SubjectType::kCentre, introduction.identity.name};
  entry.who = who;
  entry.role = role;
  entry.note = note_of(introduction);
  auto record = in_centre(centre.ledger().append(entry));
  if (!record) return record;
  const auto written =
      storage::write_owner_file(file_of(centre, introduction.identity), to_xml(introduction));
  if (!written) return tl::unexpected(error_of(written.error()));
  return record;
}

Opened<std::vector<ledger::TrustedCentre>> trusted_centres(const Centre& centre) {
  std::vector<ledger::TrustedCentre> out;
  std::error_code error;
  for (fs::directory_iterator at(centre.paths().trusted(), error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() != ".xml") continue;
    auto known = read_trusted(centre, at->path());
    if (!known) return tl::unexpected(known.error());
    out.push_back(*std::move(known));
  }
  if (error)
    return fail(CentreError::Kind::kFile,
                fmt::format("{}: {}", centre.paths().trusted().string(), error.message()));
  return out;
}

Opened<ledger::Record> receive(Centre& centre, std::string_view slip, const ledger::Subject& carrier,
                               const ledger::Entry& entry) {
  if (!is_name(carrier.id))
    return fail(CentreError::Kind::kBadInput, fmt::format("'{}' is no name of a carrier", carrier.id));
  const auto trusted = trusted_centres(centre);
  if (!trusted) return tl::unexpected(trusted.error());
  const auto checked = ledger::CheckedSlip::check(slip, carrier, centre.identity().name, *trusted);
  if (!checked) return tl::unexpected(error_of(checked.error()));
  auto record = in_centre(centre.ledger().receive(*checked, entry));
  if (!record) return record;
  const auto kept = storage::write_owner_file(slip_file(centre, carrier), checked->lines());
  if (!kept) return tl::unexpected(error_of(kept.error()));
  return record;
}

Opened<Sent> send(Centre& centre, const ledger::Entry& entry) {
  const bool with_slip = is_carrier(entry.subject.type) && !entry.third_party;
  auto slip = with_slip ? slip_so_far(slip_file(centre, entry.subject)) : std::string();
  if (!slip) return tl::unexpected(slip.error());
  auto record = in_centre(centre.ledger().append(entry));
  if (!record) return tl::unexpected(record.error());
  if (with_slip) *slip += ledger::slip_line(*record);
  return Sent{*std::move(record), *std::move(slip)};
}

}  // namespace ssc::keys::centre
