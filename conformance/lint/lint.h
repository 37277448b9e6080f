// What is wrong with suites that load and run: what is never reached, never used, asks nothing, or speaks of
// what does not exist.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "conformance/engine/models.h"
#include "conformance/script/model.h"

namespace ssc::conformance::lint {

struct Remark {
  Where at;
  std::string what;  // one line
  std::string mend;  // how to, one line

  std::string to_string() const { return at.to_string() + ": " + what + ": " + mend; }
};

// Clauses that suites may cite, "Part 5 §6.14": a file of one a line, '#' begins a comment.
class Clauses {
 public:
  static Clauses read(std::string_view text);
  static const Clauses& built_in();

  // The references of a `clause` attribute that are none of these, each in full. "Part 5 §6.14, t.49" is two;
  // "§7.7-7.8" stands for both its ends; what is in brackets is a remark.
  std::vector<std::string> unknown(std::string_view attribute) const;

 private:
  std::set<std::string, std::less<>> known_;
};

// The cards that suites can be about.
struct Card {
  std::string name;
  std::shared_ptr<const CardModel> model;
  std::shared_ptr<const keys::KeySet> keys;
  std::shared_ptr<const desk::Policy> policy = {};
};
// All built-in ones, and those the suites name. Error: one of these does not load.
apdu::Loaded<std::vector<Card>> cards_for(std::span<const Suite> suites, Models& models);

struct Subjects {
  std::span<const Suite> suites;
  std::vector<std::string> folders;  // asked for as a whole: a routine below that nobody calls is a remark
  std::span<const Card> cards;
  const Clauses& clauses;
};

// All rules; in the order of files and lines.
std::vector<Remark> lint(const Subjects& subjects);

// The rules one by one.
std::vector<Remark> unused_names(const Subjects& subjects);
std::vector<Remark> unused_routines(const Subjects& subjects);
std::vector<Remark> unreached_steps(const Subjects& subjects);
std::vector<Remark> steps_that_ask_nothing(const Subjects& subjects);
std::vector<Remark> missing_texts(const Subjects& subjects);
std::vector<Remark> unknown_clauses(const Subjects& subjects);
std::vector<Remark> unknown_files_and_keys(const Subjects& subjects);
std::vector<Remark> cases_for_no_card(const Subjects& subjects);

}  // namespace ssc::conformance::lint
