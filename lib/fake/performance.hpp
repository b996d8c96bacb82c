#pragma once
#include <map>
#include <string>

#include "fake/dialect.hpp"
#include "fake/plan.hpp"
#include "net/exchange.hpp"
#include "runtime/task.hpp"

namespace assay::fake {

/// Plays plans to clients. Loop thread only; outlives what it plays.
class Performance {
 public:
  explicit Performance(Loop& loop) : loop_(loop), never_(loop) {}

  /// Sends what `plan` says, faults included. `number` is the call's own, for the ids a vendor would make up. True when
  /// the whole answer went out.
  Task<bool> play(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange);

 private:
  Task<bool> send_large(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange);
  Task<bool> send_bomb(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange);
  Task<bool> send_partly(const Plan& plan, net::ServerResponse response, net::Exchange& exchange);
  Task<bool> trickle(const Plan& plan, net::ServerResponse response, net::Exchange& exchange);
  Task<> wait_for_ever();

  Loop& loop_;
  Signal never_;
  std::map<std::string, std::string> bombs_;  // by dialect and size; as many as scripts name
};

/// The headers every answer of `plan` has, and its status.
net::ServerResponse head_for(const Plan& plan, const Dialect& dialect, const std::string& number);

/// The whole answer of `plan`, with the faults of content in it.
net::ServerResponse response_for(const Plan& plan, const Dialect& dialect, const std::string& number);

}  // namespace assay::fake
