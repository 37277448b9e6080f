// A counter with a virtual card on it, its register, and the issuer's keys in a machine or a PSAM.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "conformance/desk/desk.h"
#include "keys/hsm/software.h"
#include "keys/storage/scrypt.h"
#include "simulator/card_channel.h"
#include "simulator/factory.h"
#include "tests/simulator/store/temporary_folder.h"

namespace ssc::conformance::desk::test {

inline keys::Pin pin(std::string_view digits) { return *keys::Pin::of(digits); }

// Passes commands on, and fails for good from the n-th on.
class FailingChannel : public simulator::CardChannel {
 public:
  using CardChannel::CardChannel;
  tl::expected<apdu::Response, apdu::ChannelError> transmit(ByteView command) override {
    if (left == 0)
      return tl::make_unexpected(apdu::ChannelError{apdu::ChannelError::Kind::kNoCard, "card gone"});
    if (left > 0) --left;
    commands.push_back(apdu::to_hex(command));
    return CardChannel::transmit(command);
  }
  int left = -1;  // commands still passed on; negative: all
  std::vector<std::string> commands;
};

struct Options {
  std::string card = "sample-3.00";
  std::string policy = "lanzhou";
  bool psam = false;
  std::string psam_card = "sample-psam";
  std::vector<std::string> key_sets = {"lab-990100-des", "lab-990100-sm4"};
};

inline std::shared_ptr<const CardModel> model_of(const std::string& name) {
  return std::make_shared<const CardModel>(simulator::profile::load_card(name).value());
}

inline keys::hsm::Machine machine_of(const std::vector<std::string>& key_sets) {
  std::vector<keys::KeySet> sets;
  for (const std::string& name : key_sets) sets.push_back(keys::load_key_set(name).value());
  return keys::hsm::Machine(keys::hsm::software_back_end(std::move(sets)));
}

// What the card file says of an item of the SSSE, as octets.
inline Bytes item_of(const CardModel& model, std::uint16_t fid, std::uint8_t tag) {
  for (const auto& ef : model.dfs.front().files) {
    if (ef.fid != fid) continue;
    for (const Bytes& record : ef.records) {
      if (!record.empty() && record[0] == tag) return {record.begin() + 2, record.end()};
    }
  }
  return {};
}

inline std::string text_of(const Bytes& value) {
  return {value.begin(), std::find(value.begin(), value.end(), 0x00)};
}

class Counter {
 public:
  explicit Counter(Options options = {})
      : model(model_of(options.card)),
        policy(load_policy(options.policy).value()),
        psam_model(model_of(options.psam_card)),
        virtual_card(simulator::make_card(*model, {.seed = 1})),
        virtual_psam(simulator::make_card(*psam_model, {.seed = 2})),
        channel(*virtual_card),
        psam_channel(*virtual_psam),
        session({&channel, nullptr, model.get()}, {&psam_channel, nullptr, psam_model.get()},
                [] { return 0; }),
        machine(machine_of(options.key_sets)),
        book(CardRegister::open(folder.path() / "register.db", *random, keys::storage::kLeastCost).value()),
        card(session, log, *random),
        keys(options.psam ? psam_keys(session, log) : machine_keys(machine)) {
    visitor.holder.id_number = text_of(item_of(*model, 0xEF06, 0x08));
    visitor.holder.card_number = text_of(item_of(*model, 0xEF05, 0x07));
    register_card("123456");
  }

  void register_card(std::string_view initial) {
    const CardRegister::NewCard entry{visitor.holder.card_number, apdu::to_hex(item_of(*model, 0xEF05, 0x01)),
                                      policy.id, pin(initial)};
    ASSERT_TRUE(book.add({&entry, 1}, "2026-01-31T08:00:00Z"));
  }
  Desk desk() {
    return Desk({card, *keys, book, policy, blacklist, *random, clock,
                 [this](const keys::ledger::Entry& entry) -> Decided<void> {
                   entries.push_back(entry);
                   if (!ledger_refuses) return {};
                   return refuse("ledger", 0, "no", "不");
                 },
                 [this](const keys::Pin& drawn) -> Decided<void> {
                   letters.emplace_back(drawn.reveal());
                   return {};
                 }},
                clerk, visitor);
  }
  RegisteredCard row() { return book.find(visitor.holder.card_number).value(); }
  // A terminal's answers after the visit.
  std::string answer(const std::string& command) {
    virtual_card->power_on();
    virtual_card->transmit(*apdu::parse_hex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF"));
    return apdu::to_hex(virtual_card->transmit(*apdu::parse_hex(command)).encode());
  }
  std::string verify(const std::string& digits) { return answer("0020000003" + digits); }
  void lock_pin() {
    while (verify("999999") != "6983") {
    }
  }

  ssc::simulator::test::TemporaryFolder folder;
  std::unique_ptr<keys::Random> random = keys::seeded_random(7);
  std::shared_ptr<const CardModel> model;
  Policy policy;
  std::shared_ptr<const CardModel> psam_model;
  std::unique_ptr<simulator::VirtualCard> virtual_card;
  std::unique_ptr<simulator::VirtualCard> virtual_psam;
  FailingChannel channel;
  FailingChannel psam_channel;
  std::vector<Exchange> log;
  Session session;
  keys::hsm::Machine machine;
  CardRegister book;
  DeskCard card;
  std::unique_ptr<CardKeys> keys;
  Blacklist blacklist;
  Operator clerk{"Li Desk", "PIN desk"};
  Visitor visitor;
  keys::Clock clock = keys::fixed_clock(*keys::parse_time("2026-02-01T09:00:00Z"));
  std::vector<keys::ledger::Entry> entries;
  std::vector<std::string> letters;
  bool ledger_refuses = false;
};

inline std::string rule_of(const Decided<apdu::OwnedPhrase>& done) {
  return done ? "done" : done.error().rule;
}

}  // namespace ssc::conformance::desk::test
