#pragma once
#include <map>
#include <string>
#include <string_view>

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
  Task<bool> stream(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange);
  Task<bool> trickle(const Plan& plan, net::ServerResponse response, net::Exchange& exchange);
  Task<bool> send_after_interim(net::ServerResponse response, net::Exchange& exchange);
  Task<> wait_for_ever();

  Loop& loop_;
  Signal never_;
  std::map<std::string, std::string> bombs_;  // by dialect and size; as many as scripts name
};

/// Where bytes that are not UTF-8 will stand (U+E000), and they: bytes that never are, a cut character, a surrogate.
inline constexpr std::string_view bad_text_stand_in = "\xEE\x80\x80";
inline constexpr std::string_view bad_text = "\xff\xfe\xc3\x28\xed\xa0\x80";

/// The answer as it was thought out.
Answer answer_for(const Plan& plan, const std::string& number);
ErrorAnswer error_for(const Behaviour& behaviour, int status, const std::string& number);

/// The headers every answer of `plan` has, and its status. `type`: the content type of what is sound.
net::ServerResponse head_for(const Plan& plan, const Dialect& dialect, const std::string& number,
                             std::string_view type = "application/json");

/// Whether `plan` is answered as a stream.
bool is_streamed(const Plan& plan);

/// The whole answer of `plan`, with the faults of content in it.
net::ServerResponse response_for(const Plan& plan, const Dialect& dialect, const std::string& number);

}  // namespace assay::fake
