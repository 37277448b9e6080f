#include "keys/hsm/step_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/cipher.h"
#include "keys/hsm/step_fields.h"
#include "keys/medical.h"
#include "keys/pin.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using apdu::to_hex;

constexpr FieldForm kCardForm[] = {{"area", FieldKind::kDigits, 6},
                                   {"historical bytes of the ATR", FieldKind::kHex, 26}};

constexpr FieldForm kReadBasicForm[] = {
    {"area", FieldKind::kDigits, 6},
    {"historical bytes of the ATR", FieldKind::kHex, 26},
    {"algorithm", FieldKind::kAlgorithm},
    {"identification code", FieldKind::kHex, 32},
    {"session factor", FieldKind::kHex, 16},
    {"original information", FieldKind::kHex, 16},
    {"session factor of external authentication", FieldKind::kHexOrNothing, 16},
    {"original information of external authentication", FieldKind::kHexOrNothing, 16}};

constexpr FieldForm kAuthenticateForm[] = {{"algorithm", FieldKind::kAlgorithm},
                                           {"key address", FieldKind::kAddress},
                                           {"session factor", FieldKind::kHex, 16},
                                           {"original information", FieldKind::kHex, 16}};

constexpr FieldForm kReloadForm[] = {{"algorithm", FieldKind::kAlgorithm},
                                     {"key address", FieldKind::kAddress},
                                     {"session factor", FieldKind::kHex, 16},
                                     {"command head", FieldKind::kHex, 10},
                                     {"PIN", FieldKind::kPin}};

constexpr FieldForm kUnblockForm[] = {{"algorithm", FieldKind::kAlgorithm},
                                      {"key address", FieldKind::kAddress},
                                      {"session factor", FieldKind::kHex, 16},
                                      {"command head", FieldKind::kHex, 10},
                                      {"PIN", FieldKind::kNothing}};

constexpr FieldForm kDebitForm[] = {
    {"algorithm", FieldKind::kAlgorithm},        {"key address", FieldKind::kAddress},
    {"random number", FieldKind::kHex, 8},       {"purchase sequence", FieldKind::kHex, 4},
    {"last two amounts", FieldKind::kHex, 16},   {"transaction type", FieldKind::kHex, 2},
    {"terminal number", FieldKind::kDigits, 12}, {"time", FieldKind::kDigits, 14}};

constexpr FieldForm kDebitedForm[] = {{"MAC2", FieldKind::kHex, 8},
                                      {"algorithm", FieldKind::kAlgorithm},
                                      {"key address", FieldKind::kAddress},
                                      {"last two amounts", FieldKind::kHex, 16},
                                      {"transaction type", FieldKind::kHex, 2},
                                      {"terminal number", FieldKind::kDigits, 12},
                                      {"terminal sequence", FieldKind::kHex, 8},
                                      {"time", FieldKind::kDigits, 14},
                                      {"TAC", FieldKind::kHex, 8}};

// Which purpose a function's external authentication wants, by StepFunction.
constexpr Purpose kAuthenticated[] = {Purpose::kRead, Purpose::kUpdate, Purpose::kUnblockPin,
                                      Purpose::kUnblockPin};

constexpr std::string_view kReloadHead = "84240001";
constexpr std::string_view kUnblockHead = "8424000004";

// Either case.
bool same_head(std::string_view given, std::string_view wanted) {
  return octets_of(given) == octets_of(wanted);
}

// Whether that is the key's id in a PSAM; DPK has its version there.
bool has_psam_id(const KeyId& key, std::uint8_t id) {
  return std::ranges::any_of(key_names(), [&](const KeyName& row) {
    return row.name == key.name && (row.psam_id == 0 ? key.version : row.psam_id) == id;
  });
}

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(std::string_view hex) {
  std::array<std::uint8_t, Size> out{};
  std::ranges::copy(octets_of(hex), out.begin());
  return out;
}

Answer<void> same(bool right, std::string what) {
  if (right) return {};
  return refuse(Kind::kRefused, std::move(what));
}

// A purchase as the texts tell it: the personal account pays nothing online, and its amount is not in them.
struct DebitText {
  std::string_view amounts;
  std::string_view type;
  std::string_view terminal;
  std::string_view time;
};

Purchase purchase_of(const DebitText& text, std::uint32_t terminal_sequence) {
  Purchase purchase;
  purchase.self_paid = static_cast<Amount>(apdu::number(octets_of(text.amounts.substr(0, 8))));
  purchase.pooled = static_cast<Amount>(apdu::number(octets_of(text.amounts.substr(8))));
  purchase.type = octets_of(text.type).front();
  purchase.terminal = fixed<6>(text.terminal);
  purchase.date_time = fixed<7>(text.time);
  purchase.terminal_sequence = terminal_sequence;
  return purchase;
}

SessionInput session_input(std::string_view random, std::string_view sequence,
                           std::uint32_t terminal_sequence) {
  return purchase_session_input(
      fixed<4>(random), static_cast<std::uint16_t>(apdu::number(octets_of(sequence))), terminal_sequence);
}

}  // namespace

Answer<StepCard> parse_step_card(std::string_view text) {
  return split_fields(text, kCardForm).map([](const std::vector<std::string_view>& fields) {
    return StepCard{std::string(fields[0]), octets_of(fields[1])};
  });
}

// The key at the address, diversified to the card; an address of six digits ends with the key's id in a PSAM.
Answer<KeyPath> StepService::path(const StepCard& card, std::string_view algorithm, std::string_view address,
                                  Purpose purpose) {
  const auto place = static_cast<KeyAddress>(apdu::number(octets_of(address.substr(0, 4))));
  const auto key = machine_->at(place, cipher_of(algorithm));
  if (!key) return tl::unexpected(key.error());
  return same(key->purpose == purpose,
              fmt::format("address {} is {}, which serves {}; {} is asked for", address.substr(0, 4),
                          key->id.to_string(), phrase(key->purpose), phrase(purpose)))
      .and_then([&] {
        const bool right = address.size() == 4 || has_psam_id(key->id, octets_of(address.substr(4)).front());
        return same(right, fmt::format("address {}: {} has another PSAM id", address, key->id.to_string()));
      })
      .and_then([&] {
        return machine_->card_path(key->id, card.area, card.historical, card.area.starts_with("33"));
      });
}

Answer<std::string> StepService::proof(const KeyPath& key, std::string_view factor,
                                       std::string_view original) {
  return machine_->authentication_data(key, octets_of(factor), octets_of(original))
      .map([&](const AuthenticationData& data) { return to_hex(data) + to_hex(octets_of(original)); });
}

Answer<std::string> StepService::read_basic(std::string_view step1) {
  const auto fields = split_fields(step1, kReadBasicForm);
  if (!fields) return tl::unexpected(fields.error());
  const auto& f = *fields;
  const auto right = same(f[3].starts_with(f[0]), "the identification code is of another area").and_then([&] {
    const bool both = f[6].empty() == f[7].empty();
    return both ? Answer<void>() : refuse(Kind::kBadInput, "field 7 and field 8 come together or not at all");
  });
  if (!right) return tl::unexpected(right.error());
  const StepCard card{std::string(f[0]), octets_of(f[1])};
  const Cipher cipher = cipher_of(f[2]);
  const auto data = [&](const char* name, std::string_view factor, std::string_view original) {
    return machine_->card_path({cipher, name, 1}, card.area, card.historical, card.area.starts_with("33"))
        .and_then([&](const KeyPath& key) { return proof(key, factor, original); });
  };
  return data("IRK", f[4], f[5]).and_then([&](const std::string& inner) {
    const auto outer = f[6].empty() ? Answer<std::string>("") : data("RKSSSE", f[6], f[7]);
    return outer.map([&](const std::string& text) { return fmt::format("{}|{}|", inner, text); });
  });
}

Answer<std::string> StepService::authenticate(StepFunction function, const StepCard& card,
                                              std::string_view step1) {
  const auto fields = split_fields(step1, kAuthenticateForm);
  if (!fields) return tl::unexpected(fields.error());
  const auto& f = *fields;
  return path(card, f[0], f[1], kAuthenticated[static_cast<std::size_t>(function)])
      .and_then([&](const KeyPath& key) { return proof(key, f[2], f[3]); });
}

Answer<std::string> StepService::reload_pin(const StepCard& card, std::string_view step2) {
  const auto fields = split_fields(step2, kReloadForm);
  if (!fields) return tl::unexpected(fields.error());
  const auto& f = *fields;
  auto pin = pin_bytes(f[4]).value_or(InplaceBytes<8>());
  auto answer = path(card, f[0], f[1], Purpose::kCommandMac).and_then([&](const KeyPath& stk) {
    return machine_->reload_pin(stk, octets_of(f[2]), pin);
  });
  wipe(&pin, sizeof pin);
  return answer.and_then([&](const PinReload& data) {
    const std::string head = fmt::format("{}{:02X}", kReloadHead, data.cipher_text.size() + data.mac.size());
    return same(same_head(f[3], head), fmt::format("the command head is {}, not {}", head, f[3])).map([&] {
      return head + to_hex(data.cipher_text) + to_hex(data.mac);
    });
  });
}

Answer<std::string> StepService::unblock_pin(const StepCard& card, std::string_view step2) {
  const auto fields = split_fields(step2, kUnblockForm);
  if (!fields) return tl::unexpected(fields.error());
  const auto& f = *fields;
  const auto right =
      same(same_head(f[3], kUnblockHead), fmt::format("the command head is {}, not {}", kUnblockHead, f[3]));
  if (!right) return tl::unexpected(right.error());
  return path(card, f[0], f[1], Purpose::kCommandMac)
      .and_then([&](const KeyPath& stk) { return machine_->unblock_pin(stk, octets_of(f[2])); })
      .map([&](const Mac& mac) { return std::string(kUnblockHead) + to_hex(mac); });
}

Answer<std::string> StepService::debit(const StepCard& card, std::string_view step1,
                                       std::uint32_t terminal_sequence) {
  const auto fields = split_fields(step1, kDebitForm);
  if (!fields) return tl::unexpected(fields.error());
  const auto& f = *fields;
  const Purchase purchase = purchase_of({f[4], f[5], f[6], f[7]}, terminal_sequence);
  return path(card, f[0], f[1], Purpose::kPurchase)
      .and_then([&](const KeyPath& dpk) {
        return machine_->session_mac(dpk, session_input(f[2], f[3], terminal_sequence),
                                     purchase_mac1_data(purchase));
      })
      .map([&](const Mac& mac1) {
        return fmt::format("{:08X}|{}|{}|", terminal_sequence, f[7], to_hex(mac1));
      });
}

// DTK of the purchase key's group, else the first, as simulator/card/transaction_keys does on the card.
Answer<KeyPath> StepService::tac_path(const StepCard& card, const KeyId& purchase_key) {
  KeyId dtk{purchase_key.cipher, "DTK", purchase_key.version};
  if (!machine_->find(dtk)) dtk.version = 1;
  return machine_->card_path(dtk, card.area, card.historical, card.area.starts_with("33"));
}

Answer<void> StepService::check_debit(const StepCard& card, std::string_view step1, std::string_view step2) {
  const auto before = split_fields(step1, kDebitForm);
  if (!before) return tl::unexpected(before.error());
  const auto after = split_fields(step2, kDebitedForm);
  if (!after) return tl::unexpected(after.error());
  const auto& b = *before;
  const auto& a = *after;
  const bool alike = a[1] == b[0] && a[2] == b[1] && a[3] == b[4] && a[4] == b[5] && a[5] == b[6];
  if (!alike) return refuse(Kind::kRefused, "step 2 is about another purchase than step 1");
  const auto sequence = static_cast<std::uint32_t>(apdu::number(octets_of(a[6])));
  const Purchase purchase = purchase_of({a[3], a[4], a[5], a[7]}, sequence);
  const auto dpk = path(card, b[0], b[1], Purpose::kPurchase);
  if (!dpk) return tl::unexpected(dpk.error());
  return machine_->session_mac(*dpk, session_input(b[2], b[3], sequence), purchase_mac2_data(purchase))
      .and_then([&](const Mac& mac2) {
        return same(equal_in_constant_time(mac2, octets_of(a[0])), "MAC2 is wrong");
      })
      .and_then([&] { return tac_path(card, dpk->key); })
      .and_then([&](const KeyPath& dtk) { return machine_->tac(dtk, purchase_tac_data(purchase)); })
      .and_then(
          [&](const Mac& tac) { return same(equal_in_constant_time(tac, octets_of(a[8])), "TAC is wrong"); });
}

}  // namespace ssc::keys::hsm
