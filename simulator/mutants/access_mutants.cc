#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

using Alternatives = std::vector<std::vector<std::string>>;

const Alternatives kFree = {{"free"}};

void read_rule(Workbench& w, std::string_view path, const Alternatives& rule) {
  if (profile::Ef* ef = w.file(path)) ef->read.alternatives = rule;
}
void update_rule(Workbench& w, std::string_view path, const Alternatives& rule) {
  if (profile::Ef* ef = w.file(path)) ef->update.alternatives = rule;
}

// Every term of the rule by itself is enough.
void or_for_and(Alternatives& rule) {
  Alternatives loose;
  for (const auto& terms : rule) {
    for (const std::string& term : terms) loose.push_back({term});
  }
  rule = loose;
}
// All terms of all alternatives are wanted.
void and_for_or(Alternatives& rule) {
  std::vector<std::string> all;
  for (const auto& terms : rule) all.insert(all.end(), terms.begin(), terms.end());
  if (!all.empty()) rule = {all};
}

template <class Change>
void every_file(Workbench& w, Change change) {
  for (profile::Df& df : w.model.dfs) {
    for (profile::Ef& ef : df.files) change(ef);
  }
}

constexpr Mutant kMutants[] = {
    {"read-or-for-and", "ACCESS", "Of PIN and key, one is enough to read", "读权限“与”变为“或”",
     "V2.0 notice §5", profile::Kind::kCard,
     [](Workbench& w) { every_file(w, [](profile::Ef& ef) { or_for_and(ef.read.alternatives); }); }},
    {"read-and-for-or", "ACCESS", "Of PIN or key, both are wanted to read", "读权限“或”变为“与”",
     "V2.0 notice §5", profile::Kind::kCard,
     [](Workbench& w) { every_file(w, [](profile::Ef& ef) { and_for_or(ef.read.alternatives); }); }},
    {"ssse-ef05-written-freely", "ACCESS", "EF05 of the SSSE is updated without a key", "SSSE/EF05可任意修改",
     "V2.0 notice t.3", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "SSSE/EF05", kFree); }},
    {"ssse-ef06-written-freely", "ACCESS", "EF06 of the SSSE is updated without a key", "SSSE/EF06可任意修改",
     "V2.0 notice t.3", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "SSSE/EF06", kFree); }},
    {"ssse-ef05-never-read", "ACCESS", "EF05 of the SSSE cannot be read", "SSSE/EF05不可读",
     "V2.0 notice t.3", profile::Kind::kCard, [](Workbench& w) { read_rule(w, "SSSE/EF05", {}); }},
    {"df01-ef05-read-freely", "ACCESS", "EF05 of DF01 is read without PIN or key", "DF01/EF05可任意读取",
     "V2.0 notice t.4", profile::Kind::kCard, [](Workbench& w) { read_rule(w, "DF01/EF05", kFree); }},
    {"df01-ef05-written-freely", "ACCESS", "EF05 of DF01 is updated without its key", "DF01/EF05可任意修改",
     "V2.0 notice t.4", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "DF01/EF05", kFree); }},
    {"df01-ef06-other-key", "ACCESS", "EF06 of DF01 is updated with the key of EF05",
     "DF01/EF06用了EF05的修改密钥", "V2.0 notice t.4", profile::Kind::kCard,
     [](Workbench& w) { update_rule(w, "DF01/EF06", {{"UK1DF01"}}); }},
    {"df01-ef08-written-by-pin", "ACCESS", "EF08 of DF01 is updated with the PIN", "DF01/EF08可凭密码修改",
     "V2.0 notice t.4", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "DF01/EF08", {{"PIN"}}); }},
    {"df02-ef05-written-freely", "ACCESS", "EF05 of DF02 is updated without its key", "DF02/EF05可任意修改",
     "V2.0 notice t.5", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "DF02/EF05", kFree); }},
    {"df03-ef05-read-freely", "ACCESS", "EF05 of DF03 is read without its key", "DF03/EF05可任意读取",
     "V2.0 notice t.6", profile::Kind::kCard, [](Workbench& w) { read_rule(w, "DF03/EF05", kFree); }},
    {"df04-ef08-read-freely", "ACCESS", "The transaction log is read without the PIN", "交易明细可任意读取",
     "V2.0 notice t.7", profile::Kind::kCard, [](Workbench& w) { read_rule(w, "DF04/EF08", kFree); }},
    {"df04-ef08-written", "ACCESS", "The transaction log can be updated from outside", "交易明细可被外部修改",
     "V2.0 notice t.7", profile::Kind::kCard, [](Workbench& w) { update_rule(w, "DF04/EF08", kFree); }},
    {"every-update-by-pin", "ACCESS", "The PIN alone updates every file", "密码即可修改全部文件",
     "V2.0 notice §5", profile::Kind::kCard,
     [](Workbench& w) {
       every_file(w, [](profile::Ef& ef) {
         if (!ef.update.alternatives.empty()) ef.update.alternatives.push_back({"PIN"});
       });
     }},
};

}  // namespace

std::span<const Mutant> access_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
