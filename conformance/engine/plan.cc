#include "conformance/engine/plan.h"

#include "conformance/engine/match.h"
#include "conformance/engine/policy_card.h"

namespace ssc::conformance {
namespace {

// A list of '!' globs alone takes everything else.
bool selected(std::string_view id, std::string_view filter) {
  bool any_wanted = false;
  bool wanted = false;
  for (std::size_t start = 0; start < filter.size();) {
    const std::size_t end = std::min(filter.find(',', start), filter.size());
    std::string_view glob = filter.substr(start, end - start);
    start = end + 1;
    const bool leaves_out = glob.starts_with('!');
    if (leaves_out) glob.remove_prefix(1);
    const bool matches = matches_glob(id, glob);
    if (leaves_out && matches) return false;
    any_wanted = any_wanted || !leaves_out;
    wanted = wanted || (!leaves_out && matches);
  }
  return wanted || !any_wanted;
}

apdu::InputError at_case(const Case& test, const apdu::InputError& error) {
  return {test.at.file, test.at.line, "case " + test.id + ": " + error.to_string(), {}};
}

apdu::Loaded<std::shared_ptr<const CardModel>> psam_of(const Case& test, Models& models) {
  if (test.psam.empty()) return nullptr;
  return models.card(test.psam).map_error([&](const auto& error) { return at_case(test, error); });
}

// Whether the card has the key set it would have if the case named none.
bool has_own_keys(const std::string& name, const CardModel& card, Models& models) {
  const auto own = models.card(split_card_name(name).card);
  return own && (*own)->key_set == card.key_set;
}

// A card whose name says under which policy: PIN and tries are the policy's.
apdu::Loaded<void> issue(PlannedCase& planned) {
  const std::string name = split_card_name(planned.card_name).policy;
  if (name.empty()) return {};
  auto policy = desk::load_policy(name);
  if (!policy) return tl::make_unexpected(policy.error());
  auto card = issued_under(*planned.card, *policy);
  if (!card) return tl::make_unexpected(card.error());
  planned.card = *std::move(card);
  planned.policy = std::make_shared<const desk::Policy>(*std::move(policy));
  return {};
}

}  // namespace

apdu::Loaded<std::vector<PlannedCase>> make_plan(const std::vector<Suite>& suites, const PlanOptions& options,
                                                 Models& models) {
  std::vector<PlannedCase> plan;
  std::size_t index = 0;
  for (const Suite& suite : suites) {
    for (const Case& test : suite.cases) {
      if (!selected(test.id, options.filter)) continue;
      const auto cards = options.card.empty() ? test.cards : std::vector<std::string>{options.card};
      for (const std::string& name : cards) {
        if (index++ % options.shards != options.shard) continue;
        const std::string file = split_card_name(name).card;
        auto card = models.card(file, test.key_set);
        const bool keys_fit = card || options.card.empty() || test.key_set.empty();
        if (!keys_fit) card = models.card(file);
        if (!card)
          return tl::make_unexpected(options.card.empty() ? at_case(test, card.error()) : card.error());
        const auto keys = models.key_set(**card);
        if (!keys) return tl::make_unexpected(keys.error());
        const auto psam = psam_of(test, models);
        if (!psam) return tl::make_unexpected(psam.error());
        plan.push_back({&suite, &test, name, *card, *keys, *psam});
        plan.back().keys_fit = keys_fit;
        plan.back().keys_of_file = has_own_keys(name, **card, models);
        if (auto issued = issue(plan.back()); !issued)
          return tl::make_unexpected(at_case(test, issued.error()));
      }
    }
  }
  return plan;
}

}  // namespace ssc::conformance
