#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fake/dialect.hpp"

namespace assay::fake {

/// OpenAI's chat completions and embeddings, and what speaks like them.
class OpenAi : public Dialect {
 public:
  std::string_view name() const override { return "openai"; }
  std::string_view id_header() const override { return "x-request-id"; }
  std::string key_of(const net::ServerRequest& request) const override;
  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override;
  std::string answer(const Answer& answer) const override;
  std::string error(const ErrorAnswer& error) const override;
  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override;
  std::string error_event(const ErrorAnswer& error) const override;
  std::string comment() const override { return ": OPENROUTER PROCESSING\n\n"; }
  void add_headers(net::ServerResponse& response, const Answer& answer) const override;
  void add_error_headers(net::ServerResponse& response, const ErrorAnswer& error) const override;

 protected:
  /// `model`: the one that the path names; empty: the body's.
  static Result<Question, ErrorAnswer> read_chat(const net::ServerRequest& request, std::string model);
  static Result<Question, ErrorAnswer> read_embeddings(const net::ServerRequest& request, std::string model);
};

}  // namespace assay::fake
