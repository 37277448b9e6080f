// ssc serve: the virtual card and PSAM in vpcd's slots, until Ctrl-C.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <charconv>
#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include "apdu/text_trace.h"
#include "simulator/factory.h"
#include "simulator/latency/slow_card.h"
#include "simulator/profile/glossary.h"
#include "simulator/profile/model.h"
#include "simulator/store/sqlite_store.h"
#include "simulator/vpcd/client.h"
#include "tools/ssc/card_state.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"
#include "tools/ssc/targets.h"

namespace ssc::tools {
namespace {

using namespace simulator;
using profile::Kind;

constexpr std::string_view kNone = "none";

struct ServeArguments {
  std::string card = "sample-3.00";
  std::string psam = "sample-psam";
  std::string card_vpcd = "127.0.0.1:35963";
  std::string psam_vpcd = "127.0.0.1:35964";
  bool listen = false;
  std::string state;
  std::string trace;
  std::string latency;
  std::string mutant;
  std::string passphrase_file;
  std::uint64_t seed = 0;
  bool unmask = false;
};

// "HOST:PORT" into the slot; false when it is not that.
bool read_place(std::string_view text, vpcd::SlotConfig& slot) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), slot.port);
  if (error != std::errc() || end != port.data() + port.size() || slot.port == 0) return false;
  slot.host = text.substr(0, colon);
  return true;
}

double milliseconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

// Blocks the signals that end the program, for this thread and those it starts; waits for one.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;
  ~EndSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

class Server {
 public:
  explicit Server(const ServeArguments& arguments) : arguments_(arguments) {}

  int run() {
    if (!prepare()) return complain(error_, error_status_);
    serve();
    return gave_up_ ? exit_code::not_carried_out : exit_code::ok;
  }

 private:
  // A card and what it stands on.
  struct Inserted {
    std::unique_ptr<const profile::CardModel> model;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<core::SmartCard> card;
  };

  bool prepare() {
    if (arguments_.card == kNone && arguments_.psam == kNone)
      return wrong("--card none --psam none: nothing to serve");
    return read_passphrase() && open_trace() && choose_mutant() && load_delays() &&
           insert("card", arguments_.card, arguments_.card_vpcd, Kind::kCard) &&
           insert("psam", arguments_.psam, arguments_.psam_vpcd, Kind::kPsam);
  }

  bool read_passphrase() {
    const auto passphrase = Passphrase::read(arguments_.passphrase_file);
    if (!passphrase) return wrong(passphrase.error().what, passphrase.error().exit_status);
    access_ = passphrase->access();
    return true;
  }

  bool open_trace() {
    if (arguments_.trace.empty()) return true;
    trace_file_.open(arguments_.trace, std::ios::binary | std::ios::app);
    if (!trace_file_)
      return wrong("--trace " + arguments_.trace + ": cannot be written", exit_code::not_carried_out);
    trace_.emplace(trace_file_, apdu::TextOptions{.unmask = arguments_.unmask});
    named_.emplace(*trace_);
    return true;
  }

  bool choose_mutant() {
    const auto found = find_mutant(arguments_.mutant);
    if (!found) return wrong(found.error().what);
    mutant_ = *found;
    return true;
  }

  bool load_delays() {
    if (arguments_.latency.empty()) return true;
    auto loaded = latency::load_latency(arguments_.latency);
    if (!loaded) return wrong(loaded.error().to_string());
    delays_ = *std::move(loaded);
    return true;
  }

  std::unique_ptr<core::SmartCard> slowed(std::unique_ptr<core::SmartCard> card, Kind kind) const {
    if (!delays_) return card;
    const auto commands = profile::commands_of(kind);
    return std::make_unique<latency::SlowCard>(std::move(card), *delays_, commands, arguments_.seed);
  }

  bool insert(const std::string& name, const std::string& file, const std::string& place, Kind kind) {
    if (file == kNone) return true;
    vpcd::SlotConfig slot{.listen = arguments_.listen, .name = name};
    if (!read_place(place, slot)) return wrong(fmt::format("--{}-vpcd {}: write HOST:PORT", name, place));
    auto loaded = profile::load_card(file, {}, access_);
    if (!loaded) return wrong(loaded.error().to_string());
    auto model = std::make_unique<const profile::CardModel>(std::move(*loaded));
    if (model->kind != kind && model->kind != Kind::kCarrier) {
      return wrong(fmt::format("--{} {}: is a {}", name, file,
                               kind == Kind::kCard ? "PSAM, not a card" : "card, not a PSAM"));
    }
    if (named_) named_->know(kind == Kind::kCard ? apdu::Slot::kCard : apdu::Slot::kPsam, *model);
    Inserted inserted;
    if (!open_state(file, *model, inserted)) return false;
    inserted.card = slowed(make_card(*model, parts(inserted)), model->kind);
    slot.card = inserted.card.get();
    inserted.model = std::move(model);
    cards_.push_back(std::move(inserted));
    slots_.push_back(std::move(slot));
    return true;
  }

  bool open_state(const std::string& file, const profile::CardModel& model, Inserted& inserted) {
    if (arguments_.state.empty()) return true;
    auto opened = store::SqliteStore::open(arguments_.state, state_name(model.kind),
                                           {model.digest, lasting_name(file), model.lab}, access_);
    if (!opened) return wrong(opened.error().what, complaint_of(opened.error()).exit_status);
    inserted.store = std::move(*opened);
    return true;
  }

  // Two cards of one seed must not draw the same numbers.
  CardParts parts(const Inserted& inserted) {
    return {.seed = arguments_.seed == 0 ? 0 : arguments_.seed + cards_.size(),
            .trace = named_ ? &*named_ : nullptr,
            .clock = clock_.get(),
            .store = inserted.store.get(),
            .mutant = mutant_};
  }

  void serve() {
    const EndSignals signals;
    client_.emplace(slots_, [this](const vpcd::Event& event) { tell(event); });
    std::thread thread([this] {
      client_->run();
      gave_up_ = !stopping_;
      if (gave_up_) ::kill(::getpid(), SIGTERM);
    });
    signals.wait();
    stopping_ = true;
    client_->stop();
    thread.join();
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) say(summary(slot));
  }

  // Power comes and goes with every program that uses the reader: told the first time after each connection.
  void tell(const vpcd::Event& event) {
    using vpcd::EventKind;
    const auto told = [this, &event] { return std::ranges::count(powered_, event.slot) > 0; };
    switch (event.kind) {
      case EventKind::kReset:
      case EventKind::kPoweredOff:
        return;
      case EventKind::kPowered:
        if (told()) return;
        powered_.push_back(event.slot);
        return say(event.text + round_trip(client_->statistics(event.slot).median_atr_answer));
      case EventKind::kConnected:
        std::erase(powered_, event.slot);
        break;
      default:
        break;
    }
    say(event.text);
  }

  static std::string round_trip(std::chrono::nanoseconds median) {
    if (median.count() == 0) return "";
    return fmt::format("; round trip {:.3f} ms", milliseconds(median));
  }

  std::string summary(std::size_t slot) const {
    const auto figures = client_->statistics(slot);
    return fmt::format("{}: {} commands{}", slots_[slot].name, figures.commands,
                       figures.commands == 0 ? "" : round_trip(figures.median_answer) + " (median)");
  }

  static void say(std::string_view line) { std::cout << line << std::endl; }

  bool wrong(std::string line, int status = exit_code::bad_input) {
    error_ = std::move(line);
    error_status_ = status;
    return false;
  }

  const ServeArguments& arguments_;
  Access access_;
  std::string error_;
  int error_status_ = exit_code::ok;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> gave_up_ = false;  // the client ended by itself
  std::ofstream trace_file_;
  std::optional<apdu::TextTrace> trace_;
  const mutants::Mutant* mutant_ = nullptr;
  std::optional<latency::LatencyProfile> delays_;
  std::optional<profile::NamedTrace> named_;
  std::unique_ptr<core::Clock> clock_ = steady_clock();
  std::vector<Inserted> cards_;
  std::vector<vpcd::SlotConfig> slots_;
  std::vector<std::size_t> powered_;  // slots whose power was told
  std::optional<vpcd::Client> client_;
};

void add_serve(CLI::App& program, int& exit_status) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = program.add_subcommand("serve", "Keeps the virtual card and PSAM in vpcd's readers");
  command->add_option("--card", arguments->card, "Card file or built-in card; none leaves it out")
      ->capture_default_str();
  command->add_option("--psam", arguments->psam, "PSAM file or built-in PSAM; none leaves it out")
      ->capture_default_str();
  command->add_option("--card-vpcd", arguments->card_vpcd, "HOST:PORT of the card's slot")
      ->capture_default_str();
  command->add_option("--psam-vpcd", arguments->psam_vpcd, "HOST:PORT of the PSAM's slot")
      ->capture_default_str();
  command->add_flag("--listen", arguments->listen, "Listens there, for a vpcd that was told to connect");
  command->add_option("--state", arguments->state, "Folder that keeps what is written to the cards");
  command->add_option("--trace", arguments->trace, "Appends every exchange, decoded, to this file");
  command->add_option("--latency", arguments->latency,
                      "How long each command takes: a file, or latency-field; off when left out");
  command->add_option("--mutant", arguments->mutant,
                      "A defect that the cards have; 'ssc mutants --list' names them");
  command->add_option("--seed", arguments->seed, "Makes the cards' randomness repeatable")
      ->check(CLI::PositiveNumber);
  command->add_flag("--unmask", arguments->unmask, "Shows PINs, keys and personal data in the trace");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer("Example: ssc serve --psam none --trace card.txt\nCtrl-C ends it.");
  command->callback([arguments, &exit_status] { exit_status = Server(*arguments).run(); });
}

const Subcommand kServe("serve", add_serve);

}  // namespace
}  // namespace ssc::tools
