#include "curl/multi.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <new>

#include "curl/transfer.hpp"

namespace assay::curl {
namespace {

std::uint32_t events_of(int what) {
  return (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
}

/// An error or a hang-up is for curl to find by reading, where it learns the cause.
int actions_of(std::uint32_t events) {
  const bool ended = (events & (EPOLLERR | EPOLLHUP)) != 0;
  return ((events & EPOLLIN) != 0 || ended ? CURL_CSELECT_IN : 0) |
         ((events & EPOLLOUT) != 0 || ended ? CURL_CSELECT_OUT : 0);
}

Transfer& transfer_of(CURL* easy) {
  char* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  return *static_cast<Transfer*>(static_cast<void*>(transfer));
}

}  // namespace

Multi::Multi(Loop& loop, Sockets& sockets, Owner& owner, std::size_t index, const Settings& settings)
    : Timer(loop),
      loop_(loop),
      sockets_(sockets),
      owner_(owner),
      index_(index),
      capacity_(settings.transfers_per_handle),
      multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  const auto set = [this](CURLMoption option, auto value) { curl_multi_setopt(multi_, option, value); };
  set(CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  set(CURLMOPT_SOCKETDATA, this);
  set(CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  set(CURLMOPT_TIMERDATA, this);
  set(CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  set(CURLMOPT_MAXCONNECTS, static_cast<long>(settings.transfers_per_handle + 16));
  set(CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(settings.connections_per_host));
}

Multi::~Multi() {
  curl_multi_cleanup(multi_);
}

bool Multi::add(Transfer& transfer) {
  broken_ = broken_ || curl_multi_add_handle(multi_, transfer.easy) != CURLM_OK;
  if (!broken_) ++load_;
  return !broken_;
}

void Multi::remove(Transfer& transfer) {
  curl_multi_remove_handle(multi_, transfer.easy);
  --load_;
}

void Multi::look_at(Transfer& transfer) {
  if (transfer.socket >= 0) act(transfer.socket, CURL_CSELECT_IN);
}

void Multi::on_events(int fd, std::uint32_t events) {
  if (sockets_.wanted(fd)) act(fd, actions_of(events));
}

void Multi::on_time() {
  armed_ = Instant::max();
  if (due_ > loop_.now()) {
    if (due_ != Instant::max()) set(armed_ = due_);
    return;
  }
  due_ = Instant::max();
  act(CURL_SOCKET_TIMEOUT, 0);
}

void Multi::act(curl_socket_t fd, int what) {
  owner_.entering();
  int running = 0, left = 0;
  curl_multi_socket_action(multi_, fd, what, &running);
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    owner_.ended(transfer_of(message->easy_handle), code);
  }
  owner_.left();
}

/// The timer of the loop is set only when it would fire too late; firing too early costs less than setting it each
/// time.
void Multi::due_in(long ms) {
  due_ = ms < 0 ? Instant::max() : ms == 0 ? loop_.now() : loop_.measure() + std::chrono::milliseconds(ms);
  if (due_ == Instant::max()) return;
  due_ = std::max(due_, loop_.now() + Duration(1));  // in a later turn: a chain of such calls must not hold the loop
  if (due_ < armed_) set(armed_ = due_);
}

int Multi::on_socket(CURL* easy, curl_socket_t fd, int what, void* self, void*) {
  Multi& multi = *static_cast<Multi*>(self);
  try {
    const std::uint32_t events = events_of(what);
    if (events != 0) transfer_of(easy).socket = fd;
    multi.sockets_.want(fd, events, multi);
    return 0;
  } catch (...) {
    multi.broken_ = true;
    return -1;  // curl fails everything on this multi handle
  }
}

int Multi::on_timer(CURLM*, long ms, void* self) {
  static_cast<Multi*>(self)->due_in(ms);
  return 0;
}

}  // namespace assay::curl
