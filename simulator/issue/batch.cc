#include "simulator/issue/batch.h"

#include "keys/digest.h"

namespace ssc::simulator::issue {
namespace {

constexpr std::uint64_t kMostNumbers = 10'000'000;  // seven digits
constexpr std::uint64_t kCommitEvery = 64;

class Batch {
 public:
  Batch(std::istream& in, const CardPattern& pattern, const BatchSettings& settings, const BatchParts& parts)
      : reader_(in), pattern_(pattern), settings_(settings), parts_(parts) {}

  tl::expected<BatchResult, std::string> run() {
    auto done = read_columns().and_then([&] { return rows(); });
    if (!parts_.log.commit() && done) done = broken_log();
    if (!done) return tl::make_unexpected(done.error());
    return result_;
  }

 private:
  using Done = tl::expected<void, std::string>;

  Done read_columns() {
    const auto header = reader_.next();
    if (!header || !header->well_formed)
      return tl::make_unexpected(std::string("no header line; name the columns"));
    auto columns = read_header(header->fields);
    if (!columns) return tl::make_unexpected("line 1: " + columns.error());
    columns_ = *std::move(columns);
    return {};
  }

  Done rows() {
    for (std::uint64_t number = 0; const auto row = reader_.next(); ++number) {
      if (parts_.stop()) {
        result_.stopped = true;
        return {};
      }
      if (auto done = take(*row, number); !done) return done;
      if (number % kCommitEvery == 0 && !parts_.log.commit()) return broken_log();
    }
    return {};
  }

  // Every row is looked at, so that doubles are found alike on every machine; only the shard's own are done.
  Done take(const CsvRow& row, std::uint64_t number) {
    auto person = row.well_formed
                      ? read_applicant(row.fields, columns_, settings_.encoding)
                      : tl::unexpected(std::string("not well-formed: a quote is not closed, or too long"));
    if (person) {
      const auto first = parts_.log.first_with(keys::sm3(person->id_number), number);
      if (!first) return broken_log();
      if (!*first) person = tl::unexpected(std::string("id_number: stands in an earlier row"));
    }
    if (number % settings_.shards != settings_.shard) return {};
    if (parts_.log.state(number)) {
      ++result_.done_before;
      return tell();
    }
    return (person ? issue(*person, row, number) : refuse(row, number, person.error())).and_then([&] {
      return tell();
    });
  }

  Done issue(const Applicant& person, const CsvRow& row, std::uint64_t number) {
    const std::uint64_t card_number = settings_.first_number + number;
    if (card_number >= kMostNumbers)
      return refuse(row, number, "no card number is left; begin a new district");
    const auto card = make_card(pattern_, person, card_number, parts_.machine);
    if (!card) return tl::make_unexpected("encryption machine: " + card.error().what);
    if (const auto delivered = parts_.deliver(person, *card); !delivered) {
      if (delivered.error().stops) return tl::make_unexpected(delivered.error().why);
      return refuse(row, number, delivered.error().why);
    }
    if (!parts_.log.issued(number, card->card_number)) return broken_log();
    ++result_.made;
    return {};
  }

  Done refuse(const CsvRow& row, std::uint64_t number, const std::string& why) {
    if (!parts_.log.refused(number, "line " + std::to_string(row.line) + ": " + why, row.text))
      return broken_log();
    ++result_.refused;
    return {};
  }

  Done tell() {
    parts_.progress(result_.made + result_.refused + result_.done_before);
    return {};
  }

  tl::unexpected<std::string> broken_log() const {
    return tl::make_unexpected("the batch's log cannot be written: " + parts_.log.last_error());
  }

  CsvReader reader_;
  const CardPattern& pattern_;
  const BatchSettings& settings_;
  const BatchParts& parts_;
  Columns columns_;
  BatchResult result_;
};

}  // namespace

std::uint64_t count_rows(std::istream& in, std::size_t shard, std::size_t shards) {
  CsvReader reader(in);
  if (!reader.next()) return 0;
  std::uint64_t rows = 0;
  for (std::uint64_t number = 0; reader.next(); ++number) rows += number % shards == shard ? 1 : 0;
  return rows;
}

tl::expected<BatchResult, std::string> run_batch(std::istream& in, const CardPattern& pattern,
                                                 const BatchSettings& settings, const BatchParts& parts) {
  return Batch(in, pattern, settings, parts).run();
}

}  // namespace ssc::simulator::issue
