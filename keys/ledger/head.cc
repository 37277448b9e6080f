#include "keys/ledger/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apdu/hex.h"
#include "keys/ledger/chain.h"
#include "keys/storage/owner_file.h"

namespace ssc::keys::ledger {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kLongest = 4096;

tl::unexpected<LedgerError> damaged(const fs::path& file, std::string_view what) {
  return tl::unexpected(LedgerError{LedgerError::Kind::kDamaged, fmt::format("{}: {}", file.string(), what)});
}

// What is signed.
std::string text_of(const std::string& centre, const Head& head) {
  return Json({{"centre", centre}, {"entries", head.entries}, {"hash", apdu::to_hex(head.hash)}}).dump();
}

std::string signed_text(std::string text, const Sm2Signature& signature) {
  text.pop_back();  // the brace
  return fmt::format("{},\"signature\":\"{}\"}}\n", text, apdu::to_hex(signature));
}

apdu::ByteView octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <std::size_t Size>
bool read_hex(const Json& object, const char* name, std::array<std::uint8_t, Size>& out) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return false;
  const auto bytes = apdu::parse_hex(found->get<std::string>());
  if (!bytes || bytes->size() != Size) return false;
  std::ranges::copy(*bytes, out.begin());
  return true;
}

struct Parsed {
  Head head = {};
  Sm2Signature signature = {};
};

// Nothing unless it is, octet for octet, what write_head() writes for this centre.
std::optional<Parsed> parse(std::string_view text, const std::string& centre) {
  const Json object = Json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  Parsed parsed;
  const auto entries = object.find("entries");
  if (entries == object.end() || !entries->is_number_unsigned()) return std::nullopt;
  parsed.head.entries = entries->get<std::uint64_t>();
  if (!read_hex(object, "hash", parsed.head.hash) || !read_hex(object, "signature", parsed.signature))
    return std::nullopt;
  if (signed_text(text_of(centre, parsed.head), parsed.signature) != text) return std::nullopt;
  return parsed;
}

}  // namespace

fs::path head_file(const fs::path& ledger) {
  fs::path file = ledger;
  return file.replace_extension(".head");
}

Kept<void> write_head(const fs::path& ledger, const std::string& centre, const Head& head,
                      const Sm2PrivateKey& key) {
  const std::string text = text_of(centre, head);
  const auto written =
      storage::write_owner_file(head_file(ledger), signed_text(text, key.sign(octets(text))));
  if (!written) return tl::unexpected(LedgerError{LedgerError::Kind::kFile, written.error().what});
  return {};
}

Kept<Head> read_head(const fs::path& ledger, const std::string& centre, const Sm2PublicKey& key) {
  const fs::path file = head_file(ledger);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return Head{};
  const auto text = storage::read_secret_file(file, kLongest);
  if (!text) return tl::unexpected(LedgerError{LedgerError::Kind::kFile, text.error().what});
  const auto parsed = parse(text->reveal_text(), centre);
  if (!parsed) return damaged(file, "is not as it was written for this centre");
  if (!key.verify(octets(text_of(centre, parsed->head)), parsed->signature))
    return damaged(file, "was changed: its signature is not the centre's");
  return parsed->head;
}

Fit fit(const Chain& chain, const Head& head) {
  if (chain.count() == head.entries && chain.newest() == head.hash) return Fit::kSame;
  if (chain.count() == head.entries + 1 && chain.before() == head.hash) return Fit::kOneBehind;
  return Fit::kNot;
}

std::string misfit(const Chain& chain, const Head& head) {
  if (head.entries == 0) return fmt::format("is missing, and the ledger has {} entries", chain.count());
  if (chain.count() < head.entries)
    return fmt::format("names {} entries, the ledger has {}: its end was cut off", head.entries,
                       chain.count());
  if (chain.count() > head.entries)
    return fmt::format("names {} entries, the ledger has {}: an older head was put in its place",
                       head.entries, chain.count());
  return fmt::format("names another entry {} than the ledger has", head.entries);
}

}  // namespace ssc::keys::ledger
