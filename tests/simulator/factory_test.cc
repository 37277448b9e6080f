// The sample cards, loaded from their files and spoken to.
#include "simulator/factory.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::simulator {
namespace {

std::string send(core::SmartCard& card, std::string_view command) {
  return apdu::to_hex(card.transmit(*apdu::parse_hex(command)).encode());
}

// How the answer to SELECT by the name of its environment begins.
std::string first_answer(const profile::CardModel& model) {
  if (model.card_blocked) return "6A81";
  if (!model.ssse_has_name) return "6A82";
  if (model.kind == profile::Kind::kCarrier) return "6F19";  // it has no DIR
  if (model.t0.presentation == profile::Presentation::kRaw) return "611E";
  return model.dfs.front().fci ? "6F81" : "6F1C";  // a given one is long
}

TEST(Factory, EverySampleLoadsAndAnswersItsNameSelection) {
  for (const std::string& name : profile::built_in_cards()) {
    const auto model = profile::load_card(name);
    ASSERT_TRUE(model) << model.error().to_string();
    const auto card = make_card(*model, {.seed = 1});
    card->power_on();
    if (model->transport_key) continue;  // blank: nothing to select
    const bool carrier = model->kind == profile::Kind::kCarrier;
    const std::string answer = send(*card, carrier ? "00A404000F73786B2E73682EC9E7BBE1B1A3D5CF00"
                                                   : "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00");
    EXPECT_EQ(answer.substr(0, 4), first_answer(*model)) << name;
  }
}

// The FCI of a card seen in the field, but for its cipher byte (reference: commands.md, FCI).
TEST(Factory, FciOfTheSm4SampleIsTheFieldsOwn) {
  const auto card = make_card(*profile::load_card("sample-3.00"), {.seed = 1});
  card->power_on();
  EXPECT_EQ(send(*card, "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00"),
            "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000");
}

TEST(Factory, WornMemoryAnswers6581AndChangesNothing) {
  auto model = profile::load_card("sample-2.00").value();
  model.memory_writes = 1;
  const auto card = make_card(model, {.seed = 1});
  card->power_on();
  EXPECT_EQ(send(*card, "0020000003999999"), "63C2");
  EXPECT_EQ(send(*card, "0020000003999999"), "6581");
  EXPECT_EQ(send(*card, "0020000003123456"), "6581");
  EXPECT_EQ(send(*card, "0020000000"), "63C2");
}

TEST(Factory, AUsedCardIsAsItsFileSays) {
  auto model = profile::load_card("sample-2.00").value();
  model.pin.tries_left = 1;
  for (profile::Df& df : model.dfs) {
    df.blocked = df.id == "DF03";
    for (profile::KeyEntry& key : df.keys)
      if (key.name == "UKSSSE") key.tries_left = 0;
  }
  const auto card = make_card(model, {.seed = 1});
  card->power_on();
  EXPECT_EQ(send(*card, "0020000000"), "63C1");
  EXPECT_EQ(send(*card, "0020000003999999"), "63C0");
  send(*card, "0084000008");
  EXPECT_EQ(send(*card, "0082000410" + std::string(32, '1')), "6983");
  EXPECT_EQ(send(*card, "00A4000002DF03"), "9303");
  model.card_blocked = true;
  const auto dead = make_card(model, {.seed = 1});
  dead->power_on();
  EXPECT_EQ(send(*dead, "0084000008"), "6A81");
}

TEST(Factory, SeededCardsAreTheSame) {
  const auto model = profile::load_card("sample-2.00").value();
  const auto first = make_card(model, {.seed = 7});
  const auto second = make_card(model, {.seed = 7});
  const auto other = make_card(model, {.seed = 8});
  for (const auto& card : {first.get(), second.get(), other.get()}) card->power_on();
  const std::string challenge = send(*first, "0084000008");
  EXPECT_EQ(send(*second, "0084000008"), challenge);
  EXPECT_NE(send(*other, "0084000008"), challenge);
}

}  // namespace
}  // namespace ssc::simulator
