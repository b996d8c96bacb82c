#include "engine/call.hpp"

#include <exception>
#include <utility>

#include "base/digest.hpp"

namespace assay::engine {
namespace {

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

Failure refusal(queue::BeginAnswer answer, const CellPlan& plan) {
  Failure failure;
  failure.kind = Failure::Kind::over_budget;
  failure.source = Failure::Source::worker;
  failure.provider = plan.route->deployment.provider;
  failure.detail = answer == queue::BeginAnswer::unknown_price
                       ? "the job has a max_cost and no price is known for " + plan.model + ": add one, or enqueue without max_cost"
                       : "the next call could pass the job's max_cost";
  return failure;
}

/// A call that cannot have run costs nothing; any other stays charged at its bound until somebody knows better. A call
/// that we cut after it had left us has no known outcome.
CallEnd end_of(const PlannedCall& planned, const Failure& failure) {
  CallEnd end;
  end.id = planned.id;
  const bool cut = failure.kind == Failure::Kind::cancelled && failure.may_have_run;
  end.failure = cut ? Failure::Kind::outcome_unknown : failure.kind;
  end.cost = failure.may_have_run ? planned.bound : std::optional(Money());
  end.detail = failure.detail;
  end.status = failure.status;
  end.request_id = failure.request_id;
  return end;
}

/// The lease passed, or the work was stopped, while the intent was being written.
Failure not_sent(const CellPlan& plan) {
  Failure failure;
  failure.kind = Failure::Kind::cancelled;
  failure.source = Failure::Source::worker;
  failure.provider = plan.route->deployment.provider;
  failure.detail = "not sent: the work was stopped while the call was being begun";
  return failure;
}

/// A fault of ours in reading an answer must not lose what was paid for it.
Result<Completion, Failure> read(const Tools& tools, const http::Response& response, const providers::Deployment& deployment) {
  try {
    return providers::dialect(deployment.dialect).decode(response, deployment);
  } catch (const std::exception& error) {
    tools.observer.broken("decode", error.what());
    Failure broken;
    broken.source = Failure::Source::worker;
    broken.may_have_run = true;
    broken.status = response.status;
    broken.provider = deployment.provider;
    broken.detail = std::string("the answer could not be read: ") + error.what();
    return failure(std::move(broken));
  }
}

}  // namespace

Task<CallOutcome> make_call(Tools& tools, HeldLease& held, const CellPlan& plan, PlannedCall planned) {
  CallOutcome outcome;
  outcome.begun = tools.loop.measure();
  outcome.first_byte_out = outcome.begun;
  const queue::CallIntent intent = intent_of(held, plan, planned);
  const queue::BeginAnswer begun = co_await tools.persist.begin(intent);
  if (begun == queue::BeginAnswer::lost) {
    held.lose("begin was refused by the fence");
    co_return outcome;
  }
  if (begun != queue::BeginAnswer::granted) {
    outcome.how = CallOutcome::How::refused;
    outcome.failure = refusal(begun, plan);
    co_return outcome;
  }

  const Stop& stop = co_await current_stop();
  if (stop.requested() || !held.good(tools.loop.now())) {
    outcome.how = CallOutcome::How::failed;
    outcome.failure = not_sent(plan);
    outcome.end = end_of(planned, outcome.failure);
    co_return outcome;
  }

  tools.observer.call_begins(held.ref(), planned.id, plan.model);
  const Instant sent = tools.loop.measure();
  const Deadline deadline{tools.loop.now() + tools.settings.call_timeout};
  http::Request request = std::move(planned.request);
  const bool watched = tools.observer.watches_the_wire();
  if (watched) tools.observer.request_leaves(planned.id, request);
  auto response = co_await tools.transport.send(std::move(request), deadline);
  outcome.last_byte_in = tools.loop.measure();
  outcome.first_byte_out = sent;

  std::optional<Failure> failed;
  if (response) {
    if (watched) tools.observer.response_came(planned.id, *response);
    outcome.first_byte_out = sent + response->queued;
    outcome.provider = response->total;
    auto decoded = read(tools, *response, plan.route->deployment);
    if (decoded) {
      outcome.how = CallOutcome::How::answered;
      outcome.completion = std::move(*decoded);
    } else {
      failed = std::move(decoded.error());
    }
  } else {
    failed = providers::from_transport(response.error(), plan.route->deployment);
  }
  if (failed) {
    outcome.how = CallOutcome::How::failed;
    outcome.end = end_of(planned, *failed);
    outcome.failure = std::move(*failed);
  }
  tools.observer.call_ended(planned.id, plan.route->deployment.provider, failed ? &outcome.failure : nullptr, outcome.last_byte_in - sent);
  co_return outcome;
}

}  // namespace assay::engine
