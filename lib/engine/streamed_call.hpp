#pragma once
#include <optional>
#include <string>

#include "engine/tools.hpp"
#include "providers/streamed_answer.hpp"
#include "runtime/scope.hpp"

namespace assay::engine {

/// One streamed answer on its way, from its request to its last word. It ends the transfer when nothing more of worth
/// can come: no content for too long, nothing that could be kept (StreamedAnswer::enough), or the vendor's end long
/// past. Pings, comments and empty pieces are no content. Whatever ends it, what had arrived is kept.
///
/// Made only for streamed calls. Lives in the frame of the call, and outlives its send(). Loop thread only; the
/// deployment outlives it.
class StreamedCall final : private Loop::Timer {
 public:
  StreamedCall(Tools& tools, const providers::Deployment& deployment);

  /// Once. Under a stop the transfer ends as cancelled, as any other.
  Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline deadline);

  /// What the transfer's end and the pieces before it amount to.
  Result<Completion, Failure> read(Result<http::Response, http::Failure> end);

  /// After the vendor's last word the connection is given this long to end by itself.
  static constexpr Duration after_the_end = std::chrono::seconds(5);

 private:
  enum class Cut { none, no_first_token, stalled, enough, ended, unreadable };
  void take_head(int status, const http::Headers& headers);
  void take(std::string_view bytes);
  void look(bool content);
  void on_time() override;
  void cut(Cut why);
  template <class Work>
  void guarded(const Work& work);
  http::Failure explained(http::Failure failure) const;
  Failure unreadable(int status) const;

  Tools& tools_;
  const providers::Deployment& deployment_;
  providers::StreamedAnswer answer_;
  Stop* stop_ = nullptr;  ///< of the transfer, while it runs
  Instant sent_{};
  std::optional<Instant> first_content_;
  Instant last_content_{};
  bool end_seen_ = false;
  Cut cut_ = Cut::none;
  std::optional<std::string> fault_;  ///< ours, in reading
};

}  // namespace assay::engine
