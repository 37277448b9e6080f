#include <fmt/format.h>

#include "keys/ceremony/receiver.h"
#include "keys/random.h"
#include "keys/standard.h"

namespace ssc::keys::ceremony {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

constexpr std::size_t kMacSize = 4;
constexpr std::string_view kLoadingKey = "ADF-MK";

Level level_of(std::uint8_t usage) {
  constexpr unsigned kMostLevels = 3;
  const unsigned left = usage >> 5;
  return static_cast<Level>(kMostLevels - std::min(left, kMostLevels));
}

// The key under the standard's name; nothing for what has none.
std::optional<NamedKey> named(const Head& head, std::uint16_t file, ByteView value, Cipher cipher,
                              Structures structures) {
  const KeyName* row = find_key_name(name_of(file, head), structures);
  if (row == nullptr) return std::nullopt;
  NamedKey key;
  key.name = row->name;
  key.application = row->application;
  key.purpose = row->purpose;
  key.owner = row->level;
  key.id_known = row->id.has_value();
  key.id = row->id.value_or(0);
  key.version = head.group;
  key.level = level_of(head.usage);
  key.psam_usage = head.usage;
  key.psam_id = head.id;
  key.value = Key(cipher, value);
  return key;
}

class MachineReceiver final : public Receiver {
 public:
  MachineReceiver(KeySet& set, std::string name, const Face& face, Key loading)
      : set_(set), name_(std::move(name)), face_(face), loading_(std::move(loading)) {}

  std::uint8_t kind() const override { return kToMachine; }
  const Face& face() const override { return face_; }
  const std::string& name() const override { return name_; }
  // A machine knows who works at it; there is nothing to prove to it.
  Done<void> prove(Sender&, std::uint16_t, std::span<const std::uint8_t>) override { return {}; }

  Done<Bytes> random() override {
    challenge_.assign(4, 0);
    system_random()->fill(challenge_);
    return challenge_;
  }

  Done<StatusWord> load(std::uint16_t file, bool replaces, ByteView data) override {
    if (challenge_.empty()) return sw::reference_data_invalid;
    const Bytes challenge = std::exchange(challenge_, {});
    if (data.size() <= kMacSize) return sw::wrong_length;
    const ByteView text = data.first(data.size() - kMacSize);
    const std::uint8_t header[] = {0x84, 0xD4, static_cast<std::uint8_t>(replaces ? 1 : 0),
                                   static_cast<std::uint8_t>(file & 0xFF),
                                   static_cast<std::uint8_t>(data.size())};
    if (!apdu::equal(key_loading_mac(loading_, challenge, {header, text}), data.last(kMacSize)))
      return sw::secure_messaging_incorrect;
    const auto plain = decipher_key_record(loading_, text);
    if (!plain) return sw::secure_messaging_incorrect;
    const auto record = read_record(*plain, false, set_.cipher);
    if (!record) return record.error();
    return take(file, replaces, *record);
  }

 private:
  StatusWord take(std::uint16_t file, bool replaces, const KeyRecord& record) {
    auto key = named(record.head, file, record.value, set_.cipher, set_.structures);
    if (!key) return sw::wrong_data_field;
    const NamedKey* there = set_.find(key->name, key->version);
    if ((there != nullptr) != replaces) return replaces ? sw::key_not_found : sw::wrong_data_field;
    if (there == nullptr) {
      set_.keys.push_back(*std::move(key));
    } else {
      set_.keys[static_cast<std::size_t>(there - set_.keys.data())] = *std::move(key);
    }
    return sw::ok;
  }

  KeySet& set_;
  std::string name_;
  Face face_;
  Key loading_;
  Bytes challenge_;
};

std::uint8_t bcd(std::string_view two) {
  return static_cast<std::uint8_t>((two[0] - '0') << 4 | (two[1] - '0'));
}

}  // namespace

Done<std::unique_ptr<Receiver>> machine_receiver(KeySet& set, std::string name, const Factor& serial) {
  const NamedKey* loading = set.find(kLoadingKey);
  if (loading == nullptr)
    return tl::unexpected(CeremonyError{
        fmt::format("{}: key set '{}' has no {}, the machine's loading key", name, set.name, kLoadingKey),
        {},
        false});
  Face face;
  face.serial = serial;
  face.area = {bcd(set.area), bcd(std::string_view(set.area).substr(2))};
  face.level = face.area[0] == 0 ? 0 : face.area[1] == 0 ? 1 : 2;
  return std::make_unique<MachineReceiver>(set, std::move(name), face, loading->value);
}

}  // namespace ssc::keys::ceremony
