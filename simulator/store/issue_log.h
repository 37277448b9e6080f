// How far a batch of cards has come: which rows were issued or refused, and which identity numbers were seen,
// so that a batch that was stopped goes on without a double or a missing card. SQLite; what was committed
// survives SIGKILL and loss of power. Identity numbers lie there as SM3 digests; refused rows as they are:
// owner-only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "apdu/bytes.h"

namespace ssc::simulator::store {

enum class RowState : std::uint8_t { kIssued = 1, kRefused = 2 };

struct IssueCounts {
  std::uint64_t issued = 0;
  std::uint64_t refused = 0;
};

// Every member but the destructor answers false, or nothing, when SQLite refused; `last_error` says why.
class IssueLog {
 public:
  // Makes the file when it is not there. `batch` names the batch and its settings; a file of another one is
  // refused. The error is one line.
  static tl::expected<IssueLog, std::string> open(const std::filesystem::path& file,
                                                  const std::string& batch);
  IssueLog(IssueLog&&) noexcept;
  IssueLog& operator=(IssueLog&&) noexcept;
  ~IssueLog();

  // Nothing: the row is not done.
  std::optional<RowState> state(std::uint64_t row);
  // Whether this row is the first with that digest, now and whenever it is asked again.
  std::optional<bool> first_with(apdu::ByteView digest, std::uint64_t row);
  bool issued(std::uint64_t row, std::string_view card_number);
  bool refused(std::uint64_t row, std::string_view reason, std::string_view text);
  // What was said since the last commit becomes lasting.
  bool commit();

  IssueCounts counts();
  // Refused rows in their order: row, reason, text.
  bool for_each_refused(
      const std::function<void(std::uint64_t, const std::string&, const std::string&)>& visit);
  const std::string& last_error() const;

 private:
  class File;
  explicit IssueLog(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace ssc::simulator::store
