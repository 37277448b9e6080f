#include "apdu/input_error.h"

namespace ssc::apdu {

std::string InputError::to_string() const {
  std::string out = file;
  if (line != 0) out += ":" + std::to_string(line);
  out += ": " + what;
  if (!mend.empty()) out += "; " + mend;
  return out;
}

}  // namespace ssc::apdu
