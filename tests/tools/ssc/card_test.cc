// ssc card: cards and state folders as a shell sees them.
#include "apdu/hex.h"
#include "keys/key_set.h"
#include "keys/standard.h"
#include "simulator/factory.h"
#include "simulator/store/sqlite_store.h"
#include "tests/tools/ssc/command_line.h"

namespace ssc::tools {
namespace {

using simulator::store::SqliteStore;

const char* const kCardFile =
    "<card xmlns=\"urn:ssc:card:1\" name=\"mine\" profile=\"3.00\" key-set=\"lab-990100-sm4\" "
    "cipher=\"SM4\">\n"
    "  <atr historical=\"0081544C928699990100000001\"/>\n"
    "  <pin value=\"123456\" tries=\"3\"/>\n"
    "  <record file=\"SSSE/EF06\" tag=\"08\" text=\"99010019900307006X\"/>\n"
    "</card>\n";

class CardCommand : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("mine.xml", kCardFile);
  }

  // What `ssc serve --card mine.xml --state DIR` leaves after these APDUs.
  void use(const std::string& state, const std::vector<std::string>& apdus) {
    const std::string file = (folder_ / "mine.xml").string();
    const auto model = simulator::profile::load_card(file);
    ASSERT_TRUE(model) << model.error().to_string();
    const auto store = SqliteStore::open(folder_ / state, "card", {model->digest, file});
    ASSERT_TRUE(store) << store.error().what;
    const auto card = simulator::make_card(*model, {.store = store->get()});
    card->power_on();
    for (const std::string& apdu : apdus) card->transmit(*apdu::parse_hex(apdu));
  }

  void expect_one_line(const std::string& arguments, int status, const std::string& complaint) {
    const Outcome outcome = ssc(arguments);
    EXPECT_EQ(outcome.status, status) << arguments;
    EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(complaint)) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
  }
};

constexpr const char* kWrongPin = "0020000003999999";

TEST_F(CardCommand, ShowMasksUnlessAsked) {
  const std::string masked = ssc("card show mine.xml").out;
  EXPECT_THAT(masked, HasSubstr("PIN tries  3 of 3 tries left"));
  EXPECT_THAT(masked, HasSubstr("1 08  ** (18 bytes)  社会保障号码 social security number"));
  EXPECT_THAT(masked, Not(HasSubstr("123456")));
  EXPECT_THAT(masked, Not(HasSubstr("99010019900307006X")));
  const std::string whole = ssc("card show mine.xml --unmask").out;
  EXPECT_THAT(whole, HasSubstr("PIN  123456"));
  EXPECT_THAT(whole, HasSubstr("1 08  99010019900307006X"));
}

TEST_F(CardCommand, ShowTellsOfNoKeyMoreThanItsCheckValue) {
  write("key.xml", std::string(kCardFile).replace(
                       std::string(kCardFile).find("</card>"), 7,
                       "<key name=\"PUK\" value=\"0123456789ABCDEFFEDCBA9876543210\"/></card>"));
  const std::string whole = ssc("card show key.xml --unmask").out;
  // openssl enc -sm4-ecb of a zero block
  EXPECT_THAT(whole, HasSubstr("key PUK  id 06 version 1, unblock PIN, KCV 2677F4, 3 of 3 tries left"));
  EXPECT_THAT(whole, Not(HasSubstr("0123456789ABCDEF")));
}

TEST_F(CardCommand, ShowAppliesTheState) {
  use("s", {kWrongPin});
  for (const char* arguments : {"card show mine.xml --state s", "card show s", "card show --state s"}) {
    const Outcome outcome = ssc(arguments);
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    EXPECT_THAT(outcome.out, HasSubstr("mine  card"));
    EXPECT_THAT(outcome.out, HasSubstr("2 of 3 tries left"));
    EXPECT_THAT(outcome.out, HasSubstr("s/card.db"));
  }
  use("s", {kWrongPin, kWrongPin});
  EXPECT_THAT(ssc("card show s").out, HasSubstr("0 of 3 tries left, locked"));
}

TEST_F(CardCommand, CopyThenDiffThenReset) {
  use("s", {kWrongPin});
  EXPECT_EQ(ssc("card copy s t").status, 0);
  EXPECT_EQ(ssc("card diff s t").status, 0);
  use("s", {kWrongPin});
  const Outcome differs = ssc("card diff t s");
  EXPECT_EQ(differs.status, 1);
  EXPECT_EQ(differs.out, "PIN tries: 2 of 3 tries left -> 1 of 3 tries left\n");
  EXPECT_EQ(ssc("card reset s").out, "s/card.db: removed; the card is as its file says\n");
  EXPECT_EQ(ssc("card diff mine.xml t").out, "PIN tries: 3 of 3 tries left -> 2 of 3 tries left\n");
  use("s", {});
  EXPECT_EQ(ssc("card diff mine.xml s").status, 0);
}

TEST_F(CardCommand, DiffSaysThatHiddenValuesDiffer) {
  std::string other = kCardFile;
  other.replace(other.find("99010019900307006X"), 18, "990100199003070078");
  write("other.xml", other);
  const Outcome masked = ssc("card diff mine.xml other.xml");
  EXPECT_EQ(masked.status, 1);
  EXPECT_THAT(masked.out, HasSubstr("SSSE/EF06/1: ** (18 bytes), not the same  社会保障号码"));
  EXPECT_THAT(ssc("card diff mine.xml other.xml --unmask").out,
              HasSubstr("SSSE/EF06/1: 99010019900307006X -> 990100199003070078"));
}

TEST_F(CardCommand, BuildChecksAndWrites) {
  const Outcome built = ssc("card build mine.xml -o mine.txt");
  EXPECT_EQ(built.status, 0);
  EXPECT_THAT(built.out, StartsWith("mine: good; "));
  EXPECT_THAT(text_of(folder_ / "mine.txt"), HasSubstr("** (18 bytes)"));
  EXPECT_THAT(text_of(folder_ / "mine.txt"), Not(HasSubstr("123456")));
  write("bad.xml", "<card/>");
  expect_one_line("card build bad.xml", 2, "bad.xml:1");
  expect_one_line("card build mine.xml -o gone/mine.txt", 3, "gone/mine.txt: cannot be written");
}

TEST_F(CardCommand, WrongUseAndStateProblemsGiveOneLine) {
  use("s", {kWrongPin});
  use("t", {});
  expect_one_line("card show gone.xml", 2, "gone.xml: no such file");
  expect_one_line("card show mine.xml --state gone", 3, "gone: keeps no card's state");
  expect_one_line("card show --state gone", 3, "gone: keeps no card's state");
  expect_one_line("card show sample-psam --state s", 3, "s: keeps no psam's state");
  expect_one_line("card copy gone u", 3, "gone: keeps no card's state");
  expect_one_line("card copy s t", 3, "ssc card reset t");
  expect_one_line("card reset gone", 3, "gone: keeps no card's state");
  expect_one_line("card diff mine.xml sample-psam", 2, "cannot be compared");
  expect_one_line("card frob", 2, "ssc --help");
  EXPECT_FALSE(fs::exists(folder_ / "gone"));
  write("mine.xml", std::string(kCardFile) + "\n");
  expect_one_line("card show s", 3, "'ssc card reset s' starts the card anew");
  expect_one_line("card show sample-2.00 --state s", 3, "ssc card reset s");
}

TEST_F(CardCommand, AStateInUseIsRefused) {
  use("s", {kWrongPin});
  const auto held = simulator::store::StateFile::open(folder_ / "s", "card");
  ASSERT_TRUE(held);
  for (const char* arguments : {"card show s", "card copy s t", "card reset s", "card diff mine.xml s"})
    expect_one_line(arguments, 3, "another process has this card");
  EXPECT_TRUE(fs::exists(folder_ / "s" / "card.db"));
}

// KID-01 proved, then CREATE KEY of this record in the national file, as a key centre sends it.
void load_national_key(simulator::VirtualCard& psam, const keys::KeySet& set, const std::string& plain) {
  const auto send = [&psam](apdu::Bytes command) { return psam.transmit(command); };
  const auto challenge = [&](std::uint8_t size) { return send({0x00, 0x84, 0x00, 0x00, size}).data; };
  send(*apdu::parse_hex("00A4000002DF01"));
  const apdu::Bytes original = *apdu::parse_hex("0102030405060708");
  const auto session = keys::session_key(set.find("KID-01")->value, challenge(8));
  send(
      apdu::concat({*apdu::parse_hex("0082000110"), keys::authentication_data(session, original), original}));
  const keys::Key& master = set.find("ADF-MK")->value;
  const auto random = challenge(4);
  const apdu::Bytes header = *apdu::parse_hex("84D4001124");
  const auto text = keys::encipher_key_record(master, *apdu::parse_hex(plain));
  send(apdu::concat({header, text, keys::key_loading_mac(master, random, {header, text})}));
}

TEST_F(CardCommand, ShowListsKeysThatWereLoaded) {
  const std::string file = "sample-psam-des";
  {
    const auto model = simulator::profile::load_card(file);
    const auto store = SqliteStore::open(folder_ / "s", "psam", {model->digest, file});
    ASSERT_TRUE(store) << store.error().what;
    const auto psam = simulator::make_card(*model, {.store = store->get()});
    psam->power_on();
    load_national_key(*psam, *keys::load_key_set("lab-990100-des"),
                      "672E000000000000404142434445464748494A4B4C4D4E4F");
  }
  const std::string shown = ssc("card show s").out;
  // KCV 8BAF47 of 404142…4F (openssl)
  EXPECT_THAT(shown, HasSubstr("usage 67 id 2E version 1, PSAM, KCV 8BAF47"));
  EXPECT_THAT(shown, Not(HasSubstr("404142")));
  EXPECT_THAT(ssc("card show sample-psam-des").out, Not(HasSubstr("id 2E")));
}

TEST_F(CardCommand, EveryHelpHasAnExample) {
  for (const char* command : {"list", "build", "show", "copy", "reset", "diff"})
    EXPECT_THAT(ssc(std::string("card ") + command + " --help").out,
                HasSubstr("Example: ssc card " + std::string(command)));
}

}  // namespace
}  // namespace ssc::tools
