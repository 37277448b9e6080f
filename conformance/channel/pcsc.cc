#include "conformance/channel/pcsc.h"

#include <fmt/format.h>
#include <winscard.h>

#include <thread>

#include "conformance/channel/pcsc_error.h"
#include "conformance/channel/reader_names.h"

namespace ssc::conformance {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using apdu::ChannelError;
using apdu::Response;

constexpr std::chrono::milliseconds kTimeForOthers{1000};
constexpr DWORD kProtocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
constexpr std::size_t kShortestAnswer = 2;
constexpr std::size_t kLongestAnswer = apdu::kMaxResponseData + 2;
constexpr std::size_t kRoomForAnswer = MAX_BUFFER_SIZE_EXTENDED;

tl::unexpected<ChannelError> failed(ChannelError error) { return tl::make_unexpected(std::move(error)); }

// A connection to pcscd.
class Context {
 public:
  Context() : code_(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_)) {}
  ~Context() {
    if (code_ == SCARD_S_SUCCESS) SCardReleaseContext(context_);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  LONG code() const { return code_; }
  SCARDCONTEXT get() const { return context_; }

  tl::expected<std::vector<std::string>, ChannelError> readers() const {
    if (code_ != SCARD_S_SUCCESS) return failed(pcsc_error({}, code_));
    std::string list;
    DWORD size = 0;
    LONG code = SCardListReaders(context_, nullptr, nullptr, &size);
    if (code == SCARD_S_SUCCESS) {
      list.resize(size);
      code = SCardListReaders(context_, nullptr, list.data(), &size);
    }
    if (code == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (code != SCARD_S_SUCCESS) return failed(pcsc_error({}, code));
    list.resize(size);
    return split_multi_string(list);
  }

 private:
  SCARDCONTEXT context_ = 0;
  LONG code_;
};

}  // namespace

class PcscChannel::Link {
 public:
  ~Link() { disconnect(); }

  const Context& context() const { return context_; }
  bool connected() const { return connected_; }

  // Desktops look at a card that was just put in: they get a moment to be done with it.
  LONG connect(const std::string& reader) {
    if (connected_) return SCARD_S_SUCCESS;
    const auto end = std::chrono::steady_clock::now() + kTimeForOthers;
    LONG code = connect_once(reader);
    while (code == SCARD_E_SHARING_VIOLATION && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(kTimeForOthers / 20);
      code = connect_once(reader);
    }
    connected_ = code == SCARD_S_SUCCESS;
    return code;
  }

  // After a failure nothing is connected.
  LONG reconnect(DWORD how) {
    const LONG code = SCardReconnect(card_, SCARD_SHARE_EXCLUSIVE, kProtocols, how, &protocol_);
    if (code != SCARD_S_SUCCESS) disconnect();
    return code;
  }

  void disconnect() {
    if (connected_) SCardDisconnect(card_, SCARD_UNPOWER_CARD);
    connected_ = false;
  }

  LONG atr(Bytes& atr) const {
    DWORD state = 0;
    DWORD protocol = 0;
    DWORD size = MAX_ATR_SIZE;
    atr.resize(size);
    const LONG code = SCardStatus(card_, nullptr, nullptr, &state, &protocol, atr.data(), &size);
    atr.resize(code == SCARD_S_SUCCESS ? size : 0);
    return code;
  }

  LONG transmit(ByteView command, ByteView& answer) {
    DWORD size = buffer_.size();
    const SCARD_IO_REQUEST* header = protocol_ == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    const LONG code =
        SCardTransmit(card_, header, command.data(), command.size(), nullptr, buffer_.data(), &size);
    answer = ByteView(buffer_.data(), code == SCARD_S_SUCCESS ? size : 0);
    return code;
  }

 private:
  LONG connect_once(const std::string& reader) {
    return SCardConnect(context_.get(), reader.c_str(), SCARD_SHARE_EXCLUSIVE, kProtocols, &card_,
                        &protocol_);
  }

  Context context_;
  SCARDHANDLE card_ = 0;
  DWORD protocol_ = 0;
  bool connected_ = false;
  Bytes buffer_ = Bytes(kRoomForAnswer);
};

tl::expected<std::vector<std::string>, ChannelError> list_readers() { return Context().readers(); }

tl::expected<std::unique_ptr<PcscChannel>, ChannelError> PcscChannel::open(std::string_view reader) {
  auto link = std::make_unique<Link>();
  const auto readers = link->context().readers();
  if (!readers) return failed(readers.error());
  auto name = choose_reader(*readers, reader);
  if (!name) return failed(name.error());
  return std::unique_ptr<PcscChannel>(new PcscChannel(std::move(*name), std::move(link)));
}

PcscChannel::PcscChannel(std::string reader, std::unique_ptr<Link> link)
    : reader_(std::move(reader)), link_(std::move(link)) {}

PcscChannel::~PcscChannel() = default;

ChannelError PcscChannel::error(long code) const { return pcsc_error(reader_, code); }

tl::expected<void, ChannelError> PcscChannel::await_card(bool present, std::chrono::milliseconds time) {
  const DWORD wanted = present ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
  const auto end = std::chrono::steady_clock::now() + time;
  SCARD_READERSTATE state{};
  state.szReader = reader_.c_str();
  state.dwCurrentState = SCARD_STATE_UNAWARE;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    const auto wait = static_cast<DWORD>(std::max<std::int64_t>(left.count(), 0));
    const LONG code = SCardGetStatusChange(link_->context().get(), wait, &state, 1);
    if (code != SCARD_S_SUCCESS) return failed(error(code));
    if ((state.dwEventState & wanted) != 0) return {};
    state.dwCurrentState = state.dwEventState;
  }
}

tl::expected<Bytes, ChannelError> PcscChannel::reconnect(unsigned long how) {
  const LONG code = link_->reconnect(how);
  if (code != SCARD_S_SUCCESS) return failed(error(code));
  Bytes atr;
  const LONG status = link_->atr(atr);
  if (status != SCARD_S_SUCCESS) return failed(error(status));
  return atr;
}

tl::expected<Bytes, ChannelError> PcscChannel::power_on() {
  const LONG code = link_->connect(reader_);
  if (code != SCARD_S_SUCCESS) return failed(error(code));
  return reconnect(SCARD_UNPOWER_CARD);
}

tl::expected<Bytes, ChannelError> PcscChannel::reset() {
  if (!link_->connected()) return power_on();
  return reconnect(SCARD_RESET_CARD);
}

void PcscChannel::power_off() { link_->disconnect(); }

tl::expected<Response, ChannelError> PcscChannel::transmit(ByteView command) {
  if (command.size() < 2)
    return failed({ChannelError::Kind::kRefused, command.empty()
                                                     ? "an empty APDU cannot be sent through PC/SC"
                                                     : "a one-byte APDU cannot be sent through vpcd"});
  if (!link_->connected())
    return failed(
        {ChannelError::Kind::kNoCard, fmt::format("reader \"{}\": the card has no power", reader_)});
  ByteView answer;
  const LONG code = link_->transmit(command, answer);
  if (code != SCARD_S_SUCCESS) return failed(error(code));
  if (answer.size() < kShortestAnswer || answer.size() > kLongestAnswer)
    return failed({ChannelError::Kind::kBroken,
                   fmt::format("reader \"{}\": an answer of {} octets is none", reader_, answer.size())});
  return Response::decode(answer);
}

}  // namespace ssc::conformance
