#include "keys/ceremony/receiver.h"
#include "keys/random.h"

namespace ssc::keys::ceremony {
namespace {

constexpr std::uint8_t kDesEnvironment[] = {0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                            0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};
constexpr std::uint8_t kSm4Environment[] = {0x73, 0x78, 0x33, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                            0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};

std::uint8_t kind_of(std::uint8_t type) {
  if (type == kPsamType) return kToPsam;
  return type == kTransmissionCardType ? kToTransmissionCard : kToMotherCard;
}

// Which KID opens a file: 0012 KID-02, 0013 KID-03, else KID-01 (Part 9 §5.8-5.10).
std::uint8_t kid_of(std::uint16_t file) {
  if (file == 0x0012) return 2;
  return file == 0x0013 ? 3 : 1;
}

class CardReceiver final : public Receiver {
 public:
  CardReceiver(apdu::Channel& channel, std::string name) : talk_(channel, std::move(name)) {}

  Done<void> open(Cipher cipher) {
    if (auto powered = talk_.power_on(); !powered) return powered;
    const auto face = read_face(talk_);
    if (!face) return tl::unexpected(face.error());
    face_ = *face;
    if (face_.type == kPsamType) {
      const ByteView environment = cipher == Cipher::kDes ? ByteView(kDesEnvironment) : kSm4Environment;
      if (auto entered = select(talk_, environment); !entered) return tl::unexpected(entered.error());
    }
    if (auto entered = select(talk_, kKeysAid); !entered) return tl::unexpected(entered.error());
    return {};
  }

  std::uint8_t kind() const override { return kind_of(face_.type); }
  const Face& face() const override { return face_; }
  const std::string& name() const override { return talk_.name(); }

  Done<void> prove(Sender& sender, std::uint16_t file, std::span<const std::uint8_t> roots) override {
    const std::uint8_t kid = kid_of(file);
    if (roots.size() < kid)
      return tl::unexpected(CeremonyError{
          sender.name() + ": has no root of proofs for this receiver's KID-0" + std::to_string(kid),
          {},
          false});
    const auto challenge = talk_.must(Bytes{0x00, 0x84, 0x00, 0x00, 0x08}, "drawing a random");
    if (!challenge) return tl::unexpected(challenge.error());
    Bytes original(8);
    system_random()->fill(original);
    const auto proof = sender.make_proof(roots[kid - 1U], face_.serial, *challenge, original);
    if (!proof) return tl::unexpected(proof.error());
    const auto done = talk_.must(apdu::concat({Bytes{0x00, 0x82, 0x00, kid, 0x10}, *proof, original}),
                                 "taking the sender's proof");
    if (!done) return tl::unexpected(done.error());
    return {};
  }

  Done<Bytes> random() override {
    return talk_.must(Bytes{0x00, 0x84, 0x00, 0x00, 0x04}, "drawing a random");
  }

  Done<apdu::StatusWord> load(std::uint16_t file, bool replaces, ByteView data) override {
    const std::uint8_t header[] = {0x84, 0xD4, static_cast<std::uint8_t>(replaces ? 1 : 0),
                                   static_cast<std::uint8_t>(file & 0xFF),
                                   static_cast<std::uint8_t>(data.size())};
    const auto answer = talk_.send(apdu::concat({header, data}));
    if (!answer) return tl::unexpected(answer.error());
    return answer->status;
  }

 private:
  Talk talk_;
  Face face_;
};

}  // namespace

Done<std::unique_ptr<Receiver>> card_receiver(apdu::Channel& channel, std::string name, Cipher cipher) {
  auto receiver = std::make_unique<CardReceiver>(channel, std::move(name));
  if (auto opened = receiver->open(cipher); !opened) return tl::unexpected(opened.error());
  return receiver;
}

}  // namespace ssc::keys::ceremony
