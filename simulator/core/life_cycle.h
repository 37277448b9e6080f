// How far a card has come (Part 10 §5). Blocked applications and a blocked card are cells of their own.
#pragma once

#include <cstdint>

namespace ssc::simulator::core {

enum class LifeCycle : std::uint8_t {
  kBlank = 0,            // ATR and transport key only
  kPrePersonalised = 1,  // from the MF on: files and keys are made, and may all be deleted again
  kPersonalised = 2,     // the MF's master key was replaced: the structure stands, contents are written
  kInUse = 3,            // issued: no command of this phase is known any more
};

}  // namespace ssc::simulator::core
