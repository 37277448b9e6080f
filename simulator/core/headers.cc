#include "simulator/core/headers.h"

#include <algorithm>

#include "simulator/core/octet_reader.h"

namespace ssc::simulator::core {
namespace {

constexpr std::uint8_t kVariableLength = 0x01;
constexpr std::uint8_t kPersonal = 0x02;
constexpr std::uint8_t kHighestSfi = 30;
constexpr std::size_t kMostRecords = 254;  // Part 9 §5, Part 5 t.32: record numbers 01 to FE

template <class... Numbers>
Bytes octets(Numbers... numbers) {
  return {static_cast<std::uint8_t>(numbers)...};
}

void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

// ---- rules: length ‖ alternatives, each a count and its terms of two bytes: kind ‖ family ----

Bytes encode_rule(const AccessRule& rule) {
  Bytes body;
  for (const auto& terms : rule.alternatives) {
    body.push_back(static_cast<std::uint8_t>(terms.size()));
    for (const AccessTerm& term : terms) append(body, octets(term.kind, index(term.family)));
  }
  return apdu::concat({octets(body.size()), body});
}

std::optional<AccessTerm> read_term(OctetReader& in) {
  const auto kind = in.byte();
  const auto family = in.byte();
  if (kind > static_cast<std::uint8_t>(AccessTerm::Kind::kKey) || family >= kMaxRuleFamilies)
    return std::nullopt;
  return AccessTerm{static_cast<AccessTerm::Kind>(kind), static_cast<KeyFamily>(family)};
}

std::optional<AccessRule> read_rule(OctetReader& in) {
  OctetReader body(in.take(in.byte()));
  AccessRule rule;
  while (body.left() > 0) {
    auto& terms = rule.alternatives.emplace_back();
    for (unsigned left = body.byte(); left > 0; --left) {
      const auto term = read_term(body);
      if (!term || !body.good()) return std::nullopt;
      terms.push_back(*term);
    }
  }
  if (!in.good()) return std::nullopt;
  return rule;
}

// ---- ciphers and keys ----

std::optional<keys::Cipher> cipher_of(std::uint8_t byte) {
  if (byte < 1 || byte > 3) return std::nullopt;
  return static_cast<keys::Cipher>(byte);
}

std::optional<keys::Key> key_of(std::uint8_t cipher_byte, ByteView value) {
  const auto cipher = cipher_of(cipher_byte);
  const bool fits = value.size() == 16 || (value.size() == 8 && cipher == keys::Cipher::kDes);
  if (!cipher || !fits) return std::nullopt;
  return keys::Key(*cipher, value);
}

bool is_working_key(std::uint8_t purpose) {
  return purpose <= static_cast<std::uint8_t>(Purpose::kCarried) && Purpose{purpose} != Purpose::kMaster;
}

bool sizes_fit(const Ef& ef) {
  switch (ef.type) {
    case FileType::kTransparent:
      return ef.size <= 0x7FFF;
    case FileType::kLinearFixed:
    case FileType::kLinearVariable:
    case FileType::kCyclic:
      return ef.max_records >= 1 && ef.max_records <= kMostRecords && ef.record_length <= 255 &&
             (ef.type == FileType::kLinearVariable || ef.record_length > 0);
    case FileType::kInternal:
      return true;
    case FileType::kKey:
      return false;  // CREATE FILE makes none: a card made by APDU keeps its keys otherwise
  }
  return false;
}

}  // namespace

Bytes encode_df_header(const DfHeader& header) {
  const auto cipher = header.cipher ? static_cast<std::uint8_t>(*header.cipher) : std::uint8_t{0};
  return apdu::concat({apdu::big_endian<2>(static_cast<std::uint16_t>(header.fid)),
                       apdu::big_endian<2>(static_cast<std::uint16_t>(header.alias)), octets(cipher),
                       header.name});
}

std::optional<DfHeader> decode_df_header(ByteView bytes) {
  OctetReader in(bytes);
  DfHeader header;
  header.fid = FileId{in.word()};
  header.alias = FileId{in.word()};
  const std::uint8_t cipher = in.byte();
  header.cipher = cipher_of(cipher);
  const bool fits = in.good() && in.left() <= 16 && header.fid != FileId{} && (cipher == 0 || header.cipher);
  if (!fits) return std::nullopt;
  header.name = InplaceBytes<16>(in.take(in.left()));
  return header;
}

Bytes encode_ef_header(const Ef& ef) {
  const unsigned flags = (ef.var_length ? kVariableLength : 0U) | (ef.personal ? kPersonal : 0U);
  return apdu::concat({apdu::big_endian<2>(static_cast<std::uint16_t>(ef.fid)), octets(ef.sfi, ef.type),
                       apdu::big_endian<2>(ef.size), apdu::big_endian<2>(ef.record_length),
                       apdu::big_endian<2>(ef.max_records), octets(flags), encode_rule(ef.read),
                       encode_rule(ef.update), ef.open_tags});
}

std::optional<Ef> decode_ef_header(ByteView bytes) {
  OctetReader in(bytes);
  Ef ef;
  ef.fid = FileId{in.word()};
  ef.sfi = Sfi{in.byte()};
  const std::uint8_t type = in.byte();
  ef.type = static_cast<FileType>(type);
  ef.size = in.word();
  ef.record_length = in.word();
  ef.max_records = in.word();
  const std::uint8_t flags = in.byte();
  ef.var_length = (flags & kVariableLength) != 0;
  ef.personal = (flags & kPersonal) != 0;
  auto read = read_rule(in);
  auto update = read_rule(in);
  const bool known = type <= static_cast<std::uint8_t>(FileType::kInternal) && ef.sfi <= Sfi{kHighestSfi};
  if (!in.good() || !read || !update || !known || !sizes_fit(ef)) return std::nullopt;
  ef.read = *std::move(read);
  ef.update = *std::move(update);
  const ByteView tags = in.take(in.left());
  ef.open_tags.assign(tags.begin(), tags.end());
  return ef;
}

Bytes encode_key_header(const KeySlot& key) {
  return octets(key.purpose, index(key.family), key.id, key.version, key.usage, key.max_tries,
                key.value.cipher());
}

Bytes encode_key(const KeySlot& key) { return apdu::concat({encode_key_header(key), key.value.reveal()}); }

std::optional<KeySlot> decode_key(ByteView bytes) {
  const std::size_t head = std::min(kKeyHeaderSize, bytes.size());
  return decode_key(bytes.first(head), bytes.subspan(head));
}

std::optional<KeySlot> decode_key(ByteView header, ByteView bytes) {
  OctetReader in(header);
  const std::uint8_t purpose = in.byte();
  const std::uint8_t family = in.byte();
  KeySlot key;
  key.purpose = static_cast<Purpose>(purpose);
  key.family = is_handed_on(key.purpose) ? kNoFamily : KeyFamily{family};
  key.id = KeyId{in.byte()};
  key.version = KeyVersion{in.byte()};
  key.usage = in.byte();
  key.max_tries = in.byte();
  const auto value = key_of(in.byte(), bytes);
  if (!in.good() || in.left() > 0 || !value || !is_working_key(purpose) || family >= kMaxRuleFamilies ||
      key.max_tries > 15)
    return std::nullopt;
  key.value = *value;
  return key;
}

Bytes encode_master_key(const keys::Key& key) { return apdu::concat({octets(key.cipher()), key.reveal()}); }

std::optional<keys::Key> decode_master_key(ByteView bytes) {
  if (bytes.empty()) return std::nullopt;
  return key_of(bytes[0], bytes.subspan(1));
}

Bytes encode_account(const MedicalAccount& account) {
  return octets(account.load_type, account.purchase_type, account.tac_before_load);
}

std::optional<MedicalAccount> decode_account(ByteView bytes) {
  if (bytes.size() != 3 || bytes[2] > 1) return std::nullopt;
  MedicalAccount account;
  account.load_type = bytes[0];
  account.purchase_type = bytes[1];
  account.tac_before_load = bytes[2] == 1;
  return account;
}

Bytes encode_settings(const Settings& settings) {
  return octets(settings.t0.presentation, settings.t0.le, settings.t0.cipher_data_direct,
                settings.select_ef_by_p1_00);
}

std::optional<Settings> decode_settings(ByteView bytes) {
  const bool known = bytes.size() == 4 && bytes[0] <= static_cast<std::uint8_t>(Presentation::kDirect) &&
                     bytes[1] <= static_cast<std::uint8_t>(LeRule::kLenient) && bytes[2] <= 1 &&
                     bytes[3] <= 1;
  if (!known) return std::nullopt;
  return Settings{{static_cast<Presentation>(bytes[0]), static_cast<LeRule>(bytes[1]), bytes[2] == 1},
                  bytes[3] == 1};
}

}  // namespace ssc::simulator::core
