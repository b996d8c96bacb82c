#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/model_routes.hpp"
#include "engine/observer.hpp"
#include "queue/job_queue.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// Makes the set of the models that the queue keeps (JobQueue::models) over what the program knows by itself. The error
/// says why it cannot, for people: the set before it stays.
using BuildModels = std::function<Result<std::shared_ptr<const ModelSet>, std::string>(const std::string& stored)>;

/// Keeps the routes and prices as the stored models are, while the worker runs. Without a builder nothing is stored and
/// nothing is read. Loop thread only.
class ModelRefresh {
 public:
  ModelRefresh(Loop& loop, queue::JobQueue& queue, ModelRoutes& routes, Observer& observer, BuildModels build)
      : loop_(loop), queue_(queue), routes_(routes), observer_(observer), build_(std::move(build)), turn_(loop, 1) {}

  /// Reads the stored models, unless they were read after `since`; who asks at once waits for one statement. False: the
  /// queue could not be reached, and everything stays.
  Task<bool> newer_than(Instant since);
  Task<bool> now() { return newer_than(loop_.measure()); }

 private:
  Loop& loop_;
  queue::JobQueue& queue_;
  ModelRoutes& routes_;
  Observer& observer_;
  BuildModels build_;
  Semaphore turn_;
  std::string stored_ = "[]";
  std::optional<Instant> read_at_;
};

}  // namespace assay::engine
