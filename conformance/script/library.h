// The routines and tables a suite can use: its own and those of the files it imports, directly or not.
#pragma once

#include "conformance/script/loader.h"
#include "conformance/script/read_steps.h"

namespace ssc::conformance {

// The compiled schema of scenario files. Error: a defect of the build.
const xml::Loaded<xml::Schema>& scenario_schema();

class Library {
 public:
  explicit Library(BuiltInFiles built_in) : built_in_(built_in) {}

  // Adds the routines and tables of a suite or routines element and of what it imports. Error: a missing
  // import, one that comes back to itself, a routine or table that stands twice.
  Loaded<void> add(const xml::Element& root);
  // Gives every call below its routine and every loop its table; afterwards the library is complete. Error:
  // an unknown routine, one that calls itself, a name in a routine that means nothing.
  Loaded<void> link();
  // All, by name.
  std::vector<std::shared_ptr<const Routine>> routines() const;
  std::vector<std::shared_ptr<const Table>> tables() const;
  Loaded<void> link(std::vector<Step>& steps) const;

 private:
  Loaded<void> add_routines(const xml::Element& root);
  Loaded<void> add_tables(const xml::Element& root);
  Loaded<void> link_table(const Where& at, Group& group) const;
  Loaded<void> link_all();
  void unlink();
  Loaded<void> import(const xml::Element& element);

  BuiltInFiles built_in_;
  std::map<std::string, std::shared_ptr<Routine>, std::less<>> routines_;
  std::map<std::string, std::shared_ptr<const Table>, std::less<>> tables_;
  std::vector<std::string> open_;  // files being read, outermost first
  std::vector<std::string> done_;
};

}  // namespace ssc::conformance
