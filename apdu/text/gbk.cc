#include "apdu/text/gbk.h"

#include <fmt/format.h>
#include <iconv.h>

#include <cerrno>

namespace ssc::apdu {
namespace {

constexpr const char* kUtf8 = "UTF-8";
constexpr std::size_t kMostPerByte = 4;  // a byte of either side never becomes more than this

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool is_open() const { return handle_ != iconv_t(-1); }

  // Converts as far as it can; `taken` is how much of the input that was.
  std::string convert(std::string_view input, std::size_t& taken) {
    std::string out(input.size() * kMostPerByte + kMostPerByte, '\0');
    std::string in(input);
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    iconv(handle_, &from, &left, &to, &room);
    taken = input.size() - left;
    out.resize(out.size() - room);
    return out;
  }

 private:
  iconv_t handle_;
};

tl::unexpected<TextError> error(std::size_t position, std::string what) {
  return tl::unexpected(TextError{position, std::move(what)});
}

tl::unexpected<TextError> no_converter(Charset charset) {
  return error(0, fmt::format("this system cannot convert {}: its iconv lacks the module", name_of(charset)));
}

// The UTF-8 bytes of the character at the front; empty when it is not well-formed.
std::string_view first_character(std::string_view utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || utf8.size() < size) return {};
  for (const char c : utf8.substr(1, size - 1)) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) return {};
  }
  return utf8.substr(0, size);
}

// Precondition: one well-formed character.
std::uint32_t code_point(std::string_view character) {
  static constexpr std::array<unsigned, 5> kLeadBits{0, 0x7F, 0x1F, 0x0F, 0x07};
  std::uint32_t value = static_cast<unsigned char>(character.front()) & kLeadBits[character.size()];
  for (const char c : character.substr(1)) value = value << 6 | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

tl::unexpected<TextError> cannot_encode(std::string_view utf8, std::size_t position, Charset charset) {
  const std::string_view character = first_character(utf8.substr(position));
  if (character.empty()) return error(position, "is not UTF-8");
  return error(position, fmt::format("'{}' (U+{:04X}) is not in {}", character, code_point(character),
                                     name_of(charset)));
}

}  // namespace

std::string_view name_of(Charset charset) { return charset == Charset::kGbk ? "GBK" : "GB18030"; }

tl::expected<Bytes, TextError> encode_text(std::string_view utf8, Charset charset) {
  Converter converter(name_of(charset).data(), kUtf8);
  if (!converter.is_open()) return no_converter(charset);
  std::size_t taken = 0;
  const std::string out = converter.convert(utf8, taken);
  if (taken != utf8.size()) return cannot_encode(utf8, taken, charset);
  return Bytes(out.begin(), out.end());
}

tl::expected<std::string, TextError> decode_text(ByteView bytes, Charset charset) {
  Converter converter(kUtf8, name_of(charset).data());
  if (!converter.is_open()) return no_converter(charset);
  std::size_t taken = 0;
  std::string out = converter.convert(std::string(bytes.begin(), bytes.end()), taken);
  if (taken != bytes.size())
    return error(taken, fmt::format("{:02X} begins no character of {}", bytes[taken], name_of(charset)));
  return out;
}

}  // namespace ssc::apdu
