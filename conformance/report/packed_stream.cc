#include "conformance/report/packed_stream.h"

#include <zlib.h>

#include <array>
#include <span>
#include <streambuf>
#include <string>

namespace ssc::conformance {
namespace {

constexpr int kGzip = 16 + MAX_WBITS;  // deflateInit2: with a gzip header
constexpr int kMemoryLevel = 8;        // zlib's default
constexpr std::size_t kPiece = 1U << 16U;

// Three octets make four characters; what is left over waits for more.
class Base64 {
 public:
  explicit Base64(std::ostream& out) : out_(out) {}

  void write(std::span<const unsigned char> octets) {
    for (const unsigned char octet : octets) {
      bits_ = bits_ << 8U | octet;
      if (++held_ == 3) flush(4);
    }
  }
  void finish() {
    if (held_ == 0) return;
    const unsigned characters = held_ + 1;
    bits_ <<= 8U * (3 - held_);
    flush(characters);
    out_ << std::string(4 - characters, '=');
  }

 private:
  void flush(unsigned characters) {
    constexpr const char* kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned i = 0; i < characters; ++i) out_.put(kAlphabet[bits_ >> (18 - 6 * i) & 0x3FU]);
    bits_ = 0;
    held_ = 0;
  }

  std::ostream& out_;
  unsigned bits_ = 0;
  unsigned held_ = 0;
};

}  // namespace

class PackedStream::Buffer : public std::streambuf {
 public:
  explicit Buffer(std::ostream& out) : base64_(out) {
    ready_ =
        deflateInit2(&zlib_, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK;
    setp(in_.data(), in_.data() + in_.size());
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() override { deflateEnd(&zlib_); }

  bool finish() {
    const bool done = pack(Z_FINISH);
    base64_.finish();
    return done;
  }

 protected:
  int_type overflow(int_type c) override {
    if (!pack(Z_NO_FLUSH)) return traits_type::eof();
    if (c != traits_type::eof()) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

 private:
  bool pack(int flush) {
    if (!ready_) return false;
    zlib_.next_in = reinterpret_cast<unsigned char*>(pbase());  // NOLINT: zlib reads octets, as char is
    zlib_.avail_in = static_cast<unsigned>(pptr() - pbase());
    do {
      zlib_.next_out = out_.data();
      zlib_.avail_out = static_cast<unsigned>(out_.size());
      if (deflate(&zlib_, flush) == Z_STREAM_ERROR) return false;
      base64_.write(std::span(out_).first(out_.size() - zlib_.avail_out));
    } while (zlib_.avail_out == 0);
    setp(in_.data(), in_.data() + in_.size());
    return true;
  }

  Base64 base64_;
  z_stream zlib_{};
  bool ready_ = false;
  std::array<char, kPiece> in_{};
  std::array<unsigned char, kPiece> out_{};
};

PackedStream::PackedStream(std::ostream& sink)
    : std::ostream(nullptr), buffer_(std::make_unique<Buffer>(sink)) {
  rdbuf(buffer_.get());
}
PackedStream::~PackedStream() = default;

void PackedStream::finish() {
  if (!buffer_->finish()) setstate(std::ios::badbit);
}

}  // namespace ssc::conformance
