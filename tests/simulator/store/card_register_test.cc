#include "simulator/store/card_register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "keys/storage/scrypt.h"
#include "tests/simulator/store/temporary_folder.h"

namespace ssc::simulator::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Kind = RegisterError::Kind;

constexpr unsigned kCheap = keys::storage::kLeastCost;
constexpr std::string_view kMorning = "2026-01-31T08:00:00Z";
constexpr std::string_view kNoon = "2026-01-31T12:00:00Z";

keys::Pin pin(std::string_view digits) { return *keys::Pin::of(digits); }

CardRegister::NewCard new_card(std::string number, std::string_view initial = "123456") {
  return {std::move(number), "990100D15600000500000001FFFFFFFF", "lanzhou", pin(initial)};
}

class CardRegisterTest : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "register.db"; }
  CardRegister open() {
    auto opened = CardRegister::open(file(), *random_, kCheap);
    EXPECT_TRUE(opened) << opened.error().what;
    return *std::move(opened);
  }
  RegisteredCard add(CardRegister& book, const CardRegister::NewCard& card) {
    const auto added = book.add({&card, 1}, kMorning);
    EXPECT_TRUE(added) << added.error().what;
    return book.find(card.card_number).value();
  }
  Kind refused(const CardRegister::NewCard& card) {
    auto book = open();
    const auto added = book.add({&card, 1}, kNoon);
    return added ? Kind::kUnusable : added.error().kind;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<keys::Random> random_ = keys::system_random();
};

TEST_F(CardRegisterTest, KeepsWhatItWasTold) {
  {
    auto book = open();
    add(book, new_card("D2143569X"));
  }
  auto book = open();
  const auto card = book.find("D2143569X");
  ASSERT_TRUE(card) << card.error().what;
  EXPECT_EQ(card->card_number, "D2143569X");
  EXPECT_EQ(card->identification, "990100D15600000500000001FFFFFFFF");
  EXPECT_EQ(card->policy, "lanzhou");
  EXPECT_EQ(card->state, PinState::kInitial);
  EXPECT_EQ(card->since, kMorning);
  EXPECT_EQ(card->changes + card->resets + card->unblocks, 0U);
  EXPECT_EQ(card->lost, "");
}

TEST_F(CardRegisterTest, KnowsTheInitialPinAgain) {
  auto book = open();
  add(book, new_card("Z00000013", "070060"));
  EXPECT_EQ(book.is_initial("Z00000013", pin("070060")), true);
  EXPECT_EQ(book.is_initial("Z00000013", pin("070061")), false);
  EXPECT_EQ(book.is_initial("Z00000013", pin("")), false);
  EXPECT_FALSE(book.is_initial("Z00000021", pin("070060")));
}

TEST_F(CardRegisterTest, ACardWithoutInitialPinHasNoneToReturnTo) {
  auto book = open();
  add(book, new_card("Z00000013", ""));
  EXPECT_EQ(book.is_initial("Z00000013", pin("123456")), false);
  EXPECT_EQ(book.is_initial("Z00000013", pin("")), true);
}

// Equal PINs leave different traces, and none leaves itself.
TEST_F(CardRegisterTest, TheFileHoldsSaltedHashesAndNoPin) {
  {
    auto book = open();
    add(book, new_card("Z00000013", "908172"));
    add(book, new_card("Z00000021", "908172"));
  }
  std::ostringstream octets;
  octets << std::ifstream(file(), std::ios::binary).rdbuf();
  EXPECT_THAT(octets.str(), HasSubstr("Z00000013"));
  EXPECT_THAT(octets.str(), Not(HasSubstr("908172")));

  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
  sqlite3_stmt* query = nullptr;
  const char* sql = "SELECT count(DISTINCT salt), count(DISTINCT hash), length(hash) FROM card";
  ASSERT_EQ(sqlite3_prepare_v2(handle, sql, -1, &query, nullptr), SQLITE_OK);
  ASSERT_EQ(sqlite3_step(query), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(query, 0), 2);
  EXPECT_EQ(sqlite3_column_int(query, 1), 2);
  EXPECT_EQ(sqlite3_column_int(query, 2), 32);
  sqlite3_finalize(query);
  sqlite3_close(handle);
}

TEST_F(CardRegisterTest, IsItsOwnersAlone) {
  auto book = open();
  add(book, new_card("Z00000013"));
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    struct stat status = {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(CardRegisterTest, StatesAndEventsAreCounted) {
  auto book = open();
  auto card = add(book, new_card("Z00000013"));
  card = book.set_state(card, PinState::kChanged, PinEvent::kChange, kNoon).value();
  EXPECT_EQ(card.state, PinState::kChanged);
  EXPECT_EQ(card.since, kNoon);
  EXPECT_EQ(card.changes, 1U);
  card = book.set_state(card, PinState::kChanged, PinEvent::kUnblock, "2026-02-01T00:00:00Z").value();
  EXPECT_EQ(card.unblocks, 1U);
  EXPECT_EQ(card.since, kNoon) << "the state has not changed";
  card = book.set_state(card, PinState::kReset, PinEvent::kReset, "2026-02-02T00:00:00Z").value();
  EXPECT_EQ(card.resets, 1U);
  EXPECT_EQ(card.since, "2026-02-02T00:00:00Z");
}

TEST_F(CardRegisterTest, AResetMayGiveANewInitialPin) {
  auto book = open();
  auto card = add(book, new_card("Z00000013", "908172"));
  ASSERT_TRUE(book.set_initial(card, pin("553901")));
  EXPECT_EQ(book.is_initial("Z00000013", pin("908172")), false);
  EXPECT_EQ(book.is_initial("Z00000013", pin("553901")), true);
}

TEST_F(CardRegisterTest, TheSecondOfTwoDesksIsToldSo) {
  auto one = open();
  auto other = open();
  const auto seen = add(one, new_card("Z00000013"));
  ASSERT_TRUE(other.set_state(seen, PinState::kReset, PinEvent::kReset, kNoon));
  const auto late = one.set_state(seen, PinState::kChanged, PinEvent::kChange, kNoon);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, Kind::kOvertaken);
  EXPECT_EQ(one.find("Z00000013")->state, PinState::kReset);
}

TEST_F(CardRegisterTest, ANumberIsRegisteredOnceUntilTheCardIsLost) {
  {
    auto book = open();
    add(book, new_card("Z00000013", "908172"));
  }
  EXPECT_EQ(refused(new_card("Z00000013", "111213")), Kind::kKnownAlready);
  auto book = open();
  EXPECT_EQ(book.is_initial("Z00000013", pin("908172")), true) << "the refused card changes nothing";
  auto card = book.find("Z00000013").value();
  card = book.set_state(card, PinState::kChanged, PinEvent::kChange, kNoon).value();
  card = book.report_lost(card, kNoon).value();
  EXPECT_EQ(card.lost, kNoon);
  auto next = new_card("Z00000013", "111213");
  next.identification = "990100D15600000500000002FFFFFFFF";
  const auto replaced = add(book, next);
  EXPECT_EQ(replaced.state, PinState::kInitial);
  EXPECT_EQ(replaced.lost, "");
  EXPECT_EQ(replaced.changes, 0U);
  EXPECT_EQ(replaced.identification, next.identification);
  EXPECT_EQ(book.is_initial("Z00000013", pin("111213")), true);
}

TEST_F(CardRegisterTest, OfABatchAllAreAddedOrNone) {
  auto book = open();
  add(book, new_card("Z00000021"));
  const std::vector<CardRegister::NewCard> batch{new_card("Z00000013"), new_card("Z00000021")};
  const auto added = book.add(batch, kNoon);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, Kind::kKnownAlready);
  EXPECT_EQ(book.find("Z00000013").error().kind, Kind::kUnknownCard);
}

TEST_F(CardRegisterTest, DesksBesideEachOther) {
  std::vector<std::thread> desks;
  for (int desk = 0; desk < 4; ++desk) {
    desks.emplace_back([this, desk] {
      const auto random = keys::system_random();
      auto book = CardRegister::open(file(), *random, kCheap);
      ASSERT_TRUE(book) << book.error().what;
      for (int i = 0; i < 10; ++i) {
        const auto card = new_card("Z" + std::to_string(10 * desk + i));
        const auto added = book->add({&card, 1}, kMorning);
        EXPECT_TRUE(added) << added.error().what;
      }
    });
  }
  for (std::thread& desk : desks) desk.join();
  auto book = open();
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(book.find("Z" + std::to_string(i))) << i;
}

TEST_F(CardRegisterTest, AnOldFileKeepsItsPriceOfAGuess) {
  {
    auto book = CardRegister::open(file(), *random_, kCheap + 1);
    ASSERT_TRUE(book);
    add(*book, new_card("Z00000013", "908172"));
  }
  auto book = CardRegister::open(file(), *random_, kCheap + 3);
  ASSERT_TRUE(book);
  EXPECT_EQ(book->is_initial("Z00000013", pin("908172")), true);
}

TEST_F(CardRegisterTest, WhatIsNoRegisterIsRefused) {
  std::ofstream(file()) << "no database, but long enough to be looked at as one by whoever opens it at all";
  const auto text = CardRegister::open(file(), *random_, kCheap);
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().what, HasSubstr("register.db"));

  const auto other = folder_.path() / "card.db";
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(other.c_str(), &handle), SQLITE_OK);
  sqlite3_exec(handle, "CREATE TABLE property (name, value); INSERT INTO property VALUES ('format', '2')",
               nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  const auto state = CardRegister::open(other, *random_, kCheap);
  ASSERT_FALSE(state);
  EXPECT_THAT(state.error().what, HasSubstr("no register"));

  EXPECT_FALSE(CardRegister::open(folder_.path() / "none" / "register.db", *random_, kCheap));
}

// A desk that ends at any moment: what it has reported stays, and the file opens.
TEST_F(CardRegisterTest, SurvivesTheEndOfItsDesk) {
  { open(); }
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t desk = ::fork();
  if (desk == 0) {
    const auto random = keys::system_random();
    auto book = CardRegister::open(file(), *random, kCheap);
    for (int i = 0; book; ++i) {
      const auto card = new_card("Z" + std::to_string(i));
      if (!book->add({&card, 1}, kMorning)) ::_exit(1);
      if (::write(ends[1], &i, sizeof i) != sizeof i) ::_exit(1);
    }
    ::_exit(1);
  }
  ::close(ends[1]);
  int last = -1;
  while (last < 30 && ::read(ends[0], &last, sizeof last) == sizeof last) {
  }
  ::kill(desk, SIGKILL);
  int more = 0;
  while (::read(ends[0], &more, sizeof more) == sizeof more) last = more;
  int status = 0;
  ::waitpid(desk, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  ::close(ends[0]);
  ASSERT_GE(last, 30);
  auto book = open();
  for (int i = 0; i <= last; ++i) EXPECT_TRUE(book.find("Z" + std::to_string(i))) << i;
  EXPECT_EQ(book.is_initial("Z0", pin("123456")), true);
}

}  // namespace
}  // namespace ssc::simulator::store
