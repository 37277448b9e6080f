#include "conformance/desk/desk.h"

#include <fmt/format.h>

namespace ssc::conformance::desk {
namespace {

using keys::Pin;
using simulator::store::PinEvent;

constexpr std::string_view kUnblockKey = "PUK";

template <class T>
Decided<T> decided(simulator::store::Registered<T> answer) {
  if (answer) return *std::move(answer);
  return tl::unexpected(refusal_of(answer.error()));
}

std::string purpose_of(keys::ledger::Kind kind) {
  using keys::ledger::Kind;
  if (kind == Kind::kPinReset) return "the holder's PIN is forgotten or locked";
  return kind == Kind::kPinUnblocked ? "the holder's PIN is locked" : "the holder changes the PIN";
}

Decided<void> same_entries(const Pin& pin, const Pin& again) {
  if (pin == again) return {};
  return refuse("entries-differ", code::entries_differ, "The two entries of the new PIN differ",
                "两次输入的新密码不一致");
}

}  // namespace

Decided<void> Desk::compare(const CardIdentity& card, const RegisteredCard& row) const {
  if (card.card_number != visitor_.holder.card_number)
    return refuse("card-differs", code::differs_from_card, "The card in the reader has another card number",
                  "读卡器中的卡与输入的卡号不符");
  if (parts_.blacklist.names(card.identification, card.card_number)) return tl::unexpected(blacklisted());
  if (!row.identification.empty() && row.identification != card.identification)
    return refuse("not-the-registered-card", code::differs_from_card,
                  "The card's identification code is not the registered one: it was replaced, or copied",
                  "卡的识别码与登记簿不符：该卡可能已补换");
  return {};
}

Decided<void> Desk::compare_holder() {
  const auto number = parts_.card.identity_number(parts_.keys);
  if (!number) return tl::unexpected(number.error());
  if (normal_identity_number(*number) == normal_identity_number(visitor_.holder.id_number)) return {};
  return refuse("holder-differs", code::differs_from_card,
                "The card belongs to another holder: its social security number is not the one given",
                "持卡人不符：卡内社会保障号码与所持证件号码不一致");
}

Decided<RegisteredCard> Desk::admit() {
  if (auto people = check_people(parts_.policy, clerk_, visitor_); !people)
    return tl::unexpected(people.error());
  const auto row = decided(parts_.book.find(visitor_.holder.card_number));
  if (!row) return row;
  if (auto lost = not_lost(*row); !lost) return tl::unexpected(lost.error());
  const auto card = parts_.card.identify();
  if (!card) return tl::unexpected(card.error());
  return compare(*card, *row)
      .and_then([&] { return parts_.keys.meet(card->place); })
      .and_then([&] { return parts_.card.prove_genuine(parts_.keys); })
      .and_then([&] { return compare_holder(); })
      .map([&] { return *row; });
}

Decided<void> Desk::check_new(const Pin& pin, const Pin& again, const Pin& old) const {
  return same_entries(pin, again).and_then([&]() -> Decided<void> {
    const auto broken = broken_rule(parts_.policy, visitor_.holder, pin, old);
    if (!broken) return {};
    return tl::unexpected(desk::refusal_of(parts_.policy, *broken));
  });
}

Decided<void> Desk::not_the_given_one(const Pin& pin) {
  const auto given = decided(parts_.book.is_initial(visitor_.holder.card_number, pin));
  if (!given) return tl::unexpected(given.error());
  if (!*given) return {};
  return tl::unexpected(desk::refusal_of(parts_.policy, PinRule::kNotInitial));
}

Decided<void> Desk::enter(EntryKind kind, std::string_view note) {
  if (!parts_.ledger) return {};
  keys::ledger::Entry entry;
  entry.kind = kind;
  entry.subject = {keys::ledger::SubjectType::kCard, visitor_.holder.card_number};
  entry.who = clerk_.who;
  entry.role = clerk_.role;
  entry.purpose = purpose_of(kind) + (visitor_.agent_number.empty() ? "" : "; an agent came for the holder");
  entry.note = note;
  return parts_.ledger(entry);
}

// An entry before and one after: what is not in the ledger does not happen.
template <class Work>
Decided<apdu::OwnedPhrase> Desk::entered(EntryKind kind, const Work& work) {
  if (auto begun = enter(kind, "begun"); !begun) return tl::unexpected(begun.error());
  const Decided<apdu::OwnedPhrase> done = work();
  auto closed = enter(kind, done ? "done" : "not done: " + done.error().rule);
  if (done && !closed) return tl::unexpected(closed.error());
  return done;
}

Decided<RegisteredCard> Desk::write(const RegisteredCard& row, PinState state, PinEvent event) {
  return decided(parts_.book.set_state(row, state, event, now()));
}

Decided<void> Desk::reload(const RegisteredCard& row, const Pin& pin, PinState after) {
  const auto strict = write(row, PinState::kReset, PinEvent::kNone);
  if (!strict) return tl::unexpected(strict.error());
  const auto loaded = parts_.card.authenticate(parts_.keys, kUnblockKey).and_then([&] {
    return parts_.card.reload(parts_.keys, pin);
  });
  if (!loaded && !loaded.error().failed) {
    if (auto restored = write(*strict, row.state, PinEvent::kNone); !restored)
      return tl::unexpected(restored.error());
  }
  return loaded.and_then([&] { return parts_.card.verify(pin); })
      .and_then([&] { return write(*strict, after, PinEvent::kReset); })
      .map([](const RegisteredCard&) {});
}

Decided<apdu::OwnedPhrase> Desk::reset_to_initial() {
  if (parts_.policy.back_to_initial == BackToInitial::kRefused)
    return refuse("back-to-initial", code::back_to_initial,
                  "In this region a reset does not give the initial PIN again: the holder chooses a new one",
                  "本地重置不恢复初始密码，请持卡人设新密码");
  const auto pin = initial_pin(parts_.policy, visitor_.holder, parts_.random);
  if (!pin) return tl::unexpected(pin.error());
  const auto row = admit();
  if (!row) return tl::unexpected(row.error());
  return entered(EntryKind::kPinReset, [&]() -> Decided<apdu::OwnedPhrase> {
    if (parts_.policy.has_letter()) {
      if (auto printed = parts_.letter(*pin); !printed) return tl::unexpected(printed.error());
    }
    const auto given = decided(parts_.book.set_initial(*row, *pin));
    if (!given) return tl::unexpected(given.error());
    return reload(*given, *pin, PinState::kReset).map([&] {
      const bool must = parts_.policy.must_change_first();
      return apdu::OwnedPhrase{
          std::string("The PIN is the initial one again; ") +
              (must ? "it must be changed before business" : "it should be changed soon"),
          std::string("密码已重置为初始密码，") + (must ? "办理业务前必须修改" : "建议尽快修改")};
    });
  });
}

Decided<apdu::OwnedPhrase> Desk::reset_to(const Pin& pin, const Pin& again) {
  if (auto fit = check_new(pin, again, {}); !fit) return tl::unexpected(fit.error());
  const auto row = admit();
  if (!row) return tl::unexpected(row.error());
  if (auto fresh = not_the_given_one(pin); !fresh) return tl::unexpected(fresh.error());
  return entered(EntryKind::kPinReset, [&] {
    return reload(*row, pin, PinState::kChanged).map([] {
      return apdu::OwnedPhrase{"The PIN is the holder's new one; all tries are there again",
                               "密码已重置为持卡人的新密码，尝试次数已恢复"};
    });
  });
}

Decided<apdu::OwnedPhrase> Desk::unblock() {
  const auto row = admit();
  if (!row) return tl::unexpected(row.error());
  return entered(EntryKind::kPinUnblocked, [&] {
    return parts_.card.authenticate(parts_.keys, kUnblockKey)
        .and_then([&] { return parts_.card.unblock(parts_.keys); })
        .and_then([&] { return write(*row, row->state, PinEvent::kUnblock); })
        .and_then([&](const RegisteredCard&) { return parts_.card.tries(); })
        .map([](const std::optional<unsigned>& left) {
          const std::string tries = std::to_string(left.value_or(0));
          return apdu::OwnedPhrase{"The PIN is unblocked and as it was; " + tries + " tries are there again",
                                   "密码已解锁，密码不变，可尝试" + tries + "次"};
        });
  });
}

Decided<apdu::OwnedPhrase> Desk::change(const Pin& old, const Pin& pin, const Pin& again) {
  if (auto fit = check_new(pin, again, old); !fit) return tl::unexpected(fit.error());
  const auto row = admit();
  if (!row) return tl::unexpected(row.error());
  if (auto fresh = not_the_given_one(pin); !fresh) return tl::unexpected(fresh.error());
  return entered(EntryKind::kPinChanged, [&] {
    return parts_.card.change_pin(old, pin)
        .and_then([&] { return write(*row, PinState::kChanged, PinEvent::kChange); })
        .map([](const RegisteredCard&) {
          return apdu::OwnedPhrase{"The PIN is changed; the card may transact", "密码已修改，可以办理业务"};
        });
  });
}

Decided<apdu::OwnedPhrase> Desk::first_use(const Pin& old, const Pin& pin, const Pin& again) {
  const auto row = decided(parts_.book.find(visitor_.holder.card_number));
  if (!row) return tl::unexpected(row.error());
  if (row->state == PinState::kChanged)
    return refuse("in-use", 0, "The card is in use already: its PIN was changed on " + row->since,
                  "该卡已启用，密码已于" + row->since + "修改");
  return change(old, pin, again);
}

}  // namespace ssc::conformance::desk
