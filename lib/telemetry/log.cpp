#include "telemetry/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include "telemetry/line.hpp"
#include "telemetry/repeat_limit.hpp"

namespace assay::telemetry {
namespace {

constexpr std::array<std::pair<Level, std::string_view>, 4> levels = {
    {{Level::debug, "debug"}, {Level::info, "info"}, {Level::warn, "warn"}, {Level::error, "error"}}};

spdlog::level::level_enum vendor_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

Level own_level(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return Level::error;
  if (level == spdlog::level::warn) return Level::warn;
  return level == spdlog::level::info ? Level::info : Level::debug;
}

/// Hands each line to a function. The base class holds the lock.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(Log::Sink function) : function_(std::move(function)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    function_(own_level(message.level), std::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

  Log::Sink function_;
};

spdlog::sink_ptr sink_for(LogTarget target) {
  if (target == LogTarget::standard_output) return std::make_shared<spdlog::sinks::stdout_sink_mt>();
  return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

/// Fields whose text is owned: those of Log::with.
struct OwnedField {
  std::string key;
  Field::Value value;
};

Field::Value owned(const Field::Value& value) {
  const auto* borrowed = std::get_if<std::string_view>(&value);
  return borrowed != nullptr ? Field::Value(std::string(*borrowed)) : value;
}

Field borrowed(const OwnedField& field) {
  return std::visit(
      [&field](const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
          return Field(field.key, std::string_view(value));
        } else {
          return Field(field.key, value);
        }
      },
      field.value);
}

bool names(std::initializer_list<Field> fields, std::string_view key) {
  return std::any_of(fields.begin(), fields.end(), [key](const Field& field) { return field.key() == key; });
}

/// The line's own words cannot be taken by a field.
bool is_ours(std::string_view key) {
  return key == "time" || key == "level" || key == "msg" || key == "suppressed";
}

void add_fields(Line& line, const Field& field) {
  if (!is_ours(field.key())) return line.add(field);
  const OwnedField renamed{std::string(field.key()) + "_", owned(field.value())};
  line.add(borrowed(renamed));
}

}  // namespace

std::string_view to_string(Level level) {
  return std::find_if(levels.begin(), levels.end(), [level](const auto& entry) { return entry.first == level; })
      ->second;
}

std::optional<Level> parse_level(std::string_view name) {
  const auto found =
      std::find_if(levels.begin(), levels.end(), [name](const auto& entry) { return entry.second == name; });
  if (found == levels.end()) return std::nullopt;
  return found->first;
}

LogFormat format_for(LogTarget target) {
  const int descriptor = target == LogTarget::standard_output ? STDOUT_FILENO : STDERR_FILENO;
  return isatty(descriptor) == 1 ? LogFormat::logfmt : LogFormat::json;
}

struct Log::Context {
  std::vector<OwnedField> fields;
};

/// What all copies share: the sink, the limit, the secrets.
class Log::Core {
 public:
  Core(spdlog::sink_ptr sink, LogOptions options)
      : options_(std::move(options)), limit_(options_.repeats, options_.window), logger_("assay", std::move(sink)) {
    logger_.set_level(spdlog::level::trace);
    logger_.set_pattern("%v");
  }
  ~Core() { flush(); }

  bool writes(Level level) const { return level >= options_.level; }

  void write(Level level, std::string_view event, std::initializer_list<Field> fields, const Context& context) {
    if (!writes(level)) return;
    const WallTime now = options_.clock();
    const RepeatLimit::Answer answer = admit(event, now);
    if (!answer.passes) return;
    Line line = start(now, level, event);
    if (answer.suppressed > 0) line.add(Field("suppressed", answer.suppressed));
    for (const OwnedField& field : context.fields) {
      if (!names(fields, field.key)) add_fields(line, borrowed(field));
    }
    for (const Field& field : fields) add_fields(line, field);
    emit(now, level, std::move(line).take());
  }

  void flush() {
    for (const auto& [event, lines] : take_suppressed()) {
      const WallTime now = options_.clock();
      Line line = start(now, Level::info, event);
      line.add(Field("suppressed", lines));
      emit(now, Level::info, std::move(line).take());
    }
    logger_.flush();
  }

  Redactor redactor;

 private:
  Line start(WallTime now, Level level, std::string_view event) const {
    const std::string stamp = to_iso8601(now);
    Line line(options_.format, options_.value_limit, redactor);
    line.add(Field("time", stamp));
    line.add(Field("level", to_string(level)));
    line.add(Field("msg", event));
    return line;
  }

  RepeatLimit::Answer admit(std::string_view event, WallTime now) {
    const std::lock_guard lock(mutex_);
    return limit_.admit(event, now);
  }

  std::vector<RepeatLimit::Suppressed> take_suppressed() {
    const std::lock_guard lock(mutex_);
    return limit_.take_suppressed();
  }

  void emit(WallTime now, Level level, const std::string& line) {
    logger_.log(now, spdlog::source_loc{}, vendor_level(level), spdlog::string_view_t(line.data(), line.size()));
  }

  LogOptions options_;
  std::mutex mutex_;
  RepeatLimit limit_;
  spdlog::logger logger_;
};

Log::Log(LogTarget target, LogOptions options)
    : Log(std::make_shared<Core>(sink_for(target), std::move(options)), std::make_shared<const Context>()) {}

Log::Log(Sink sink, LogOptions options)
    : Log(std::make_shared<Core>(std::make_shared<FunctionSink>(std::move(sink)), std::move(options)),
          std::make_shared<const Context>()) {}

Log::Log(std::shared_ptr<Core> core, std::shared_ptr<const Context> context)
    : core_(std::move(core)), context_(std::move(context)) {}

Log Log::none() {
  LogOptions options;
  options.level = Level::error;
  options.clock = [] { return WallTime{}; };
  return Log([](Level, std::string_view) {}, std::move(options));
}

void Log::write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  core_->write(level, event, fields, *context_);
}

bool Log::writes(Level level) const {
  return core_->writes(level);
}

Log Log::with(std::initializer_list<Field> fields) const {
  auto context = std::make_shared<Context>();
  for (const OwnedField& field : context_->fields) {
    if (!names(fields, field.key)) context->fields.push_back(field);
  }
  for (const Field& field : fields) context->fields.push_back({std::string(field.key()), owned(field.value())});
  return Log(core_, std::move(context));
}

void Log::hide(const Secret& secret) {
  core_->redactor.hide(secret);
}

void Log::flush() {
  core_->flush();
}

}  // namespace assay::telemetry
