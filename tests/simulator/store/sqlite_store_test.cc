#include "simulator/store/sqlite_store.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/simulator/store/tearing_rig.h"
#include "tests/simulator/store/temporary_folder.h"

namespace ssc::simulator::test {
namespace {

namespace fs = std::filesystem;
using core::CellId;
using core::CellKind;
using store::SqliteStore;

class State : public ::testing::Test {
 protected:
  std::unique_ptr<SqliteStore> open(const std::string& digest = "d1") {
    auto store = SqliteStore::open(folder_.path(), "card", {digest, "sample-3.00"});
    if (store) return *std::move(store);
    refusal_ = store.error().what;
    return nullptr;
  }
  std::string file() const { return (folder_.path() / "card.db").string(); }

  TemporaryFolder folder_;
  std::string refusal_;
};

bool put(SqliteStore& store, CellId id, const Bytes& value) {
  const core::Change change{id, value};
  return store.commit({&change, 1});
}

TEST_F(State, SurvivesReopening) {
  auto store = open();
  ASSERT_TRUE(put(*store, core::kPinCell, hex("1234")));
  ASSERT_TRUE(put(*store, core::kPinCell, hex("")));
  ASSERT_TRUE(put(*store, {CellKind::kRecord, 7, 300}, hex("AABB")));
  store.reset();
  store = open();
  ASSERT_TRUE(store) << refusal_;
  EXPECT_TRUE(store->find(core::kPinCell)->empty());
  EXPECT_EQ(apdu::to_hex(*store->find({CellKind::kRecord, 7, 300})), "AABB");
  EXPECT_EQ(store->find(core::kPinTriesCell), std::nullopt);
}

TEST_F(State, ASecondUserIsRefused) {
  const auto first = open();
  EXPECT_EQ(open(), nullptr);
  EXPECT_EQ(refusal_, file() + ": another process has this card; end it, or name another folder");
  EXPECT_FALSE(store::remove_state(folder_.path(), "card"));
}

TEST_F(State, NobodyElseMayReadIt) {
  const auto store = open();
  ASSERT_TRUE(put(*store, core::kPinCell, hex("1234")));
  constexpr auto kOwner = fs::perms::owner_read | fs::perms::owner_write;
  for (const char* suffix : {"", "-wal"})
    EXPECT_EQ(fs::status(file() + suffix).permissions(), kOwner) << suffix;
}

// The bytes of every file in a folder.
std::string all_bytes(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

TEST_F(State, HoldsNoPinNoKeyAndNoRecordInClear) {
  const Bytes pin = hex("98765432"), key = hex("00112233445566778899AABBCCDDEEFF"),
              record = hex("D5C5CAB2E2CAD4");
  auto store = open();
  ASSERT_TRUE(put(*store, core::kPinCell, pin));
  ASSERT_TRUE(put(*store, {CellKind::kKeyValue, 3, 0}, key));
  ASSERT_TRUE(put(*store, {CellKind::kMasterKey, 0, 0}, key));
  ASSERT_TRUE(put(*store, {CellKind::kLoadedKey, 4, 0}, key));
  ASSERT_TRUE(put(*store, {CellKind::kRecord, 7, 1}, record));
  for (int i = 0; i < 2; ++i) {  // with its log, then closed
    const std::string bytes = all_bytes(folder_.path());
    for (const Bytes& secret : {pin, key, record}) {
      EXPECT_EQ(bytes.find(std::string(secret.begin(), secret.end())), std::string::npos);
      EXPECT_EQ(bytes.find(apdu::to_hex(secret)), std::string::npos);
    }
    EXPECT_NE(bytes.find("guard=lab"), std::string::npos);
    store.reset();
  }
}

class StateUnderAPassphrase : public State {
 protected:
  using Access = store::StateFile::Access;
  static Access access(std::string_view passphrase) {
    return {std::make_shared<const keys::storage::SecretBytes>(passphrase), {}};
  }
  std::unique_ptr<SqliteStore> open_with(const Access& access, bool lab = false) {
    auto store = SqliteStore::open(folder_.path(), "card", {"d1", "card.xml", lab}, access);
    if (store) return *std::move(store);
    refusal_ = store.error().what;
    no_access_ = store.error().no_access;
    return nullptr;
  }
  bool no_access_ = false;
};

TEST_F(StateUnderAPassphrase, OpensWithItAlone) {
  auto store = open_with(access("right"));
  ASSERT_TRUE(store) << refusal_;
  ASSERT_TRUE(put(*store, core::kPinCell, hex("1234")));
  store.reset();
  EXPECT_EQ(open_with(access("wrong")), nullptr);
  EXPECT_NE(refusal_.find("the passphrase is wrong"), std::string::npos) << refusal_;
  EXPECT_TRUE(no_access_);
  EXPECT_EQ(open_with({}), nullptr);
  EXPECT_NE(refusal_.find("--passphrase-file"), std::string::npos) << refusal_;
  store = open_with(access("right"));
  ASSERT_TRUE(store) << refusal_;
  EXPECT_EQ(apdu::to_hex(*store->find(core::kPinCell)), "1234");
}

TEST_F(StateUnderAPassphrase, IsWhereACardOfRealKeysLies) {
  EXPECT_EQ(open_with({}), nullptr);
  EXPECT_EQ(refusal_,
            file() +
                ": the card's keys are no test keys, so its state lies under a passphrase: give it with "
                "--passphrase-file FILE");
  EXPECT_TRUE(no_access_);
  EXPECT_TRUE(open_with({}, true)) << refusal_;
}

TEST_F(StateUnderAPassphrase, IsCopiedWhole) {
  ASSERT_TRUE(put(*open_with(access("right")), core::kPinCell, hex("1234")));
  const fs::path copy = folder_.path() / "copy";
  EXPECT_FALSE(store::copy_state(folder_.path(), copy, "card", access("wrong")));
  fs::remove_all(copy);
  ASSERT_TRUE(store::copy_state(folder_.path(), copy, "card", access("right")));
  const auto store = SqliteStore::open(copy, "card", {"d1", "card.xml", false}, access("right"));
  ASSERT_TRUE(store) << store.error().what;
  EXPECT_EQ(apdu::to_hex(*(*store)->find(core::kPinCell)), "1234");
}

// A cell of another place, with a good mark: as by somebody who knows the format and not the key.
TEST_F(State, ACellInAnothersPlaceIsNoticed) {
  auto store = open();
  ASSERT_TRUE(put(*store, {CellKind::kKeyValue, 3, 0}, hex("00112233445566778899AABBCCDDEEFF")));
  store.reset();
  {
    store::Database database(file());
    ASSERT_TRUE(database.open());
    Bytes sealed;
    ASSERT_TRUE(database.for_each_cell([&](CellId, ByteView value) {
      sealed.assign(value.begin(), value.end());
      return true;
    }));
    const core::Change moved{{CellKind::kKeyValue, 4, 0}, sealed};
    ASSERT_TRUE(database.write({&moved, 1}));
  }
  EXPECT_EQ(open(), nullptr);
  EXPECT_NE(refusal_.find("a cell is damaged"), std::string::npos) << refusal_;
}

TEST_F(State, OfTheFormatWithClearSecretsIsRefusedAndKept) {
  put(*open(), core::kPinCell, hex("1234"));
  {
    store::Database database(file());
    ASSERT_TRUE(database.open() && database.set_property("format", "2"));
  }
  EXPECT_EQ(open(), nullptr);
  EXPECT_NE(refusal_.find("an earlier version of ssc made it, with PIN and keys in clear"), std::string::npos)
      << refusal_;
  EXPECT_NE(refusal_.find("ssc card reset"), std::string::npos) << refusal_;
  EXPECT_TRUE(fs::exists(file()));
}

TEST_F(State, AFolderThatCannotHoldIt) {
  fs::create_directory(folder_.path() / "card.lock");
  EXPECT_EQ(open(), nullptr);
  EXPECT_EQ(refusal_, (folder_.path() / "card.lock: Is a directory").string());
}

TEST_F(State, AnotherCardFileIsRefusedUntilReset) {
  put(*open(), core::kPinCell, hex("1234"));
  EXPECT_EQ(open("d2"), nullptr);
  EXPECT_NE(refusal_.find("ssc card reset"), std::string::npos) << refusal_;
  EXPECT_TRUE(open("d1")->find(core::kPinCell));
  ASSERT_TRUE(store::remove_state(folder_.path(), "card"));
  EXPECT_FALSE(open("d2")->find(core::kPinCell));
}

TEST_F(State, ADamagedFileIsRefusedAndKept) {
  put(*open(), core::kPinCell, hex("1234"));
  std::ofstream(file(), std::ios::binary) << std::string(8192, 'x');
  EXPECT_EQ(open(), nullptr);
  EXPECT_NE(refusal_.find("it is kept"), std::string::npos) << refusal_;
  EXPECT_EQ(fs::file_size(file()), 8192U);
}

// A card on this state that answers wrong VERIFYs and says each answer, until it is killed.
[[noreturn]] void count_down_in_child(SqliteStore& store, int out) {
  CardModel model = small_card();
  model.pin.tries = 200;
  FixedRandom random;
  ZeroClock clock;
  core::CardOs card(core::build_image(model), card::commands(), core::CardEnv{random, clock, store});
  card.power_on();
  for (;;) {
    card.transmit(hex("0020000003999999"));
    const std::uint8_t left = store.find(core::kPinTriesCell)->front();
    if (::write(out, &left, 1) != 1) ::_exit(1);
  }
}

// Whatever the moment of SIGKILL, a try that was answered is never given back.
TEST_F(State, KilledAtAnyMomentLosesNothingAcknowledged) {
  for (const int killed_after : {1, 3, 10}) {
    ASSERT_TRUE(store::remove_state(folder_.path(), "card"));
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0)
      count_down_in_child(*SqliteStore::open(folder_.path(), "card", {"d1", ""}).value(), ends[1]);
    ::close(ends[1]);
    std::uint8_t left = 200;
    for (int i = 0; i < killed_after; ++i) ASSERT_EQ(::read(ends[0], &left, 1), 1);
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    while (::read(ends[0], &left, 1) == 1) {
    }
    ::close(ends[0]);
    const auto store = open();
    ASSERT_TRUE(store) << refusal_;
    const unsigned stored = store->find(core::kPinTriesCell)->front();
    EXPECT_TRUE(stored == left || stored + 1 == left)
        << stored << " stored, " << unsigned{left} << " answered";
  }
}

// A key that CREATE KEY made and CHANGE KEY changed, under another process.
TEST_F(State, KeepsKeysThatWereLoaded) {
  for (const WritingCommand& command : writing::psam_commands()) {
    if (std::string_view(command.name) != "CHANGE KEY") continue;
    const auto store = open();
    Subjected psam(command.subject, *store);
    for (const std::string& step : command.before) psam.send(step);
    ASSERT_EQ(psam.send(command.command), command.answer);
  }
  const auto store = open();
  ASSERT_TRUE(store) << refusal_;
  Subjected psam(Subject::kPsam, *store);
  psam.send("00A4000002DF01");
  EXPECT_EQ(psam.send("BFDE672F20 8684990100000001 3939303130307378 3939303030307368 1122334455667788"),
            "9000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "D053108CFB0AF7749000");  // by openssl
}

}  // namespace
}  // namespace ssc::simulator::test
