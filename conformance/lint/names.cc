// Variables, parameters, routines and tables that nobody uses.
#include "conformance/lint/lint.h"
#include "conformance/lint/walk.h"

namespace ssc::conformance::lint {
namespace {

// What a step gives a value, with the word for it.
std::vector<std::pair<std::string, std::string>> given_by(const Step& step) {
  std::vector<std::pair<std::string, std::string>> names;
  if (const auto* send = std::get_if<Send>(&step.action); send && !send->capture.empty())
    names.emplace_back(send->capture, "capture");
  const auto* let = std::get_if<Let>(&step.action);
  if (let && let->name.find('.') == std::string::npos) names.emplace_back(let->name, "variable");
  if (const auto* group = std::get_if<Group>(&step.action)) {
    if (!group->counter.empty()) names.emplace_back(group->counter, "counter");
    if (group->rows) {
      for (const auto& [column, value] : group->rows->rows.front().cells)
        names.emplace_back(column, "column");
    }
  }
  return names;
}

void look(const Steps& steps, const NameSet& read, std::vector<Remark>& remarks) {
  each_step(steps, [&](const Step& step) {
    for (const auto& [name, kind] : given_by(step)) {
      if (!read.contains(name))
        remarks.push_back({step.at, kind + " '" + name + "' is never read", "read it, or leave it out"});
    }
  });
}

void look(const Routine& routine, std::vector<Remark>& remarks) {
  NameSet read = names_read(routine.steps);
  for (const auto& parameter : routine.parameters) {
    if (!read.contains(parameter.name))
      remarks.push_back({routine.at,
                         "parameter '" + parameter.name + "' of " + routine.name + " is never read",
                         "read it, or leave it out"});
  }
  read.insert(routine.returns.begin(), routine.returns.end());
  look(routine.steps, read, remarks);
}

void look(const Suite& suite, std::vector<Remark>& remarks) {
  NameSet of_set_up = names_read(suite.set_up);
  of_set_up.merge(names_read(suite.tear_down));
  look(suite.tear_down, of_set_up, remarks);
  for (const Case& test : suite.cases) {
    const NameSet read = names_read(test.steps);
    look(test.steps, read, remarks);
    of_set_up.insert(read.begin(), read.end());
  }
  look(suite.set_up, of_set_up, remarks);
}

// Whether all of a file's users are among the suites.
bool is_whole(const Subjects& subjects, const Suite& suite, const Where& at) {
  return at.file == suite.at.file || std::ranges::any_of(subjects.folders, [&](const std::string& folder) {
           return at.file.starts_with(folder.ends_with('/') ? folder : folder + "/");
         });
}

}  // namespace

std::vector<Remark> unused_names(const Subjects& subjects) {
  std::vector<Remark> remarks;
  std::set<std::string> seen;  // an imported routine is one of several suites
  for (const Suite& suite : subjects.suites) {
    look(suite, remarks);
    for (const auto& routine : suite.routines) {
      if (seen.insert(routine->at.to_string()).second) look(*routine, remarks);
    }
  }
  return remarks;
}

std::vector<Remark> unused_routines(const Subjects& subjects) {
  std::set<std::string> used;
  for (const Suite& suite : subjects.suites) {
    each_body(suite, [&](const Steps& steps) {
      each_step(steps, [&](const Step& step) {
        if (const auto* call = std::get_if<Call>(&step.action)) used.insert(call->target->at.to_string());
        const auto* group = std::get_if<Group>(&step.action);
        if (group && group->rows) used.insert(group->rows->at.to_string());
      });
    });
  }
  std::vector<Remark> remarks;
  const auto look = [&](const Suite& suite, const Where& at, const std::string& what) {
    if (is_whole(subjects, suite, at) && used.insert(at.to_string()).second)
      remarks.push_back({at, what + " is never used", "use it, or leave it out"});
  };
  for (const Suite& suite : subjects.suites) {
    for (const auto& routine : suite.routines) look(suite, routine->at, "routine " + routine->name);
    for (const auto& table : suite.tables) look(suite, table->at, "table " + table->name);
  }
  return remarks;
}

}  // namespace ssc::conformance::lint
