#include "tools/ssc/targets.h"

#include "conformance/channel/in_process.h"

namespace ssc::tools {

tl::expected<std::unique_ptr<conformance::Target>, std::string> make_target(const std::string& name,
                                                                            apdu::Slot slot) {
  if (name == "sim") return conformance::in_process_target();
  const std::string option = slot == apdu::Slot::kCard ? "--card-target" : "--psam-target";
  return tl::make_unexpected(option + " " + name + ": there is no such target; write sim");
}

}  // namespace ssc::tools
