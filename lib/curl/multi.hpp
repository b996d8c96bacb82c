#pragma once
#include <curl/curl.h>

#include "curl/settings.hpp"
#include "curl/sockets.hpp"
#include "net/epoll_port.hpp"
#include "runtime/loop.hpp"

namespace assay::curl {

/// One curl multi handle on the loop's epoll. It never removes a transfer from inside curl: what ends is told to the
/// owner after curl has returned.
class Multi final : public net::EpollPort::Watcher, private Loop::Timer {
 public:
  class Owner {
   public:
    virtual void entering() = 0;                                ///< curl is about to run: callbacks may come
    virtual void ended(Transfer& transfer, CURLcode code) = 0;  ///< after curl has returned
    virtual void left() = 0;                                    ///< curl has returned and everything ended was told

   protected:
    ~Owner() = default;
  };

  Multi(Loop& loop, Sockets& sockets, Owner& owner, std::size_t index, const Settings& settings);
  ~Multi() override;

  /// False: curl takes no more here, and never will again.
  bool add(Transfer& transfer);
  void remove(Transfer& transfer);

  /// Lets curl read what may lie in the transfer's socket.
  void look_at(Transfer& transfer);

  std::size_t index() const { return index_; }
  bool has_room() const { return load_ < capacity_ && !broken_; }
  Sockets& sockets() { return sockets_; }

 private:
  void on_events(int fd, std::uint32_t events) override;
  void on_time() override;
  void act(curl_socket_t fd, int what);
  void due_in(long ms);
  static int on_socket(CURL* easy, curl_socket_t fd, int what, void* self, void*);
  static int on_timer(CURLM*, long ms, void* self);

  Loop& loop_;
  Sockets& sockets_;
  Owner& owner_;
  const std::size_t index_, capacity_;
  CURLM* multi_;
  std::size_t load_ = 0;
  bool broken_ = false;
  Instant due_ = Instant::max();    ///< when curl wants to run
  Instant armed_ = Instant::max();  ///< when the timer fires: at that time or before, never later
};

}  // namespace assay::curl
