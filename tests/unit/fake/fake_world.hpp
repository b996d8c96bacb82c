#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fake/provider.hpp"
#include "json/document.hpp"
#include "runtime/scope.hpp"
#include "tests/support/raw_client.hpp"

namespace assay::test {

/// A fake provider and clients on one loop.
struct FakeWorld {
  net::EpollPort port;
  Loop loop{port};
  fake::Provider provider{loop, port};
  Scope scope{loop, loop.root()};

  FakeWorld() { scope.start(provider.run()); }

  RawClient client() { return RawClient(loop, port, provider.port()); }
  void script(std::string_view json);
  void behave(const std::string& words) { script(R"({"default": {)" + words + "}}"); }

  /// The whole answer to a request, until the server ends the connection.
  std::string answer_to(const std::string& request);
  const fake::Entry& last() { return provider.ledger().at(provider.ledger().size() - 1); }
};

/// A request after whose answer the server ends the connection.
std::string post(const std::string& path, const std::string& headers, const std::string& body);
std::string get(const std::string& path, const std::string& headers = "");

/// The bytes of a chunked body, as far as they came; `whole` says whether its end came too.
struct Streamed {
  std::string head, body;
  bool whole = false;
};
Streamed dechunked(const std::string& answer);

json::Document json_of(std::string_view text);

}  // namespace assay::test
