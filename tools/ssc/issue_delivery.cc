#include "tools/ssc/issue_delivery.h"

#include "apdu/hex.h"
#include "keys/centre/letters.h"
#include "keys/storage/owner_file.h"
#include "keys/storage/storage_xml.h"
#include "simulator/profile/card_pin.h"

namespace ssc::tools {
namespace {

using Undelivered = IssueDelivery::Undelivered;
using simulator::issue::Applicant;
using simulator::issue::IssuedCard;
using simulator::store::RegisterError;

tl::unexpected<Undelivered> undelivered(std::string why) {
  return tl::unexpected(Undelivered{std::move(why), false});
}
tl::unexpected<Undelivered> give_up(std::string why) {
  return tl::unexpected(Undelivered{std::move(why), true});
}

// "张**, ************006X": enough for whoever hands the letter out.
std::string holder_line(const Applicant& person) {
  constexpr std::size_t kShown = 4;
  std::size_t first = 1;
  while (first < person.name.size() && (static_cast<unsigned char>(person.name[first]) & 0xC0U) == 0x80U)
    ++first;
  const std::size_t hidden = person.id_number.size() - std::min(kShown, person.id_number.size());
  return person.name.substr(0, first) + "**, " + std::string(hidden, '*') + person.id_number.substr(hidden);
}

}  // namespace

IssueDelivery::IssueDelivery(DeliveryPlaces places, const simulator::issue::CardPattern& pattern,
                             std::string policy, const keys::storage::Storage& storage,
                             simulator::store::CardRegister& book, keys::Random& random, keys::Clock clock)
    : places_(std::move(places)),
      pattern_(pattern),
      policy_(std::move(policy)),
      storage_(storage),
      book_(book),
      random_(random),
      clock_(std::move(clock)) {}

tl::expected<const IssueDelivery::Policy*, Undelivered> IssueDelivery::policy_of(const Applicant& person) {
  const std::string& name = person.policy.empty() ? policy_ : person.policy;
  if (name.empty()) return undelivered("policy: none; name one in the row or with --policy");
  const auto known = policies_.find(name);
  if (known != policies_.end()) return &known->second;
  auto policy = conformance::desk::load_policy(name);
  if (!policy) return undelivered("policy: " + policy.error().to_string());
  return &policies_.emplace(name, *std::move(policy)).first->second;
}

tl::expected<bool, Undelivered> IssueDelivery::delivered_before(const IssuedCard& card) {
  const auto row = book_.find(card.card_number);
  if (!row && row.error().kind == RegisterError::Kind::kUnknownCard) return false;
  if (!row) return give_up(row.error().what);
  if (row->identification == apdu::to_hex(card.identification)) return true;
  if (!row->lost.empty()) return false;
  return undelivered("card number " + card.card_number +
                     " is in use already; begin at another --start or --district");
}

tl::expected<void, Undelivered> IssueDelivery::write_files(const Applicant& person, const IssuedCard& card,
                                                           const Policy& policy, const keys::Pin& pin) {
  simulator::issue::SealedPin sealed{keys::storage::storage_element(storage_.record), {}, policy.tries};
  const std::string_view digits = pin.reveal();
  if (!pin.empty())
    sealed.sealed = keys::storage::seal(storage_.key,
                                        {reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()},
                                        simulator::profile::pin_context(card.card_number));
  const auto text = simulator::issue::card_file(pattern_, person, card, sealed);
  if (!text) return undelivered(text.error());
  if (policy.has_letter()) {
    const auto letter =
        keys::centre::write_letter(places_.letters, card.card_number, holder_line(person), pin);
    if (!letter) return give_up(letter.error().what);
  }
  const auto written = keys::storage::write_owner_file(places_.cards / (card.card_number + ".xml"), *text);
  if (!written) return give_up(written.error().what);
  return {};
}

tl::expected<void, Undelivered> IssueDelivery::deliver(const Applicant& person, const IssuedCard& card) {
  const auto before = delivered_before(card);
  if (!before) return tl::unexpected(before.error());
  if (*before) return {};
  const auto policy = policy_of(person);
  if (!policy) return tl::unexpected(policy.error());
  const auto pin = initial_pin(**policy, {person.id_number, person.birth_date, card.card_number}, random_);
  if (!pin) return undelivered("initial PIN: " + pin.error().why.english);
  if (auto written = write_files(person, card, **policy, *pin); !written) return written;
  const simulator::store::CardRegister::NewCard row{card.card_number, apdu::to_hex(card.identification),
                                                    (*policy)->id, *pin};
  const auto added = book_.add({&row, 1}, keys::to_text(clock_()));
  if (!added) return give_up(added.error().what);
  return {};
}

}  // namespace ssc::tools
