#include "keys/hsm/key_words.h"

#include <algorithm>
#include <array>

#include "keys/key_set_words.h"

namespace ssc::keys::hsm {
namespace {

constexpr std::array<Word<Purpose>, 12> kPurposes = {
    {{"internal-authentication", Purpose::kInternalAuthentication},
     {"command-mac", Purpose::kCommandMac},
     {"update", Purpose::kUpdate},
     {"read", Purpose::kRead},
     {"block-card", Purpose::kBlockCard},
     {"block-application", Purpose::kBlockApplication},
     {"unblock-pin", Purpose::kUnblockPin},
     {"starting-day", Purpose::kStartingDay},
     {"load", Purpose::kLoad},
     {"purchase", Purpose::kPurchase},
     {"tac", Purpose::kTac},
     {"master", Purpose::kMaster}}};

}  // namespace

std::string_view purpose_word(Purpose purpose) {
  const auto found = std::ranges::find(kPurposes, purpose, &Word<Purpose>::value);
  return found == kPurposes.end() ? "?" : found->text;
}

std::optional<Level> level_of(std::string_view word) {
  const auto found = std::ranges::find(kLevelWords, word, &Word<Level>::text);
  if (found == std::end(kLevelWords)) return std::nullopt;
  return found->value;
}

std::optional<Purpose> purpose_of(std::string_view word) {
  const auto found = std::ranges::find(kPurposes, word, &Word<Purpose>::text);
  if (found == kPurposes.end()) return std::nullopt;
  return found->value;
}

}  // namespace ssc::keys::hsm
