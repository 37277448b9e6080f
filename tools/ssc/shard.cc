#include "tools/ssc/shard.h"

#include <cstdlib>
#include <fstream>

namespace ssc::tools {
namespace {

struct Engine {
  const char* index;
  const char* count;
  const char* status_file;
};
constexpr Engine kEngines[] = {{"TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", "TEST_SHARD_STATUS_FILE"},
                               {"GTEST_SHARD_INDEX", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_STATUS_FILE"}};

bool is_number(const std::string& digits) {
  constexpr std::size_t kMostDigits = 6;
  return !digits.empty() && digits.size() <= kMostDigits &&
         digits.find_first_not_of("0123456789") == std::string::npos;
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

tl::expected<Shard, std::string> shard_of(const std::string& index, const std::string& count,
                                          const std::string& what) {
  if (is_number(index) && is_number(count)) {
    const Shard shard{std::stoul(index), std::stoul(count)};
    if (shard.index < shard.count) return shard;
  }
  return tl::make_unexpected(what + ": write I/N, with I from 0 to N-1");
}

}  // namespace

tl::expected<Shard, std::string> read_shard(const std::string& option) {
  if (!option.empty()) {
    const std::size_t slash = std::min(option.find('/'), option.size());
    const std::string count = slash == option.size() ? "" : option.substr(slash + 1);
    return shard_of(option.substr(0, slash), count, "--shard " + option);
  }
  for (const Engine& engine : kEngines) {
    const std::string count = variable(engine.count);
    if (count.empty()) continue;
    if (const std::string file = variable(engine.status_file); !file.empty()) std::ofstream(file).flush();
    const std::string index = variable(engine.index);
    return shard_of(index, count, std::string(engine.index) + "/" + engine.count + "=" + index + "/" + count);
  }
  return Shard{};
}

}  // namespace ssc::tools
