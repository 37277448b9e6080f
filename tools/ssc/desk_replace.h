// `ssc desk lost replace`.
#pragma once

namespace CLI {
class App;
}

namespace ssc::tools {

void add_lost_replace(CLI::App& lost, int& exit_status);

}  // namespace ssc::tools
