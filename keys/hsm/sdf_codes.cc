#include <fmt/format.h>

#include <algorithm>

#include "keys/hsm/sdf_interface.h"

namespace ssc::keys::hsm::sdf {
namespace {

struct Code {
  unsigned code;
  std::string_view name;
};

constexpr Code kCodes[] = {
    {kOk, "SDR_OK"},
    {0x01000001, "SDR_UNKNOWERR"},
    {0x01000002, "SDR_NOTSUPPORT"},
    {0x01000003, "SDR_COMMFAIL"},
    {0x01000004, "SDR_HARDFAIL"},
    {0x01000005, "SDR_OPENDEVICE"},
    {0x01000006, "SDR_OPENSESSION"},
    {0x01000007, "SDR_PARDENY"},
    {0x01000008, "SDR_KEYNOTEXIST"},
    {0x01000009, "SDR_ALGNOTSUPPORT"},
    {0x0100000A, "SDR_ALGMODNOTSUPPORT"},
    {0x0100000B, "SDR_PKOPERR"},
    {0x0100000C, "SDR_SKOPERR"},
    {0x0100000D, "SDR_SIGNERR"},
    {0x0100000E, "SDR_VERIFYERR"},
    {0x0100000F, "SDR_SYMOPERR"},
    {0x01000010, "SDR_STEPERR"},
    {0x01000011, "SDR_FILESIZEERR"},
    {0x01000012, "SDR_FILENOEXIST"},
    {0x01000013, "SDR_FILEOFSERR"},
    {0x01000014, "SDR_KEYTYPEERR"},
    {0x01000015, "SDR_KEYERR"},
    {0x01000016, "SDR_ENCDATAERR"},
    {0x01000017, "SDR_RANDERR"},
    {0x01000018, "SDR_PRKRERR"},
    {0x01000019, "SDR_MACERR"},
    {0x0100001A, "SDR_FILEEXISTS"},
    {0x0100001B, "SDR_FILEWERR"},
    {0x0100001C, "SDR_NOBUFFER"},
    {0x0100001D, "SDR_INARGERR"},
    {0x0100001E, "SDR_OUTARGERR"},
};

}  // namespace

std::string code_name(unsigned code) {
  const auto found = std::ranges::find(kCodes, code, &Code::code);
  return found == std::end(kCodes) ? fmt::format("SDR 0x{:08X}", code) : std::string(found->name);
}

}  // namespace ssc::keys::hsm::sdf
