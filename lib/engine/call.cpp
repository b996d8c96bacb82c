#include "engine/call.hpp"

#include <exception>
#include <utility>

#include "base/digest.hpp"
#include "json/utf8.hpp"
#include "engine/answer_facts.hpp"
#include "engine/streamed_call.hpp"
#include "providers/redact.hpp"

namespace assay::engine {
namespace {

using Answer = Result<http::Response, http::Failure>;
using How = CallOutcome::How;

queue::CallIntent intent_of(const HeldLease& held, const CellPlan& plan, const PlannedCall& planned) {
  queue::CallIntent intent;
  intent.lease = held.ref();
  intent.id = planned.id;
  intent.provider = plan.route->deployment.provider;
  intent.model = plan.route->deployment.model;
  const auto digest = sha256(planned.request.body);
  intent.request_hash.assign(reinterpret_cast<const char*>(digest.data()), 16);
  intent.price = plan.route->price_text;
  intent.bound = planned.bound;
  return intent;
}

Task<queue::BeginAnswer> begin(Tools& tools, const HeldLease& held, const CellPlan& plan, const PlannedCall& planned) {
  const queue::CallIntent intent = intent_of(held, plan, planned);
  Task<queue::BeginAnswer> beginning = tools.persist.begin(intent);
  co_return co_await beginning;
}

Failure by_us(Failure::Kind kind, const CellPlan& plan, std::string detail) {
  Failure failure;
  failure.kind = kind;
  failure.source = Failure::Source::worker;
  failure.provider = plan.route->deployment.provider;
  failure.detail = std::move(detail);
  return failure;
}

Failure refusal(queue::BeginAnswer answer, const CellPlan& plan) {
  return by_us(Failure::Kind::over_budget, plan,
               answer == queue::BeginAnswer::unknown_price ? "the job has a max_cost and no price is known for " +
                                                                 plan.model + ": add one, or enqueue without max_cost"
                                                           : "the next call could pass the job's max_cost");
}

std::unique_ptr<CallOutcome> outcome(How how, Instant begun) {
  auto made = std::make_unique<CallOutcome>();
  made->how = how;
  made->begun = made->first_byte_out = begun;
  return made;
}

/// The call did not come to its socket.
std::unique_ptr<CallOutcome> not_sent(How how, Instant begun, const CellPlan& plan, const PlannedCall& planned,
                                      Failure failure) {
  auto made = outcome(how, begun);
  if (how == How::failed) made->end = end_of(planned.id, planned.bound, plan, failure);
  made->failure = std::move(failure);
  return made;
}

/// A fault of ours in reading an answer must not lose what was paid for it.
Result<Completion, Failure> read(const Tools& tools, StreamedCall* stream, Answer answer,
                                 const providers::Deployment& deployment) {
  const int status = answer ? answer->status : answer.error().status;
  try {
    if (stream != nullptr) return stream->read(std::move(answer));
    if (!answer) return failure(providers::from_transport(answer.error(), deployment));
    return providers::without_secrets(providers::dialect(deployment.dialect).decode(*answer, deployment), deployment);
  } catch (const std::exception& error) {
    tools.observer.broken("decode", error.what());
    Failure broken;
    broken.source = Failure::Source::worker;
    broken.may_have_run = true;
    broken.status = status;
    broken.provider = deployment.provider;
    broken.detail = std::string("the answer could not be read: ") + error.what();
    return failure(std::move(broken));
  }
}

/// What a call leaves, once something or nothing has come of it.
struct Ended {
  CallId id;
  std::optional<Money> bound;
  Instant begun, sent;
};
std::unique_ptr<CallOutcome> conclude(Tools& tools, const CellPlan& plan, const Ended& call, StreamedCall* stream,
                                      Answer answer) {
  auto made = outcome(How::answered, call.begun);
  made->last_byte_in = tools.loop.measure();
  made->first_byte_out = call.sent + (answer ? answer->queued : Duration::zero());
  if (answer) {
    made->provider = answer->total;
    if (tools.observer.watches_the_wire())
      tools.observer.response_came(call.id, *answer, plan.route->deployment);
  } else {
    made->provider = made->last_byte_in - call.sent - answer.error().queued;
  }
  const std::size_t kept = tools.settings.stored_raw_bytes;
  std::string raw;
  if (answer && kept > 0) raw = providers::redacted(answer->body, plan.route->deployment, kept);
  auto completion = read(tools, stream, std::move(answer), plan.route->deployment);
  if (completion) {
    made->completion = std::move(*completion);
    made->completion.raw = std::move(raw);
  } else {
    made->how = How::failed;
    made->end = end_of(call.id, call.bound, plan, completion.error());
    made->failure = std::move(completion.error());
  }
  tools.observer.call_ended(call.id, plan.route->deployment.provider, completion ? nullptr : &made->failure,
                            made->last_byte_in - call.sent);
  return made;
}

std::unique_ptr<StreamedCall> streamed(Tools& tools, const CellPlan& plan, const PlannedCall& planned) {
  return planned.stream ? std::make_unique<StreamedCall>(tools, plan.route->deployment) : nullptr;
}

Task<Answer> send(Tools& tools, StreamedCall* stream, http::Request request) {
  const Deadline deadline{tools.loop.now() + tools.settings.call_timeout};
  return stream != nullptr ? stream->send(std::move(request), deadline)
                           : tools.transport.send(std::move(request), deadline);
}

}  // namespace

Task<std::unique_ptr<CallOutcome>> make_call(Tools& tools, HeldLease& held, const CellPlan& plan,
                                             std::unique_ptr<PlannedCall> planned) {
  Ended call{planned->id, planned->bound, tools.loop.measure(), {}};
  queue::BeginAnswer begun = queue::BeginAnswer::lost;
  {
    Task<queue::BeginAnswer> beginning = begin(tools, held, plan, *planned);
    begun = co_await beginning;
  }
  if (begun == queue::BeginAnswer::lost) {
    held.lose("begin was refused by the fence");
    co_return outcome(How::lost, call.begun);
  }
  if (begun != queue::BeginAnswer::granted)
    co_return not_sent(How::refused, call.begun, plan, *planned, refusal(begun, plan));

  const Stop& stop = co_await current_stop();
  if (stop.requested() || !held.good(tools.loop.now())) {
    // The lease passed, or the work was stopped, while the intent was being written.
    co_return not_sent(
        How::failed, call.begun, plan, *planned,
        by_us(Failure::Kind::cancelled, plan, "not sent: the work was stopped while the call was being begun"));
  }

  tools.observer.call_begins(held.ref(), call.id, plan.model);
  call.sent = tools.loop.measure();
  if (tools.observer.watches_the_wire()) tools.observer.request_leaves(call.id, planned->request);
  const std::unique_ptr<StreamedCall> stream = streamed(tools, plan, *planned);
  Task<Answer> sending = send(tools, stream.get(), std::move(planned->request));
  planned.reset();
  Answer answer = co_await sending;
  co_return conclude(tools, plan, call, stream.get(), std::move(answer));
}

}  // namespace assay::engine
