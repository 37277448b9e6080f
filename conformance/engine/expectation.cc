#include "conformance/engine/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apdu/hex.h"
#include "conformance/engine/match.h"
#include "conformance/expression/tlv_path.h"

namespace ssc::conformance {
namespace {

using Kind = Finding::Kind;

std::string described(apdu::StatusWord status) {
  return fmt::format("{} {}", apdu::to_string(status), apdu::meaning(status).english);
}

std::string_view sign(Operator comparison) {
  constexpr std::array<std::pair<Operator, std::string_view>, 6> kSigns = {{{Operator::kEq, ""},
                                                                            {Operator::kNe, "not "},
                                                                            {Operator::kLt, "less than "},
                                                                            {Operator::kLe, "at most "},
                                                                            {Operator::kGt, "more than "},
                                                                            {Operator::kGe, "at least "}}};
  return std::ranges::find(kSigns, comparison, &std::pair<Operator, std::string_view>::first)->second;
}

// The octets as characters; what is none in ASCII as '.'.
std::string characters(ByteView octets) {
  std::string text(octets.begin(), octets.end());
  for (char& c : text) c = c >= ' ' && c <= '~' ? c : '.';
  return text;
}

class Judge {
 public:
  Judge(const Expect& expect, const Answered& answer, const Environment& environment)
      : expect_(expect), answer_(answer), environment_(environment) {}

  Finding judge() {
    Finding status = status_is();
    if (status.kind != Kind::kMet && status.kind != Kind::kTolerated) return status;
    for (const auto demand : {&Judge::status_is_not, &Judge::find_value, &Judge::length_is, &Judge::data_are,
                              &Judge::data_are_not, &Judge::number_is, &Judge::digits_are,
                              &Judge::hex_matches, &Judge::text_matches}) {
      Finding finding = (this->*demand)();
      if (finding.kind != Kind::kMet) return finding;
    }
    return status;
  }

 private:
  // Whether the status word is one of `words`, and these as they were worked out.
  Evaluated<std::pair<bool, std::string>> status_among(const Template& words) const {
    const auto wanted = render_pattern(words, environment_, true);
    if (!wanted) return tl::make_unexpected(wanted.error());
    const auto met = matches_status(answer_.status, wanted->digits);
    if (!met) return tl::make_unexpected(met.error());
    return std::pair(*met, wanted->digits);
  }

  Finding status_is() const {
    if (expect_.sw.empty()) return {};
    const auto right = status_among(expect_.sw);
    if (!right) return Finding::error("sw: " + right.error());
    if (right->first) return {};
    const std::string got = described(answer_.status);
    const std::string& wanted = right->second;
    if (!expect_.tolerate.empty()) {
      const auto bearable = status_among(expect_.tolerate);
      if (!bearable) return Finding::error("tolerate: " + bearable.error());
      if (bearable->first)
        return {Kind::kTolerated, fmt::format("status word {} is tolerated; {} is right", got, wanted),
                Difference{wanted, got}};
    }
    return Finding::not_met(fmt::format("status word {}, expected {}", got, wanted), {wanted, got});
  }

  Finding status_is_not() {
    if (expect_.sw_not.empty()) return {};
    const auto wrong = status_among(expect_.sw_not);
    if (!wrong) return Finding::error("sw-not: " + wrong.error());
    if (!wrong->first) return {};
    const std::string got = described(answer_.status);
    return Finding::not_met(fmt::format("status word {}, expected any but {}", got, wrong->second),
                            {"not " + wrong->second, got});
  }

  // From here on the data are those at the TLV path, when there is one.
  Finding find_value() {
    data_.assign(answer_.data.begin(), answer_.data.end());
    if (expect_.tlv.empty()) return {};
    auto found = find_tlv(data_, expect_.tlv);
    if (!found)
      return Finding::not_met(found.error(),
                              {"TLV path " + expect_.tlv, fmt::format("{} octets without it", data_.size())});
    data_ = std::move(*found);
    return {};
  }

  Finding compared(const std::optional<Comparison>& wanted, std::string_view name, std::int64_t got,
                   std::string_view unit) const {
    const auto with = evaluate(wanted->with, environment_);
    const auto number = with ? as_number(*with) : Evaluated<std::int64_t>(tl::make_unexpected(with.error()));
    if (!number) return Finding::error(fmt::format("{}: {}", name, number.error()));
    const int order = got < *number ? -1 : got > *number ? 1 : 0;
    if (holds(wanted->operation, order)) return {};
    const std::string right = fmt::format("{}{}{}", sign(wanted->operation), *number, unit);
    const std::string wrong = fmt::format("{}{}", got, unit);
    return Finding::not_met(
        fmt::format("{}{}, expected {}", unit.empty() ? "the data are " : "", wrong, right), {right, wrong});
  }

  Finding length_is() {
    if (!expect_.length) return {};
    return compared(expect_.length, "length", static_cast<std::int64_t>(data_.size()), " octets");
  }

  // Octets of a difference, hidden where they must be.
  std::string shown(ByteView octets, bool secret) const {
    const bool hide = secret && !answer_.unmask;
    return hide ? fmt::format("{} octets, masked; --unmask shows them", octets.size()) : apdu::to_hex(octets);
  }

  Finding data_are() {
    if (!expect_.has_data) return {};
    const auto wanted = render_pattern(expect_.data, environment_, false);
    if (!wanted) return Finding::error("data: " + wanted.error());
    Bytes compared_data = data_;
    if (expect_.mask) {
      const auto mask = render_octets(*expect_.mask, environment_);
      if (!mask) return Finding::error("mask: " + mask.error());
      if (mask->bytes.size() != data_.size())
        return Finding::not_met(
            fmt::format("{} octets under a mask of {}", data_.size(), mask->bytes.size()),
            {fmt::format("{} octets", mask->bytes.size()), fmt::format("{} octets", data_.size())});
      for (std::size_t i = 0; i < data_.size(); ++i) compared_data[i] &= mask->bytes[i];
    }
    const auto difference = find_difference(compared_data, wanted->digits);
    if (!difference) return Finding::error("data: " + difference.error());
    if (!*difference) return {};
    const bool secret = answer_.hidden || wanted->secret;
    return Finding::not_met(
        fmt::format("the data differ at octet {}", **difference + 1),
        {wanted->secret && !answer_.unmask ? "masked" : wanted->digits, shown(compared_data, secret)});
  }

  Finding data_are_not() {
    if (!expect_.data_not) return {};
    const auto wrong = render_pattern(*expect_.data_not, environment_, false);
    if (!wrong) return Finding::error("data-not: " + wrong.error());
    const auto difference = find_difference(data_, wrong->digits);
    if (!difference) return Finding::error("data-not: " + difference.error());
    if (*difference) return {};
    const bool secret = answer_.hidden || wrong->secret;
    return Finding::not_met(
        "the data are what they must not be",
        {wrong->secret && !answer_.unmask ? "masked" : "not " + wrong->digits, shown(data_, secret)});
  }

  Finding number_is() {
    constexpr std::size_t kMost = 7;
    if (!expect_.number) return {};
    if (data_.size() > kMost)
      return Finding::not_met(fmt::format("{} octets are no number", data_.size()),
                              {expect_.number->text, shown(data_, answer_.hidden)});
    return compared(expect_.number, "number", static_cast<std::int64_t>(apdu::number(data_)), "");
  }

  Finding digits_are() {
    if (!expect_.bcd) return {};
    const auto number = decimal_number(data_);
    if (!number) return Finding::not_met(number.error(), {expect_.bcd->text, shown(data_, answer_.hidden)});
    return compared(expect_.bcd, "bcd", *number, "");
  }

  Finding matched(const std::string& regex, std::string_view text, std::string_view what) const {
    if (regex.empty()) return {};
    if (matches_regex(text, regex)) return {};
    return Finding::not_met(fmt::format("the {} do not match {}", what, regex),
                            {regex, answer_.hidden ? shown(data_, true) : std::string(text)});
  }
  Finding hex_matches() { return matched(expect_.matches, apdu::to_hex(data_), "digits"); }
  Finding text_matches() { return matched(expect_.text, characters(data_), "characters"); }

  const Expect& expect_;
  const Answered& answer_;
  const Environment& environment_;
  Bytes data_;
};

}  // namespace

Finding judge(const Expect& expect, const Answered& answer, const Environment& environment) {
  return Judge(expect, answer, environment).judge();
}

}  // namespace ssc::conformance
