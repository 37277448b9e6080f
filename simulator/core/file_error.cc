#include "simulator/core/file_error.h"

namespace ssc::simulator::core {

namespace sw = apdu::sw;

apdu::StatusWord status_of(FileError error) {
  switch (error) {
    case FileError::kNoCurrentEf:
      return sw::no_current_ef;
    case FileError::kFileNotFound:
      return sw::file_not_found;
    case FileError::kWrongStructure:
      return sw::wrong_file_structure;
    case FileError::kRecordNotFound:
      return sw::record_not_found;
    case FileError::kNoSpace:
      return sw::no_space;
    case FileError::kLengthAgainstTlv:
      return sw::lc_against_tlv;
    case FileError::kWrongTag:
      return sw::wrong_data_field;
    case FileError::kOffsetBeyondFile:
      return sw::offset_beyond_file;
  }
  return sw::data_invalid;
}

}  // namespace ssc::simulator::core
