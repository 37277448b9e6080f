// Ways through steps and expressions for one who only reads.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "conformance/script/model.h"

namespace ssc::conformance::lint {

using NameSet = std::set<std::string, std::less<>>;
using Steps = std::vector<Step>;

// Each step, and those inside its groups; not those of routines it calls.
void each_step(const Steps& steps, const std::function<void(const Step&)>& see);
// Each whole expression of a step itself, also of the rows it loops over.
void each_expression(const Step& step, const std::function<void(const Expression&)>& see);
// An expression and all it is made of.
void each_node(const Expression& expression, const std::function<void(const Expression&)>& see);

// NameSet that the steps read.
NameSet names_read(const Steps& steps);
NameSet names_read(const Expression& expression);

// The steps of every case, set-up, tear-down and routine of a suite.
void each_body(const Suite& suite, const std::function<void(const Steps&)>& see);

}  // namespace ssc::conformance::lint
