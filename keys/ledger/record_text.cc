#include "keys/ledger/record_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "apdu/hex.h"
#include "keys/ledger/entry_form.h"

namespace ssc::keys::ledger {
namespace {

using Json = nlohmann::ordered_json;

struct FlagField {
  const char* name;
  bool Entry::*member;
};
constexpr FlagField kFlags[] = {{"third_party", &Entry::third_party}, {"lab", &Entry::lab}};

// "UK1DF01/2:A1B2C3"
std::string text_of(const KeyCheck& check) {
  return fmt::format("{}/{}:{}", check.key, check.version, apdu::to_hex(check.value));
}

std::optional<KeyCheck> parse_check(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || text.size() != slash + std::string_view("/2:A1B2C3").size())
    return std::nullopt;
  const auto value = apdu::parse_hex(std::string_view(text).substr(slash + 3));
  if (!value || value->size() != CheckValue{}.size()) return std::nullopt;
  KeyCheck check{text.substr(0, slash), static_cast<std::uint8_t>(text[slash + 1] - '0'), {}};
  std::ranges::copy(*value, check.value.begin());
  return check;
}

void add_texts(Json& object, const Entry& entry) {
  for (const TextField& field : text_fields()) {
    if (!(entry.*field.member).empty()) object[field.name] = entry.*field.member;
  }
}

void add_rest(Json& object, const Entry& entry) {
  for (const FlagField& field : kFlags) {
    if (entry.*field.member) object[field.name] = true;
  }
  if (entry.count != 0) object["count"] = entry.count;
  if (entry.checks.empty()) return;
  Json checks = Json::array();
  for (const KeyCheck& check : entry.checks) checks.push_back(text_of(check));
  object["kcv"] = std::move(checks);
}

// Reads one object; `complete()` stays true as long as every field that must be there is.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(object) {}

  bool complete() const { return complete_; }
  std::string text(const char* name) {
    const auto found = object_.find(name);
    if (found != object_.end() && found->is_string()) return found->get<std::string>();
    complete_ = false;
    return {};
  }
  std::uint64_t number(const char* name) {
    const auto found = object_.find(name);
    if (found != object_.end() && found->is_number_unsigned()) return found->get<std::uint64_t>();
    complete_ = false;
    return 0;
  }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> octets(const char* name) {
    std::array<std::uint8_t, Size> out{};
    const auto bytes = apdu::parse_hex(text(name));
    if (bytes && bytes->size() == Size)
      std::ranges::copy(*bytes, out.begin());
    else
      complete_ = false;
    return out;
  }
  template <class T>
  T must(std::optional<T> value) {
    if (value) return *std::move(value);
    complete_ = false;
    return {};
  }

 private:
  const Json& object_;
  bool complete_ = true;
};

void read_checks(const Json& object, Entry& entry, Fields& fields) {
  const auto found = object.find("kcv");
  if (found == object.end() || !found->is_array()) return;
  for (const Json& item : *found) {
    const auto check = item.is_string() ? parse_check(item.get<std::string>()) : std::nullopt;
    entry.checks.push_back(fields.must(check));
  }
}

// What is optional and of another type stays out, and the comparison with the line finds it.
void read_optional(const Json& object, Entry& entry, Fields& fields) {
  for (const TextField& field : text_fields()) {
    if (object.contains(field.name)) entry.*field.member = fields.text(field.name);
  }
  for (const FlagField& field : kFlags) entry.*field.member = object.contains(field.name);
  if (object.contains("count")) entry.count = fields.number("count");
  read_checks(object, entry, fields);
}

std::optional<Record> read(const Json& object) {
  Fields fields(object);
  Record record;
  record.number = fields.number("number");
  record.time = fields.must(parse_time(fields.text("time")));
  record.centre = fields.text("centre");
  record.entry.kind = fields.must(kind_of(fields.text("kind")));
  record.entry.subject.type = fields.must(subject_type_of(fields.text("type")));
  record.entry.subject.id = fields.text("subject");
  read_optional(object, record.entry, fields);
  record.previous = fields.octets<sizeof(Digest)>("previous");
  record.hash = fields.octets<sizeof(Digest)>("hash");
  record.signature = fields.octets<sizeof(Sm2Signature)>("signature");
  if (!fields.complete()) return std::nullopt;
  return record;
}

}  // namespace

std::string canonical_text(const Record& record) {
  Json object = {{"number", record.number},
                 {"time", to_text(record.time)},
                 {"centre", record.centre},
                 {"kind", word(record.entry.kind)},
                 {"type", word(record.entry.subject.type)},
                 {"subject", record.entry.subject.id}};
  add_texts(object, record.entry);
  add_rest(object, record.entry);
  object["previous"] = apdu::to_hex(record.previous);
  return object.dump();
}

Digest hash_of(const Record& record) {
  const std::string text = canonical_text(record);
  apdu::Bytes message(record.previous.begin(), record.previous.end());
  message.insert(message.end(), text.begin(), text.end());
  return sm3(message);
}

std::string line_of(const Record& record) {
  std::string text = canonical_text(record);
  text.pop_back();  // the brace
  return fmt::format(R"({},"hash":"{}","signature":"{}"}})", text, apdu::to_hex(record.hash),
                     apdu::to_hex(record.signature));
}

tl::expected<Record, std::string> parse_line(std::string_view line) {
  if (line.size() > kLongestLine) return tl::unexpected(fmt::format("is longer than {} bytes", kLongestLine));
  const Json object = Json::parse(line, nullptr, false);
  if (!object.is_object()) return tl::unexpected(std::string("is no JSON object"));
  auto record = read(object);
  if (!record) return tl::unexpected(std::string("lacks a field every entry has, or it has another form"));
  if (line_of(*record) != line) return tl::unexpected(std::string("is not as it was written"));
  return *std::move(record);
}

}  // namespace ssc::keys::ledger
