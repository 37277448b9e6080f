#include "simulator/vpcd/client.h"

#include <fmt/core.h>
#include <netinet/tcp.h>

#include <atomic>
#include <boost/asio.hpp>
#include <exception>
#include <mutex>
#include <optional>

#include "simulator/vpcd/latencies.h"
#include "simulator/vpcd/session.h"

namespace ssc::simulator::vpcd {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Error = boost::system::error_code;
using QuickAck = asio::detail::socket_option::boolean<IPPROTO_TCP, TCP_QUICKACK>;
using EventSink = std::function<void(const Event&)>;

constexpr std::size_t kReadSize = 4096;

// What several threads touch: the session with its card, and the figures. One mutex for all slots, so that
// cards that share a trace never speak at once.
struct Shared {
  explicit Shared(core::SmartCard& card) : session(card) {}

  Session session;
  bool expelled = false;  // the card was swapped under a reader's eyes: no more answers on this connection
  Latencies answers;
  Latencies atr_answers;
  std::atomic<bool> connected = false;
};

// One slot's connection. All members run on the io thread.
class Slot {
 public:
  Slot(asio::io_context& io, SlotConfig config, const Timing& timing, Shared& shared, std::mutex& mutex,
       std::function<void(EventKind, std::string)> tell)
      : config_(std::move(config)),
        timing_(timing),
        shared_(shared),
        mutex_(mutex),
        tell_(std::move(tell)),
        resolver_(io),
        acceptor_(io),
        socket_(io),
        timer_(io) {}

  void start() { attempt(); }

  void remove() {
    inserted_ = false;
    leave();
  }

  void insert() {
    if (inserted_) return;
    inserted_ = true;
    attempt_after(left_at_ + timing_.away - Clock::now());
  }

  void leave_and_return() {
    leave();
    if (inserted_) attempt_after(timing_.away);
  }

  // Takes power from the card, then ends the connection and what is under way for it.
  void leave() {
    if (heard_) left_at_ = Clock::now();
    {
      const std::lock_guard lock(mutex_);
      shared_.session.lose_power();
      shared_.expelled = false;
    }
    close();
  }

 private:
  // Handlers of an attempt that is over do nothing.
  template <class Handler>
  auto current(Handler handler) {
    return [ this, attempt = attempt_number_, handler ](
        const Error& error,
        auto&&... rest) requires std::is_invocable_v<const Handler&, const Error&, decltype(rest)...> {
      if (attempt == attempt_number_) handler(error, std::forward<decltype(rest)>(rest)...);
    };
  }

  std::string place() const { return fmt::format("{}:{}", config_.host, config_.port); }

  void say_once(EventKind kind, const std::string& text) {
    if (said_ == kind) return;
    said_ = kind;
    tell_(kind, fmt::format("{}: {}", config_.name, text));
  }

  void close() {
    ++attempt_number_;
    Error ignored;
    timer_.cancel(ignored);
    resolver_.cancel();
    acceptor_.close(ignored);
    socket_.shutdown(tcp::socket::shutdown_both,
                     ignored);  // also where a child process has inherited the socket
    socket_.close(ignored);
    heard_ = false;
    shared_.connected = false;
  }

  void attempt_after(Clock::duration wait) {
    timer_.expires_after(std::max(wait, Clock::duration::zero()));
    timer_.async_wait(current([this](const Error& error) {
      if (!error) attempt();
    }));
  }

  void attempt() {
    close();
    parser_.clear();
    if (!config_.listen) watch_for_silence();
    resolver_.async_resolve(config_.host, std::to_string(config_.port),
                            current([this](const Error& error, const tcp::resolver::results_type& found) {
                              if (error) return fail(EventKind::kFailed, "cannot find " + place(), error);
                              return config_.listen ? listen(found.begin()->endpoint()) : connect(found);
                            }));
  }

  void fail(EventKind kind, const std::string& what, const Error& error) {
    say_once(kind, fmt::format("{} ({})", what, error.message()));
    close();
    attempt_after(timing_.retry);
  }

  void watch_for_silence() {
    timer_.expires_after(timing_.silence);
    timer_.async_wait(current([this](const Error& error) {
      if (error || heard_) return;
      say_once(
          EventKind::kTaken,
          fmt::format("{} takes no card now: another one is in the slot; waiting until it leaves", place()));
      if (!joined_) attempt();
    }));
  }

  void connect(const tcp::resolver::results_type& found) {
    joined_ = false;
    asio::async_connect(socket_, found, current([this](const Error& error, const tcp::endpoint&) {
                          if (error) {
                            return fail(EventKind::kWaiting, "waiting for pcscd with vpcd on " + place(),
                                        error);
                          }
                          joined_ = true;
                          serve();
                        }));
  }

  void listen(const tcp::endpoint& endpoint) {
    Error error;
    open_acceptor(endpoint, error);
    if (error) return fail(EventKind::kFailed, "cannot listen on " + place(), error);
    say_once(EventKind::kWaiting, fmt::format("listening for vpcd on {}:{}", config_.host,
                                              acceptor_.local_endpoint(error).port()));
    acceptor_.async_accept(socket_, current([this](const Error& failed) {
                             if (failed)
                               return fail(EventKind::kFailed, "cannot listen on " + place(), failed);
                             Error ignored;
                             acceptor_.close(ignored);
                             serve();
                           }));
  }

  void open_acceptor(const tcp::endpoint& endpoint, Error& error) {
    if (acceptor_.open(endpoint.protocol(), error)) return;
    if (acceptor_.set_option(tcp::acceptor::reuse_address(true), error)) return;
    if (acceptor_.bind(endpoint, error)) return;
    acceptor_.listen(1, error);
  }

  void serve() {
    Error ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    acknowledge_quickly();
    read();
  }

  // The kernel forgets it after a while: to be said again at each read.
  void acknowledge_quickly() {
    if (!config_.quick_ack) return;
    Error ignored;
    socket_.set_option(QuickAck(true), ignored);
  }

  void read() {
    socket_.async_read_some(asio::buffer(input_), current([this](const Error& error, std::size_t size) {
                              if (error) return lost();
                              acknowledge_quickly();
                              if (parser_.idle()) begun_ = Clock::now();
                              heard({input_.data(), size});
                            }));
  }

  void heard(apdu::ByteView bytes) {
    greet();
    output_.clear();
    answered_ = 0;
    atr_answered_ = 0;
    while (const auto message = parser_.next(bytes)) {
      if (!take(*message)) return leave_and_return();
    }
    if (output_.empty()) return read();
    write();
  }

  void greet() {
    if (heard_) return;
    heard_ = true;
    shared_.connected = true;
    said_.reset();
    tell_(EventKind::kConnected, fmt::format("{}: in the reader at {}", config_.name, place()));
  }

  // False: the card was swapped and this connection must end.
  bool take(apdu::ByteView payload) {
    Message message{};
    {
      const std::lock_guard lock(mutex_);
      if (shared_.expelled) return false;
      message = shared_.session.take(payload, output_);
    }
    switch (message) {
      case Message::kPowerOn:
        tell_(EventKind::kPowered, config_.name + ": the reader powers the card");
        break;
      case Message::kReset:
        tell_(EventKind::kReset, config_.name + ": the reader resets the card");
        break;
      case Message::kPowerOff:
        tell_(EventKind::kPoweredOff, config_.name + ": the reader takes power away");
        break;
      case Message::kAtr:
        ++atr_answered_;
        break;
      case Message::kCommand:
        ++answered_;
        break;
    }
    return true;
  }

  void write() {
    asio::async_write(socket_, asio::buffer(output_), current([this](const Error& error, std::size_t) {
                        if (error) return lost();
                        measure(Clock::now() - begun_);
                        if (!parser_.idle()) begun_ = Clock::now();
                        read();
                      }));
  }

  void measure(Clock::duration duration) {
    const std::lock_guard lock(mutex_);
    for (; answered_ > 0; --answered_) shared_.answers.add(duration);
    for (; atr_answered_ > 0; --atr_answered_) shared_.atr_answers.add(duration);
  }

  void lost() {
    const bool was_heard = heard_;
    leave();
    if (was_heard)
      tell_(EventKind::kLost, fmt::format("{}: the reader at {} is gone", config_.name, place()));
    attempt_after(was_heard ? timing_.away : timing_.retry);
  }

  const SlotConfig config_;
  const Timing timing_;
  Shared& shared_;
  std::mutex& mutex_;
  const std::function<void(EventKind, std::string)> tell_;

  tcp::resolver resolver_;
  tcp::acceptor acceptor_;
  tcp::socket socket_;
  asio::steady_timer timer_;  // the next attempt, or the end of patience

  bool inserted_ = true;
  bool joined_ = false;  // the connection stands
  bool heard_ = false;
  std::uint64_t attempt_number_ = 0;
  std::optional<EventKind> said_;
  Clock::time_point left_at_{};

  std::array<std::uint8_t, kReadSize> input_{};
  FrameParser parser_;
  apdu::Bytes output_;
  Clock::time_point begun_{};
  std::size_t answered_ = 0;
  std::size_t atr_answered_ = 0;
};

}  // namespace

class Client::Impl {
 public:
  Impl(std::vector<SlotConfig> configs, EventSink on_event, const Timing& timing)
      : on_event_(std::move(on_event)) {
    for (std::size_t i = 0; i < configs.size(); ++i) {
      shared_.push_back(std::make_unique<Shared>(*configs[i].card));
      slots_.push_back(std::make_unique<Slot>(io_, std::move(configs[i]), timing, *shared_.back(), mutex_,
                                              [this, i](EventKind kind, std::string text) {
                                                on_event_({kind, i, std::move(text)});
                                              }));
    }
  }

  void run() noexcept {
    try {
      for (const auto& slot : slots_) slot->start();
      io_.run();
    } catch (const std::exception& bug) {
      report(bug);
    }
    for (const auto& slot : slots_) slot->leave();
  }

  void stop() { io_.stop(); }

  void replace_card(std::size_t slot, core::SmartCard& card, bool quietly) {
    {
      const std::lock_guard lock(mutex_);
      shared_[slot]->session.swap_card(card);
      shared_[slot]->expelled = !quietly;
    }
    if (!quietly) asio::post(io_, [this, slot] { slots_[slot]->leave_and_return(); });
  }

  void remove(std::size_t slot) {
    asio::post(io_, [this, slot] { slots_[slot]->remove(); });
  }
  void insert(std::size_t slot) {
    asio::post(io_, [this, slot] { slots_[slot]->insert(); });
  }

  SlotStatistics statistics(std::size_t slot) const {
    const std::lock_guard lock(mutex_);
    const Shared& shared = *shared_[slot];
    return {shared.session.commands(), shared.session.atr_polls(), shared.answers.median(),
            shared.atr_answers.median()};
  }

  bool connected(std::size_t slot) const { return shared_[slot]->connected; }

 private:
  void report(const std::exception& bug) noexcept {
    try {
      on_event_({EventKind::kFailed, 0, fmt::format("the virtual cards stop: {}", bug.what())});
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): whoever listens is broken as well
    }
  }

  mutable std::mutex mutex_;
  EventSink on_event_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(io_);
  std::vector<std::unique_ptr<Shared>> shared_;
  std::vector<std::unique_ptr<Slot>> slots_;
};

Client::Client(std::vector<SlotConfig> slots, std::function<void(const Event&)> on_event,
               const Timing& timing)
    : impl_(std::make_unique<Impl>(std::move(slots), std::move(on_event), timing)) {}
Client::~Client() = default;

void Client::run() noexcept { impl_->run(); }
void Client::stop() { impl_->stop(); }
void Client::replace_card(std::size_t slot, core::SmartCard* card, bool quietly) {
  impl_->replace_card(slot, *card, quietly);
}
void Client::remove(std::size_t slot) { impl_->remove(slot); }
void Client::insert(std::size_t slot) { impl_->insert(slot); }
SlotStatistics Client::statistics(std::size_t slot) const { return impl_->statistics(slot); }
bool Client::connected(std::size_t slot) const { return impl_->connected(slot); }

}  // namespace ssc::simulator::vpcd
