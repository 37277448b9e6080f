#include "keys/ledger/rules.h"

#include <fmt/format.h>

namespace ssc::keys::ledger {
namespace {

// An entry and what it is judged by.
struct Case {
  const Entry& entry;
  const Holding* holding;  // nullptr: no entry names its subject yet
  const Holdings& holdings;
  const Owner& owner;
  Time now;

  bool is(Kind kind) const { return entry.kind == kind; }
  bool carrier() const { return is_carrier(entry.subject.type); }
  bool machine() const { return entry.subject.type == SubjectType::kMachine; }
  bool in(Whereabouts where) const { return holding != nullptr && holding->where == where; }
  // A machine's certificate: the entry's, else the one known.
  bool certified() const { return !entry.certificate.empty() || (holding && !holding->certificate.empty()); }
  bool for_lab() const { return holding ? holding->lab : entry.lab; }
  std::string_view last_day() const {
    if (!entry.certificate.empty()) return entry.valid_until;
    return holding ? std::string_view(holding->valid_until) : std::string_view();
  }
};

using Kinds = unsigned;
template <class... K>
constexpr Kinds kinds(K... kind) {
  return (0U | ... | (1U << static_cast<unsigned>(kind)));
}
constexpr Kinds kGoOut = kinds(Kind::kIssue, Kind::kHandover);
constexpr Kinds kOfHeld =
    kGoOut | kinds(Kind::kLoad, Kind::kStore, Kind::kUse, Kind::kDestroy, Kind::kCertificate);
constexpr Kinds kLater = kOfHeld | kinds(Kind::kReturn);
constexpr Kinds kFirst = kinds(Kind::kCreate, Kind::kReceive);

struct Rule {
  Kinds of;
  bool (*broken)(const Case&);
  std::string_view article;
  std::string_view what;
  std::string_view mend;
};

// In the order in which they are asked. "{}" stands for who has the subject, and since which entry.
constexpr Rule kRules[] = {
    // Where carriers come from.
    {kinds(Kind::kCreate), [](const Case& c) { return c.carrier() && !c.owner.ministry; }, "23",
     "only the ministry makes carriers",
     "take it in as the ministry issued it: ssc keys receive --slip FILE"},
    {kinds(Kind::kIssue), [](const Case& c) { return !c.owner.ministry; }, "23",
     "only the ministry issues carriers", "hand it over: ssc keys handover"},
    {kinds(Kind::kReceive), [](const Case& c) { return c.carrier() && c.entry.slip.empty(); }, "23",
     "a carrier comes here by the ministry's issue alone",
     "add --slip FILE, as the ministry's ssc keys issue wrote it"},
    {kinds(Kind::kReceive), [](const Case& c) { return c.carrier() && c.holdings.knows_slip(c.entry.slip); },
     "23", "a carrier came here by this slip before", "take the slip of its newest issue: --slip FILE"},
    {kLater, [](const Case& c) { return c.holding == nullptr && c.carrier() && !c.owner.ministry; }, "23",
     "its first entry here is not its issue by the ministry", "begin with ssc keys receive --slip FILE"},
    {kLater, [](const Case& c) { return c.holding == nullptr; }, "24", "no entry tells where it comes from",
     "begin with ssc keys create or ssc keys receive"},
    // What is not here.
    {kLater | kFirst, [](const Case& c) { return c.in(Whereabouts::kDestroyed); }, "24",
     "it was destroyed in entry {since}", "name another one"},
    {kOfHeld, [](const Case& c) { return c.in(Whereabouts::kOut); }, "24",
     "it is with {with} since entry {since}", "enter its return first: ssc keys return --from NAME"},
    {kLater, [](const Case& c) { return c.in(Whereabouts::kGone); }, "24",
     "it was given back to {with} in entry {since}", "enter its receipt first: ssc keys receive"},
    {kinds(Kind::kCreate), [](const Case& c) { return c.holding != nullptr; }, "24",
     "it is in the ledger already, since entry {since}", "name another one"},
    {kinds(Kind::kReceive), [](const Case& c) { return c.holding != nullptr && !c.in(Whereabouts::kGone); },
     "24", "it is in the ledger already, since entry {since}",
     "if it comes back: ssc keys return --from NAME"},
    {kinds(Kind::kReturn),
     [](const Case& c) { return c.in(Whereabouts::kOut) && c.entry.from != c.holding->with; }, "24",
     "it is with {with} since entry {since}, and comes back from there alone", "write --from with that name"},
    {kinds(Kind::kReturn), [](const Case& c) { return c.in(Whereabouts::kHere) && c.entry.to.empty(); }, "24",
     "it is here, and nobody is named to whom it goes back", "add --to NAME"},
    // Handing over.
    {kGoOut, [](const Case& c) { return c.entry.to.empty(); }, "24", "nobody is named who gets it",
     "add --to NAME"},
    {kinds(Kind::kHandover), [](const Case& c) { return c.entry.agreement.empty(); }, "24",
     "the handover names no confidentiality agreement", "add --agreement NUMBER"},
    {kinds(Kind::kHandover),
     [](const Case& c) { return c.entry.third_party && c.entry.plan_reviewed_by.empty(); }, "24",
     "the handover to a third party names nobody who reviewed its security plan",
     "add --plan-reviewed-by NAME"},
    {kinds(Kind::kHandover), [](const Case& c) { return c.entry.third_party && c.entry.supervisor.empty(); },
     "24", "the handover to a third party names nobody who supervises it", "add --supervisor NAME"},
    {kinds(Kind::kHandover),
     [](const Case& c) { return c.entry.third_party && c.entry.supervisor == c.entry.to; }, "24",
     "the third party supervises itself", "name another --supervisor"},
    {kGoOut | kinds(Kind::kUse, Kind::kDestroy), [](const Case& c) { return c.entry.purpose.empty(); }, "24",
     "it is not said what for", "add --purpose TEXT"},
    {kinds(Kind::kStore), [](const Case& c) { return c.entry.place.empty() || c.entry.keeper.empty(); }, "24",
     "where it is stored and who keeps it must both be named", "add --place TEXT and --keeper NAME"},
    {kinds(Kind::kDestroy),
     [](const Case& c) { return c.entry.witness.empty() || c.entry.witness == c.entry.who; }, "24",
     "destroying takes two persons", "add --witness NAME, another than --who"},
    // Machines.
    {kinds(Kind::kReceive, Kind::kUse, Kind::kLoad),
     [](const Case& c) { return c.machine() && !c.for_lab() && !c.certified(); }, "22",
     "the machine has no product certificate",
     "add --certificate NUMBER and --valid-until DATE, or --lab for a test machine"},
    {kinds(Kind::kReceive, Kind::kUse, Kind::kLoad, Kind::kCertificate),
     [](const Case& c) { return c.machine() && c.certified() && c.last_day().empty(); }, "22",
     "the last day of the machine's product certificate is not named", "add --valid-until DATE"},
    {kinds(Kind::kReceive, Kind::kUse, Kind::kLoad, Kind::kCertificate),
     [](const Case& c) {
       return c.machine() && !c.for_lab() && c.certified() && c.last_day() < to_text(c.now).substr(0, 10);
     },
     "22", "the machine's product certificate has expired",
     "enter the renewed one: ssc keys certificate --certificate NUMBER --valid-until DATE"},
    {kinds(Kind::kCertificate), [](const Case& c) { return c.entry.certificate.empty(); }, "22",
     "no product certificate is named", "add --certificate NUMBER and --valid-until DATE"},
};

std::string filled(std::string_view what, const Holding* holding) {
  return fmt::format(fmt::runtime(what), fmt::arg("with", holding ? holding->with : std::string()),
                     fmt::arg("since", holding ? holding->since : 0));
}

std::string refusal(const Rule& rule, const Case& judged) {
  return fmt::format("refused by article {}: {} ({} {}); {}", rule.article, filled(rule.what, judged.holding),
                     word(judged.entry.subject.type), judged.entry.subject.id, rule.mend);
}

}  // namespace

std::optional<std::string> broken_rule(const Entry& entry, const Holdings& holdings, const Owner& owner,
                                       Time now) {
  const Case judged{entry, holdings.find(entry.subject), holdings, owner, now};
  for (const Rule& rule : kRules) {
    const bool asked = (rule.of & kinds(entry.kind)) != 0;
    if (asked && rule.broken(judged)) return refusal(rule, judged);
  }
  return std::nullopt;
}

}  // namespace ssc::keys::ledger
