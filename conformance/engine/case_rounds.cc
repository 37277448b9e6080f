// Steps that run together, again and again, or once for each row of a table.
#include <fmt/format.h>

#include <utility>

#include "conformance/engine/case_runner.h"

namespace ssc::conformance {
namespace {

constexpr std::int64_t kMostRounds = 100'000;

}  // namespace

CaseRunner::Flow CaseRunner::act(const Group& group, Names& names) {
  if (group.rows) return for_each(group, names);
  std::int64_t times = 1;
  if (group.times) {
    const auto value = evaluate(*group.times, {context_.subject, names});
    const auto number =
        value ? as_number(*value) : Evaluated<std::int64_t>(tl::make_unexpected(value.error()));
    if (!number) return error("times: " + number.error());
    if (*number > kMostRounds)
      return error(fmt::format("times: {} rounds are more than {}", *number, kMostRounds));
    times = *number;
  }
  return repeat(group, times, names);
}

CaseRunner::Flow CaseRunner::repeat(const Group& group, std::int64_t times, Names& names) {
  const std::size_t own_step = current_;
  ++depth_;
  Flow flow = Flow::kGoOn;
  Evaluated<bool> ended = false;
  for (std::int64_t i = 1; i <= times && flow == Flow::kGoOn && ended && !*ended; ++i) {
    if (!group.counter.empty()) names.insert_or_assign(group.counter, Value::number(i));
    flow = steps(group.steps, names);
    if (flow == Flow::kGoOn) ended = reached(group, names);
  }
  --depth_;
  if (flow == Flow::kEnd || !group.until) return flow;
  current_ = own_step;
  if (!ended) return error("until: " + ended.error());
  if (!*ended)
    return fail(fmt::format("did not hold after {} rounds: {}", times, group.until_text),
                {group.until_text, fmt::format("false {} times", times)});
  current().outcome = StepOutcome::kPassed;
  return Flow::kGoOn;
}

Evaluated<bool> CaseRunner::reached(const Group& group, const Names& names) {
  if (!group.until) return false;
  const auto value = evaluate(*group.until, {context_.subject, names});
  if (!value) return tl::make_unexpected(value.error());
  return as_truth(*value);
}

CaseRunner::Flow CaseRunner::for_each(const Group& group, Names& names) {
  ++depth_;
  const std::string outer = row_;
  Flow flow = Flow::kGoOn;
  for (std::size_t i = 0; i < group.rows->rows.size() && flow == Flow::kGoOn; ++i) {
    flow = for_row(group, i, names);
    row_ = outer;
  }
  --depth_;
  return flow;
}

CaseRunner::Flow CaseRunner::for_row(const Group& group, std::size_t number, Names& names) {
  const Table::Row& row = group.rows->rows[number];
  row_ = fmt::format("row {} of table {}, line {}", number + 1, group.each, row.at.line);
  begin_step(row.at, "row", fmt::format("{} of {}", number + 1, group.each));
  const Names before = names;
  for (const auto& [name, text] : row.cells) {
    auto value = render_value(text, {context_.subject, before});
    if (!value) return error(name + ": " + value.error());
    current().text += fmt::format(" {}={}", name, to_string(*value, context_.unmask));
    names.insert_or_assign(name, *std::move(value));
  }
  if (!group.counter.empty())
    names.insert_or_assign(group.counter, Value::number(static_cast<std::int64_t>(number) + 1));
  ++depth_;
  const Flow flow = steps(group.steps, names);
  --depth_;
  return flow;
}

}  // namespace ssc::conformance
