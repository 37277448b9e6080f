// The trace a developer reads: every exchange decoded, one word column, nothing secret unless asked for.
#pragma once

#include <iosfwd>
#include <string>

#include "apdu/language.h"
#include "apdu/mask.h"
#include "apdu/status_word.h"
#include "apdu/trace.h"

namespace ssc::apdu {

struct TextOptions {
  Language language = Language::kEnglish;
  bool unmask = false;     // show PINs, keys and personal data
  bool timestamps = true;  // seconds since the clock's start in front of each event
};

// One event in one or more lines, each ended by '\n'. Octets that `masks` covers are "**" unless unmasked,
// and then no text or structure of theirs is shown either.
std::string format_event(const TraceEvent& event, const Masks& masks, const TextOptions& options);

// "authentication failed, 2 tries left", "30 bytes wait", "文件未找到".
std::string describe_status(StatusWord status, Language language);

// Writes each event as it comes, and flushes. Does not own the stream. Not thread-safe.
class TextTrace : public TraceSink {
 public:
  explicit TextTrace(std::ostream& out, TextOptions options = {}) : out_(&out), options_(options) {}
  void event(const TraceEvent& event) override;

 private:
  std::ostream* out_;
  TextOptions options_;
  Masker masker_;
};

}  // namespace ssc::apdu
