#include "conformance/engine/plan.h"

#include "conformance/engine/match.h"

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
        const auto card = models.card(name);
        if (!card)
          return tl::make_unexpected(options.card.empty() ? at_case(test, card.error()) : card.error());
        const auto keys = models.key_set(**card);
        if (!keys) return tl::make_unexpected(keys.error());
        plan.push_back({&suite, &test, name, *card, *keys});
      }
    }
  }
  return plan;
}

}  // namespace ssc::conformance
