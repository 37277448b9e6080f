// What the test library under tests/keys/hsm/ exports beside GM/T 0018, so that a test sees its calls and
// makes it fail. It is loaded like a maker's; these are found in it by name.
#pragma once

namespace ssc::test {

// Keys by index, and the key encryption key of index 1, are these octets with the index added to the last.
inline constexpr unsigned char kSdfFirstKey[16] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                                   0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
inline constexpr unsigned kSdfKeys = 4;  // indexes 1 to this hold kSdfFirstKey itself; others do not exist

struct SdfCounts {
  unsigned devices = 0;   // open now
  unsigned sessions = 0;  // open now
  unsigned keys = 0;      // handles not destroyed
};

// How a call is made to fail, or to behave like another maker's.
struct SdfBehaviour {
  const char* failing = "";   // a function's name
  unsigned nth = 1;           // which call of it from now on, counted from 1
  int code = 0;               // what it answers then
  unsigned ecb = 0x00000401;  // algorithm numbers it understands
  unsigned cbc = 0x00000402;
  unsigned mac = 0x00000410;
};

using SdfCountsNow = void(SdfCounts& now);
using SdfCallsMade = const char*();  // every call since the last behave(), "SDF_OpenDevice SDF_OpenSession …"
using SdfBehave = void(const SdfBehaviour&);

}  // namespace ssc::test
