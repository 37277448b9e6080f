#include "keys/hsm/uses.h"

#include <array>
#include <cassert>

namespace ssc::keys::hsm {
namespace {

constexpr unsigned bit(Use use) { return 1U << static_cast<unsigned>(use); }

struct Row {
  Purpose purpose;
  std::string_view phrase;
  unsigned uses;  // beside kCheck, which every key serves
};

constexpr std::array<Row, 12> kRows = {{
    {Purpose::kInternalAuthentication, "internal authentication",
     bit(Use::kAuthenticate) | bit(Use::kIdentify)},
    {Purpose::kCommandMac, "MAC and encryption of commands", bit(Use::kSessionMac) | bit(Use::kEncipher)},
    {Purpose::kUpdate, "authentication before update", bit(Use::kAuthenticate)},
    {Purpose::kRead, "authentication before reading", bit(Use::kAuthenticate)},
    {Purpose::kBlockCard, "authentication before CARD BLOCK", bit(Use::kAuthenticate)},
    {Purpose::kBlockApplication, "authentication before APPLICATION BLOCK", bit(Use::kAuthenticate)},
    {Purpose::kUnblockPin, "authentication before PIN CHANGE/UNBLOCK", bit(Use::kAuthenticate)},
    {Purpose::kStartingDay, "authentication before UPDATE STARTING DAY", bit(Use::kAuthenticate)},
    {Purpose::kLoad, "MACs of a load", bit(Use::kSessionMac)},
    {Purpose::kPurchase, "MACs of a purchase", bit(Use::kSessionMac)},
    {Purpose::kTac, "TAC", bit(Use::kTac)},
    {Purpose::kMaster, "authentication and key loading", bit(Use::kAuthenticate) | bit(Use::kTransport)},
}};

constexpr std::array<std::string_view, 7> kUses = {"give a check value",
                                                   "make authentication data",
                                                   "make a MAC under a session key",
                                                   "encipher data",
                                                   "make a TAC",
                                                   "make an authentication code of an identification code",
                                                   "encipher a key record"};

const Row& row_of(Purpose purpose) {
  const Row& row = kRows[static_cast<std::size_t>(purpose)];
  assert(row.purpose == purpose);
  return row;
}

}  // namespace

bool serves(Purpose purpose, Use use) { return use == Use::kCheck || (row_of(purpose).uses & bit(use)) != 0; }

std::string_view phrase(Use use) { return kUses[static_cast<std::size_t>(use)]; }
std::string_view phrase(Purpose purpose) { return row_of(purpose).phrase; }

}  // namespace ssc::keys::hsm
