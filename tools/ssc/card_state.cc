#include "tools/ssc/card_state.h"

#include <fmt/format.h>

#include <filesystem>

#include "simulator/core/image_builder.h"
#include "simulator/core/key_overlay.h"
#include "simulator/store/memory_store.h"
#include "simulator/store/sqlite_store.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

namespace fs = std::filesystem;
using namespace simulator;
using profile::CardModel;
using profile::Kind;

tl::unexpected<Complaint> state_problem(std::string what) {
  return tl::unexpected(Complaint{std::move(what), exit_code::not_carried_out});
}

tl::unexpected<Complaint> no_state(const std::string& folder, const std::string& whose) {
  return state_problem(
      fmt::format("{}: keeps no {}'s state; 'ssc serve --state {}' makes one", folder, whose, folder));
}

tl::expected<CardModel, Complaint> load(const std::string& file, const Access& access) {
  auto model = profile::load_card(file, {}, access);
  if (!model) return tl::unexpected(Complaint{model.error().to_string(), exit_code::bad_input});
  return *std::move(model);
}

// The card file that a state says it was made from.
tl::expected<std::string, Complaint> source_of(const std::string& folder, Kind kind, const Access& access) {
  auto file = store::StateFile::open(folder, state_name(kind), access);
  if (!file) return tl::unexpected(complaint_of(file.error()));
  const std::string source = file->origin().source;
  if (source.empty()) return state_problem(fmt::format("{}: does not say which card file it is for", folder));
  return source;
}

}  // namespace

std::string state_name(Kind kind) {
  constexpr std::string_view kNames[] = {"card", "psam", "carrier"};
  return std::string(kNames[static_cast<std::size_t>(kind)]);
}

std::string lasting_name(const std::string& path_or_name) {
  std::error_code failed;
  if (!fs::exists(path_or_name, failed)) return path_or_name;
  const auto absolute = fs::absolute(path_or_name, failed);
  return failed ? path_or_name : absolute.lexically_normal().string();
}

Complaint complaint_of(const store::StateError& error) {
  return {error.what, error.no_access ? exit_code::bad_input : exit_code::not_carried_out};
}

tl::expected<LyingCard, Complaint> open_card(const std::string& file, const std::string& state,
                                             const Access& access) {
  auto model = load(file, access);
  if (!model) return tl::unexpected(model.error());
  LyingCard card{*std::move(model), nullptr, std::make_unique<store::MemoryStore>(), ""};
  card.image = core::build_image(card.model);
  if (state.empty()) return card;
  const std::string name = state_name(card.model.kind);
  if (!store::has_state(state, name)) return no_state(state, name);
  auto opened =
      store::SqliteStore::open(state, name, {card.model.digest, lasting_name(file), card.model.lab}, access);
  if (!opened) return tl::unexpected(complaint_of(opened.error()));
  card.store = *std::move(opened);
  card.image = core::overlay_keys(card.image, *card.store);
  card.state = (fs::path(state) / (name + ".db")).string();
  return card;
}

std::vector<LyingCard> only(LyingCard card) {
  std::vector<LyingCard> one;
  one.push_back(std::move(card));
  return one;
}

tl::expected<std::vector<LyingCard>, Complaint> open_folder(const std::string& folder, const Access& access) {
  std::vector<LyingCard> cards;
  for (const Kind kind : {Kind::kCard, Kind::kPsam, Kind::kCarrier}) {
    if (!store::has_state(folder, state_name(kind))) continue;
    const auto source = source_of(folder, kind, access);
    if (!source) return tl::unexpected(source.error());
    auto card = open_card(*source, folder, access);
    if (!card) return tl::unexpected(card.error());
    cards.push_back(*std::move(card));
  }
  if (cards.empty()) return no_state(folder, "card");
  return cards;
}

tl::expected<std::vector<LyingCard>, Complaint> open_any(const std::string& where, const Access& access) {
  std::error_code ignored;
  if (fs::is_directory(where, ignored)) return open_folder(where, access);
  return open_card(where, {}, access).map(only);
}

}  // namespace ssc::tools
