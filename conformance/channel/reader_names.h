// Which of the readers a person means: by its name or a part that only one has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apdu/channel.h"

namespace ssc::conformance {

// The reader named exactly `wanted`, else the only one whose name has `wanted` in it (case counts for
// nothing). Error, kNoReader: none or several match; it names those there are.
tl::expected<std::string, apdu::ChannelError> choose_reader(const std::vector<std::string>& readers,
                                                            std::string_view wanted);

// The names in a list as PC/SC gives it: each ends with a zero octet, and so does the list.
std::vector<std::string> split_multi_string(std::string_view list);

// vpcd's reader of a slot as Debian's build names it: "Virtual PCD 00 00", "Virtual PCD 00 01".
std::string vpcd_reader_name(unsigned slot);

}  // namespace ssc::conformance
