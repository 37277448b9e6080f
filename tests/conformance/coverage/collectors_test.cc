#include <gtest/gtest.h>

#include "tests/conformance/coverage/collecting.h"

namespace ssc::conformance {
namespace {

using test::cell_of;
using test::exchange;

std::shared_ptr<const CardModel> model_with_rights() {
  auto model = std::make_shared<CardModel>(*test::fake_model());
  auto& files = model->dfs.back().files;
  files.front().read = *simulator::profile::parse_access("PIN|RK1DF01");
  files.front().update = *simulator::profile::parse_access("never");
  auto second = files.front();
  second.fid = 0xEF06;
  second.read = *simulator::profile::parse_access("free");
  files.push_back(second);
  simulator::profile::KeyEntry key;
  key.name = "UK1DF01";
  key.tries = 3;
  model->dfs.back().keys.push_back(key);
  return model;
}

TEST(FileRights, EachFileIsReadAndUpdatedWithItsRightAndWithout) {
  const auto model = model_with_rights();
  const auto collector = file_right_collector();
  collector->begin(*model);
  collector->see(exchange("00B2012C00", "6982", "DF01/EF05 household registration"), "A");
  collector->see(exchange("00B2012C04", "200131009000", "DF01/EF05 household registration: 20 type"), "B");
  const Matrix matrix = collector->matrix();
  EXPECT_EQ(cell_of(matrix, "2.00 DF01/EF05 read [PIN|RK1DF01]", "without the right: 6982"), "A");
  EXPECT_EQ(cell_of(matrix, "2.00 DF01/EF05 read [PIN|RK1DF01]", "with the right: done"), "B");
  EXPECT_EQ(cell_of(matrix, "2.00 DF01/EF05 update [never]", "without the right: 6982"), "");
  EXPECT_EQ(cell_of(matrix, "2.00 DF01/EF05 update [never]", "with the right: done"), "-");
  EXPECT_EQ(cell_of(matrix, "2.00 DF01/EF06 read [free]", "without the right: 6982"), "-");
}

TEST(KeyStates, FollowTheTriesOfEachKey) {
  const auto model = model_with_rights();
  const auto collector = key_state_collector();
  collector->begin(*model);
  const std::string command = "0082008310" + std::string(32, '0');
  for (const char* answer : {"63C2", "63C1", "63C0", "6983"})
    collector->see(exchange(command, answer, "UK1DF01"), answer);
  const Matrix matrix = collector->matrix();
  EXPECT_EQ(cell_of(matrix, "UK, RK: all tries", "wrong: 63Cx"), "63C2");
  EXPECT_EQ(cell_of(matrix, "UK, RK: some tries spent", "wrong: 63Cx"), "63C1");
  EXPECT_EQ(cell_of(matrix, "UK, RK: last try", "wrong: 63Cx"), "63C0");
  EXPECT_EQ(cell_of(matrix, "UK, RK: locked", "locked: 6983"), "6983");
  EXPECT_EQ(cell_of(matrix, "UK, RK: locked", "right: 9000"), "-");
  EXPECT_EQ(cell_of(matrix, "PUK: all tries", "wrong: 63Cx"), "");
}

TEST(RecordAddresses, EachModeInTheCurrentFileAndBySfi) {
  const auto collector = record_address_collector();
  collector->begin(*test::fake_model());
  collector->see(exchange("00B2010400", "6C12"), "again");
  collector->see(exchange("00B2010412", "9000"), "A");
  collector->see(exchange("00B2082800", "6A83"), "B");
  collector->see(exchange("00DC002B020100", "9000"), "C");
  const Matrix matrix = collector->matrix();
  EXPECT_EQ(cell_of(matrix, "READ RECORD 100", "current file, done"), "A");
  EXPECT_EQ(cell_of(matrix, "READ RECORD 000", "by SFI, refused"), "B");
  EXPECT_EQ(cell_of(matrix, "UPDATE RECORD 011", "by SFI, done"), "C");
  EXPECT_EQ(cell_of(matrix, "UPDATE RECORD 101", "by SFI, done"), "?") << "no such mode";
}

TEST(MatrixText, NamesTheCaseOfEachCellAndCountsTheHoles) {
  Matrix matrix{"m", "Title", "", {"one", "three"}, {}, {}};
  matrix.rows.push_back(
      {"row", "行", "Part 5", {{Cell::Kind::kReached, "CASE-1"}, {Cell::Kind::kEmpty, {}}}});
  matrix.rows.push_back({"other", "", "", {{}, {Cell::Kind::kExplained, "why"}}});
  EXPECT_EQ(to_text(matrix),
            "== Title\nrow  行  Part 5\n  one    CASE-1\n  three  EMPTY\nother\n  three  not reachable: why\n"
            "\n1 cells reached, 1 with a reason, 1 empty, 0 with a stale reason\n");
}

}  // namespace
}  // namespace ssc::conformance
