#include "conformance/desk/card_keys.h"
#include "keys/factors.h"

namespace ssc::conformance::desk {
namespace {

using keys::hsm::Answer;
using keys::hsm::KeyPath;
using keys::hsm::MachineError;

constexpr std::string_view kTransport = "STKSSSE";

tl::unexpected<Refusal> refused(const MachineError& error) {
  if (error.kind == MachineError::Kind::kNoKey) {
    return refuse("no-key", code::key_not_found,
                  "This desk's encryption machine holds no key for the card (" + error.what +
                      "): it belongs to another region, where the holder must go",
                  "本柜台的加密机没有该卡的密钥，请持卡人到发卡地办理");
  }
  return not_carried_out("machine", error.what);
}

template <class T>
Decided<T> decided(Answer<T> answer) {
  if (answer) return *std::move(answer);
  return refused(answer.error());
}

class MachineKeys final : public CardKeys {
 public:
  explicit MachineKeys(keys::hsm::Machine& machine) : machine_(machine) {}

  Decided<void> meet(const CardPlace& card) override {
    card_ = card;
    return {};
  }

  Decided<keys::AuthenticationData> authentication(std::string_view key, ByteView factor,
                                                   ByteView original) override {
    return decided(path(key).and_then(
        [&](const KeyPath& at) { return machine_.authentication_data(at, factor, original); }));
  }

  Decided<Bytes> reload(ByteView challenge, ByteView pin) override {
    return decided(path(kTransport)
                       .and_then([&](const KeyPath& at) { return machine_.reload_pin(at, challenge, pin); })
                       .map([](const keys::hsm::PinReload& data) {
                         return apdu::concat({data.cipher_text, data.mac});
                       }));
  }

  Decided<Bytes> unblock(ByteView challenge) override {
    return decided(path(kTransport)
                       .and_then([&](const KeyPath& at) { return machine_.unblock_pin(at, challenge); })
                       .map([](const keys::Mac& mac) { return Bytes(mac.begin(), mac.end()); }));
  }

 private:
  Answer<KeyPath> path(std::string_view key) const {
    return machine_.card_path({card_.cipher, std::string(key)}, card_.area, card_.historical,
                              keys::four_digit_city(card_.area));
  }

  keys::hsm::Machine& machine_;
  CardPlace card_;
};

}  // namespace

std::unique_ptr<CardKeys> machine_keys(keys::hsm::Machine& machine) {
  return std::make_unique<MachineKeys>(machine);
}

}  // namespace ssc::conformance::desk
