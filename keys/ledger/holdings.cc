#include "keys/ledger/holdings.h"

namespace ssc::keys::ledger {
namespace {

void arrive(Holding& holding, const Record& record) {
  holding = Holding{.certificate = holding.certificate,
                    .valid_until = holding.valid_until,
                    .lab = record.entry.lab || holding.lab,
                    .since = record.number};
}

void leave(Holding& holding, Whereabouts where, const Record& record) {
  holding.where = where;
  holding.with = record.entry.to;
  holding.place.clear();
  holding.keeper.clear();
  holding.since = record.number;
}

// Back here when it was out, else given back.
void come_or_go_back(Holding& holding, const Record& record) {
  if (holding.where == Whereabouts::kOut) return arrive(holding, record);
  leave(holding, Whereabouts::kGone, record);
}

void put_away(Holding& holding, const Entry& entry) {
  holding.place = entry.place;
  holding.keeper = entry.keeper;
}

void certify(Holding& holding, const Entry& entry) {
  if (entry.certificate.empty()) return;
  holding.certificate = entry.certificate;
  holding.valid_until = entry.valid_until;
}

void move(Holding& holding, const Record& record) {
  switch (record.entry.kind) {
    case Kind::kCreate:
    case Kind::kReceive:
      return arrive(holding, record);
    case Kind::kIssue:
    case Kind::kHandover:
      return leave(holding, Whereabouts::kOut, record);
    case Kind::kReturn:
      return come_or_go_back(holding, record);
    case Kind::kDestroy:
      return leave(holding, Whereabouts::kDestroyed, record);
    case Kind::kStore:
      return put_away(holding, record.entry);
    default:
      return;
  }
}

}  // namespace

const Holding* Holdings::find(const Subject& subject) const {
  const auto found = all_.find(subject);
  return found == all_.end() ? nullptr : &found->second;
}

std::string Holdings::trust_in(const std::string& centre) const {
  const auto found = trusted_.find(centre);
  return found == trusted_.end() ? std::string() : found->second;
}

void Holdings::apply(const Record& record) {
  if (record.entry.kind == Kind::kTrust) trusted_[record.entry.subject.id] = record.entry.note;
  const SubjectType type = record.entry.subject.type;
  if (!is_carrier(type) && type != SubjectType::kKeySet && type != SubjectType::kMachine) return;
  Holding& holding = all_[record.entry.subject];
  move(holding, record);
  certify(holding, record.entry);
  if (!record.entry.slip.empty()) slips_.insert(record.entry.slip);
}

}  // namespace ssc::keys::ledger
