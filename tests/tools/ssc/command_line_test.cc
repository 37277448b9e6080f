// The program as a shell sees it: exit status, one line of complaint, what it prints.
#include "tests/tools/ssc/command_line.h"

#include <algorithm>

namespace ssc::tools {
namespace {

TEST_F(CommandLine, RunsTheBuiltInSuitesFromAnyFolder) {
  const Outcome outcome = ssc("run scenarios --seed 1");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("seed 1"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\n  FAIL ")));
}

TEST_F(CommandLine, RunsThemFromTheKeySetAlone) {
  EXPECT_EQ(ssc("run scenarios --psam-target keys").status, 0);
}

TEST_F(CommandLine, ExitStatusFollowsTheVerdicts) {
  write_case("<send apdu='00 84 00 00 08'/><expect sw='9000'/>");
  EXPECT_EQ(ssc("run s.xml").status, 0);
  write_case("<send apdu='00 84 00 00 08'/><expect sw='6A82'/>");
  const Outcome failed = ssc("run s.xml --junit j.xml");
  EXPECT_EQ(failed.status, 1);
  EXPECT_THAT(failed.out, HasSubstr("expected 6A82"));
  EXPECT_THAT(text_of(folder_ / "j.xml"), HasSubstr("failures=\"3\""));
  write_case("<check that='1 eq 1'/>", "applies=\"card.version eq '9.9'\"");
  EXPECT_EQ(ssc("run s.xml").status, 3);
}

struct BadInput {
  const char* steps;
  const char* complaint;  // what the line begins with
};

TEST_F(CommandLine, BadScenariosGiveOneLineWithFileAndLine) {
  for (const BadInput& bad : {
           BadInput{"<send apdu='00 84'>", "ssc: s.xml:"},
           BadInput{"<jump/>", "ssc: s.xml:3: "},
           BadInput{"<send apdu='{nobody}'/>", "ssc: s.xml:3: nothing has given 'nobody' a value"},
           BadInput{"<call routine='gone'/>", "ssc: s.xml:3: there is no routine 'gone'"},
       }) {
    write_case(bad.steps);
    const Outcome outcome = ssc("run s.xml");
    EXPECT_EQ(outcome.status, 2) << bad.steps;
    EXPECT_THAT(outcome.error, StartsWith(bad.complaint));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(CommandLine, WrongUseGivesOneLine) {
  write_case("<check that='1 eq 1'/>");
  for (const char* arguments :
       {"run gone.xml", "run s.xml --card gone.xml", "run s.xml --shard 2/2", "run s.xml --psam sample-3.00",
        "run s.xml --card-target moon", "run s.xml --card-target pcsc:X", "frobnicate", "run", "apdu 00A",
        "run s.xml --nothing"}) {
    const Outcome outcome = ssc(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << arguments << ": " << outcome.error;
  }
}

TEST_F(CommandLine, APathWinsOverABuiltInName) {
  fs::create_directory(folder_ / "scenarios");
  write("scenarios/only.xml",
        "<suite xmlns=\"urn:ssc:scenario:1\" id=\"s\" title=\"S\" cards=\"sample-2.00\">"
        "<case id=\"MINE\" purpose=\"p\"><check that=\"1 eq 1\"/></case></suite>");
  const Outcome outcome = ssc("run scenarios");
  EXPECT_EQ(outcome.status, 0) << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("1 cases: 1 PASS"));
}

TEST_F(CommandLine, ShardsMakeTheWhole) {
  const auto passed = [this](const std::string& shard) {
    const std::string out = ssc("run scenarios/pin --filter 'PIN-VERIFY-*' --shard " + shard).out;
    return std::stoi(out.substr(out.rfind("\n\n") + 2));
  };
  EXPECT_EQ(passed("0/3") + passed("1/3") + passed("2/3"), passed("0/1"));
}

TEST_F(CommandLine, SeveralWorkersTellTheSameStoryAsOne) {
  const auto traced = [this](const std::string& jobs) {
    const Outcome outcome = ssc("run scenarios/card --seed 5 --trace trace --jobs " + jobs);
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    return outcome.out + text_of(folder_ / "trace");
  };
  const std::string alone = traced("1");
  EXPECT_THAT(alone, HasSubstr("VERIFY"));
  EXPECT_EQ(traced("2"), alone);
  EXPECT_EQ(traced("7"), alone);
}

TEST_F(CommandLine, OnlyVirtualCardsRunBesideEachOther) {
  const Outcome outcome = ssc("run scenarios/card --jobs 2 --psam-target vpcd");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.error, "ssc: --jobs 2: only virtual cards (sim) run beside each other\n");
}

TEST_F(CommandLine, TheSameSeedTellsTheSameStory) {
  EXPECT_EQ(ssc("run scenarios/card --seed 5 -v").out, ssc("run scenarios/card --seed 5 -v").out);
}

TEST_F(CommandLine, SecretsAreMaskedUnlessAsked) {
  const std::string arguments = "run scenarios/pin --filter PIN-VERIFY-02 -v ";
  EXPECT_THAT(ssc(arguments).out, Not(HasSubstr("12 34 56")));
  EXPECT_THAT(ssc(arguments + "--unmask").out, HasSubstr("00 20 00 00 03 12 34 56"));
}

TEST_F(CommandLine, CardListNamesTheSamples) {
  const Outcome outcome = ssc("card list");
  EXPECT_EQ(outcome.status, 0);
  for (const char* name : {"sample-2.00 ", "sample-3.00 ", "sample-psam "})
    EXPECT_THAT(outcome.out, HasSubstr(name));
}

TEST_F(CommandLine, ApduTalksToACardAndToAPsam) {
  const Outcome card = ssc("apdu 0084000008");
  EXPECT_EQ(card.status, 0);
  EXPECT_THAT(card.out, HasSubstr("card > 00 84 00 00 08   GET CHALLENGE"));
  const Outcome psam = ssc("apdu --slot psam", "00 A4 00 00 02 DF 01\nreset\n");
  EXPECT_EQ(psam.status, 0);
  EXPECT_THAT(psam.out, HasSubstr("SELECT"));
}

TEST_F(CommandLine, ApduNamesWhatItTalksAboutAndMasks) {
  const Outcome read = ssc("apdu --card sample-2.00 00B2093020 0020000003123456");
  EXPECT_THAT(read.out, HasSubstr("[SSSE/EF06 holder basic data: 09 name]"));
  EXPECT_THAT(read.out, Not(HasSubstr("12 34 56")));
  EXPECT_THAT(ssc("apdu --lang zh --unmask 00B2093020 0020000003123456").out, HasSubstr("12 34 56"));
}

TEST_F(CommandLine, TheTraceOfARunHoldsTheStepsOfT0) {
  write_case(
      "<send apdu='00 A4 04 00 {lc} {aid(&apos;SSSE&apos;)}' le='00'/><expect sw='9000'/>"
      "<send apdu='00 B2 01 28 01'/><expect sw='9000'/>",
      "cards=\"sample-2.00\"");
  EXPECT_EQ(ssc("run s.xml --trace t.txt").status, 0);
  const std::string trace = text_of(folder_ / "t.txt");
  EXPECT_THAT(trace, HasSubstr("6C12"));
  EXPECT_THAT(trace, HasSubstr("00 B2 01 28 12   READ RECORD"));
  EXPECT_THAT(trace, HasSubstr("[SSSE/EF05 issuer data: 01 identification code]"));
  EXPECT_EQ(ssc("run s.xml --trace gone/t.txt").status, 3);
}

}  // namespace
}  // namespace ssc::tools
