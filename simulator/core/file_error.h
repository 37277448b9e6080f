// What can go wrong inside the file system, and the one place that turns it into a status word.
#pragma once

#include <tl/expected.hpp>

#include "apdu/status_word.h"

namespace ssc::simulator::core {

enum class FileError {
  kNoCurrentEf,
  kFileNotFound,
  kWrongStructure,  // a record command on a transparent file or the other way round
  kRecordNotFound,
  kNoSpace,
  kLengthAgainstTlv,  // a record that is no tag ‖ length ‖ value, or whose length may not change
  kWrongTag,          // the record's tag is not the one addressed
  kOffsetBeyondFile,
};

template <class T>
using FileResult = tl::expected<T, FileError>;

apdu::StatusWord status_of(FileError error);

}  // namespace ssc::simulator::core
