#include "keys/ledger/ledger.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "apdu/hex.h"
#include "keys/ledger/verify.h"
#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using test::entry;
using test::whole;

class LedgerTest : public test::LedgerRig {
 protected:
  void expect_sound(std::uint64_t entries) {
    const auto verdict = verify(file(), ministry(), key_.public_key());
    ASSERT_TRUE(verdict);
    for (const Fault& fault : verdict->faults) ADD_FAILURE() << fault.line << ": " << fault.what;
    EXPECT_EQ(verdict->newest.number, entries);
  }
};

TEST_F(LedgerTest, EntriesAreNumberedTimedAndChained) {
  Ledger ledger = create();
  const auto second = ledger.append(entry(Kind::kCreate, kMother, "M-1"));
  const auto third = ledger.append(whole(Kind::kUse, kMother, "M-1"));
  ASSERT_TRUE(second && third);
  EXPECT_EQ(second->number, 2U);
  EXPECT_EQ(third->time, test::kMorning);
  EXPECT_EQ(third->centre, "Lab ministry");
  EXPECT_EQ(third->previous, second->hash);
  EXPECT_TRUE(key_.public_key().verify(third->hash, third->signature));
  expect_sound(3);
}

// A second and independent way to the hash: cut the line, as README.md tells an auditor.
TEST_F(LedgerTest, TheHashIsThatOfThePreviousOneAndTheLineWithoutItsEnd) {
  Ledger ledger = create();
  const auto second = ledger.append(entry(Kind::kCreate, kMother, "M-1"));
  const std::string all = test::text_of(file());
  const std::string line = all.substr(all.find('\n') + 1);
  const std::string text = line.substr(0, line.find(",\"hash\":")) + "}";
  const std::string hash = line.substr(line.find(",\"hash\":\"") + 9, 64);
  const std::string previous = text.substr(text.find("\"previous\":\"") + 12, 64);
  apdu::Bytes message = *apdu::parse_hex(previous);
  message.insert(message.end(), text.begin(), text.end());
  EXPECT_EQ(apdu::to_hex(sm3(message)), hash);
  EXPECT_EQ(apdu::to_hex(second->hash), hash);
}

TEST_F(LedgerTest, FilesAreTheirOwnersAlone) {
  Ledger ledger = create();
  for (const auto& path : {file(), head()}) {
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << path;
  }
}

TEST_F(LedgerTest, IsMadeOnce) {
  { Ledger ledger = create(); }
  const auto again = Ledger::create(file(), ministry(), key_, fixed_clock(test::kMorning),
                                    entry(Kind::kOpen, SubjectType::kCentre, "Lab ministry"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, LedgerError::Kind::kFile);
}

TEST_F(LedgerTest, GoesOnAfterItIsOpenedAgain) {
  {
    Ledger ledger = create();
    fill(ledger);
  }
  auto ledger = open();
  ASSERT_TRUE(ledger) << ledger.error().what;
  EXPECT_EQ(ledger->holdings().find({kMother, "M-1"})->where, Whereabouts::kDestroyed);
  EXPECT_TRUE(ledger->append(entry(Kind::kCreate, kMother, "M-2")));
  expect_sound(11);
}

TEST_F(LedgerTest, ARefusedEntryLeavesNoTrace) {
  Ledger ledger = create();
  const std::string before = test::text_of(file());
  const auto refused = ledger.append(whole(Kind::kUse, kMother, "M-9"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, LedgerError::Kind::kRefused);
  EXPECT_EQ(test::text_of(file()), before);
}

TEST_F(LedgerTest, TwoWritersOfOneProcessSeeEachOther) {
  Ledger one = create();
  Ledger other = open().value();
  ASSERT_TRUE(one.append(entry(Kind::kCreate, kMother, "M-1")));
  ASSERT_TRUE(other.append(whole(Kind::kDestroy, kMother, "M-1")));
  const auto refused = one.append(whole(Kind::kUse, kMother, "M-1"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("destroyed in entry 3"), std::string::npos) << refused.error().what;
  expect_sound(3);
}

TEST_F(LedgerTest, AClockThatGoesBackIsRefused) {
  { Ledger ledger = create(); }
  auto ledger = Ledger::open(file(), ministry(), key_, fixed_clock(test::kMorning - std::chrono::seconds(1)));
  const auto refused = ledger->append(entry(Kind::kCreate, kMother, "M-1"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("set the clock right"), std::string::npos);
}

TEST_F(LedgerTest, ADamagedLedgerIsNotExtended) {
  Ledger ledger = create();
  fill(ledger);
  std::string text = test::text_of(file());
  text[text.find("safe 3")] = 'S';
  test::write(file(), text);
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, LedgerError::Kind::kDamaged);
  EXPECT_NE(opened.error().what.find("ledger.jsonl:4: was changed"), std::string::npos)
      << opened.error().what;
}

TEST_F(LedgerTest, AnotherCentresKeyDoesNotOpenIt) {
  { Ledger ledger = create(); }
  const auto opened =
      Ledger::open(file(), ministry(), Sm2PrivateKey::generate(), fixed_clock(test::kMorning));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, LedgerError::Kind::kDamaged);
}

// Runs in a child of its own, without the parent's state.
template <class Work>
pid_t in_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  return child;
}

TEST_F(LedgerTest, TwoProcessesAppendAHundredEntriesEach) {
  { Ledger ledger = create(); }
  std::vector<pid_t> children;
  for (int writer = 0; writer < 2; ++writer) {
    children.push_back(in_child([&] {
      auto ledger = open();
      for (int i = 0; ledger && i < 100; ++i) {
        const auto name = "S" + std::to_string(writer) + "-" + std::to_string(i);
        if (!ledger->append(entry(Kind::kCreate, SubjectType::kKeySet, name))) ::_exit(1);
      }
    }));
  }
  for (const pid_t child : children) {
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  expect_sound(201);
  for (const char* name : {"S0-0", "S0-99", "S1-0", "S1-99"})
    EXPECT_TRUE(open()->holdings().find({SubjectType::kKeySet, name})) << name;
}

// SIGKILL at any moment leaves a ledger that the next program opens and extends.
TEST_F(LedgerTest, KilledWhileItAppendsItGoesOn) {
  { Ledger ledger = create(); }
  for (int round = 0; round < 8; ++round) {
    const pid_t child = in_child([&] {
      auto ledger = open();
      for (int i = 0; ledger; ++i) {
        const auto name = "S" + std::to_string(round) + "-" + std::to_string(i);
        if (!ledger->append(entry(Kind::kCreate, SubjectType::kKeySet, name))) ::_exit(1);
      }
      ::_exit(2);
    });
    const std::uint64_t before = std::filesystem::file_size(file());
    while (std::filesystem::file_size(file()) < before + 600) ::usleep(100);
    ::usleep(static_cast<useconds_t>(round * 431));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << status;
    auto ledger = open();
    if (!ledger && ledger.error().kind == LedgerError::Kind::kTorn) {
      ASSERT_TRUE(mend(file(), ministry(), key_.public_key()));
      ledger = open();
    }
    ASSERT_TRUE(ledger) << ledger.error().what;
    ASSERT_TRUE(ledger->append(entry(Kind::kCreate, SubjectType::kKeySet, "R" + std::to_string(round))));
  }
  const auto verdict = verify(file(), ministry(), key_.public_key());
  EXPECT_TRUE(verdict && verdict->faults.empty());
}

}  // namespace
}  // namespace ssc::keys::ledger
