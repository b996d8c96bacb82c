#include "tests/sim/provider.hpp"

#include <algorithm>
#include <charconv>

#include "runtime/wait.hpp"
#include "tests/sim/answers.hpp"

namespace assay::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

CallId call_of(const http::Request& request) {
  const std::string text(http::find_header(request.headers, "X-Request-ID").value_or(""));
  CallId call;
  const char* at = text.data();
  const char* end = at + text.size();
  at = std::from_chars(at, end, call.job.value).ptr + 1;
  at = std::from_chars(at, end, call.cell.value).ptr + 1;
  std::from_chars(at, end, call.seq);
  return call;
}

/// Counts a call as open while it lives.
struct Open {
  Open(std::multiset<CallId>& all_, const CallId& call) : all(all_), place(all_.insert(call)) {}
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() { all.erase(place); }
  std::multiset<CallId>& all;
  std::multiset<CallId>::iterator place;
};

}  // namespace

Provider::Script Provider::draw() {
  Script script;
  script.delay = milliseconds(20 + random_.below(400));
  if (random_.chance(0.03)) {
    faults_.count(Fault::slow_answer);
    script.delay = seconds(5 + random_.below(60));
  }
  const double roll = random_.unit();
  if (roll < 0.05) {
    script.how = Script::How::rate_limit;
  } else if (roll < 0.08) {
    script.how = Script::How::overload;
  } else if (roll < 0.11) {
    script.how = Script::How::cut;
  } else if (roll < 0.12) {
    script.how = Script::How::silence;
  } else if (roll < 0.14) {
    script.how = Script::How::empty;
  } else if (roll < 0.16) {
    script.how = Script::How::unreadable;
  }
  return script;
}

http::Response Provider::reply(const http::Request& request, const CallId& call, const Script& script) {
  http::Response response;
  response.headers.emplace_back("Content-Type", "application/json");
  response.first_byte = response.total = script.delay;
  switch (script.how) {
    case Script::How::rate_limit:
      faults_.count(Fault::rate_limited);
      response.status = 429;
      response.headers.emplace_back("Retry-After", std::to_string(1 + random_.below(30)));
      response.body = R"({"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}})";
      return response;
    case Script::How::overload:
      faults_.count(Fault::overloaded);
      response.status = 529;
      response.body = R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})";
      return response;
    case Script::How::unreadable:
      faults_.count(Fault::unreadable_answer);
      response.status = 200;
      response.body = R"({"choices":)";
      return response;
    default:
      break;
  }
  response.status = 200;
  const bool empty = script.how == Script::How::empty;
  if (empty) faults_.count(Fault::empty_answer);
  response.body = answer_body(request, call, empty);
  return response;
}

/// Tells the answer's stream to the request's sinks in pieces cut anywhere; a cut stream ends before its end, a silent
/// one waits inside for ever. False: the deadline passed.
Task<bool> Provider::stream(const http::Request& request, const CallId& call, const Script& script, Deadline deadline) {
  const std::string whole = answer_stream(request, call, script.how == Script::How::empty);
  const bool stays = script.how == Script::How::silence, breaks = script.how == Script::How::cut;
  const std::size_t most = breaks || stays ? random_.below(whole.size()) : whole.size();
  request.head_sink(200, {{"Content-Type", "text/event-stream"}});
  const Duration gap = script.delay / 4;
  for (std::size_t told = 0; told < most;) {
    const std::size_t piece = std::min<std::size_t>(most - told, 1 + random_.below(whole.size() / 2));
    if (loop_.now() + gap >= deadline.at) break;
    co_await sleep_for(loop_, gap);
    request.body_sink(std::string_view(whole).substr(told, piece));
    told += piece;
  }
  if (stays || deadline.passed(loop_.now())) co_await sleep_until(loop_, deadline.at);
  co_return !deadline.passed(loop_.now());
}

Task<Result<http::Response, http::Failure>> Provider::Line::send(http::Request request, Deadline deadline) {
  Provider& provider = provider_;
  const CallId call = call_of(request);
  const Open open(open_, call);
  provider.oracle_.open_calls(worker_, open_, most_);
  provider.oracle_.call_received(call, worker_);
  provider.trace_.note("received " + to_string(call) + " from " + worker_);
  if (request.url.find("//proxy.sim") != std::string::npos) provider.faults_.count(Fault::moved_to_the_proxy);
  provider.on_receive(call, worker_);
  const Script script = provider.draw();
  const bool billed = script.how == Script::How::answer || script.how == Script::How::cut || script.how == Script::How::silence ||
                      script.how == Script::How::empty;
  if (billed) provider.oracle_.call_billed(call, bill_nanos(call, script.how == Script::How::empty));

  http::Failure failure;
  failure.sent = true;
  const bool never = script.how == Script::How::silence;
  const bool streamed = billed && wants_stream(request);
  const Instant began = provider.loop_.now();
  const Instant when = never ? deadline.at : std::min(deadline.at, began + script.delay);
  bool stopped = false;
  try {
    if (streamed) {
      Task<bool> streaming = provider.stream(request, call, script, deadline);
      co_await streaming;
    } else {
      co_await sleep_until(provider.loop_, when);
    }
  } catch (const Stopped&) {
    stopped = true;
  }
  if (stopped) {
    const bool silent = streamed && never && provider.loop_.now() - began >= seconds(60);
    provider.faults_.count(silent ? Fault::stream_stalled : Fault::drain_cut_a_call);
    failure.kind = http::Failure::Kind::cancelled;
    co_return assay::failure(failure);
  }
  if (never || deadline.passed(provider.loop_.now())) {
    provider.faults_.count(Fault::timed_out);
    failure.kind = http::Failure::Kind::timed_out;
    co_return assay::failure(failure);
  }
  const bool after_the_end = streamed && script.how == Script::How::answer && provider.random_.chance(0.05);
  if (after_the_end) provider.faults_.count(Fault::broke_after_the_end);
  if (script.how == Script::How::cut || after_the_end) {
    if (!after_the_end) provider.faults_.count(streamed ? Fault::stream_cut : Fault::cut_answer);
    failure.kind = http::Failure::Kind::cut_off;
    failure.status = 200;
    co_return assay::failure(failure);
  }
  http::Response response = provider.reply(request, call, script);
  if (streamed) {
    provider.faults_.count(Fault::streamed_answer);
    response.body.clear();
  } else if (request.body_sink) {
    request.head_sink(response.status, response.headers);
    request.body_sink(response.body);
    response.body.clear();
  }
  co_return response;
}

}  // namespace assay::sim
