#include "keys/ledger/entry.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace ssc::keys::ledger {
namespace {

template <class T>
struct Word {
  std::string_view text;
  T value;
};
constexpr Word<Kind> kKinds[] = {
    {"open", Kind::kOpen},
    {"trust", Kind::kTrust},
    {"create", Kind::kCreate},
    {"issue", Kind::kIssue},
    {"receive", Kind::kReceive},
    {"load", Kind::kLoad},
    {"handover", Kind::kHandover},
    {"store", Kind::kStore},
    {"use", Kind::kUse},
    {"return", Kind::kReturn},
    {"destroy", Kind::kDestroy},
    {"mend", Kind::kMend},
    {"certificate", Kind::kCertificate},
    {"cards-issued", Kind::kCardsIssued},
    {"letters-wiped", Kind::kLettersWiped},
    {"pin-changed", Kind::kPinChanged},
    {"pin-reset", Kind::kPinReset},
    {"pin-unblocked", Kind::kPinUnblocked},
    {"card-lost", Kind::kCardLost},
    {"card-replaced", Kind::kCardReplaced},
};
constexpr Word<SubjectType> kTypes[] = {
    {"centre", SubjectType::kCentre},
    {"master-key-card", SubjectType::kMasterKeyCard},
    {"key-mother-card", SubjectType::kKeyMotherCard},
    {"transmission-key-card", SubjectType::kTransmissionKeyCard},
    {"psam", SubjectType::kPsam},
    {"key-set", SubjectType::kKeySet},
    {"machine", SubjectType::kMachine},
    {"card", SubjectType::kCard},
    {"batch", SubjectType::kBatch},
};

template <class T, std::size_t Size>
std::string_view text_of(const Word<T> (&words)[Size], T value) {
  const auto found = std::ranges::find(words, value, &Word<T>::value);
  assert(found != std::end(words));
  return found->text;
}

template <class T, std::size_t Size>
std::optional<T> value_of(const Word<T> (&words)[Size], std::string_view text) {
  const auto found = std::ranges::find(words, text, &Word<T>::text);
  if (found == std::end(words)) return std::nullopt;
  return found->value;
}

}  // namespace

std::string_view word(Kind kind) { return text_of(kKinds, kind); }
std::string_view word(SubjectType type) { return text_of(kTypes, type); }
std::optional<Kind> kind_of(std::string_view word) { return value_of(kKinds, word); }
std::optional<SubjectType> subject_type_of(std::string_view word) { return value_of(kTypes, word); }

}  // namespace ssc::keys::ledger
