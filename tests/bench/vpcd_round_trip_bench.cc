// How long GET CHALLENGE takes from a PC/SC client through pcscd and vpcd to the virtual card and back,
// beside a card that does nothing, in the same run. Run it under tools/lib/with_pcscd --own: it puts its own
// cards into both slots.
#include <fmt/format.h>
#include <winscard.h>

#include <iostream>
#include <thread>
#include <vector>

#include "simulator/factory.h"
#include "simulator/profile/model.h"
#include "simulator/vpcd/client.h"

namespace ssc::bench {
namespace {

using namespace simulator;
using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 20;
constexpr int kCommandsPerRound = 500;
constexpr int kSlowCommands = 50;  // some 50 ms each

// Says eight bytes and 9000 to everything.
class EchoCard final : public core::SmartCard {
 public:
  apdu::ByteView atr() const override { return kAtr; }
  void power_on() override {}
  void reset() override {}
  void power_off() override {}
  apdu::Response transmit(apdu::ByteView) noexcept override { return {kAnswer, apdu::StatusWord(0x9000)}; }

 private:
  static constexpr std::array<std::uint8_t, 2> kAtr = {0x3B, 0x00};
  static constexpr std::array<std::uint8_t, 8> kAnswer = {1, 2, 3, 4, 5, 6, 7, 8};
};

[[noreturn]] void give_up(std::string_view line) {
  std::cerr << "vpcd_round_trip_bench: " << line << "\n";
  std::exit(3);
}

// Virtual cards in the slots for as long as this lives.
class Inserted {
 public:
  explicit Inserted(std::vector<vpcd::SlotConfig> slots)
      : client_(std::move(slots), [](const vpcd::Event&) {}), thread_([this] { client_.run(); }) {}
  Inserted(const Inserted&) = delete;
  Inserted& operator=(const Inserted&) = delete;
  ~Inserted() {
    client_.stop();
    thread_.join();
  }

 private:
  vpcd::Client client_;
  std::thread thread_;
};

// A client's end of one reader; waits some seconds for the card.
class Reader {
 public:
  explicit Reader(const char* name) {
    SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_);
    const auto limit = Clock::now() + std::chrono::seconds(10);
    while (SCardConnect(context_, name, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_ANY, &card_, &protocol_) !=
           SCARD_S_SUCCESS) {
      if (Clock::now() > limit) give_up(fmt::format("no card to be had in {}", name));
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    SCardDisconnect(card_, SCARD_LEAVE_CARD);
    SCardReleaseContext(context_);
  }

  nanoseconds get_challenge() {
    constexpr std::array<std::uint8_t, 5> command = {0x00, 0x84, 0x00, 0x00, 0x08};
    std::array<std::uint8_t, 258> answer{};
    DWORD size = answer.size();
    const SCARD_IO_REQUEST* request = protocol_ == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    const auto start = Clock::now();
    const LONG result =
        SCardTransmit(card_, request, command.data(), command.size(), nullptr, answer.data(), &size);
    const auto end = Clock::now();
    if (result != SCARD_S_SUCCESS || size != 10 || answer[8] != 0x90)
      give_up("GET CHALLENGE was not answered with 8 bytes");
    return end - start;
  }

 private:
  SCARDCONTEXT context_{};
  SCARDHANDLE card_{};
  DWORD protocol_{};
};

using Times = std::vector<nanoseconds>;

void measure(Reader& reader, int commands, Times& times) {
  for (int i = 0; i < commands; ++i) times.push_back(reader.get_challenge());
}

double median_ms(Times& times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return std::chrono::duration<double, std::milli>(*middle).count();
}

// Card and echo in turns, so that whatever else the machine does hits both.
std::pair<double, double> card_beside_echo(core::SmartCard& card) {
  EchoCard echo;
  const Inserted inserted(
      {{.card = &card, .name = "card"}, {.port = vpcd::kFirstPort + 1, .card = &echo, .name = "echo"}});
  Reader card_reader("Virtual PCD 00 00");
  Reader echo_reader("Virtual PCD 00 01");
  Times card_times;
  Times echo_times;
  for (int round = 0; round < kRounds; ++round) {
    measure(card_reader, kCommandsPerRound, card_times);
    measure(echo_reader, kCommandsPerRound, echo_times);
  }
  return {median_ms(card_times), median_ms(echo_times)};
}

double without_quick_ack() {
  EchoCard echo;
  const Inserted inserted({{.card = &echo, .name = "echo", .quick_ack = false}});
  Reader reader("Virtual PCD 00 00");
  Times times;
  measure(reader, kSlowCommands, times);
  return median_ms(times);
}

int run() {
  const double slow = without_quick_ack();
  std::this_thread::sleep_for(std::chrono::seconds(2));  // pcscd sees the slot empty
  const auto model = profile::load_card("sample-3.00");
  if (!model) give_up(model.error().to_string());
  const auto card = make_card(*model, {});
  const auto [virtual_card, echo] = card_beside_echo(*card);
  std::cout << fmt::format("virtual card          {:8.3f} ms  {:.2f} x echo\n", virtual_card,
                           virtual_card / echo)
            << fmt::format("echo                  {:8.3f} ms\n", echo)
            << fmt::format("echo, no quick ACK    {:8.3f} ms  {:.0f} x virtual card\n", slow,
                           slow / virtual_card);
  return 0;
}

}  // namespace
}  // namespace ssc::bench

int main() { return ssc::bench::run(); }
