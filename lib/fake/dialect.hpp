#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "fake/script.hpp"
#include "net/http_message.hpp"

namespace assay::fake {

/// What a client asked, whatever the dialect.
struct Question {
  std::string model;
  std::string system;
  std::string input;   ///< the last user message
  std::string prompt;  ///< all texts, system first, a line feed between them
  std::optional<std::int64_t> max_tokens;
  Wish wish;
};

/// An answer as it was thought out, before a dialect words it.
struct Answer {
  enum class Content { text, none, empty, null };
  std::string id;  ///< a number of ours, unique per call
  std::string model;
  std::string text;
  Content content = Content::text;
  std::string finish;  ///< in the dialect's words; empty: it stopped by itself
  bool out_of_tokens = false;
  UsageManner usage = UsageManner::normal;
  std::int64_t tokens_in = 0;                          ///< all of the prompt
  std::int64_t tokens_cached = 0, tokens_written = 0;  ///< of it: read from the vendor's cache, written into it
  std::int64_t tokens_out = 0, tokens_reasoning = 0;   ///< all of the answer, and the thoughts in it
  std::string reasoning, refusal;
  std::vector<ToolCall> tool_calls;
  std::string cost;  ///< dollars, where the manner tells them; empty: not told
  Manner manner = Manner::plain;
  Wish wish;
};

struct ErrorAnswer {
  int status = 500;
  std::string code, type, message;  ///< empty: what the vendor says for the status
  std::string id;
  Manner manner = Manner::plain;
};

/// One event of a streamed answer as it goes on the wire.
struct Piece {
  enum class Kind {
    opening,  ///< before any content
    content,
    closing,  ///< tells why it stopped, and what stands around that
    usage,    ///< apart from the rest
    marker    ///< the last word, without which the answer was cut
  };
  Kind kind;
  std::string bytes;
};

/// How one vendor reads requests and words answers. Stateless.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view id_header() const = 0;  ///< under which the vendor names the request; empty: it does not
  virtual std::string key_of(const net::ServerRequest& request) const = 0;
  /// What is wrong with the request's right to ask, where that can be seen without knowing keys.
  virtual std::optional<ErrorAnswer> unauthorized(const net::ServerRequest& request, const Script& script) const;
  virtual Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const = 0;
  virtual std::string answer(const Answer& answer) const = 0;
  virtual std::string error(const ErrorAnswer& error) const = 0;

  virtual std::string_view stream_type() const { return "text/event-stream"; }
  /// The answer's events, its text cut into `texts`.
  virtual std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const = 0;
  /// An event of any data; `name` where the framing has names and the event is not the usual one.
  virtual std::string event(std::string_view name, std::string_view data) const;
  /// The event that tells of an error when an answer has begun.
  virtual std::string error_event(const ErrorAnswer& error) const = 0;
  /// An event or comment that keeps the line warm, and one that no client knows.
  virtual std::string ping() const { return ": keep-alive\n\n"; }
  virtual std::string comment() const { return ": keep-alive\n\n"; }
  virtual std::string unknown_event() const { return event("", R"({"object":"chat.completion.novelty","more":[1]})"); }
  virtual std::string bad_event() const;                            ///< one whose data is not JSON
  virtual std::string_view line_start() const { return "data: "; }  ///< of an event that does not end
  /// An event that a wire has damaged, and one with other bytes in it; its framing stays right.
  virtual std::string spoiled(std::string bytes) const;
  virtual std::string replaced(std::string bytes, std::string_view part, std::string_view by) const;

  /// The headers that this answer or error has beside the usual ones.
  virtual void add_headers(net::ServerResponse& response, const Answer& answer) const;
  virtual void add_error_headers(net::ServerResponse& response, const ErrorAnswer& error) const;
};

/// The dialect of a request, by its path and key header; null when it is no call.
const Dialect* dialect_of(const net::ServerRequest& request);

const Dialect& openai();
const Dialect& openai_responses();
const Dialect& azure();
const Dialect& anthropic();
const Dialect& gemini();
const Dialect& bedrock();
const Dialect& ollama();

}  // namespace assay::fake
