#include "simulator/store/issue_log.h"

#include "keys/storage/owner_file.h"
#include "simulator/store/statement.h"

namespace ssc::simulator::store {
namespace {

constexpr const char* kOpen =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS batch (name TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, state INTEGER NOT NULL, card TEXT NOT NULL,"
    " reason TEXT NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS seen (digest BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;";

}  // namespace

class IssueLog::File {
 public:
  explicit File(const std::filesystem::path& file) {
    if (sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) fail();
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (in_transaction) run("ROLLBACK");
    sqlite3_close(handle);
  }

  bool run(const char* sql) {
    return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK || fail();
  }
  bool begin() {
    if (!in_transaction) in_transaction = run("BEGIN IMMEDIATE");
    return in_transaction;
  }
  bool fail() {
    error = sqlite3_errmsg(handle);
    return false;
  }
  bool done(Statement& statement) { return (statement && statement.step() == SQLITE_DONE) || fail(); }

  sqlite3* handle = nullptr;
  std::string error;
  bool in_transaction = false;
};

IssueLog::IssueLog(std::unique_ptr<File> file) : file_(std::move(file)) {}
IssueLog::IssueLog(IssueLog&&) noexcept = default;
IssueLog& IssueLog::operator=(IssueLog&&) noexcept = default;
IssueLog::~IssueLog() = default;

const std::string& IssueLog::last_error() const { return file_->error; }

tl::expected<IssueLog, std::string> IssueLog::open(const std::filesystem::path& path,
                                                   const std::string& batch) {
  const auto refuse = [&path](const std::string& why) {
    return tl::make_unexpected(path.string() + ": " + why);
  };
  if (!std::filesystem::exists(path)) {
    if (const auto made = keys::storage::create_owner_file(path, ""); !made) return refuse(made.error().what);
  }
  IssueLog log(std::make_unique<File>(path));
  if (!log.file_->error.empty() || !log.file_->run(kOpen)) return refuse(log.last_error());
  Statement name(log.file_->handle, "SELECT name FROM batch");
  if (name && name.step() == SQLITE_ROW) {
    if (name.text(0) == batch) return log;
    return refuse(
        "belongs to another batch, or to this one with other settings; give another --out, or the same file "
        "and options");
  }
  Statement insert(log.file_->handle, "INSERT INTO batch VALUES (?)");
  if (insert) insert.bind(1, batch);
  if (!log.file_->done(insert)) return refuse(log.last_error());
  return log;
}

std::optional<RowState> IssueLog::state(std::uint64_t row) {
  Statement query(file_->handle, "SELECT state FROM row WHERE number = ?");
  if (!query) return std::nullopt;
  query.bind(1, row);
  if (query.step() != SQLITE_ROW) return std::nullopt;
  return static_cast<RowState>(query.number(0));
}

std::optional<bool> IssueLog::first_with(apdu::ByteView digest, std::uint64_t row) {
  if (!file_->begin()) return std::nullopt;
  Statement insert(file_->handle, "INSERT OR IGNORE INTO seen VALUES (?, ?)");
  if (!insert) return std::nullopt;
  insert.bind(1, digest);
  insert.bind(2, row);
  if (!file_->done(insert)) return std::nullopt;
  Statement query(file_->handle, "SELECT number FROM seen WHERE digest = ?");
  if (!query) return std::nullopt;
  query.bind(1, digest);
  if (query.step() != SQLITE_ROW) return std::nullopt;
  return query.large_number(0) == row;
}

bool IssueLog::issued(std::uint64_t row, std::string_view card_number) {
  if (!file_->begin()) return false;
  Statement insert(file_->handle, "INSERT INTO row VALUES (?, 1, ?, '', '')");
  if (insert) {
    insert.bind(1, row);
    insert.bind(2, card_number);
  }
  return file_->done(insert);
}

bool IssueLog::refused(std::uint64_t row, std::string_view reason, std::string_view text) {
  if (!file_->begin()) return false;
  Statement insert(file_->handle, "INSERT INTO row VALUES (?, 2, '', ?, ?)");
  if (insert) {
    insert.bind(1, row);
    insert.bind(2, reason);
    insert.bind(3, text);
  }
  return file_->done(insert);
}

bool IssueLog::commit() {
  if (!file_->in_transaction) return true;
  file_->in_transaction = false;
  return file_->run("COMMIT");
}

IssueCounts IssueLog::counts() {
  IssueCounts counts;
  Statement query(file_->handle, "SELECT state, COUNT(*) FROM row GROUP BY state");
  while (query && query.step() == SQLITE_ROW) {
    const bool issued = static_cast<RowState>(query.number(0)) == RowState::kIssued;
    (issued ? counts.issued : counts.refused) = query.large_number(1);
  }
  return counts;
}

bool IssueLog::for_each_refused(
    const std::function<void(std::uint64_t, const std::string&, const std::string&)>& visit) {
  Statement query(file_->handle, "SELECT number, reason, text FROM row WHERE state = 2 ORDER BY number");
  if (!query) return file_->fail();
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) visit(query.large_number(0), query.text(1), query.text(2));
  return result == SQLITE_DONE || file_->fail();
}

}  // namespace ssc::simulator::store
