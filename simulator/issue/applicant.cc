#include "simulator/issue/applicant.h"

#include <algorithm>
#include <array>

#include "apdu/text/gbk.h"
#include "apdu/text/identity.h"

namespace ssc::simulator::issue {
namespace {

constexpr std::array<std::string_view, 10> kColumns = {
    "name", "id_type", "id_number", "sex", "nation", "birth_place", "birth_date", "area", "class", "policy"};
enum Column : std::size_t {
  kName,
  kIdType,
  kIdNumber,
  kSex,
  kNation,
  kBirthPlace,
  kBirthDate,
  kArea,
  kClass,
  kPolicy
};

constexpr std::size_t kNameBytes = 30;  // item 09
constexpr std::size_t kRestBytes = 20;  // item 4E
constexpr std::size_t kIdBytes = 18;    // item 08

using Fault = tl::unexpected<std::string>;
Fault because(std::string why) { return Fault(std::move(why)); }

bool digits(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool one_of(std::string_view text, std::string_view characters) {
  return text.size() == 1 && characters.find(text) != std::string_view::npos;
}

bool is_nation(std::string_view text) {
  return digits(text, 2) && ((text >= "01" && text <= "56") || text == "99");
}

tl::expected<std::string, std::string> decoded(const std::string& field, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return field;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(field.data());
  auto text = apdu::decode_text({bytes, field.size()}, apdu::Charset::kGbk);
  if (!text) return because("not GBK; --encoding utf-8 reads UTF-8");
  return *std::move(text);
}

std::size_t character_size(char first) {
  const auto octet = static_cast<unsigned char>(first);
  return octet < 0x80 ? 1 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
}

// As many whole characters as `most` bytes of GBK hold. Precondition: all of `text` is in GBK.
std::string_view head(std::string_view text, std::size_t most) {
  std::size_t taken = 0;
  std::size_t bytes = 0;
  while (taken < text.size()) {
    const std::size_t size = character_size(text[taken]);
    bytes += size == 1 ? 1 : 2;
    if (bytes > most) break;
    taken += size;
  }
  return text.substr(0, taken);
}

tl::expected<void, std::string> read_name(Applicant& person, const std::string& field, Encoding encoding) {
  auto name = decoded(field, encoding);
  if (!name) return because("name: " + name.error());
  if (name->empty()) return because("no name");
  if (const auto bytes = apdu::encode_text(*name, apdu::Charset::kGbk); !bytes)
    return because("name: a card cannot hold it: " + bytes.error().what);
  person.name = *std::move(name);
  person.name_first = head(person.name, kNameBytes);
  person.name_rest = person.name.substr(person.name_first.size());
  if (head(person.name_rest, kRestBytes).size() != person.name_rest.size())
    return because("name: longer than items 09 and 4E hold (50 bytes)");
  return {};
}

tl::expected<void, std::string> read_identity(Applicant& person, const std::string& type,
                                              std::string number) {
  if (number.ends_with('x')) number.back() = 'X';
  person.id_number = std::move(number);
  if (type != "citizen" && type != "other") return because("id_type: write citizen or other");
  person.citizen = type == "citizen";
  if (person.citizen) {
    if (const auto wrong = apdu::check_citizen_number(person.id_number))
      return because("id_number: " + wrong->what);
    return {};
  }
  const bool plain = std::ranges::all_of(person.id_number, [](char c) { return c > ' ' && c < '\x7F'; });
  if (person.id_number.empty() || person.id_number.size() > kIdBytes || !plain)
    return because("id_number: 1 to 18 letters and digits");
  return {};
}

tl::expected<void, std::string> read_birth(Applicant& person, const std::string& date,
                                           const std::string& place) {
  person.birth_date = date;
  person.birth_place = place;
  if (!apdu::is_date(date)) return because("birth_date: no date; write YYYYMMDD");
  if (person.citizen && person.id_number.substr(6, 8) != date)
    return because("birth_date: the citizen number has another");
  if (!place.empty() && !digits(place, 6)) return because("birth_place: write six digits, or nothing");
  return {};
}

struct Rule {
  Column column;
  bool (*holds)(std::string_view);
  const char* why;
};
constexpr Rule kRules[] = {
    {kSex, [](std::string_view text) { return one_of(text, "129"); }, "sex: write 1, 2 or 9"},
    {kNation, is_nation, "nation: write 01 to 56, or 99"},
    {kArea, [](std::string_view text) { return digits(text, 6); }, "area: write six digits"},
    {kClass, [](std::string_view text) { return one_of(text, "1234"); }, "class: write 1, 2, 3 or 4"},
};

}  // namespace

std::span<const std::string_view> batch_columns() { return kColumns; }

tl::expected<Columns, std::string> read_header(const std::vector<std::string>& fields) {
  Columns columns;
  for (const std::string_view name : kColumns) {
    const auto place = std::ranges::find(fields, name);
    if (place == fields.end()) return because("no column " + std::string(name));
    if (std::find(place + 1, fields.end(), name) != fields.end())
      return because("two columns " + std::string(name));
    columns.push_back(static_cast<std::size_t>(place - fields.begin()));
  }
  for (const std::string& field : fields) {
    if (std::ranges::find(kColumns, field) == kColumns.end())
      return because("unknown column '" + field + "'");
  }
  return columns;
}

tl::expected<Applicant, std::string> read_applicant(const std::vector<std::string>& fields,
                                                    const Columns& columns, Encoding encoding) {
  if (fields.size() != columns.size())
    return because(std::to_string(fields.size()) + " fields, the header has " +
                   std::to_string(columns.size()));
  const auto field = [&](Column column) -> const std::string& { return fields[columns[column]]; };
  for (const Rule& rule : kRules) {
    if (!rule.holds(field(rule.column))) return because(rule.why);
  }
  Applicant person;
  person.sex = field(kSex);
  person.nation = field(kNation);
  person.area = field(kArea);
  person.card_class = field(kClass);
  person.policy = field(kPolicy);
  return read_name(person, field(kName), encoding)
      .and_then([&] { return read_identity(person, field(kIdType), field(kIdNumber)); })
      .and_then([&] { return read_birth(person, field(kBirthDate), field(kBirthPlace)); })
      .map([&] { return std::move(person); });
}

}  // namespace ssc::simulator::issue
