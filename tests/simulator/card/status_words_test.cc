// Every status word that a clause lists for a card command is reached here, or stands below with the reason
// why no card can be brought to say it.
#include <gtest/gtest.h>

#include "apdu/catalogue.h"
#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

using apdu::CommandId;
using Steps = std::vector<std::string_view>;

enum class Setup : std::uint8_t { kPlain, kRaw, kLastNumbers, kBrokenStore };

// From DF04 current and no PIN given: the last step answers the status.
struct Way {
  CommandId command;
  std::uint16_t status;
  Steps steps;
  Setup setup = Setup::kPlain;
};

constexpr std::string_view kSelectMf = "00A4000000";
constexpr std::string_view kSelectDf01 = "00A4000002DF01";
constexpr std::string_view kGivePin = "0020000003123456";
constexpr std::string_view kWrongPin = "0020000003999999";
constexpr std::string_view kChallenge = "0084000008";
constexpr std::string_view kProve05 = "00820005108EE99DCB1246CB790102030405060708";
constexpr std::string_view kProve06 = "00820006108EE99DCB1246CB790102030405060708";
constexpr std::string_view kProve83 = "00820083108EE99DCB1246CB790102030405060708";
constexpr std::string_view kProve87 = "00820087108EE99DCB1246CB790102030405060708";
constexpr std::string_view kFail87 = "008200871000000000000000000102030405060708";
constexpr std::string_view kBlockApplication = "841E00010419C85FB1";
constexpr std::string_view kBlockCard = "8416000004FB69C2C3";
constexpr std::string_view kUnblock = "8424000004D2A41895";
constexpr std::string_view kReload = "842400010C0475265752C5DE8F2D97F8D7";  // 123456
constexpr std::string_view kReloadNoPin = "842400010C0000000000000000EC88239E";
constexpr std::string_view kChangePin = "805E010007123456FF654321";
constexpr std::string_view kAppend = "00DC003B03AABBCC";

// A command that is right as such.
struct Sample {
  CommandId command;
  Steps steps;
};

const Sample kSamples[] = {
    {CommandId::kApplicationBlock, {kBlockApplication}},
    {CommandId::kCardBlock, {kBlockCard}},
    {CommandId::kChangePin, {kChangePin}},
    {CommandId::kExternalAuthentication, {kProve87}},
    {CommandId::kGetChallenge, {kChallenge}},
    {CommandId::kGetResponse, {"00C0000010"}},
    {CommandId::kInternalAuthentication, {"008800001011223344556677880102030405060708"}},
    {CommandId::kPinUnblock, {kUnblock}},
    {CommandId::kPinReload, {kReload}},
    {CommandId::kReadBinary, {"00B0960004"}},
    {CommandId::kReadRecord, {"00B201441C"}},
    {CommandId::kSelect, {"00A4000002DF04"}},
    {CommandId::kUpdateBinary, {"00D696000100"}},
    {CommandId::kUpdateRecord, {kAppend}},
    {CommandId::kVerify, {kGivePin}},
    {CommandId::kInitializeForLoad, {kInitLoad}},
    {CommandId::kCreditForLoad, {kGivePin, kInitLoad, kCredit}},
    {CommandId::kInitializeForPurchase, {kInitPurchase}},
    {CommandId::kDebitForPurchase, {kGivePin, kInitPurchase, kDebit}},
    {CommandId::kGetBalance, {"B026000104"}},
    {CommandId::kGetYearTotals, {"B026000206"}},
    {CommandId::kGetTransactionProof, {"B02E0032020005"}},
    {CommandId::kUpdateStartingDay, {"B0560000020701"}},
    {CommandId::kGetStartingDay, {"B056010002"}},
};

const Way kWays[] = {
    {CommandId::kApplicationBlock,
     0x6581,
     {kChallenge, kProve83, kChallenge, kBlockApplication},
     Setup::kBrokenStore},
    {CommandId::kApplicationBlock, 0x6982, {kBlockApplication}},
    {CommandId::kApplicationBlock, 0x6984, {kChallenge, kProve83, kBlockApplication}},
    {CommandId::kApplicationBlock, 0x6985, {kSelectSsse, kBlockApplication}},
    {CommandId::kApplicationBlock, 0x6988, {kChallenge, kProve83, kChallenge, "841E00010400000000"}},
    {CommandId::kApplicationBlock, 0x6A88, {kSelectDf01, kBlockApplication}},
    {CommandId::kCardBlock, 0x6581, {kChallenge, kProve05, kChallenge, kBlockCard}, Setup::kBrokenStore},
    {CommandId::kCardBlock, 0x6982, {kBlockCard}},
    {CommandId::kCardBlock, 0x6984, {kChallenge, kProve05, kBlockCard}},
    {CommandId::kCardBlock, 0x6988, {kChallenge, kProve05, kChallenge, "841600000400000000"}},
    {CommandId::kCardBlock, 0x6A88, {kSelectMf, kBlockCard}},
    {CommandId::kChangePin, 0x63C0, {"805E010007999999FF654321"}},
    {CommandId::kChangePin, 0x6581, {kChangePin}, Setup::kBrokenStore},
    {CommandId::kChangePin, 0x6983, {kWrongPin, kWrongPin, kWrongPin, kChangePin}},
    {CommandId::kChangePin, 0x6A80, {"805E010006123456123456"}},
    {CommandId::kExternalAuthentication, 0x63C0, {kChallenge, kFail87}},
    {CommandId::kExternalAuthentication, 0x6581, {kChallenge, kProve87}, Setup::kBrokenStore},
    {CommandId::kExternalAuthentication,
     0x6983,
     {kChallenge, kFail87, kChallenge, kFail87, kChallenge, kFail87, kProve87}},
    {CommandId::kExternalAuthentication, 0x6984, {kProve87}},
    {CommandId::kExternalAuthentication, 0x6A88, {kChallenge, "0082008F1000000000000000000102030405060708"}},
    {CommandId::kGetResponse, 0x6100, {kSelectDf01, "00C0000004"}, Setup::kRaw},
    {CommandId::kGetResponse, 0x6C00, {kSelectDf01, "00C0000000"}, Setup::kRaw},
    {CommandId::kGetResponse, 0x6F00, {kChallenge, "00C0000004"}, Setup::kRaw},
    {CommandId::kInternalAuthentication, 0x6A88, {"00880000111122334455667788010203040506070804"}},
    {CommandId::kPinUnblock, 0x6581, {kChallenge, kProve06, kChallenge, kUnblock}, Setup::kBrokenStore},
    {CommandId::kPinUnblock, 0x6982, {kUnblock}},
    {CommandId::kPinUnblock, 0x6984, {kChallenge, kProve06, kUnblock}},
    {CommandId::kPinUnblock, 0x6988, {kChallenge, kProve06, kChallenge, "842400000400000000"}},
    {CommandId::kPinUnblock, 0x6A88, {kSelectFinance, kUnblock}},
    {CommandId::kPinReload, 0x6581, {kChallenge, kProve06, kChallenge, kReload}, Setup::kBrokenStore},
    {CommandId::kPinReload, 0x6982, {kReload}},
    {CommandId::kPinReload, 0x6984, {kChallenge, kProve06, kReload}},
    {CommandId::kPinReload, 0x6988, {kChallenge, kProve06, kChallenge, "842400010C000000000000000000000000"}},
    {CommandId::kPinReload, 0x6A80, {kChallenge, kProve06, kChallenge, kReloadNoPin}},
    {CommandId::kPinReload, 0x6A88, {kSelectFinance, kReload}},
    {CommandId::kReadBinary, 0x6981, {"00B0880004"}},
    {CommandId::kReadBinary, 0x6982, {"00B0970004"}},
    {CommandId::kReadBinary, 0x6986, {"00B0000004"}},
    {CommandId::kReadBinary, 0x6A82, {"00B0990004"}},
    {CommandId::kReadBinary, 0x6B00, {"00B0961004"}},
    {CommandId::kReadBinary, 0x6C00, {"00B0960005"}},
    {CommandId::kReadRecord, 0x6981, {"00B201B404"}},
    {CommandId::kReadRecord, 0x6982, {"00B201441C"}},
    {CommandId::kReadRecord, 0x6986, {"00B2010404"}},
    {CommandId::kReadRecord, 0x6A82, {"00B201CC04"}},
    {CommandId::kReadRecord, 0x6A83, {kGivePin, "00B201441C"}},
    {CommandId::kReadRecord, 0x6C00, {kSelectSsse, "00B2012C07"}},
    {CommandId::kSelect, 0x6A82, {"00A4000002DFFF"}},
    {CommandId::kUpdateBinary, 0x6581, {"00D696000100"}, Setup::kBrokenStore},
    {CommandId::kUpdateBinary, 0x6981, {"00D688000100"}},
    {CommandId::kUpdateBinary, 0x6982, {"00D697000100"}},
    {CommandId::kUpdateBinary, 0x6984, {"04D69600050000000000"}},
    {CommandId::kUpdateBinary, 0x6986, {"00D600000100"}},
    {CommandId::kUpdateBinary, 0x6988, {kChallenge, "04D69600050000000000"}},
    {CommandId::kUpdateBinary, 0x6A82, {"00D699000100"}},
    {CommandId::kUpdateBinary, 0x6B00, {"00D696100100"}},
    {CommandId::kUpdateRecord, 0x6581, {kSelectDf01, kAppend}, Setup::kBrokenStore},
    {CommandId::kUpdateRecord, 0x6981, {"00DC01B403AABBCC"}},
    {CommandId::kUpdateRecord, 0x6982, {kSelectDf01, "00DC012C0420023939"}},
    {CommandId::kUpdateRecord, 0x6984, {kSelectDf01, "04DC003B07AABBCC00000000"}},
    {CommandId::kUpdateRecord, 0x6986, {kSelectDf01, "00DC010403AABBCC"}},
    {CommandId::kUpdateRecord, 0x6988, {kSelectDf01, kChallenge, "04DC003B07AABBCC00000000"}},
    {CommandId::kUpdateRecord, 0x6A82, {kSelectDf01, "00DC01CC03AABBCC"}},
    {CommandId::kUpdateRecord, 0x6A83, {kSelectDf01, "00DC013C03AABBCC"}},
    {CommandId::kUpdateRecord,
     0x6A84,
     {kSelectDf01, kChallenge, kProve83, "00DC032C0423023939", "00DC042C0424023939"}},
    {CommandId::kUpdateRecord, 0x6A85, {kSelectDf01, kChallenge, kProve83, "00DC012C0420053939"}},
    {CommandId::kVerify, 0x63C0, {kWrongPin}},
    {CommandId::kVerify, 0x6983, {kWrongPin, kWrongPin, kWrongPin, kGivePin}},
    {CommandId::kVerify, 0x6A88, {kSelectFinance, kGivePin}},
    {CommandId::kInitializeForLoad, 0x6982, {kInitLoad}},
    {CommandId::kInitializeForLoad, 0x6985, {kSelectDf01, kInitLoad}},
    {CommandId::kInitializeForLoad, 0x9402, {kGivePin, kInitLoad}, Setup::kLastNumbers},
    {CommandId::kInitializeForLoad, 0x9403, {kGivePin, "B02800010B09000001F4330300000001"}},
    {CommandId::kCreditForLoad, 0x6581, {kGivePin, kInitLoad, kCredit}, Setup::kBrokenStore},
    {CommandId::kCreditForLoad, 0x6901, {kCredit}},
    {CommandId::kCreditForLoad, 0x6985, {kSelectDf01, kCredit}},
    {CommandId::kCreditForLoad, 0x9302, {kGivePin, kInitLoad, "B02A00000B2024013112000000000000"}},
    {CommandId::kInitializeForPurchase, 0x6982, {kInitPurchase}},
    {CommandId::kInitializeForPurchase, 0x6985, {kSelectDf01, kInitPurchase}},
    {CommandId::kInitializeForPurchase,
     0x9401,
     {kGivePin, "B0280101130100000FFF0000000A000000C8330300000001"}},
    {CommandId::kInitializeForPurchase, 0x9402, {kGivePin, kInitPurchase}, Setup::kLastNumbers},
    {CommandId::kInitializeForPurchase,
     0x9403,
     {kGivePin, "B02801011309000000640000000A000000C8330300000001"}},
    {CommandId::kDebitForPurchase, 0x6581, {kGivePin, kInitPurchase, kDebit}, Setup::kBrokenStore},
    {CommandId::kDebitForPurchase, 0x6901, {kDebit}},
    {CommandId::kDebitForPurchase, 0x6985, {kSelectDf01, kDebit}},
    {CommandId::kDebitForPurchase,
     0x9302,
     {kGivePin, kInitPurchase, "B02C01000F000001232024013112000000000000"}},
    {CommandId::kGetBalance, 0x6982, {"B026000104"}},
    {CommandId::kGetBalance, 0x6985, {kSelectDf01, "B026000104"}},
    {CommandId::kGetYearTotals, 0x6982, {"B026000206"}},
    {CommandId::kGetYearTotals, 0x6985, {kSelectDf01, "B026000206"}},
    {CommandId::kGetTransactionProof, 0x6985, {kSelectDf01, "B02E0032020005"}},
    {CommandId::kGetTransactionProof, 0x9406, {"B02E0032020005"}},
    {CommandId::kUpdateStartingDay, 0x6982, {"B0560000020701"}},
    {CommandId::kUpdateStartingDay, 0x6985, {kChallenge, kProve87, "B0560000021301"}},
    {CommandId::kGetStartingDay, 0x6985, {kSelectDf01, "B056010002"}},
};

struct Unreachable {
  CommandId command;
  std::uint16_t status;
  const char* reason;
};

// The same list stands in simulator/card/README.md.
constexpr Unreachable kUnreachable[] = {
    {CommandId::kCardBlock, 0x6985, "no condition of use beside BK, random and MAC is named"},
    {CommandId::kPinUnblock, 0x6985, "no condition of use beside PUK, random and MAC is named"},
    {CommandId::kPinUnblock, 0x6A80, "unblocking has no data beside its MAC"},
    {CommandId::kPinReload, 0x6985, "no condition of use beside PUK, random and MAC is named"},
    {CommandId::kVerify, 0x6984, "VERIFY takes neither random nor key reference"},
    {CommandId::kInitializeForLoad, 0x6581, "it writes nothing"},
    {CommandId::kInitializeForPurchase, 0x6581, "it writes nothing"},
    {CommandId::kGetStartingDay, 0x6982, "the text names no right for reading the day"},
};

// Fails every commit from the moment it is told to.
class BreakableStore final : public core::Store {
 public:
  std::optional<core::ByteView> find(core::CellId id) const override { return good_.find(id); }
  bool commit(std::span<const core::Change> changes) override { return !broken && good_.commit(changes); }
  bool broken = false;

 private:
  store::MemoryStore good_;
};

CardModel model_for(Setup setup) {
  MedicalCardOptions options;
  if (setup == Setup::kLastNumbers)
    options.amounts.load_sequence = options.amounts.purchase_sequence = "FFFF";
  CardModel model = medical_model(options);
  if (setup == Setup::kRaw) model.t0.presentation = profile::Presentation::kRaw;
  return model;
}

// The status of the last step.
apdu::StatusWord walk(const Steps& steps, Setup setup) {
  MedicalRandom random;
  ZeroClock clock;
  BreakableStore store;
  core::CardOs card(core::build_image(model_for(setup)), card::commands(),
                    core::CardEnv{random, clock, store});
  card.power_on();
  card.transmit(hex("00A4000002DF04"));
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) card.transmit(hex(steps[i]));
  store.broken = setup == Setup::kBrokenStore;
  return card.transmit(hex(steps.back())).status;
}

const Steps& sample_of(CommandId command) {
  return std::ranges::find(kSamples, command, &Sample::command)->steps;
}

Steps with_last(Steps steps, std::string_view last) {
  steps.back() = last;
  return steps;
}

Steps after(Steps first, const Steps& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

// What every command shares: 6E00, 6A86, 6700, 6A81 and 9303 grow from its sample.
std::optional<Steps> general_way(const apdu::CommandRow& row, std::uint16_t status, std::string& last) {
  const Steps& sample = sample_of(row.id);
  const std::string command(sample.back());
  const bool updating = row.id == CommandId::kUpdateBinary || row.id == CommandId::kUpdateRecord;
  last = command;
  switch (status) {
    case 0x6E00:
      last.replace(0, 2, "B1");
      return with_last(sample, last);
    case 0x6A86:
      last.replace(4, 2, "FF");
      return with_last(sample, last);
    case 0x6700:
      last = command.substr(0, 8) + (updating ? "" : "0100");
      return with_last(sample, last);
    case 0x6A81:
      return after({kChallenge, kProve05, kChallenge, kBlockCard}, sample);
    case 0x9303:
      return after({kChallenge, kProve83, kChallenge, kBlockApplication}, sample);
    default:
      return std::nullopt;
  }
}

bool listed_unreachable(CommandId command, std::uint16_t status) {
  return std::ranges::any_of(
      kUnreachable, [=](const Unreachable& it) { return it.command == command && it.status == status; });
}

TEST(StatusWords, EachListedOneIsReachedOrHasAReason) {
  for (const apdu::CommandRow& row : apdu::card_commands()) {
    for (const std::uint16_t status : row.statuses.list()) {
      const std::string where = std::string(row.name) + " " + apdu::to_string(apdu::StatusWord(status));
      const auto way = std::ranges::find_if(
          kWays, [&](const Way& w) { return w.command == row.id && w.status == status; });
      std::string last;
      const auto general = general_way(row, status, last);
      const bool has_way = way != std::end(kWays) || general.has_value();
      EXPECT_NE(has_way, listed_unreachable(row.id, status)) << where;
      if (!has_way) continue;
      const apdu::StatusWord got = general ? walk(*general, Setup::kPlain) : walk(way->steps, way->setup);
      EXPECT_EQ(apdu::to_string(apdu::family(got)), apdu::to_string(apdu::StatusWord(status))) << where;
    }
  }
}

TEST(StatusWords, NoWayIsIdle) {
  for (const Way& way : kWays) {
    const auto* row = apdu::find_command(apdu::card_commands(), way.command);
    EXPECT_TRUE(row->statuses.contains(apdu::StatusWord(way.status))) << row->name << " " << way.status;
  }
}

}  // namespace
}  // namespace ssc::simulator::test
