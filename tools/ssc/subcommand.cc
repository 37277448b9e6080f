#include "tools/ssc/subcommand.h"

#include <cstdio>

namespace ssc::tools {
namespace {

Subcommands& table() {
  static Subcommands all;
  return all;
}

}  // namespace

Subcommand::Subcommand(std::string_view name, AddSubcommand add) { table().emplace(name, add); }

const Subcommands& subcommands() { return table(); }

int complain(std::string_view line, int exit_status) {
  std::fprintf(stderr, "ssc: %.*s\n", static_cast<int>(line.size()), line.data());
  return exit_status;
}

}  // namespace ssc::tools
