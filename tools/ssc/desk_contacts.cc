#include "tools/ssc/desk_contacts.h"

#include "conformance/channel/pcsc.h"
#include "conformance/channel/vpcd.h"
#include "simulator/card_channel.h"
#include "simulator/store/sqlite_store.h"
#include "tools/ssc/card_state.h"

namespace ssc::tools {
namespace {

using namespace simulator;

constexpr std::string_view kReader = "pcsc:";

std::string slot_name(apdu::Slot slot) { return slot == apdu::Slot::kCard ? "card" : "psam"; }

tl::expected<void, Complaint> load_model(const ContactsOptions& options, apdu::Slot slot,
                                         Contacts& contacts) {
  const std::string option = "--" + slot_name(slot);
  if (options.file.empty())
    return complaint(option + "-target " + options.target + ": name the " + slot_name(slot) + " with " +
                     option);
  auto model = profile::load_card(options.file);
  if (!model) return complaint(model.error().to_string());
  const auto kind = slot == apdu::Slot::kCard ? profile::Kind::kCard : profile::Kind::kPsam;
  if (model->kind != kind) return complaint(option + " " + options.file + ": is not a " + slot_name(slot));
  contacts.model = std::make_shared<const profile::CardModel>(*std::move(model));
  return {};
}

tl::expected<void, Complaint> make_virtual(const ContactsOptions& options, Contacts& contacts) {
  if (!options.state.empty()) {
    auto store = store::SqliteStore::open(options.state, state_name(contacts.model->kind),
                                          {contacts.model->digest, lasting_name(options.file)});
    if (!store) return complaint(store.error().what, exit_code::not_carried_out);
    contacts.store = *std::move(store);
  }
  contacts.card = make_card(*contacts.model, {.store = contacts.store.get()});
  return {};
}

tl::expected<void, Complaint> insert(apdu::Slot slot, Contacts& contacts) {
  auto inserted =
      conformance::VpcdChannel::insert(slot == apdu::Slot::kCard ? 0 : 1, std::move(contacts.card));
  if (!inserted) return complaint(inserted.error().what, exit_code::not_carried_out);
  contacts.channel = *std::move(inserted);
  return {};
}

tl::expected<void, Complaint> open_reader(const std::string& reader, Contacts& contacts) {
  auto opened = conformance::PcscChannel::open(reader);
  if (!opened) return complaint(opened.error().what, exit_code::not_carried_out);
  contacts.channel = *std::move(opened);
  return {};
}

}  // namespace

tl::expected<Contacts, Complaint> open_contacts(const ContactsOptions& options, apdu::Slot slot) {
  Contacts contacts;
  const bool reader = options.target.starts_with(kReader) && options.target.size() > kReader.size();
  if (!reader && options.target != "sim" && options.target != "vpcd")
    return complaint("--" + slot_name(slot) + "-target " + options.target + ": write sim, vpcd or pcsc:NAME");
  if (reader && !options.state.empty())
    return complaint("--state is of virtual cards; a card in a reader keeps its own");
  if (!reader || !options.file.empty()) {
    if (auto loaded = load_model(options, slot, contacts); !loaded) return tl::unexpected(loaded.error());
  }
  if (reader)
    return open_reader(options.target.substr(kReader.size()), contacts).map([&] {
      return std::move(contacts);
    });
  if (auto made = make_virtual(options, contacts); !made) return tl::unexpected(made.error());
  if (options.target == "vpcd") return insert(slot, contacts).map([&] { return std::move(contacts); });
  contacts.channel = std::make_unique<CardChannel>(*contacts.card);
  return contacts;
}

}  // namespace ssc::tools
