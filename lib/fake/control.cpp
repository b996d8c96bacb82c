#include <algorithm>
#include <charconv>

#include "fake/lists.hpp"
#include "fake/provider.hpp"
#include "json/writer.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t usual_page = 10'000, largest_page = 100'000;

net::ServerResponse told(int status, std::string_view key, std::string_view what) {
  std::string body;
  json::Writer(body).begin_object().field(key, what).end_object();
  return {status, "application/json", body + "\n"};
}

std::size_t number_in(const net::ServerRequest& request, std::string_view name, std::size_t usual) {
  const std::string_view text = request.query_value(name).value_or("");
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : usual;
}

void write_counts(json::Writer& out, const OpenCalls::Counts& counts) {
  out.begin_object();
  for (const auto& [name, count] : counts) out.field(name, count);
  out.end_object();
}

}  // namespace

net::ServerResponse Provider::control(const net::ServerRequest& request) {
  const std::string_view path = request.path();
  const bool get = request.method == "GET" || request.method == "HEAD";
  const bool post = request.method == "POST";
  if (get && path == "/_fake/stats") return {200, "application/json", stats_json()};
  if (get && path == "/_fake/ledger") return ledger_page(request);
  if (post && path == "/_fake/reset") {
    reset();
    return told(200, "reset", "done");
  }
  if (post && path == "/_fake/script") {
    const auto used = use_script(request.body.empty() ? "{}" : request.body);
    return used ? told(200, "script", "in use") : told(400, "error", used.error());
  }
  if (auto list = list_for(request, planner_.script())) return std::move(*list);
  return told(404, "error", "no such path");
}

net::ServerResponse Provider::ledger_page(const net::ServerRequest& request) const {
  const std::size_t after = std::min(number_in(request, "after", 0), ledger_.size());
  const std::size_t limit = std::min(number_in(request, "limit", usual_page), largest_page);
  const std::size_t end = std::min(ledger_.size(), after + limit);
  const bool array = request.query_value("format") == "array";
  std::string body = array ? "[" : "";
  for (std::size_t i = after; i < end; ++i) {
    if (array && i > after) body += ',';
    append_json(body, i + 1, ledger_.at(i), start_);
    if (!array) body += '\n';
  }
  if (array) body += "]\n";
  net::ServerResponse response(200, array ? "application/json" : "application/x-ndjson", std::move(body));
  response.add("X-Fake-Total", std::to_string(ledger_.size()));
  response.add("X-Fake-Next", std::to_string(end));
  return response;
}

std::string Provider::stats_json() const {
  std::string body;
  json::Writer out(body);
  out.begin_object();
  out.field("open", open_.total()).field("peak_open", open_.peak());
  out.key("open_by_worker");
  write_counts(out, open_.by_worker());
  out.key("open_by_mark").begin_object();
  for (const auto& [mark, counts] : open_.by_mark()) {
    out.key(mark);
    write_counts(out, counts);
  }
  out.end_object();
  out.field("received", totals_.received).field("delivered", totals_.delivered).field("aborted", totals_.aborted);
  out.field("tokens_in", totals_.tokens_in).field("tokens_out", totals_.tokens_out).field("nanos", totals_.nanos);
  out.field("connections", server_.connections()).field("connections_made", server_.accepted());
  out.end_object();
  return body + "\n";
}

}  // namespace assay::fake
