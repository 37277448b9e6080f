// Functions that ask about the card under test: its keys, files and factors.
#include <algorithm>
#include <array>

#include "conformance/expression/functions.h"

namespace ssc::conformance {
namespace {

// The version argument; group 1 when the call has none.
unsigned version_at(Arguments& in, std::size_t index) {
  return static_cast<unsigned>(in.size_at(index, 255, 1));
}

Value key(Arguments& in) {
  const auto found = card_key(in.subject(), in.text(0), version_at(in, 1));
  return found ? Value::key(*found) : in.fail(found.error());
}

const keys::NamedKey* named(Arguments& in) {
  const auto found = named_key(in.subject(), in.text(0), version_at(in, 1));
  if (found) return *found;
  in.fail(found.error());
  return nullptr;
}

Value root(Arguments& in) {
  const keys::NamedKey* entry = named(in);
  return entry ? Value::key(entry->value) : Value{};
}

Value has_key(Arguments& in) {
  const std::string name = in.text(0);
  const unsigned version = version_at(in, 1);
  return Value::truth(key_entry(*in.subject().card, name, version) != nullptr);
}

Value kid(Arguments& in) {
  const auto* entry = key_entry(*in.subject().card, in.text(0), version_at(in, 1));
  if (entry) return Value::number(entry->id);
  const keys::NamedKey* in_set = named(in);
  return in_set ? Value::number(in_set->id) : Value{};
}

Value key_tries(Arguments& in) {
  const auto* entry = key_entry(*in.subject().card, in.text(0), version_at(in, 1));
  if (entry) return Value::number(entry->tries);
  return in.fail("card " + in.subject().card->name + " has no key '" + in.text(0) + "'");
}

Value psam_usage(Arguments& in) {
  const keys::NamedKey* entry = named(in);
  return entry ? Value::number(entry->psam_usage) : Value{};
}

Value psam_id(Arguments& in) {
  const keys::NamedKey* entry = named(in);
  return entry ? Value::number(entry->psam_id) : Value{};
}

Value factors(Arguments& in) {
  const keys::NamedKey* entry = named(in);
  if (!entry) return {};
  Bytes row;
  const unsigned steps = keys::levels_to_card(entry->level);
  for (unsigned i = 0; i < steps; ++i) {  // L3 first: the order of Part 9 table 27
    const auto one = factor(in.subject(), 3 - static_cast<std::int64_t>(i));
    if (!one) return in.fail(one.error());
    row.insert(row.end(), one->begin(), one->end());
  }
  return Value::bytes(std::move(row));
}

Value one_factor(Arguments& in) {
  const auto found = factor(in.subject(), in.number(0));
  return found ? Value::bytes(ByteView(*found)) : in.fail(found.error());
}

// How many versions of a key the card holds; 0: none.
Value key_versions(Arguments& in) {
  const std::string name = in.text(0);
  std::int64_t count = 0;
  for (const auto& df : in.subject().card->dfs)
    count += std::ranges::count(df.keys, name, &simulator::profile::KeyEntry::name);
  return Value::number(count);
}

Value has_cipher(Arguments& in) {
  const std::string name = in.text(0);
  const CardModel& card = *in.subject().card;
  if (name != "DES" && name != "SM4" && name != "SSF33")
    return in.fail("a cipher is 'DES', 'SM4' or 'SSF33', not '" + name + "'");
  const auto of_that = [&](const auto& df) { return df.cipher && keys::name(*df.cipher) == name; };
  return Value::truth(keys::name(card.cipher) == name || std::ranges::any_of(card.dfs, of_that));
}

// What a card may or may not have beside its structure version.
struct Feature {
  std::string_view name;
  bool (*is_there)(const CardModel&);
};
constexpr std::array<Feature, 10> kFeatures = {{
    {"ssse-name", [](const CardModel& c) { return c.ssse_has_name; }},
    {"given-fci",
     [](const CardModel& c) {
       return std::ranges::any_of(c.dfs, [](const auto& df) { return df.fci.has_value(); });
     }},
    {"offline", [](const CardModel& c) { return c.medical.has_value(); }},
    {"pin", [](const CardModel& c) { return !c.pin.value.empty(); }},
    {"p1-00-finds-ef", [](const CardModel& c) { return c.select_ef_by_p1_00; }},
    {"last-two-randoms", [](const CardModel& c) { return c.takes_last_two_randoms; }},
    {"key-zero", [](const CardModel& c) { return c.key_zero_is_last_refused; }},
    {"blank", [](const CardModel& c) { return c.transport_key.has_value(); }},
    {"worn", [](const CardModel& c) { return c.memory_writes.has_value(); }},
    {"lab", [](const CardModel& c) { return c.lab; }},
}};

Value feature(Arguments& in) {
  const std::string name = in.text(0);
  const auto* const row = std::ranges::find(kFeatures, name, &Feature::name);
  if (row != kFeatures.end()) return Value::truth(row->is_there(*in.subject().card));
  std::string known;
  for (const Feature& one : kFeatures) known += (known.empty() ? "" : ", ") + std::string(one.name);
  return in.fail("there is no feature '" + name + "'; there are " + known);
}

const simulator::profile::Df* df_of(Arguments& in, std::string_view id) {
  const auto* df = in.subject().card->find_df(id);
  if (!df) in.fail("card " + in.subject().card->name + " has no DF '" + std::string(id) + "'");
  return df;
}

Value aid(Arguments& in) {
  const auto* df = df_of(in, in.text(0));
  return df ? Value::bytes(df->name) : Value{};
}

Value fid(Arguments& in) {
  const auto* df = df_of(in, in.text(0));
  return df ? Value::bytes(ByteView(apdu::big_endian<2>(df->fid))) : Value{};
}

// "DF01" or "DF01/EF05".
Value has_file(Arguments& in) {
  const std::string path = in.text(0);
  const std::size_t slash = std::min(path.find('/'), path.size());
  const auto* df = in.subject().card->find_df(std::string_view(path).substr(0, slash));
  if (!df || slash == path.size()) return Value::truth(df != nullptr);
  const Evaluated<Bytes> wanted = as_bytes(Value::text(path.substr(slash + 1)));
  if (!wanted || wanted->size() != 2) return in.fail("'" + path + "' names no file; write DF01/EF05");
  for (const auto& ef : df->files) {
    if (ef.fid == apdu::number(*wanted)) return Value::truth(true);
  }
  return Value::truth(false);
}

Value pin_block(Arguments& in) {
  const Bytes pin = in.bytes(0);
  const std::size_t block = keys::block_size(in.subject().card->cipher);
  if (pin.size() > block - 1)
    return in.fail("a PIN of " + std::to_string(pin.size()) + " octets does not fit a block");
  Bytes out = {static_cast<std::uint8_t>(pin.size())};
  out.insert(out.end(), pin.begin(), pin.end());
  if (out.size() < block) out.push_back(0x80);
  out.resize(block, 0);
  return Value::bytes(std::move(out), true);
}

Value random(Arguments& in) {
  Bytes out(in.size_at(0, 256));
  if (!in.subject().random) return in.fail("no source of randomness here");
  in.subject().random->fill(out);
  return Value::bytes(std::move(out));
}

constexpr std::array<Function, 17> kFunctions = {{
    {"key", 1, 2, "key('name'[, version])", "the card's own key", key},
    {"root", 1, 2, "root('name'[, version])", "the key as the key set holds it", root},
    {"has_key", 1, 2, "has_key('name'[, version])", "whether the card holds it", has_key},
    {"kid", 1, 2, "kid('name'[, version])", "its id on the card: P2 of EXTERNAL AUTHENTICATION", kid},
    {"key_versions", 1, 1, "key_versions('name')", "how many versions of it the card holds; 0: none",
     key_versions},
    {"has_cipher", 1, 1, "has_cipher('SM4')", "whether an environment of the card has that cipher",
     has_cipher},
    {"feature", 1, 1, "feature('name')", "whether the card has it; README.md of scenarios lists them",
     feature},
    {"key_tries", 1, 2, "key_tries('name'[, version])", "how many failures lock it; 0: never", key_tries},
    {"psam_usage", 1, 2, "psam_usage('name'[, version])", "usage octet in the PSAM", psam_usage},
    {"psam_id", 1, 2, "psam_id('name'[, version])", "its id in the PSAM", psam_id},
    {"factors", 1, 2, "factors('name'[, version])", "what DELIVERY SESSION KEY wants: L3 [L2 [L1]]", factors},
    {"factor", 1, 1, "factor(level)", "8 octets: 1 province, 2 city, 3 card; Part 9 §7.3", one_factor},
    {"aid", 1, 1, "aid('DF01')", "a DF's name or AID", aid},
    {"fid", 1, 1, "fid('DF01')", "a DF's file identifier, 2 octets", fid},
    {"has_file", 1, 1, "has_file('DF01/EF05')", "whether the card has that DF or EF", has_file},
    {"pin_block", 1, 1, "pin_block(pin)", "length, PIN, 80 00… of one block, plain; Part 4 §8.3", pin_block},
    {"random", 1, 1, "random(count)", "octets of the run's randomness (--seed)", random},
}};

}  // namespace

std::span<const Function> card_functions() { return kFunctions; }

}  // namespace ssc::conformance
