// ssc desk: the PIN desk as a shell sees it.
#include <sys/stat.h>

#include "apdu/hex.h"
#include "keys/centre/centre.h"
#include "simulator/factory.h"
#include "simulator/store/sqlite_store.h"
#include "tests/tools/ssc/command_line.h"

namespace ssc::tools {
namespace {

using simulator::store::SqliteStore;
using ::testing::AllOf;

const std::string kCardFile =
    "<card xmlns=\"urn:ssc:card:1\" name=\"mine\" profile=\"3.00\" key-set=\"lab-990100-sm4\" cipher=\"SM4\" "
    "version=\"3.00\">\n"
    "  <atr historical=\"0081544C928699990100000001\"/>\n"
    "  <pin value=\"123456\" tries=\"3\"/>\n"
    "  <record file=\"SSSE/EF05\" tag=\"01\" hex=\"990100D15600000500000001FFFFFFFF\"/>\n"
    "  <record file=\"SSSE/EF05\" tag=\"07\" text=\"A99010016\"/>\n"
    "  <record file=\"SSSE/EF06\" tag=\"08\" text=\"99010019900307006X\"/>\n"
    "  <record file=\"SSSE/EF06\" tag=\"09\" text=\"张测试\"/>\n"
    "</card>\n";
const std::string kWho = " --operator Li --role desk";
const std::string kHolder = " --id-number 99010019900307006X";
const std::string kCard = " --card mine.xml --state s";
const std::string kMachine = " --machine lab-software";
const std::string kBook = " --register r.db --no-ledger";
const std::string kVisit = "A99010016" + kHolder + kCard + kMachine + kWho + kBook;

class DeskCommand : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("mine.xml", kCardFile);
  }

  // A virtual card with its state, until the end of the scope.
  struct Inserted {
    explicit Inserted(const fs::path& folder, const std::string& file = "mine.xml",
                      const std::string& state = "s")
        : model(simulator::profile::load_card((folder / file).string()).value()),
          store(SqliteStore::open(folder / state, "card", {model.digest, (folder / file).string()}).value()),
          card(simulator::make_card(model, {.store = store.get()})) {
      card->power_on();
      send("00A404000F7378312E73682EC9E7BBE1B1A3D5CF");
    }
    std::string send(const std::string& command) {
      return apdu::to_hex(card->transmit(*apdu::parse_hex(command)).encode());
    }
    simulator::profile::CardModel model;
    std::unique_ptr<SqliteStore> store;
    std::unique_ptr<simulator::VirtualCard> card;
  };
  std::string verify(const std::string& digits) { return Inserted(folder_).send("0020000003" + digits); }
  void lock_pin() {
    Inserted card(folder_);
    while (card.send("0020000003999999") != "6983") {
    }
  }
  void register_card(const std::string& policy = "lanzhou") {
    const Outcome done =
        ssc("desk register A99010016 --identification 990100D15600000500000001FFFFFFFF --register r.db"
            " --policy " +
            policy);
    ASSERT_EQ(done.status, 0) << done.error;
  }
  Outcome desk(const std::string& what, const std::string& pins = {}) {
    write("pins", pins);
    return ssc("desk " + what + " " + kVisit + (pins.empty() ? "" : " --pin-file pins"));
  }
  void expect_one_line(const Outcome& outcome, int status, const std::string& complaint) {
    EXPECT_EQ(outcome.status, status) << outcome.error;
    EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(complaint));
    EXPECT_EQ(outcome.out, "");
  }
};

// ---- policy ----

TEST_F(DeskCommand, PolicyTellsTheHolderInBothLanguages) {
  for (const char* region : {"兰州", "Lanzhou", "lanzhou", "LANZHOU"}) {
    const Outcome told = ssc(std::string("desk policy ") + region);
    EXPECT_EQ(told.status, 0) << told.error;
    EXPECT_THAT(told.out,
                AllOf(HasSubstr("初始密码为123456"), HasSubstr("The initial PIN is 123456"),
                      HasSubstr("must be changed when the card is taken into use"),
                      HasSubstr("the bureau resets it to 123456"), HasSubstr("Source: Local web pages"),
                      HasSubstr("来源：当地网页"), HasSubstr("请向当地"), HasSubstr("confirm it")));
  }
}

TEST_F(DeskCommand, AnUnknownRegionGetsTheGeneralRuleWithAWarning) {
  const Outcome told = ssc("desk policy 亚特兰");
  EXPECT_EQ(told.status, 0) << told.error;
  EXPECT_THAT(told.out,
              AllOf(HasSubstr("Nothing is known of 亚特兰"), HasSubstr("没有亚特兰的资料"),
                    HasSubstr("123456 in most places"), HasSubstr("generic-b"), HasSubstr("confirm")));
  EXPECT_THAT(ssc("desk policy").out,
              AllOf(HasSubstr("123456 in most places"), Not(HasSubstr("Nothing is known"))));
}

TEST_F(DeskCommand, APolicyFileOfOnesOwnIsTold) {
  std::string text = text_of(fs::path(test::source_dir()) / "scenarios/regions/lanzhou.xml");
  write("own.xml", text);
  EXPECT_THAT(ssc("desk policy own.xml").out, HasSubstr("初始密码为123456"));
  write("bad.xml", text.replace(text.find("tries=\"3\""), 9, "tries=\"x\""));
  expect_one_line(ssc("desk policy bad.xml"), 2, "'tries'");
  expect_one_line(ssc("desk policy none.xml"), 2, "none.xml");
}

// ---- first use ----

TEST_F(DeskCommand, BusinessWaitsForTheFirstChange) {
  register_card();
  expect_one_line(ssc("desk business A99010016 --register r.db"), 1, "[initial-pin, -35]");
  const Outcome first = desk("first-use", "123456\n907213\n907213\n");
  EXPECT_EQ(first.status, 0) << first.error;
  EXPECT_EQ(verify("907213"), "9000");
  const Outcome may = ssc("desk business A99010016 --register r.db");
  EXPECT_EQ(may.status, 0) << may.error;
  EXPECT_THAT(may.out, AllOf(HasSubstr("may transact"), HasSubstr("可以办理业务")));
  expect_one_line(desk("activate", "907213\n817263\n817263\n"), 1, "[in-use]");
  expect_one_line(desk("change", "907213\n123456\n123456\n"), 1, "[not-initial, -36]");
  EXPECT_EQ(verify("907213"), "9000") << "as before";
}

TEST_F(DeskCommand, ALookUpIsAllowedWhereTheRegionSaysSo) {
  write("pins", "551903\n");
  const Outcome done =
      ssc("desk register A99010016 --identification 990100D15600000500000001FFFFFFFF --register r.db"
          " --policy chenzhou --pin-file pins");
  ASSERT_EQ(done.status, 0) << done.error;
  expect_one_line(ssc("desk business A99010016 --register r.db"), 1, "[initial-pin, -35]");
  EXPECT_EQ(ssc("desk business A99010016 --register r.db --query").status, 0);
  expect_one_line(desk("change", "123456\n551903\n551903\n"), 1, "[not-initial, -36]");
}

TEST_F(DeskCommand, ADrawnInitialPinMustBeTold) {
  expect_one_line(
      ssc("desk register A99010016 --identification 990100D15600000500000001FFFFFFFF --register r.db"
          " --policy mailer"),
      2, "--pin-file");
}

// ---- forgotten and locked PINs ----

TEST_F(DeskCommand, AForgottenPinIsResetThroughMachineAndPsam) {
  register_card();
  ASSERT_EQ(desk("first-use", "123456\n907213\n907213\n").status, 0);
  lock_pin();
  const Outcome initial = desk("reset --initial");
  EXPECT_EQ(initial.status, 0) << initial.error;
  EXPECT_THAT(initial.out, AllOf(HasSubstr("the initial one again"), HasSubstr("密码已重置为初始密码")));
  EXPECT_EQ(verify("123456"), "9000");
  expect_one_line(ssc("desk business A99010016 --register r.db"), 1, "-35");
  lock_pin();
  write("pins", "553901\n553901\n");
  const Outcome own =
      ssc("desk reset A99010016" + kHolder + kCard + kWho + kBook + " --psam sample-psam --pin-file pins");
  EXPECT_EQ(own.status, 0) << own.error;
  EXPECT_EQ(verify("553901"), "9000");
  EXPECT_EQ(ssc("desk business A99010016 --register r.db").status, 0);
}

TEST_F(DeskCommand, ALockedPinIsUnblocked) {
  register_card();
  lock_pin();
  const Outcome done = desk("unblock");
  EXPECT_EQ(done.status, 0) << done.error;
  EXPECT_THAT(done.out, HasSubstr("3 tries"));
  EXPECT_EQ(verify("123456"), "9000");
  const Outcome status = ssc("desk status A99010016 --register r.db");
  EXPECT_THAT(status.out,
              AllOf(HasSubstr("policy lanzhou"), HasSubstr("PIN initial"), HasSubstr("1 unblocks")));
}

TEST_F(DeskCommand, AnotherHolderIsRefused) {
  register_card();
  const std::string rest = kCard + kMachine + kWho + kBook;
  const Outcome other = ssc("desk unblock A99010016 --id-number 990100198506150024" + rest);
  expect_one_line(other, 1, "[holder-differs, -22]");
  EXPECT_THAT(other.error, Not(HasSubstr("990100")));
  expect_one_line(ssc("desk unblock A99010016 --id-number 990100199003070061" + rest), 1,
                  "bad-identity-number");
  expect_one_line(ssc("desk unblock Z00000013" + kHolder + rest), 1, "no card Z00000013 is registered");
}

TEST_F(DeskCommand, TheIdentityNumberMayComeFromStandardInput) {
  register_card();
  const Outcome done =
      ssc("desk unblock A99010016 --id-number -" + kCard + kMachine + kWho + kBook, "99010019900307006X\n");
  EXPECT_EQ(done.status, 0) << done.error;
}

TEST_F(DeskCommand, WhatTheDeskSaysHoldsNoPinAndNoIdentityNumber) {
  register_card();
  write("pins", "123456\n907213\n907213\n");
  const Outcome changed = ssc("desk change " + kVisit + " --trace t.txt --pin-file pins");
  ASSERT_EQ(changed.status, 0) << changed.error;
  const std::string trace = text_of(folder_ / "t.txt");
  EXPECT_THAT(trace, AllOf(HasSubstr("CHANGE PIN"), HasSubstr("INTERNAL AUTHENTICATION")));
  for (const std::string& said : {trace, changed.out, changed.error}) {
    EXPECT_THAT(said, AllOf(Not(HasSubstr("123456")), Not(HasSubstr("12 34 56")), Not(HasSubstr("907213")),
                            Not(HasSubstr("90 72 13")), Not(HasSubstr("99010019900307006X"))));
  }
}

// ---- PINs as they come in ----

TEST_F(DeskCommand, PinsComeFromAFileOrStandardInputAlone) {
  register_card();
  expect_one_line(ssc("desk change " + kVisit), 2, "no terminal is there");
  expect_one_line(desk("change", "123456\n907213\n"), 2, "no line 3 (New PIN again)");
  expect_one_line(desk("change", "123456\n90721a\n907213\n"), 2, "line 2 (New PIN)");
  expect_one_line(desk("change", "123456\n907213\n907213\n123456\n"), 2, "more than 3 lines");
  expect_one_line(ssc("desk change " + kVisit + " --pin-file none"), 2, "--pin-file");
  expect_one_line(desk("change", "123456\n907213\n907214\n"), 1, "[entries-differ, -34]");
  const Outcome piped = ssc("desk change " + kVisit + " --pin-file -", "123456\r\n907213\r\n907213\r\n");
  EXPECT_EQ(piped.status, 0) << piped.error;
}

// ---- wrong use ----

TEST_F(DeskCommand, WrongUseIsOneLine) {
  register_card();
  const std::string base = "desk unblock A99010016" + kHolder;
  expect_one_line(ssc(base + kCard + kMachine + kBook), 2, "--operator");
  expect_one_line(ssc(base + kCard + kWho + kBook), 2, "--machine, or --psam");
  expect_one_line(ssc(base + kCard + kWho + kBook + kMachine + " --psam sample-psam"), 2, "and not both");
  expect_one_line(ssc(base + kCard + kWho + kMachine + " --register r.db"), 2, "--no-ledger");
  expect_one_line(ssc(base + kCard + kWho + kMachine + " --no-ledger"), 2, "no register is named");
  expect_one_line(ssc(base + kCard + kWho + kBook + " --machine none"), 2, "none");
  expect_one_line(ssc(base + kWho + kBook + kMachine), 2, "name the card with --card");
  expect_one_line(ssc(base + " --card sample-psam" + kWho + kBook + kMachine), 2, "is not a card");
  expect_one_line(ssc(base + kCard + kWho + kBook + kMachine + " --card-target mars"), 2,
                  "write sim, vpcd or pcsc:NAME");
  expect_one_line(ssc(base + kCard + kWho + kBook + kMachine + " --policy atlantis"), 2, "atlantis");
  expect_one_line(ssc(base + kCard + kWho + kBook + kMachine + " --blacklist none.csv"), 2, "none.csv");
  expect_one_line(ssc("desk reset " + kVisit + " --initial --pin-file pins"), 2, "excludes");
  expect_one_line(ssc("desk business A99010016 --register none/r.db"), 3, "none/r.db");
  expect_one_line(ssc("desk business A99010016 --centre none"), 2, "none");
  expect_one_line(ssc("desk"), 2, "subcommand");
}

// ---- in a centre ----

class DeskInACentre : public DeskCommand {
 protected:
  void SetUp() override {
    DeskCommand::SetUp();
    keys::centre::CentrePlan plan;
    plan.identity = {"Lab city", keys::Level::kCity, "990100"};
    plan.lab = true;
    plan.who = "Wang";
    plan.role = "head";
    const auto made = keys::centre::Centre::make(folder_ / "city", plan, nullptr);
    ASSERT_TRUE(made) << made.error().what;
    const Outcome done =
        ssc("desk register A99010016 --identification 990100D15600000500000001FFFFFFFF --centre city"
            " --policy lanzhou");
    ASSERT_EQ(done.status, 0) << done.error;
  }
  std::string ledger() { return text_of(folder_ / "city/ledger.jsonl"); }

  const std::string visit_ = "A99010016" + kHolder + kCard + kMachine + kWho + " --centre city";
};

TEST_F(DeskInACentre, EveryChangeIsInTheLedger) {
  write("pins", "907213\n907213\n");
  const Outcome done = ssc("desk reset " + visit_ + " --pin-file pins");
  ASSERT_EQ(done.status, 0) << done.error;
  EXPECT_EQ(ssc("desk unblock " + visit_).status, 0);
  write("pins", "907213\n345678\n345678\n");
  expect_one_line(ssc("desk change " + visit_ + " --pin-file pins"), 1, "no-sequence");
  const std::string written = ledger();
  EXPECT_THAT(written,
              AllOf(HasSubstr("\"pin-reset\""), HasSubstr("\"pin-unblocked\""), HasSubstr("\"A99010016\""),
                    HasSubstr("\"Li\""), HasSubstr("begun"), HasSubstr("done")));
  EXPECT_THAT(written, AllOf(Not(HasSubstr("907213")), Not(HasSubstr("99010019900307006X"))));
}

TEST_F(DeskInACentre, ALostCardIsReplaced) {
  const std::string who = kWho + " --centre city";
  expect_one_line(ssc("desk lost replace A99010016" + kHolder +
                      " --card mine.xml --out new.xml --serial 00000077" + kMachine + who),
                  1, "[not-lost, -23]");
  const Outcome lost = ssc("desk lost report A99010016" + who);
  ASSERT_EQ(lost.status, 0) << lost.error;
  EXPECT_EQ(text_of(folder_ / "city/blacklist.csv").find("identification_code,card_number"), 0U);
  EXPECT_THAT(text_of(folder_ / "city/blacklist.csv"),
              HasSubstr("990100D15600000500000001FFFFFFFF,A99010016,,"));
  expect_one_line(ssc("desk lost report A99010016" + who), 1, "[reported-lost");
  expect_one_line(ssc("desk business A99010016 --centre city"), 1, "blacklist");
  expect_one_line(ssc("desk unblock " + visit_), 1, "[reported-lost");

  const std::string replace =
      "desk lost replace A99010016" + kHolder + " --card mine.xml --out new.xml" + kMachine + who;
  expect_one_line(ssc(replace + " --serial 77"), 1, "eight digits");
  expect_one_line(ssc(replace + " --serial 00000001"), 1, "the lost card's own");
  const Outcome replaced = ssc(replace + " --serial 00000077");
  ASSERT_EQ(replaced.status, 0) << replaced.error;
  struct stat status = {};
  ASSERT_EQ(::stat((folder_ / "new.xml").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);

  const Outcome card = ssc("card show new.xml --unmask");
  EXPECT_THAT(card.out,
              AllOf(HasSubstr("A99010016"), HasSubstr("99010019900307006X"), HasSubstr("PIN  123456")));
  EXPECT_THAT(card.out, HasSubstr("99 01 00 D1 56 00 00 05 00 00 00 77"));
  const auto kcv = [&](const std::string& file) {
    const std::string shown = ssc("card show " + file).out;
    return shown.substr(shown.find("key PUK"), 60);
  };
  EXPECT_NE(kcv("new.xml"), kcv("mine.xml"));

  // The new card is served, the old one is not.
  const std::string rest = kHolder + kMachine + who;
  EXPECT_EQ(ssc("desk unblock A99010016 --card new.xml --state t" + rest).status, 0);
  expect_one_line(ssc("desk unblock A99010016" + kCard + rest), 1, "[blacklisted");
  expect_one_line(ssc("desk business A99010016 --centre city"), 1, "-35");
  EXPECT_THAT(ledger(), AllOf(HasSubstr("\"card-lost\""), HasSubstr("\"card-replaced\""),
                              HasSubstr("serial 00000077")));
}

}  // namespace
}  // namespace ssc::tools
