// The reader's end of the wire, played by hand: sockets on loopback, ports of the kernel's choice, limits on
// every wait.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <utility>

#include "apdu/hex.h"

namespace ssc::simulator::vpcd::test {

inline constexpr std::chrono::milliseconds kLimit{5000};  // no wait takes longer; then the test fails

class Socket {
 public:
  explicit Socket(int id = -1) : id_(id) {}
  Socket(Socket&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Socket() { close(); }

  bool open() const { return id_ >= 0; }
  int id() const { return id_; }
  void close() {
    if (id_ >= 0) ::close(id_);
    id_ = -1;
  }
  // Something to read, a connection to accept, or the end of the stream.
  bool readable(std::chrono::milliseconds limit = kLimit) const {
    pollfd wanted{id_, POLLIN, 0};
    return ::poll(&wanted, 1, static_cast<int>(limit.count())) == 1;
  }

 private:
  int id_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// One connection, as vpcd has it.
class Peer {
 public:
  explicit Peer(Socket socket) : socket_(std::move(socket)) {}

  bool open() const { return socket_.open(); }
  void close() { socket_.close(); }

  // The bytes as they are, in one segment.
  void send(std::string_view raw_hex) { send_bytes(apdu::parse_hex(raw_hex).value()); }
  void send_bytes(const apdu::Bytes& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t done = ::send(socket_.id(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (done <= 0) return;
      sent += static_cast<std::size_t>(done);
    }
  }

  // The next reply with its length, as hex; "" when none came in time or the connection ended.
  std::string reply() {
    const apdu::Bytes length = receive(2);
    if (length.size() != 2) return "";
    const apdu::Bytes payload = receive(static_cast<std::size_t>(apdu::number(length)));
    return apdu::to_hex(length) + " " + apdu::to_hex(payload);
  }
  std::string ask(std::string_view raw_hex) {
    send(raw_hex);
    return reply();
  }
  bool silent(std::chrono::milliseconds limit) const { return !socket_.readable(limit); }
  // The card closed the connection.
  bool ended() {
    std::uint8_t byte = 0;
    return socket_.readable() && ::recv(socket_.id(), &byte, 1, 0) <= 0;
  }

 private:
  apdu::Bytes receive(std::size_t size) {
    apdu::Bytes bytes;
    while (bytes.size() < size && socket_.readable()) {
      std::uint8_t byte = 0;
      if (::recv(socket_.id(), &byte, 1, 0) != 1) break;
      bytes.push_back(byte);
    }
    return bytes;
  }

  Socket socket_;
};

// A stock vpcd: listens with a queue of none, serves one connection.
class FakeVpcd {
 public:
  explicit FakeVpcd(std::uint16_t port = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const int yes = 1;
    ::setsockopt(socket_.id(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address = loopback(port);
    const bool listening = ::bind(socket_.id(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                           ::listen(socket_.id(), 0) == 0;
    socklen_t size = sizeof address;
    ::getsockname(socket_.id(), reinterpret_cast<sockaddr*>(&address), &size);
    if (listening) port_ = ntohs(address.sin_port);
  }

  std::uint16_t port() const { return port_; }  // 0: could not listen
  bool somebody_comes(std::chrono::milliseconds limit = kLimit) const { return socket_.readable(limit); }
  // Not open when nobody came in time.
  Peer accept() {
    if (!somebody_comes()) return Peer(Socket());
    return Peer(Socket(::accept(socket_.id(), nullptr, nullptr)));
  }

 private:
  Socket socket_;
  std::uint16_t port_ = 0;
};

// A vpcd that was told to connect. Not open when nobody listens.
inline Peer connect_to(std::uint16_t port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = loopback(port);
  if (::connect(socket.id(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Peer(Socket());
  return Peer(std::move(socket));
}

}  // namespace ssc::simulator::vpcd::test
