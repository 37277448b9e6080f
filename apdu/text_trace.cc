#include "apdu/text_trace.h"

#include <fmt/format.h>

#include <ostream>

#include "apdu/atr.h"
#include "apdu/catalogue.h"
#include "apdu/data_text.h"
#include "apdu/hex.h"
#include "apdu/parameter_text.h"

namespace ssc::apdu {
namespace {

constexpr std::size_t kBodyMargin = 7;    // "card > "
constexpr std::size_t kHeaderWidth = 14;  // "00 A4 04 00 0F"
constexpr std::size_t kHeaderSize = 5;    // header and Lc or Le
constexpr std::size_t kTimeWidth = 14;    // "    0.000123  "

constexpr Phrase kMalformed{"no APDU: ", "非法APDU："};
constexpr Phrase kUnknown{"unknown command", "未知命令"};
constexpr Phrase kWrongParameters{"P1 P2 not allowed", "P1 P2不允许"};
constexpr Phrase kNotListed{"; not listed in ", "；未列于"};
constexpr Phrase kBytes{", {} bytes", "，{}字节"};
constexpr Phrase kMute{"no answer", "无应答"};
constexpr std::array<Phrase, 3> kPower{{{"power on", "上电"}, {"reset", "复位"}, {"power off", "下电"}}};

std::string_view slot_name(Slot slot) { return slot == Slot::kCard ? "card" : "psam"; }

// Puts lines together: time once, then margins of the same width.
class Page {
 public:
  Page(const TraceEvent& event, const TextOptions& options)
      : options_(&options), slot_(slot_name(event.slot)) {
    if (options.timestamps)
      time_ = fmt::format("{:>5}.{:06}  ", event.time_us / 1'000'000, event.time_us % 1'000'000);
  }

  // "card > …"; the first of a page carries the time.
  void head(std::string_view mark, std::string_view text) {
    text_ += fmt::format("{}{} {} {}\n", time_, slot_, mark, text);
    if (options_->timestamps) time_.assign(kTimeWidth, ' ');
  }
  void body(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) text_ += fmt::format("{}{:{}}{}\n", time_, "", kBodyMargin, line);
  }
  std::string take() { return std::move(text_); }
  std::string_view say(Phrase phrase) const { return phrase.in(options_->language); }
  Language language() const { return options_->language; }

 private:
  const TextOptions* options_;
  std::string_view slot_;
  std::string time_;
  std::string text_;
};

// What is known of the command of one exchange.
struct Decoded {
  const CommandRow* row = nullptr;
  LookupResult result = LookupResult::kUnknownClass;
  tl::expected<Command, Malformed> command;
};

Decoded decode(const TraceEvent& event) {
  const auto header = header_of(event.command);
  if (!header) return {.command = decode_command(event.command)};
  const Lookup found = find_command(event.slot, *header);
  const LoneByte lone = found.row == nullptr ? LoneByte::kLe : found.row->lone;
  return {found.row, found.result, decode_command(event.command, lone)};
}

std::string_view name_of(const CommandRow& row, Language language) {
  return language == Language::kEnglish ? row.name : row.chinese;
}

std::string join(std::string_view a, std::string_view b) {
  return b.empty() ? std::string(a) : fmt::format("{}  {}", a, b);
}

std::string command_remark(const Decoded& decoded, const Page& page) {
  if (decoded.row == nullptr) return std::string(page.say(kUnknown));
  const std::string_view name = name_of(*decoded.row, page.language());
  if (decoded.result != LookupResult::kFound) return join(name, page.say(kWrongParameters));
  const Command& command = *decoded.command;
  return join(name, describe_parameters(*decoded.row, command.p1, command.p2, page.language()));
}

std::string subject_remark(Phrase subject, const Page& page) {
  return subject.empty() ? "" : fmt::format("  [{}]", page.say(subject));
}

std::string le_remark(const Command& command) {
  const bool after_data = command.le && !command.data.empty();
  return after_data && !command.extended ? fmt::format("  Le {:02X}", *command.le & 0xFF) : "";
}

void add_malformed(Page& page, const MaskedView& bytes, const Malformed& why) {
  page.head(">", fmt::format("{}{}", page.say(kMalformed), why.what));
  page.body(bytes.rows());
}

void add_command(Page& page, const MaskedView& bytes, const Decoded& decoded, Phrase subject) {
  if (!decoded.command) return add_malformed(page, bytes, decoded.command.error());
  const Command& command = *decoded.command;
  const std::size_t head_size = std::min(bytes.size(), command.extended ? kHeaderSize + 2 : kHeaderSize);
  const std::string head = bytes.part(0, head_size).hex();
  page.head(">", fmt::format("{:{}}   {}{}{}", head, kHeaderWidth, command_remark(decoded, page),
                             subject_remark(subject, page), le_remark(command)));
  if (command.data.empty()) return;
  page.body(describe_data(bytes.part(command.data), decoded.row, command.cla, Direction::kCommand,
                          page.language()));
}

bool is_transport_status(StatusWord status) { return status.sw1() == 0x61 || status.sw1() == 0x6C; }

std::string status_remark(StatusWord status, std::size_t data_size, const Decoded& decoded,
                          const Page& page) {
  std::string out = describe_status(status, page.language());
  if (data_size != 0) out += fmt::format(fmt::runtime(page.say(kBytes)), data_size);
  const bool finding = decoded.result == LookupResult::kFound && !is_transport_status(status) &&
                       !decoded.row->statuses.contains(status);
  if (finding) out += fmt::format("{}{}", page.say(kNotListed), decoded.row->clause);
  return out;
}

void add_response(Page& page, const MaskedView& bytes, const Decoded& decoded) {
  if (bytes.size() < 2) return page.head("<", page.say(kMute));
  const MaskedView data = bytes.part(0, bytes.size() - 2);
  const StatusWord status(bytes.bytes()[data.size()], bytes.bytes()[data.size() + 1]);
  page.head("<", fmt::format("{:{}}   {}", to_string(status), kHeaderWidth,
                             status_remark(status, data.size(), decoded, page)));
  const std::uint8_t cla = decoded.command ? decoded.command->cla : std::uint8_t{0};
  page.body(describe_data(data, decoded.row, cla, Direction::kResponse, page.language()));
}

void add_exchange(Page& page, const TraceEvent& event, const Masks& masks) {
  const Decoded decoded = decode(event);
  add_command(page, MaskedView(event.command, masks.command), decoded, event.subject);
  add_response(page, MaskedView(event.response, masks.response), decoded);
  if (!event.note.empty()) page.head("#", event.note);
}

std::string atr_remark(ByteView bytes) {
  const auto atr = parse_atr(bytes);
  if (!atr) return atr.error().what;
  const auto factor = atr->card_factor();
  return factor ? fmt::format("L3 {}", to_hex(*factor)) : "";
}

void add_power(Page& page, const TraceEvent& event) {
  const std::string_view what = page.say(kPower[static_cast<std::size_t>(event.kind)]);
  page.head("=", event.response.empty() ? std::string(what)
                                        : fmt::format("{}  ATR {}  {}", what, to_hex(event.response),
                                                      atr_remark(event.response)));
}

}  // namespace

std::string describe_status(StatusWord status, Language language) {
  const unsigned low = status.sw2();
  const unsigned count = low == 0 ? 256 : low;
  const auto say = [language](Phrase phrase, unsigned value) {
    return fmt::format(fmt::runtime(phrase.in(language)), value);
  };
  switch (family(status).value()) {
    case 0x6100:
      return say({"{} bytes wait", "尚有{}字节待取"}, count);
    case 0x63C0:
      return say({"authentication failed, tries left: {}", "认证失败，剩余{}次"}, low & 0x0F);
    case 0x6C00:
      return say({"wrong Le, {:02X} is right", "Le错误，应为{:02X}"}, low);
    default:
      break;
  }
  const StatusMeaning& row = meaning(status);
  return std::string(language == Language::kEnglish ? row.english : row.chinese);
}

std::string format_event(const TraceEvent& event, const Masks& masks, const TextOptions& options) {
  Page page(event, options);
  switch (event.kind) {
    case TraceEvent::Kind::kExchange:
      add_exchange(page, event, options.unmask ? Masks{} : masks);
      break;
    case TraceEvent::Kind::kNote:
      page.head("#", event.note);
      break;
    case TraceEvent::Kind::kPowerOn:
    case TraceEvent::Kind::kReset:
    case TraceEvent::Kind::kPowerOff:
      add_power(page, event);
      break;
  }
  return page.take();
}

void TextTrace::event(const TraceEvent& event) {
  *out_ << format_event(event, masker_.masks(event), options_) << std::flush;
}

}  // namespace ssc::apdu
