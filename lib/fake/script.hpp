#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace assay::fake {

/// How long a call takes before its answer begins. Drawn per call from (seed, call id).
struct Latency {
  enum class Kind { fixed, uniform, lognormal };
  Kind kind = Kind::fixed;
  double low_ms = 0;   ///< fixed: the value; lognormal: the median
  double high_ms = 0;  ///< uniform: the upper end; lognormal: a cap
  double sigma = 0;    ///< lognormal
};

/// What goes wrong with an answer that was thought out well.
enum class Fault {
  none,
  // the transport
  cut,                 ///< announces the whole length, sends `bytes` of the body, ends
  cut_before_headers,  ///< ends without a byte
  cut_chunked,         ///< chunked, ends inside a chunk after `bytes` of the body
  reset,               ///< as cut, but breaks the connection off; with `bytes` 0 without a byte
  never,               ///< no byte until the client leaves
  stall,               ///< `bytes` of the body, then no more until the client leaves
  trickle,             ///< the whole answer, `bytes` at a time with `pause_ms` between
  endless,             ///< a body without an end
  large,               ///< a text of `bytes` (64 MiB)
  gzip_bomb,           ///< a small compressed body that expands to `bytes` (64 MiB)
  // the content
  malformed_json,      ///< whole as HTTP, cut as JSON
  nested,              ///< `depth` nested brackets (200,000)
  no_choices,          ///< nothing that could be the answer
  empty_content,       ///< an answer of no characters
  null_content,        ///< null where the text belongs
  nul_text,            ///< \u0000 inside the text
  bad_utf8,            ///< bytes that are not UTF-8 inside the text
  html,                ///< a page, as gateways send it (status 502 unless the script says otherwise)
  error_in_200,        ///< an error body under status 200
  html_200,            ///< a page under status 200
  wrong_type,          ///< the right body called text/plain
  gzip,                ///< the right body, compressed although nobody offered to take that
  interim,             ///< "103 Early Hints" twice before the answer
  empty_body,          ///< nothing, as a whole answer
  garbage_after,       ///< more bytes after the answer's end
  tool_arguments_cut,  ///< each call's arguments end in their middle, and the answer at the limit
  // of streams; what is asked whole is answered well
  cut_before_content,  ///< ends after the opening
  cut_mid_content,     ///< ends after `after` pieces of content
  cut_mid_event,       ///< ends inside the event after that
  no_marker,           ///< ends well as HTTP, without closing, usage and marker
  no_last_marker,      ///< the same, but the answer said why it stopped
  reset_mid_content,
  stall_before_content,
  stall_mid_content,
  pings_only,     ///< after the opening nothing but pings, for ever
  comments_only,  ///< not even an opening
  error_event,    ///< an error before any content …
  error_event_mid_content,
  bad_event,       ///< an event that is not JSON, in the middle of the content
  unknown_events,  ///< events of tomorrow between all others
  ended_twice,     ///< the closing and the marker come again
  whole_for_stream,
  stream_for_whole,  ///< and a stream where none was asked
  endless_stream,
  giant_event,   ///< one event of `bytes` (32 MiB)
  giant_line,    ///< one line of `bytes` that never was an event
  split_utf8,    ///< the bytes of a character travel apart
  empty_stream,  ///< ends well as HTTP, without an event
  bad_crc        ///< of the frame in the middle; where frames have none: a byte that cannot be
};
inline constexpr Fault last_fault = Fault::bad_crc;
std::string_view to_string(Fault fault);

enum class UsageManner { normal, missing, null, zero };

/// Whose manners a server of OpenAI's format has: what it adds, and how it words errors.
enum class Manner { plain, openrouter, litellm, groq, together, mistral, deepseek, huggingface };

struct ToolCall {
  std::string name, arguments;  ///< a JSON text; may be anything
};

/// What a client asked for that changes the form of the answer.
struct Wish {
  bool stream = false, usage_in_stream = false;
  bool embeddings = false, one_embedding = false;
  bool base64 = false;
  std::vector<std::string> inputs;  ///< of embeddings
  std::size_t dimensions = 8;
};

/// An answer whose every byte is the script's. A piece with an event name or `framed` is framed as the dialect does it.
struct Raw {
  struct Piece {
    std::string event, data;
    bool framed = false;
  };
  std::vector<Piece> pieces;
  std::string type;  ///< the content type; empty: the usual one
  bool chunked = false;
  enum class End { whole, cut, reset, stall } end = End::whole;
};

/// The text of an answer. A template may hold {{input}}, {{last_line}}, {{system}}, {{model}} and {{call_id}}.
struct Text {
  enum class Kind { filler, fixed, templated };
  Kind kind = Kind::filler;
  std::string words;
};

/// Everything the script says about one call.
struct Behaviour {
  Latency latency;
  int status = 200;
  std::string error_code, error_type, error_message;  ///< empty: what the dialect says for the status
  std::string retry_after;                            ///< as sent; empty: none
  std::vector<std::pair<std::string, std::string>> headers;
  Fault fault = Fault::none;
  std::optional<std::size_t> bytes;
  std::size_t depth = 200'000;
  double pause_ms = 1;
  UsageManner usage = UsageManner::normal;
  std::optional<std::int64_t> tokens_in, tokens_out;  ///< empty: a quarter of the bytes
  std::int64_t tokens_cached = 0;                     ///< of tokens_in
  std::string served_model;                           ///< empty: the one asked for
  std::string finish;                                 ///< in the dialect's words; empty: stop, or length when cut
  std::size_t text_bytes = 1600;                      ///< of filler
  Text text;
  bool has_text = false;  ///< the text was stated, so that the list of answers does not count
  std::string mark;       ///< a name under which such calls are counted
  std::int64_t tokens_written = 0, tokens_reasoning = 0;  ///< of tokens_in and tokens_out
  std::string reasoning, refusal;
  std::vector<ToolCall> tool_calls;
  Manner manner = Manner::plain;
  std::string cost;                  ///< dollars as told; empty: the bill's
  std::size_t pieces = 8;            ///< of a streamed text
  double first_ms = 0;               ///< from a stream's opening to its first content
  double piece_pause_ms = 0;         ///< between a stream's pieces of content
  std::optional<std::size_t> after;  ///< pieces of content before the fault; empty: half of them
  std::optional<Raw> raw;
};

/// Which calls a rule is for; what is not stated matches. Patterns know `*`.
struct Match {
  std::string model, call_id, worker, dialect;  ///< patterns; empty: any
  std::string key;                              ///< fingerprint
  std::string prompt_contains;
  std::vector<std::uint64_t> nth;  ///< only these of the calls that match all else, from 1
  std::uint64_t every = 0;         ///< only each so-many-th of them
};

struct Rule {
  Match match;
  double probability = 1;              ///< drawn from (seed, call id)
  std::optional<std::uint64_t> times;  ///< applies so often, then no more
  Behaviour behaviour;                 ///< the default behaviour with the rule's own fields over it
};

/// An answer by content: the first that fits gives the text of a call whose behaviour states none. Chance is drawn from
/// (seed, model, prompt), so that a model always answers a question the same way.
struct Reply {
  std::string model, contains;
  double chance = 1;
  Text text, otherwise;
};

/// What a call costs: nano-dollars per million tokens of each class, and per call.
struct Bill {
  std::string model;
  std::int64_t input = 0, cached = 0, written = 0, output = 0, per_call = 0;
};

/// What a vendor counted of one call. Cached and written ones are part of `in`.
struct Tokens {
  std::int64_t in = 0, cached = 0, written = 0, out = 0;
};

/// The whole script. Rules are tried in order, the first that fits counts.
struct Script {
  std::uint64_t seed = 1;
  bool require_key = false;         ///< calls without a key are answered 401
  bool bill_aborted = true;         ///< a call whose client left is charged nevertheless
  std::string aws_secret;           ///< Bedrock: signatures are checked with it; empty: only their form
  std::vector<std::string> models;  ///< for GET /v1/models
  Behaviour fallback;
  std::vector<Rule> rules;
  std::vector<Reply> replies;
  std::vector<Bill> bills;
};

/// Reads a script. The error names the path of what is wrong; what it does not know is refused.
Result<Script, std::string> read_script(std::string_view json);

/// Does `text` fit `pattern`, in which `*` stands for anything? An empty pattern fits everything.
bool fits(std::string_view pattern, std::string_view text);

/// The public name of a key: 12 hex digits of its SHA-256. Empty for an empty key.
std::string fingerprint(std::string_view key);

/// (tokens × price, in 128 bits, rounded half up once) + per call.
std::int64_t nanos_of(const Bill& bill, const Tokens& tokens);

}  // namespace assay::fake
