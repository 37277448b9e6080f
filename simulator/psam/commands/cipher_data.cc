#include "simulator/psam/commands/cipher_data.h"

#include "keys/standard.h"
#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {
namespace {

namespace sw = apdu::sw;
using apdu::ByteView;
using apdu::Response;
using core::DeliveredKey;

// P1 (Part 9 t.25): b1 a MAC, b2 more follows, b3 the first block is the initial value.
struct Mode {
  bool mac;
  bool more;
  bool begins;
};

constexpr Mode mode_of(std::uint8_t p1) { return {(p1 & 0x01) != 0, (p1 & 0x02) != 0, (p1 & 0x04) != 0}; }

bool type_allows(std::uint8_t type, const Mode& mode) {
  const auto wanted = mode.mac ? KeyType::kMac : KeyType::kEncryption;
  return type == static_cast<std::uint8_t>(wanted) ||
         type == static_cast<std::uint8_t>(KeyType::kMacAndEncryption);
}

// An encryption goes on as one, a MAC that has begun goes on or ends, and none goes on that has not begun.
bool in_order(const DeliveredKey& key, const Mode& mode) {
  const bool chaining = !key.chain.empty();
  if (!mode.mac) return !chaining;
  return !key.encrypting && chaining != mode.begins;
}

apdu::InplaceBytes<16> chain(const DeliveredKey& key, const Mode& mode, ByteView data) {
  const std::size_t block = keys::block_size(key.key.cipher());
  const ByteView initial = mode.begins ? data.first(block) : key.chain.view();
  const ByteView blocks = mode.begins ? data.subspan(block) : data;
  if (blocks.empty()) return apdu::InplaceBytes<16>(initial);
  return keys::chain_blocks(key.key.key(), initial, blocks);
}

// DES: the left four bytes; 16-byte ciphers: the four words xored (Part 9 §7.2.3, Part 4 §8.2.4.2).
keys::Mac mac_of(ByteView last_block) {
  keys::Mac mac{};
  const std::size_t size = last_block.size() == 8 ? mac.size() : last_block.size();
  for (std::size_t i = 0; i < size; ++i) mac[i % mac.size()] ^= last_block[i];
  return mac;
}

Response encipher(core::Transaction& tx, const DeliveredKey& key, const Mode& mode, ByteView data) {
  const Response answer(keys::encipher_blocks(key.key.key(), data), sw::ok);
  if (mode.more) tx.session().delivered->encrypting = true;
  return answer;
}

Response authenticate(core::Transaction& tx, const DeliveredKey& key, const Mode& mode, ByteView data) {
  const auto last_block = chain(key, mode, data);
  if (!mode.more) return {mac_of(last_block), sw::ok};
  tx.session().delivered->chain = last_block;
  return Response(sw::ok);
}

}  // namespace

Response cipher_data(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const auto& key = view.session().delivered;
  const Mode mode = mode_of(request.command.p1);
  if (!key) return Response(sw::wrong_state);
  if (!type_allows(key->type, mode)) return Response(sw::conditions_of_use_not_satisfied);
  if (!in_order(*key, mode)) return Response(sw::wrong_state);
  const Response answer = (mode.mac ? authenticate : encipher)(tx, *key, mode, request.data);
  if (!mode.more) tx.session().delivered.reset();
  return answer;
}

}  // namespace ssc::simulator::psam
