#pragma once
#include <curl/curl.h>

#include <memory>
#include <string>
#include <vector>

#include "curl/exchange.hpp"
#include "curl/multi.hpp"
#include "curl/origins.hpp"
#include "curl/settings.hpp"
#include "curl/sockets.hpp"
#include "curl/transfer.hpp"

namespace assay::curl {

/// Gives each exchange an easy handle and a multi handle, keeps the hosts' connection caps, and hands outcomes over.
///
/// Curl forbids adding and removing transfers from inside its callbacks, and a body sink may start, stop or abandon
/// exchanges there: what is asked for while curl runs is done when it has returned.
class Dispatcher final : private Multi::Owner {
 public:
  Dispatcher(Loop& loop, net::EpollPort& port, Settings settings);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  ~Dispatcher();

  /// Begins an exchange. Null: it could not be begun, and its outcome has been delivered.
  Transfer* begin(Exchange& exchange, http::Request request);

  /// Ends it as `kind`, unless its answer has arrived whole.
  void cut(Transfer& transfer, http::Failure::Kind kind, const char* why);

  /// Ends it; nobody waits for its outcome.
  void abandon(Transfer& transfer);

  /// Ends it if one of its times is up, else sets the exchange's timer for the next of them.
  void check_time(Transfer& transfer);

  /// No exchange lasts longer than the settings allow, whatever its deadline.
  Deadline bounded(Deadline deadline) const { return deadline.earlier(Deadline{loop_.now() + settings_.longest}); }

  Loop& loop() { return loop_; }
  const Stats& stats() const { return stats_; }

 private:
  /// Something asked for while curl ran. The number tells whether the transfer still is that exchange.
  struct Later {
    enum class What { launch, cut, abandon } what;
    Transfer* transfer;
    std::uint64_t number;
    http::Failure::Kind kind = http::Failure::Kind::internal;
    const char* why = "";
  };
  class Global {
   public:
    Global();
    Global(const Global&) = delete;
    Global& operator=(const Global&) = delete;
    ~Global();
  };

  void entering() override { ++inside_; }
  void ended(Transfer& transfer, CURLcode code) override;
  void left() override;
  void do_later();

  Transfer& take();
  void give_back(Transfer& transfer);
  Multi& choose(Origin& origin);
  void launch(Transfer& transfer);
  void end(Transfer& transfer, http::Failure::Kind kind, std::string why);
  void release(Transfer& transfer);
  void leave_multi(Transfer& transfer);
  Instant next_time(const Transfer& transfer) const;

  Global global_;  // first in, last out
  Loop& loop_;
  const Settings settings_;
  Stats stats_;
  Sockets sockets_;
  CURLSH* share_;  ///< resolved names and TLS sessions, for all multi handles
  Origins origins_;
  std::vector<std::unique_ptr<Multi>> multis_;
  std::vector<std::unique_ptr<Transfer>> transfers_;  ///< never shrinks: their easy handles do
  std::vector<Transfer*> spare_, bare_;               ///< not in use: with an easy handle, and without
  std::vector<Later> later_;
  std::uint64_t last_number_ = 0;
  int inside_ = 0;
};

}  // namespace assay::curl
