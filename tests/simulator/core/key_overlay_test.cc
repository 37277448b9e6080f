// Keys added to a card that was built from a card file: the image stays shared until there is one.
#include "simulator/core/key_overlay.h"

#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

using core::KeyIndex;
using core::KeySlot;

class Overlay : public testing::Test {
 protected:
  std::shared_ptr<const core::Image> overlaid() const { return core::overlay_keys(base, store); }
  core::EfIndex key_file_index() const {
    return *base->find_ef(core::DfIndex{1}, core::FileId{std::uint16_t{0x0011}});
  }

  KeySlot irk(std::string_view value, unsigned version = 1) const {
    KeySlot key;
    key.df = core::DfIndex{1};
    key.file = key_file_index();
    key.purpose = core::Purpose::kPsam;
    key.family = core::kNoFamily;
    key.usage = 0x67;
    key.id = core::KeyId{0x0B};
    key.version = core::KeyVersion{static_cast<std::uint8_t>(version)};
    key.value = keys::Key(keys::Cipher::kDes, hex(value));
    return key;
  }

  // What a command that adds this key does, and its commit.
  bool add(const KeySlot& key) {
    const auto image = overlaid();
    core::Transaction tx(store, random);
    tx.begin(session);
    core::add_key(core::CardView(*image, store, session), tx, key);
    return tx.commit();
  }

  std::shared_ptr<const core::Image> base = core::build_image(small_psam());
  store::MemoryStore store;
  FixedRandom random;
  core::Session session;
};

constexpr std::string_view kOther = "101112131415161718191A1B1C1D1E1F";

TEST_F(Overlay, IsTheImageItselfWhenNoKeyWasAdded) { EXPECT_EQ(overlaid(), base); }

TEST_F(Overlay, PutsAddedKeysBehindThoseOfTheCardFile) {
  ASSERT_TRUE(add(irk(kTestKey)));
  ASSERT_TRUE(add(irk(kOther, 2)));
  const auto image = overlaid();
  ASSERT_EQ(image->keys.size(), base->keys.size() + 2);
  for (std::size_t i = 0; i < base->keys.size(); ++i) EXPECT_EQ(image->keys[i].name, base->keys[i].name);
  const KeySlot& second = image->keys.back();
  EXPECT_EQ(second.usage, 0x67);
  EXPECT_EQ(second.version, core::KeyVersion{2});
  EXPECT_EQ(second.file, key_file_index());
  EXPECT_EQ(second.value, keys::Key(keys::Cipher::kDes, hex(kOther)));
}

TEST_F(Overlay, CountsTheRecordsOfAKeyFile) {
  for (unsigned version = 1; version <= kKeyRecords; ++version) {
    EXPECT_TRUE(core::has_room(*overlaid(), key_file_index()));
    add(irk(kTestKey, version));
  }
  EXPECT_FALSE(core::has_room(*overlaid(), key_file_index()));
}

TEST_F(Overlay, AChangedKeyKeepsItsPlace) {
  add(irk(kTestKey));
  const auto self = static_cast<KeyIndex>(base->keys.size());
  core::Transaction tx(store, random);
  tx.begin(session);
  core::change_key(tx, self, hex(kOther));
  ASSERT_TRUE(tx.commit());
  const auto image = overlaid();
  EXPECT_EQ(image->keys.size(), base->keys.size() + 1);
  EXPECT_EQ(core::CardView(*image, store, session).key_value(self),
            keys::Key(keys::Cipher::kDes, hex(kOther)));
}

TEST_F(Overlay, AnOwnerMayUseItsOwnIdsOnly) {
  const core::Ef& file = base->ef(key_file_index());
  EXPECT_FALSE(core::takes_id(file, core::KeyId{0x07}));
  EXPECT_TRUE(core::takes_id(file, core::KeyId{0x08}));
  EXPECT_TRUE(core::takes_id(file, core::KeyId{0xB4}));
  EXPECT_FALSE(core::takes_id(file, core::KeyId{0xB5}));
}

// The second byte of the group file, 00 being the first group (Part 9 §5.5).
TEST_F(Overlay, OfSeveralGroupsTheOneInUseIsTaken) {
  add(irk(kTestKey, 1));
  add(irk(kOther, 3));
  const auto image = overlaid();
  session.df = core::DfIndex{1};
  const core::CardView view(*image, store, session);
  const auto first = static_cast<KeyIndex>(base->keys.size());
  const auto third = static_cast<KeyIndex>(base->keys.size() + 1);
  const auto group_file = *base->find_ef(core::DfIndex{1}, core::FileId{std::uint16_t{0x001A}});
  const auto taken_when = [&](std::string_view content) {
    const Bytes bytes = hex(content);
    const core::Change change{core::binary_cell(group_file), bytes};
    EXPECT_TRUE(store.commit({&change, 1}));
    return view.psam_key(7, core::KeyId{0x0B});
  };
  EXPECT_EQ(taken_when("01 00"), first);
  EXPECT_EQ(taken_when("01 01"), first);
  EXPECT_EQ(taken_when("01 02"), std::nullopt);
  EXPECT_EQ(taken_when("01 03"), third);
}

TEST_F(Overlay, AKeyOfOneGroupIsTakenWhateverGroupIsInUse) {
  add(irk(kTestKey, 2));
  const auto image = overlaid();
  session.df = core::DfIndex{1};
  EXPECT_EQ(core::CardView(*image, store, session).psam_key(7, core::KeyId{0x0B}),
            static_cast<KeyIndex>(base->keys.size()));
}

}  // namespace
}  // namespace ssc::simulator::test
