// No command, in any state, with any bytes, ends in 6F00, an empty answer or a status word that its clause
// does not list.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <set>

#include "keys/standard.h"
#include "simulator/carrier/bindings.h"
#include "simulator/psam/bindings.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

namespace sw = apdu::sw;
using apdu::CommandId;
using apdu::StatusWord;

// ---- a card that can be brought back into a state ----

// With 1000 in a medical account where the card file gives none.
CardModel with_account(CardModel model) {
  for (profile::Df& df : model.dfs) {
    const auto internal = [](const profile::Ef& ef) { return ef.type == profile::FileType::kInternal; };
    if (df.id != "DF04" || std::ranges::any_of(df.files, internal)) continue;
    profile::Ef amounts;
    amounts.type = profile::FileType::kInternal;
    amounts.records = {hex("00030005000003E8000000100000002020230401")};
    df.files.push_back(amounts);
  }
  return model;
}

class Subject {
 public:
  explicit Subject(const std::string& name)
      : model_(with_account(profile::load_card(name).value())), image_(core::build_image(model_)) {}

  const CardModel& model() const { return model_; }
  const core::CommandSet& commands() const {
    switch (model_.kind) {
      case profile::Kind::kPsam:
        return psam::commands();
      case profile::Kind::kCarrier:
        return carrier::commands();
      case profile::Kind::kCard:
        break;
    }
    return card::commands();
  }
  void renew() { card_.emplace(image_, commands(), random_.get()); }
  apdu::Response transmit(ByteView apdu) { return card_->card().transmit(apdu); }
  apdu::Response send(std::string_view apdu) { return transmit(hex(apdu)); }

  bool has_df(std::string_view id) const { return model_.find_df(id) != nullptr; }
  void select(std::string_view id) {
    const Bytes fid = fid_of(id);
    ASSERT_TRUE(transmit(apdu::concat({hex("00A4000002"), fid})).status.ok()) << id;
  }
  void mark_blocked(core::CellId cell) {
    const core::Change change{cell, core::kBlockedMark};
    ASSERT_TRUE(card_->store().commit({&change, 1}));
  }
  void block(std::string_view id) {
    for (std::size_t i = 0; i < model_.dfs.size(); ++i) {
      if (model_.dfs[i].id == id) mark_blocked(core::blocked_cell(static_cast<core::DfIndex>(i)));
    }
  }
  // With the first key of that id of the current DF or the SSSE, and the random of the moment.
  void authenticate(std::uint8_t kid, std::string_view df) {
    const Bytes original(8, 0x5A);
    const auto random = send("0084000008");
    for (const profile::KeyEntry& key : model_.find_df(std::string(df))->keys) {
      if (key.id != kid || key.purpose == Purpose::kPsam) continue;
      const auto data = keys::authentication_data(keys::session_key(key.value, random.data), original);
      const Bytes apdu = apdu::concat({Bytes{0x00, 0x82, 0x00, kid, 0x10}, data, original});
      ASSERT_TRUE(transmit(apdu).status.ok()) << key.name;
      return;
    }
  }

 private:
  Bytes fid_of(std::string_view id) const {
    const auto fid = apdu::big_endian<2>(model_.find_df(std::string(id))->fid);
    return {fid.begin(), fid.end()};
  }

  CardModel model_;
  std::shared_ptr<const core::Image> image_;
  std::unique_ptr<keys::Random> random_ = keys::seeded_random(1);
  std::optional<TestCard> card_;
};

// ---- states ----

struct State {
  std::string name;
  std::function<void(Subject&)> enter;
};

void verify_pin(Subject& card) { ASSERT_TRUE(card.send("0020000003123456").status.ok()); }

void unlock(Subject& card, std::uint8_t kid, std::string_view df) {
  card.select(df);
  card.authenticate(kid, df);
  card.send("0084000008");
}

void begin(Subject& card, std::string_view initialize) {
  verify_pin(card);
  card.select("DF04");
  ASSERT_EQ(to_string(card.send(initialize).status), "9000");
}

std::vector<State> card_states() {
  return {
      {"fresh", [](Subject&) {}},
      {"PIN verified", verify_pin},
      {"PIN locked",
       [](Subject& card) {
         for (int i = 0; i < 3; ++i) card.send("0020000003111111");
       }},
      {"PUK authenticated", [](Subject& card) { unlock(card, 0x06, "SSSE"); }},
      {"BK authenticated", [](Subject& card) { unlock(card, 0x05, "SSSE"); }},
      {"UKSSSE authenticated, EF05 current",
       [](Subject& card) { unlock(card, 0x04, "SSSE"), card.send("00A4020002EF05"); }},
      {"challenge of 16 bytes drawn", [](Subject& card) { card.send("0084000010"); }},
      {"DF01, PIN verified", [](Subject& card) { verify_pin(card), card.select("DF01"); }},
      {"DF01, UK1DF01 authenticated", [](Subject& card) { unlock(card, 0x83, "DF01"); }},
      {"DF03, LK authenticated", [](Subject& card) { unlock(card, 0x83, "DF03"); }},
      {"DF04, PIN verified, log current",
       [](Subject& card) { verify_pin(card), card.select("DF04"), card.send("00A4020002EF08"); }},
      {"DF04, loading", [](Subject& card) { begin(card, "B02800010B0100000001990100000001"); }},
      {"DF04, purchasing",
       [](Subject& card) { begin(card, "B02801011301000000000000000000000000990100000001"); }},
      {"DF03 blocked and current", [](Subject& card) { card.select("DF03"), card.block("DF03"); }},
      {"DF03 blocked, SSSE current", [](Subject& card) { card.block("DF03"); }},
      {"card blocked", [](Subject& card) { card.mark_blocked(core::kCardBlockedCell); }},
  };
}

std::vector<State> psam_states() {
  const auto in = [](const std::string& id) { return [id](Subject& psam) { psam.select(id); }; };
  return {
      {"fresh", [](Subject&) {}},
      {"DES application", in("DES-DF01")},
      {"SM4 environment", [](Subject& psam) { psam.select("SM4"); }},
      {"SM4 application", [](Subject& psam) { psam.select("SM4"), psam.send("00A4000002DF01"); }},
      {"key delivered",
       [](Subject& psam) {
         psam.select("DES-DF01");
         psam.send(
             "BFDE270808"
             "1122334455667788");
       }},
      {"challenge drawn, terminal file current",
       [](Subject& psam) { psam.send("0084000008"), psam.send("00A40200020016"); }},
  };
}

std::vector<State> carrier_states() {
  return {
      {"fresh", [](Subject&) {}},
      {"application", [](Subject& carrier) { carrier.select("DF01"); }},
      {"application, PIN verified", [](Subject& carrier) { carrier.select("DF01"), verify_pin(carrier); }},
      {"KID-01 authenticated", [](Subject& carrier) { unlock(carrier, 0x01, "DF01"); }},
  };
}

std::vector<State> states_of(profile::Kind kind) {
  switch (kind) {
    case profile::Kind::kPsam:
      return psam_states();
    case profile::Kind::kCarrier:
      return carrier_states();
    case profile::Kind::kCard:
      break;
  }
  return card_states();
}

// ---- commands ----

std::vector<std::array<std::uint8_t, 2>> parameters(profile::Kind kind) {
  if (kind == profile::Kind::kCarrier)
    return {{0x00, 0x00}, {0x01, 0x00}, {0x04, 0x00}, {0x02, 0x00}, {0x95, 0x00}, {0x97, 0x08}, {0x00, 0x01},
            {0x00, 0x11}, {0x01, 0x11}, {0x00, 0x14}, {0x01, 0x14}, {0x00, 0x41}, {0x00, 0x31}, {0xFF, 0xFF}};
  return {{0x00, 0x00}, {0x00, 0x01}, {0x00, 0x02}, {0x00, 0x03}, {0x01, 0x00}, {0x01, 0x01}, {0x02, 0x00},
          {0x03, 0x00}, {0x04, 0x00}, {0x04, 0x02}, {0x05, 0x00}, {0x00, 0x04}, {0x00, 0x06}, {0x00, 0x31},
          {0x00, 0x32}, {0x00, 0x83}, {0x85, 0x00}, {0x96, 0x00}, {0x96, 0xFF}, {0x9F, 0x00}, {0x7F, 0xFF},
          {0xFF, 0xFF}, {0x01, 0x04}, {0x01, 0x2C}, {0x01, 0x2D}, {0x01, 0x29}, {0xFF, 0x04}, {0x00, 0x44},
          {0x01, 0x43}, {0x07, 0x36}, {0x67, 0x20}, {0x27, 0x08}, {0x06, 0x09}, {0x08, 0x10}, {0x80, 0x00},
          {0x00, 0x11}, {0x01, 0x11}, {0x01, 0x14}, {0x00, 0x41}};
}

Bytes filled(std::size_t size, std::uint8_t first, std::uint8_t rest) {
  Bytes data(size, rest);
  if (size > 0) data[0] = first;
  return data;
}

// What may follow a header: nothing, a lone byte, data with and without Le, too few data, extended lengths.
std::vector<Bytes> bodies() {
  std::vector<Bytes> out{
      {}, hex("051234"), hex("00000001"), hex("000000"), hex("00000112"), hex("0000011200")};
  for (const std::uint8_t lone : Bytes{0x00, 0x01, 0x02, 0x04, 0x06, 0x08, 0x10, 0x16, 0xFF})
    out.push_back(Bytes{lone});
  for (const std::size_t lc : std::initializer_list<std::size_t>{
           1,    2,    3,    4,    6,    7,    8,    0x0B, 0x0C, 0x0F, 0x10, 0x11, 0x12,
           0x13, 0x14, 0x18, 0x1C, 0x20, 0x24, 0x28, 0x2C, 0x34, 0x40, 0x80, 0xFF}) {
    for (const Bytes& data : {filled(lc, 0x01, 0x00), filled(lc, 0x12, 0xFF)}) {
      const Bytes body = apdu::concat({Bytes{static_cast<std::uint8_t>(lc)}, data});
      out.push_back(body);
      if (data[0] == 0x01) out.push_back(apdu::concat({body, Bytes{0x00}}));
    }
  }
  return out;
}

// ---- judgement ----

struct Unlisted {
  profile::Kind kind;
  CommandId command;
  std::uint16_t status;
  std::string_view why;
};

// Words that an answer may have though the clause's table does not name them.
constexpr Unlisted kUnlisted[] = {
    {profile::Kind::kCard, CommandId::kCardBlock, 0x9303,
     "sent while a blocked application is current (Part 7 §13.2)"},
    {profile::Kind::kCard, CommandId::kUpdateRecord, 0x6A80,
     "the tag in P1 is not the data's; the clause has no word for it"},
    {profile::Kind::kPsam, CommandId::kExternalAuthentication, 0x63C0,
     "wrong data; Part 9 §9.4 has no word that tells the tries left, Part 5 §6.4 has"},
    {profile::Kind::kPsam, CommandId::kUpdateBinary, 0x6A88, "secure messaging, and the DF has no STK"},
    {profile::Kind::kPsam, CommandId::kUpdateRecord, 0x6A88, "secure messaging, and the DF has no STK"},
    {profile::Kind::kCarrier, CommandId::kExternalAuthentication, 0x63C0, "as on the PSAM"},
    {profile::Kind::kCarrier, CommandId::kUpdateBinary, 0x6A88, "secure messaging, and the DF has no STK"},
    {profile::Kind::kCarrier, CommandId::kUpdateRecord, 0x6A88, "secure messaging, and the DF has no STK"},
};

bool accounted_for(profile::Kind kind, const apdu::CommandRow& row, StatusWord status) {
  constexpr std::uint16_t kOfAnyCommand[] = {0x6700, 0x6D00, 0x6E00, 0x6A86, 0x6A81, 0x6100, 0x6C00};
  const std::uint16_t word = apdu::family(status).value();
  if (row.statuses.contains(status) || std::ranges::count(kOfAnyCommand, word) > 0) return true;
  return std::ranges::any_of(kUnlisted, [&](const Unlisted& item) {
    return item.kind == kind && item.command == row.id && item.status == word;
  });
}

class Sweep {
 public:
  Sweep(Subject& card, const State& state) : card_(card), state_(state) { restore(); }

  void every_class_and_instruction() {
    for (unsigned cla = 0; cla <= 0xFF; ++cla) {
      for (unsigned ins = 0; ins <= 0xFF; ++ins) {
        if (knows(cla, ins)) continue;
        const std::uint8_t apdu[] = {static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins), 0, 0, 0};
        judge(apdu);
      }
    }
  }
  void every_command() {
    std::set<std::pair<unsigned, unsigned>> known;
    for (const apdu::CommandRow& row : card_.commands().rows) {
      for (const std::uint8_t cla : row.cla.list()) known.emplace(cla, row.ins);
    }
    for (const auto& [cla, ins] : known)
      every_shape(static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins));
  }
  void every_length_below_a_header() {
    for (std::size_t size = 0; size < 4; ++size) {
      const auto answer = card_.transmit(Bytes(size, 0x00));
      EXPECT_EQ(answer.status, sw::wrong_length) << size << " bytes, " << state_.name;
    }
  }

  // What was answered wrongly, and the first APDU that was.
  const std::map<std::string, std::string>& faults() const { return faults_; }

 private:
  void restore() {
    card_.renew();
    state_.enter(card_);
  }
  bool knows(unsigned cla, unsigned ins) const {
    return std::ranges::any_of(card_.commands().rows, [=](const apdu::CommandRow& row) {
      return row.ins == ins && row.cla.contains(static_cast<std::uint8_t>(cla));
    });
  }
  void every_shape(std::uint8_t cla, std::uint8_t ins) {
    static const auto kBodies = bodies();
    for (const auto& [p1, p2] : parameters(card_.model().kind)) {
      for (std::size_t i = headers_++ % one_of(); i < kBodies.size(); i += one_of()) {
        const StatusWord status = judge(apdu::concat({Bytes{cla, ins, p1, p2}, kBodies[i]}));
        const bool harmless = status == sw::wrong_length && !in_transaction();
        if (status != sw::wrong_p1_p2 && !harmless) restore();
      }
    }
  }
  // Every body; where walks are short each tenth, others for the next header.
  static std::size_t one_of() { return std::getenv("SSC_SHORT_WALKS") != nullptr ? 10 : 1; }
  bool in_transaction() const { return state_.name.ends_with("ing"); }

  StatusWord judge(ByteView apdu) {
    const auto answer = card_.transmit(apdu);
    const auto found = apdu::find_command(card_.commands().rows, {apdu[0], apdu[1], apdu[2], apdu[3]});
    const bool good = found.row != nullptr ? accounted_for(card_.model().kind, *found.row, answer.status)
                                           : refused_unknown(found.result, answer.status);
    if (!good || answer.data.size() > apdu::kMaxResponseData) {
      const auto name = found.row == nullptr ? "unknown" : found.row->name;
      faults_.try_emplace(fmt::format("{} in state '{}': {}", name, state_.name, to_string(answer.status)),
                          apdu::to_hex(apdu));
    }
    return answer.status;
  }
  bool refused_unknown(apdu::LookupResult result, StatusWord status) const {
    if (status == sw::function_not_supported) return state_.name == "card blocked";
    return status == (result == apdu::LookupResult::kUnknownClass ? sw::wrong_class : sw::wrong_instruction);
  }

  Subject& card_;
  const State& state_;
  std::size_t headers_ = 0;  // tried
  std::map<std::string, std::string> faults_;
};

class AnyBytes : public testing::TestWithParam<const char*> {};

TEST_P(AnyBytes, EveryAnswerIsListed) {
  Subject card(GetParam());
  for (const State& state : states_of(card.model().kind)) {
    Sweep sweep(card, state);
    ASSERT_FALSE(HasFatalFailure()) << state.name;
    sweep.every_length_below_a_header();
    if (state.name == "fresh" || state.name.find("blocked") != std::string::npos)
      sweep.every_class_and_instruction();
    sweep.every_command();
    for (const auto& [fault, apdu] : sweep.faults()) ADD_FAILURE() << fault << ": " << apdu;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, AnyBytes,
                         testing::Values("sample-1.0", "sample-2.00", "sample-3.00", "sample-psam",
                                         "sample-2.00-field", "sample-psam-field", "sample-master-card",
                                         "sample-mother-card-city-des"),
                         [](const auto& name) {
                           std::string out = name.param;
                           std::ranges::replace_if(
                               out, [](char c) { return c == '-' || c == '.'; }, '_');
                           return out;
                         });

}  // namespace
}  // namespace ssc::simulator::test
