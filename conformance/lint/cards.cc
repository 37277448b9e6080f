// Files, keys and conditions beside all cards there are.
#include <algorithm>

#include "apdu/hex.h"
#include "conformance/engine/policy_card.h"
#include "conformance/expression/evaluate.h"
#include "conformance/lint/lint.h"
#include "conformance/lint/names_of_cards.h"

namespace ssc::conformance::lint {
namespace {

class Known {
 public:
  explicit Known(std::span<const Card> cards) {
    for (const Card& card : cards) {
      for (const auto& df : card.model->dfs) take(df);
      for (const auto& key : card.keys->keys) keys_.insert(key.name);
    }
  }
  bool has(NameKind kind, const std::string& name) const {
    return kind == NameKind::kKey  ? keys_.contains(name)
           : kind == NameKind::kDf ? dfs_.contains(name)
                                   : is_file(name);
  }

 private:
  // A condition may ask one DF for what only another has.
  bool is_file(const std::string& path) const {
    const std::size_t slash = std::min(path.find('/'), path.size());
    return dfs_.contains(path.substr(0, slash)) &&
           (slash == path.size() || files_.contains(path.substr(slash + 1)));
  }
  void take(const simulator::profile::Df& df) {
    dfs_.insert(df.id);
    for (const auto& ef : df.files) files_.insert(apdu::to_hex(apdu::big_endian<2>(ef.fid)));
    for (const auto& key : df.keys) keys_.insert(key.name);
  }

  NameSet keys_;
  NameSet dfs_;
  NameSet files_;
};

std::string_view word(NameKind kind) {
  return kind == NameKind::kKey ? "key" : kind == NameKind::kDf ? "DF" : "file";
}

Subject subject_of(const Card& card, bool with_psam) {
  Subject subject = Subject::of(card.model, card.keys);
  subject.policy = card.policy;
  subject.psam_card = with_psam;
  return subject;
}

// Whether it holds on the card, with a PSAM or without.
bool may_hold(const Expression& expression, const Card& card) {
  for (const bool with_psam : {true, false}) {
    Subject subject = subject_of(card, with_psam);
    const conformance::Names nothing;
    const auto value = evaluate(expression, {subject, nothing});
    const auto truth = value ? as_truth(*value) : Evaluated<bool>(false);
    if (truth && *truth) return true;
  }
  return false;
}

bool is_about(const Case& test, const Card& card) {
  const auto& only = test.only_cards;
  if (!only.empty()) return std::ranges::find(only, card.name) != only.end();
  const bool named = std::ranges::find(test.cards, card.name) != test.cards.end();
  return named || card.model->kind == simulator::profile::Kind::kCard;
}

// Only facts, none of them another thing here.
bool is_of_facts(const Expression& expression, const NameSet& bound) {
  return std::ranges::all_of(names_read(expression), [&](const std::string& name) {
    return find_fact(name) != nullptr && !bound.contains(name) && name != "data" && name != "sw" &&
           name != "atr";
  });
}

NameSet given_in(const Steps& steps) {
  NameSet names;
  each_step(steps, [&](const Step& step) {
    if (const auto* send = std::get_if<Send>(&step.action)) names.insert(send->capture);
    if (const auto* let = std::get_if<Let>(&step.action)) names.insert(let->name);
    if (const auto* call = std::get_if<Call>(&step.action))
      names.insert(call->target->returns.begin(), call->target->returns.end());
    const auto* group = std::get_if<Group>(&step.action);
    if (!group) return;
    names.insert(group->counter);
    if (!group->rows) return;
    for (const auto& [column, value] : group->rows->rows.front().cells) names.insert(column);
  });
  return names;
}

void look_at_conditions(const Case& test, const std::vector<const Card*>& cards,
                        std::vector<Remark>& remarks) {
  const NameSet bound = given_in(test.steps);
  each_step(test.steps, [&](const Step& step) {
    if (!step.when || !is_of_facts(*step.when, bound) || names_read(*step.when).empty()) return;
    const auto holds_on = [&](const Card* card) { return may_hold(*step.when, *card); };
    if (std::ranges::none_of(cards, holds_on))
      remarks.push_back({step.at, "this step never runs: no card the case is for meets its when",
                         "mend the condition, or leave the step out"});
  });
}

}  // namespace

apdu::Loaded<std::vector<Card>> cards_for(std::span<const Suite> suites, Models& models) {
  std::set<std::string> names;
  for (const std::string& name : simulator::profile::built_in_cards()) names.insert(name);
  for (const Suite& suite : suites) {
    for (const Case& test : suite.cases) names.insert(test.cards.begin(), test.cards.end());
  }
  std::vector<Card> cards;
  for (const std::string& name : names) {
    const CardName split = split_card_name(name);
    auto model = models.card(split.card);
    if (!model) return tl::make_unexpected(model.error());
    const auto keys = models.key_set(**model);
    if (!keys) return tl::make_unexpected(keys.error());
    cards.push_back({name, *model, *keys});
    if (split.policy.empty()) continue;
    auto policy = desk::load_policy(split.policy);
    if (!policy) return tl::make_unexpected(policy.error());
    auto issued = issued_under(**model, *policy);
    if (!issued) return tl::make_unexpected(issued.error());
    cards.back().model = *std::move(issued);
    cards.back().policy = std::make_shared<const desk::Policy>(*std::move(policy));
  }
  return cards;
}

std::vector<Remark> unknown_files_and_keys(const Subjects& subjects) {
  const Known known(subjects.cards);
  std::vector<Remark> remarks;
  std::set<std::string> seen;
  const auto look = [&](const Steps& steps) {
    for (const NameUse& use : names_of_cards(steps)) {
      const std::string what = "no card has a " + std::string(word(use.kind)) + " '" + use.name + "'";
      if (!known.has(use.kind, use.name) && seen.insert(use.at.to_string() + what).second)
        remarks.push_back({use.at, what, "ssc card show sample-3.00 lists names"});
    }
  };
  for (const Suite& suite : subjects.suites) {
    each_body(suite, look);
    for (const Case& test : suite.cases) {
      if (!test.applies) continue;
      Step applies{test.at, "applies", test.applies, false, Group{}};
      look({applies});
    }
  }
  return remarks;
}

std::vector<Remark> cases_for_no_card(const Subjects& subjects) {
  std::vector<Remark> remarks;
  for (const Suite& suite : subjects.suites) {
    for (const Case& test : suite.cases) {
      std::vector<const Card*> cards;
      for (const Card& card : subjects.cards) {
        if (is_about(test, card) && (!test.applies || may_hold(*test.applies, card))) cards.push_back(&card);
      }
      if (cards.empty())
        remarks.push_back({test.at, "case " + test.id + " applies to no card there is",
                           "mend applies=\"" + test.applies_text + "\""});
      else
        look_at_conditions(test, cards, remarks);
    }
  }
  return remarks;
}

}  // namespace ssc::conformance::lint
