#include "postgres/admin.hpp"

#include <algorithm>
#include <utility>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace assay::postgres {
namespace {

std::string json_of(const std::vector<Admin::Order>& orders) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const Admin::Order& order : orders) {
    writer.begin_object().field("suite", order.suite.value).key("models").begin_array();
    for (const std::string& model : order.models) writer.string(model);
    writer.end_array().field("tenant", order.tenant).field("queue", order.queue).field("repeats", order.repeats);
    writer.field("priority", order.priority).field("cells_per_share", order.cells_per_share);
    if (!order.run_at.empty()) writer.field("run_at", order.run_at);
    if (!order.max_cost.empty()) writer.key("max_cost").raw(order.max_cost);
    if (!order.sampling.empty()) writer.key("sampling").raw(order.sampling);
    if (!order.metadata.empty()) writer.key("metadata").raw(order.metadata);
    if (!order.traceparent.empty()) writer.field("traceparent", order.traceparent);
    writer.end_object();
  }
  writer.end_array();
  return text;
}

/// The parts of an order that go into JSON as they are.
std::optional<Refusal> fault_in(const Admin::Order& order) {
  const std::pair<const char*, const std::string&> parts[] = {
      {"max_cost", order.max_cost}, {"sampling", order.sampling}, {"metadata", order.metadata}};
  for (const auto& [name, text] : parts) {
    if (text.empty()) continue;
    const auto parsed = json::parse(text);
    if (!parsed) return Refusal{"ZA001", std::string(name) + " is not JSON: " + json::to_string(parsed.error()), ""};
  }
  return std::nullopt;
}

std::vector<JobId> job_ids(const Rows& rows) {
  std::vector<JobId> ids;
  for (const std::int64_t id : parse_int_array(rows.text(0, 0))) ids.emplace_back(id);
  return ids;
}

/// $1, $2 and $3 of whoever looks at a span.
Parameters parameters_of(const Admin::Span& span) {
  Parameters parameters;
  parameters.text(span.from).text(span.to).text(span.model);
  return parameters;
}
std::string in_span(const std::string& day) {
  return "(" + day + " >= nullif($1::text, '')::date or $1::text = '') and (" + day +
         " <= nullif($2::text, '')::date or $2::text = '') and ($3::text = '' or model = $3::text)";
}

Table table_of(const Rows& rows) {
  Table made;
  for (int column = 0; column < rows.columns(); ++column) made.columns.push_back(rows.column_name(column));
  for (int row = 0; row < rows.size(); ++row) {
    std::vector<std::optional<std::string>>& cells = made.rows.emplace_back();
    for (int column = 0; column < rows.columns(); ++column) {
      const auto text = rows.at(row, column);
      cells.push_back(text ? std::optional<std::string>(*text) : std::nullopt);
    }
  }
  return made;
}

}  // namespace

std::string to_string(const Refusal& refusal) {
  std::string text = refusal.message;
  if (!refusal.hint.empty()) text += " (" + refusal.hint + ")";
  return text + " [" + refusal.sqlstate + "]";
}

Admin::Admin(std::string url, Schema schema) : schema_(std::move(schema)) {
  Connection::Options how;
  how.url = std::move(url);
  how.application_name = "assay command";
  how.statement_timeout = std::chrono::minutes(10);
  connection_ = std::make_unique<Connection>(how);
}

template <class T, class Read>
Result<T, Refusal> Admin::ask(const std::string& sql, const Parameters& parameters, Read read) {
  try {
    return read(connection_->call(schema_.fill(sql), parameters));
  } catch (const DatabaseError& error) {
    const bool mendable = error.kind() == ErrorKind::ours || error.kind() == ErrorKind::bad_data;
    if (!mendable) throw;
    return failure(Refusal{error.sqlstate(), error.message(), error.hint()});
  }
}

Result<SuiteId, Refusal> Admin::put_suite(const std::string& content, const std::string& tenant) {
  Parameters parameters;
  parameters.text(content).text(tenant);
  return ask<SuiteId>("select @assay@.put_suite($1::text, $2::text)", parameters,
                      [](const Rows& rows) { return SuiteId(rows.number(0, 0)); });
}

Result<std::vector<JobId>, Refusal> Admin::enqueue(const std::vector<Order>& orders) {
  for (const Order& order : orders) {
    if (auto fault = fault_in(order)) return failure(std::move(*fault));
  }
  Parameters parameters;
  parameters.text(json_of(orders));
  return ask<std::vector<JobId>>("select @assay@.enqueue_jobs($1::text::jsonb)", parameters, job_ids);
}

Result<bool, Refusal> Admin::cancel(JobId job, const std::string& reason) {
  Parameters parameters;
  parameters.int8(job.value).text(reason);
  return ask<bool>("select @assay@.cancel_job($1::bigint, nullif($2::text, ''))", parameters,
                   [](const Rows& rows) { return rows.flag(0, 0); });
}

Result<JobId, Refusal> Admin::retry(JobId job, const std::string& which, const std::vector<CellNumber>& cells) {
  BinaryArray wanted(BinaryArray::Type::int4, cells.size());
  for (const CellNumber cell : cells) wanted.int4(cell.value);
  Parameters parameters;
  parameters.int8(job.value).text(which).array(std::move(wanted));
  return ask<JobId>("select @assay@.retry_job($1::bigint, $2::text, nullif($3::int[], '{}'))", parameters,
                    [](const Rows& rows) { return JobId(rows.number(0, 0)); });
}

Result<bool, Refusal> Admin::pause(const std::string& queue, bool paused) {
  Parameters parameters;
  parameters.text(queue);
  return ask<bool>(paused ? "select @assay@.pause_queue($1::text)" : "select @assay@.resume_queue($1::text)",
                   parameters, [](const Rows&) { return true; });
}

Result<bool, Refusal> Admin::put_model(const Model& model) {
  if (!model.prices.empty() && !json::parse(model.prices))
    return failure(Refusal{"ZA001", "p_prices: is not JSON", ""});
  BinaryArray tasks(BinaryArray::Type::text, model.tasks.size(), 16);
  for (const std::string& task : model.tasks) tasks.bytes(task);
  Parameters parameters;
  parameters.text(model.name).text(model.provider).text(model.model).text(model.prices);
  parameters.int8(model.context_tokens.value_or(-1)).int8(model.max_output_tokens.value_or(-1)).array(std::move(tasks));
  parameters.text(model.lifecycle).text(model.mode);
  return ask<bool>(
      "select @assay@.put_model($1::text, $2::text, nullif($3::text, ''), nullif($4::text, '')::jsonb, "
      "nullif($5::bigint, -1), "
      "nullif($6::bigint, -1), $7::text[], $8::text, $9::text)",
      parameters, [](const Rows&) { return true; });
}

Result<bool, Refusal> Admin::drop_model(const std::string& name) {
  Parameters parameters;
  parameters.text(name);
  return ask<bool>("select @assay@.drop_model($1::text)", parameters, [](const Rows& rows) { return rows.flag(0, 0); });
}

Table Admin::models() {
  return table("select * from @assay@.models order by name", {});
}

Result<Table, Refusal> Admin::usage(const std::string& by, const Span& span) {
  const std::vector<std::pair<std::string, std::string>> columns{
      {"provider", "provider"}, {"model", "model"}, {"day", "day"}, {"tenant", "tenant"}, {"job", "job_id"}};
  const auto column =
      std::find_if(columns.begin(), columns.end(), [&](const auto& known) { return known.first == by; });
  require(column != columns.end(), "usage is counted by a column of the view");
  const std::string sql =
      "select " + column->second + " as \"" + by +
      "\", sum(calls) as calls, sum(answers) as answers, sum(input) as input, sum(cached_read) as cached_read, "
      "sum(cache_write_5m + cache_write_1h) as cache_write, sum(output) as output, sum(reasoning) as reasoning, "
      "sum(cost) as cost, "
      "sum(unknown_calls) as unknown_calls, sum(unknown_cost) as unknown_cost, sum(unpriced_calls) as unpriced_calls, "
      "sum(reported_calls) as reported_calls, sum(reported_cost) as reported_cost, "
      "sum(reported_cost_difference) as reported_cost_difference from @assay@.usage "
      "where " +
      in_span("day") + " group by 1 order by 1";
  return ask<Table>(sql, parameters_of(span), [](const Rows& rows) { return table_of(rows); });
}

Result<std::vector<Admin::Called>, Refusal> Admin::called(const Span& span) {
  const auto read = [](const Rows& rows) {
    std::vector<Called> all;
    for (int row = 0; row < rows.size(); ++row) {
      all.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
                     std::string(rows.text(row, 3))});
    }
    return all;
  };
  return ask<std::vector<Called>>("select job_day, provider, model, max(price ->> 'vendor') from @assay@.calls where " +
                                      in_span("job_day") + " group by 1, 2, 3 order by 1, 2, 3",
                                  parameters_of(span), read);
}

Result<Table, Refusal> Admin::rerate(const Span& span, const std::string& prices) {
  Parameters parameters = parameters_of(span);
  parameters.text(prices);
  return ask<Table>(
      "select * from @assay@.rerate(nullif($1::text, '')::date, nullif($2::text, '')::date, nullif($3::text, ''), "
      "nullif($4::text, '')::jsonb)",
      parameters, [](const Rows& rows) { return table_of(rows); });
}

Table Admin::job(JobId job) {
  Parameters parameters;
  parameters.int8(job.value);
  return table("select * from @assay@.jobs where id = $1::bigint", parameters);
}

Table Admin::jobs(std::int32_t newest) {
  Parameters parameters;
  parameters.int4(newest);
  return table("select * from @assay@.jobs order by id desc limit $1::int", parameters);
}

Table Admin::results(JobId job) {
  Parameters parameters;
  parameters.int8(job.value);
  return table("select * from @assay@.results where job_id = $1::bigint order by cell", parameters);
}

std::vector<Admin::Check> Admin::verify() {
  const Rows rows = connection_->call(schema_.fill("select check_name, violations, example from @assay@.verify()"), {});
  std::vector<Check> checks;
  for (int row = 0; row < rows.size(); ++row) {
    checks.push_back({std::string(rows.text(row, 0)), rows.number(row, 1), std::string(rows.text(row, 2))});
  }
  return checks;
}

std::int64_t Admin::backlog() {
  return connection_->call(schema_.fill("select @assay@.backlog()"), {}).number(0, 0);
}

Table Admin::table(const std::string& sql, const Parameters& parameters) {
  return table_of(connection_->call(schema_.fill(sql), parameters));
}

}  // namespace assay::postgres
