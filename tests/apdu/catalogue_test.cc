#include "apdu/catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

// The row that takes this APDU's header, or what the answer is instead.
std::string look_up(CommandTable table, std::string_view apdu) {
  const Lookup found = find_command(table, header_of(hex(apdu)).value());
  switch (found.result) {
    case LookupResult::kFound:
      return std::string(found.row->name);
    case LookupResult::kUnknownClass:
      return to_string(sw::wrong_class);
    case LookupResult::kUnknownInstruction:
      return to_string(sw::wrong_instruction);
    case LookupResult::kWrongParameters:
      return to_string(sw::wrong_p1_p2);
  }
  return {};
}

bool lengths_valid(CommandTable table, std::string_view apdu, std::size_t block_size) {
  const Bytes bytes = hex(apdu);
  const Lookup found = find_command(table, header_of(bytes).value());
  EXPECT_EQ(found.result, LookupResult::kFound) << apdu;
  const auto command = decode_command(bytes, found.row->lone);
  return command && apdu::lengths_valid(*found.row, *command, block_size);
}

TEST(Catalogue, FindsEachCommandByItsHeader) {
  const std::pair<const char*, const char*> card[] = {
      {"841E0001", "APPLICATION BLOCK"},
      {"84160000", "CARD BLOCK"},
      {"805E0100", "CHANGE PIN"},
      {"00820083", "EXTERNAL AUTHENTICATION"},
      {"00840000", "GET CHALLENGE"},
      {"00C00000", "GET RESPONSE"},
      {"00880000", "INTERNAL AUTHENTICATION"},
      {"84240000", "PIN CHANGE/UNBLOCK (unblock)"},
      {"84240001", "PIN CHANGE/UNBLOCK (change)"},
      {"00B08500", "READ BINARY"},
      {"00B20104", "READ RECORD"},
      {"00A40400", "SELECT"},
      {"04D68500", "UPDATE BINARY"},
      {"00DC2028", "UPDATE RECORD"},
      {"00200000", "VERIFY"},
      {"B0280001", "INITIALIZE FOR LOAD"},
      {"B02A0000", "CREDIT FOR LOAD"},
      {"B0280101", "INITIALIZE FOR PURCHASE"},
      {"B02C0100", "DEBIT FOR PURCHASE"},
      {"B0260001", "GET BALANCE"},
      {"B0260002", "GET BALANCE (year totals)"},
      {"B02E0032", "GET TRANSACTION PROOF"},
      {"B0560000", "UPDATE STARTING DAY"},
      {"B0560100", "GET STARTING DAY"},
  };
  EXPECT_EQ(std::size(card), card_commands().size());
  for (const auto& [header, name] : card) EXPECT_EQ(look_up(card_commands(), header), name) << header;

  const std::pair<const char*, const char*> psam[] = {
      {"00A40000", "SELECT"},
      {"00840000", "GET CHALLENGE"},
      {"BFEC0000", "INITIALIZE ENVIRONMENT"},
      {"00820001", "EXTERNAL AUTHENTICATION"},
      {"84D40011", "CREATE KEY"},
      {"84D40111", "CHANGE KEY"},
      {"BFDE4740", "DELIVERY SESSION KEY"},
      {"80FA0500", "CIPHER DATA"},
      {"80700100", "INIT SAM FOR PURCHASE"},
      {"80720000", "CREDIT SAM FOR PURCHASE"},
      {"00C00000", "GET RESPONSE"},
      {"00B09500", "READ BINARY"},
      {"00B2010C", "READ RECORD"},
      {"00D69600", "UPDATE BINARY"},
      {"04DC010C", "UPDATE RECORD"},
  };
  EXPECT_EQ(std::size(psam), psam_commands().size());
  for (const auto& [header, name] : psam) EXPECT_EQ(look_up(psam_commands(), header), name) << header;

  const std::pair<const char*, const char*> carrier[] = {
      {"00A40000", "SELECT"},
      {"00840000", "GET CHALLENGE"},
      {"00C00000", "GET RESPONSE"},
      {"00B09500", "READ BINARY"},
      {"00B2010C", "READ RECORD"},
      {"00D69600", "UPDATE BINARY"},
      {"04DC010C", "UPDATE RECORD"},
      {"00200000", "VERIFY"},
      {"805E0100", "CHANGE PIN"},
      {"00820001", "EXTERNAL AUTHENTICATION"},
      {"84D40011", "CREATE KEY"},
      {"84D40114", "REPLACE KEY"},
      {"80CA0111", "GET KEY INFORMATION"},
      {"808A0041", "MAKE PROOF"},
      {"80E80111", "EXPORT KEY"},
  };
  EXPECT_EQ(std::size(carrier), carrier_commands().size());
  for (const auto& [header, name] : carrier) EXPECT_EQ(look_up(carrier_commands(), header), name) << header;
}

TEST(Catalogue, ATraceFindsCarrierCommandsInEitherSlot) {
  const auto name_in = [](Slot slot, std::string_view text) {
    return find_command(slot, header_of(parse_hex(text).value()).value()).row->name;
  };
  for (const Slot slot : {Slot::kCard, Slot::kPsam}) {
    EXPECT_EQ(name_in(slot, "80E80011"), "EXPORT KEY");
    EXPECT_EQ(name_in(slot, "80CA0113"), "GET KEY INFORMATION");
    EXPECT_EQ(name_in(slot, "84D40014"), "CREATE KEY");
    EXPECT_EQ(name_in(slot, "00200000"), "VERIFY");
  }
  EXPECT_EQ(name_in(Slot::kCard, "84D40001"), "LOAD KEY");
  EXPECT_EQ(name_in(Slot::kPsam, "84D40111"), "CHANGE KEY");
  EXPECT_EQ(name_in(Slot::kCard, "84D40114"), "REPLACE KEY");
}

TEST(Catalogue, TellsClassFromInstructionFromParameters) {
  const std::pair<const char*, const char*> cases[] = {
      {"FF840000", "6E00"}, {"01840000", "6E00"},   {"90840000", "6E00"}, {"BF840000", "6E00"},
      {"00850000", "6D00"}, {"80840000", "6D00"},   {"00E20000", "6D00"}, {"84180000", "6D00"},
      {"04B20104", "6D00"}, {"84D40000", "6D00"},   {"805E0000", "6A86"}, {"84240002", "6A86"},
      {"00200001", "6A86"}, {"00A40100", "6A86"},   {"00A40401", "6A86"}, {"B0280100", "6A86"},
      {"B0280201", "6A86"}, {"00A40002", "SELECT"},
  };
  for (const auto& [header, answer] : cases) EXPECT_EQ(look_up(card_commands(), header), answer) << header;
  EXPECT_EQ(look_up(psam_commands(), "00A40002"), "6A86");
  EXPECT_EQ(look_up(psam_commands(), "801A2701"), "6D00");
  EXPECT_EQ(look_up(psam_commands(), "80FA0600"), "6A86");
}

TEST(Catalogue, NamesTheNearestRowWhenOnlyTheParametersAreWrong) {
  const Lookup found = find_command(card_commands(), Header{0x80, 0x5E, 0x00, 0x00});
  ASSERT_NE(found.row, nullptr);
  EXPECT_EQ(found.row->id, CommandId::kChangePin);
}

// Part 5 t.32, t.44; Part 3 §5.2.3, §5.3.
TEST(Catalogue, RecordAddressesAreWhatTheTablesSay) {
  for (unsigned p1 = 0; p1 <= 0xFF; ++p1) {
    for (unsigned p2 = 0; p2 <= 0xFF; ++p2) {
      const Header read{0x00, 0xB2, static_cast<std::uint8_t>(p1), static_cast<std::uint8_t>(p2)};
      const Header update{0x00, 0xDC, read.p1, read.p2};
      const bool place = p1 != 0xFF && p2 / 8 != 31;
      const bool readable = place && p2 % 8 != 7;
      const bool writable = place && p2 % 8 <= 4;
      ASSERT_EQ(find_command(card_commands(), read).result == LookupResult::kFound, readable)
          << p1 << " " << p2;
      ASSERT_EQ(find_command(card_commands(), update).result == LookupResult::kFound, writable)
          << p1 << " " << p2;
    }
  }
}

// Part 5 t.29, t.41: 100sssss or 0xxxxxxx.
TEST(Catalogue, BinaryAddressesAreWhatTheTableSays) {
  for (unsigned p1 = 0; p1 <= 0xFF; ++p1) {
    const bool valid = p1 <= 0x7F || (p1 >= 0x81 && p1 <= 0x9E);
    const Header read{0x00, 0xB0, static_cast<std::uint8_t>(p1), 0x10};
    EXPECT_EQ(find_command(card_commands(), read).result == LookupResult::kFound, valid) << p1;
  }
}

// All 65536 CLA and INS: only the pairs of commands.md are known, and ISO allows each of them.
TEST(Catalogue, KnowsNoOtherClassAndInstruction) {
  const std::set<unsigned> card = {0x841E, 0x8416, 0x805E, 0x0082, 0x0084, 0x00C0, 0x0088, 0x8424,
                                   0x00B0, 0x00B2, 0x00A4, 0x00D6, 0x04D6, 0x00DC, 0x04DC, 0x0020,
                                   0xB028, 0xB02A, 0xB02C, 0xB026, 0xB02E, 0xB056};
  for (unsigned pair = 0; pair <= 0xFFFF; ++pair) {
    const auto cla = static_cast<std::uint8_t>(pair >> 8);
    const auto ins = static_cast<std::uint8_t>(pair & 0xFF);
    const Lookup found = find_command(card_commands(), Header{cla, ins, 0x00, 0x00});
    ASSERT_EQ(found.row != nullptr, card.contains(pair)) << std::hex << pair;
    if (found.row != nullptr) {
      EXPECT_TRUE(valid_class(cla) && valid_instruction(ins));
    }
  }
}

TEST(Catalogue, InstructionsOfIsoAreEvenAndNeitherSixNorNine) {
  EXPECT_TRUE(valid_instruction(0xB0));
  for (unsigned low = 0; low <= 0x0F; ++low) {
    EXPECT_FALSE(valid_instruction(static_cast<std::uint8_t>(0x60 | low)));
    EXPECT_FALSE(valid_instruction(static_cast<std::uint8_t>(0x90 | low)));
    EXPECT_EQ(valid_instruction(static_cast<std::uint8_t>(0xB0 | low)), low % 2 == 0);
  }
  EXPECT_FALSE(valid_class(0xFF));
}

std::string apdu_of(std::string_view header, std::size_t lc) {
  std::string out(header);
  if (lc == 0) return out + "00";
  out += to_hex(Bytes{static_cast<std::uint8_t>(lc)});
  return out + to_hex(Bytes(lc, 0x12));
}

void expect_lc(CommandTable table, std::string_view header, std::size_t block_size,
               const std::set<std::size_t>& allowed) {
  for (std::size_t lc = 0; lc <= 0xFF; ++lc) {
    EXPECT_EQ(lengths_valid(table, apdu_of(header, lc), block_size), allowed.contains(lc))
        << header << " Lc " << lc << " block " << block_size;
  }
}

TEST(Catalogue, LcIsWhatTheTablesSay) {
  const std::set<std::size_t> pin = {0, 2, 3, 4, 5, 6, 7, 8};
  const std::set<std::size_t> two_pins = {0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A,
                                          0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11};
  const std::set<std::size_t> name = {0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10};
  for (const std::size_t block : {8U, 16U}) {
    expect_lc(card_commands(), "841E0001", block, {0x04});
    expect_lc(card_commands(), "84160000", block, {0x04});
    expect_lc(card_commands(), "805E0100", block, two_pins);
    expect_lc(card_commands(), "00820083", block, {0x10, 0x11});
    expect_lc(card_commands(), "00880000", block, {0x10, 0x11});
    expect_lc(card_commands(), "84240000", block, {0x04});
    expect_lc(card_commands(), "00200000", block, pin);
    expect_lc(card_commands(), "00A40000", block, {0, 2});
    expect_lc(card_commands(), "00A40200", block, {2});
    expect_lc(card_commands(), "00A40400", block, name);
    expect_lc(card_commands(), "B0280001", block, {0x0B});
    expect_lc(card_commands(), "B0280101", block, {0x13});
    expect_lc(card_commands(), "B02C0100", block, {0x0F});
    expect_lc(psam_commands(), "BFEC0000", block, {0x01});
    expect_lc(psam_commands(), "80700100", block, {0x24, 0x2C, 0x34});
  }
}

TEST(Catalogue, LcFollowsTheCipherBlockWhereCryptogramsAreSent) {
  expect_lc(card_commands(), "84240001", 8, {0x0C});
  expect_lc(card_commands(), "84240001", 16, {0x14});
  expect_lc(psam_commands(), "84D40011", 8, {0x1C, 0x24});
  expect_lc(psam_commands(), "84D40011", 16, {0x24});
  expect_lc(carrier_commands(), "84D40111", 8, {0x1C, 0x24});
  expect_lc(carrier_commands(), "84D40111", 16, {0x24});
  expect_lc(carrier_commands(), "80E80011", 8, {0x14, 0x18});
  expect_lc(carrier_commands(), "80E80011", 16, {0x14, 0x18, 0x20});
  expect_lc(carrier_commands(), "808A0041", 8, {0x18});
  expect_lc(carrier_commands(), "808A0041", 16, {0x18, 0x20});
  expect_lc(carrier_commands(), "80CA0111", 8, {0x00, 0x02});
  expect_lc(psam_commands(), "84D40111", 8, {0x14, 0x1C});
  expect_lc(psam_commands(), "84D40111", 16, {0x24});
  expect_lc(psam_commands(), "BFDE4740", 8, {0x08, 0x10, 0x18, 0x20});
  expect_lc(psam_commands(), "BFDE4740", 16, {0x10, 0x18, 0x20, 0x28});
  expect_lc(psam_commands(), "80FA0000", 8, {0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40});
  expect_lc(psam_commands(), "80FA0500", 8, {0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40});
  expect_lc(psam_commands(), "80FA0000", 16, {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80});
  expect_lc(psam_commands(), "80FA0500", 16, {0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80});
}

TEST(Catalogue, SecureMessagingAddsFourBytesOfMacToUpdate) {
  for (std::size_t lc = 0; lc <= 0xFF; ++lc) {
    for (const auto* ins : {"D68500", "DC2028"}) {
      EXPECT_EQ(lengths_valid(card_commands(), apdu_of(std::string("00") + ins, lc), 8), lc >= 1) << lc;
      EXPECT_EQ(lengths_valid(card_commands(), apdu_of(std::string("04") + ins, lc), 8), lc >= 5) << lc;
    }
  }
}

void expect_le(CommandTable table, std::string_view apdu, std::size_t block_size, bool absent,
               const std::set<std::size_t>& allowed) {
  EXPECT_EQ(lengths_valid(table, apdu, block_size), absent) << apdu;
  for (std::size_t le = 1; le <= 0x100; ++le) {
    const std::string with_le = std::string(apdu) + to_hex(Bytes{static_cast<std::uint8_t>(le & 0xFF)});
    EXPECT_EQ(lengths_valid(table, with_le, block_size), allowed.contains(le)) << with_le;
  }
}

TEST(Catalogue, LeIsWhatTheTablesSay) {
  std::set<std::size_t> any;
  for (std::size_t le = 1; le <= 0x100; ++le) any.insert(le);
  for (const std::size_t block : {8U, 16U}) {
    expect_le(card_commands(), "00840000", block, false, {0x04, 0x08, 0x10});
    expect_le(card_commands(), "00C00000", block, false, any);
    expect_le(card_commands(), "00B08500", block, false, any);
    expect_le(card_commands(), "00B20104", block, false, any);
    expect_le(card_commands(), "00A40000023F00", block, true, any);
    expect_le(card_commands(), "00880000" + std::string("10") + std::string(32, '0'), block, true,
              {8, 0x100});
    expect_le(card_commands(), "0020000002" + std::string("1234"), block, true, {});
    expect_le(card_commands(), "84160000" + std::string("0411223344"), block, true, {});
    expect_le(card_commands(), "B0260001", block, false, {4, 0x100});
    expect_le(card_commands(), "B0260003", block, false, {6, 0x100});
    expect_le(card_commands(), "B0560100", block, false, {2, 0x100});
  }
  expect_le(psam_commands(), "00840000", 8, false, {0x04, 0x08});
  expect_le(psam_commands(), "00840000", 16, false, {0x04, 0x08, 0x10});
}

TEST(Catalogue, VerifyAndSelectTakeHeaderAloneAsLcZero) {
  EXPECT_TRUE(lengths_valid(card_commands(), "00200000", 8));
  EXPECT_TRUE(lengths_valid(card_commands(), "0020000000", 8));
  EXPECT_TRUE(lengths_valid(card_commands(), "00A40000", 8));
  EXPECT_TRUE(lengths_valid(card_commands(), "00A4000000", 8));
}

TEST(Catalogue, ExtendedLengthIsNeverRight) {
  EXPECT_FALSE(lengths_valid(card_commands(), "00B08500000010", 8));
  EXPECT_FALSE(lengths_valid(card_commands(), "00D685000000021122", 8));
}

TEST(Catalogue, StatusWordsAreListedByFamily) {
  const CommandRow* change_pin = find_command(card_commands(), CommandId::kChangePin);
  ASSERT_NE(change_pin, nullptr);
  EXPECT_TRUE(change_pin->statuses.contains(sw::ok));
  EXPECT_TRUE(change_pin->statuses.contains(sw::tries_left(2)));
  EXPECT_FALSE(change_pin->statuses.contains(sw::key_not_found));
  for (const CommandTable table : {card_commands(), psam_commands(), carrier_commands()}) {
    for (const CommandRow& row : table) {
      for (const std::uint16_t word : row.statuses.list())
        EXPECT_NE(meaning(StatusWord(word)).name, "unlisted") << row.name;
      EXPECT_TRUE(row.clause.starts_with("Part ") || row.clause.starts_with("carrier/README.md §"));
    }
  }
}

TEST(Catalogue, APsamHasNoCommandOfACardsPin) {
  EXPECT_EQ(find_command(psam_commands(), CommandId::kVerify), nullptr);
}

}  // namespace
}  // namespace ssc::apdu
