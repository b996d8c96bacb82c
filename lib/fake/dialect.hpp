#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
  std::int64_t tokens_in = 0, tokens_cached = 0, tokens_out = 0;
};

struct ErrorAnswer {
  int status = 500;
  std::string code, type, message;  ///< empty: what the vendor says for the status
  std::string id;
};

/// How one vendor reads requests and words answers. Stateless.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view id_header() const = 0;  ///< under which the vendor names the request
  virtual std::string key_of(const net::ServerRequest& request) const = 0;
  virtual Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const = 0;
  virtual std::string answer(const Answer& answer) const = 0;
  virtual std::string error(const ErrorAnswer& error) const = 0;
};

const Dialect& openai();
const Dialect& anthropic();

}  // namespace assay::fake
