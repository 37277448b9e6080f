// A stream that compresses what is written to it (gzip, RFC 1952) and passes it on as base64 (RFC 4648): so
// the data of a page stay small, and nothing in them can end the page's script.
#pragma once

#include <memory>
#include <ostream>

namespace ssc::conformance {

class PackedStream : public std::ostream {
 public:
  // `sink` outlives the stream.
  explicit PackedStream(std::ostream& sink);
  ~PackedStream() override;

  // Writes what is still held back. Nothing may be written afterwards.
  void finish();

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace ssc::conformance
