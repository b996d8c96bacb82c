#pragma once
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "telemetry/field.hpp"
#include "telemetry/redactor.hpp"
#include "telemetry/wall_clock.hpp"

namespace assay::telemetry {

enum class Level { debug, info, warn, error };
std::string_view to_string(Level level);
std::optional<Level> parse_level(std::string_view name);

enum class LogFormat {
  logfmt,  ///< time=… level=info msg="share claimed" job=41: for eyes
  json     ///< one object a line: for machines
};

enum class LogTarget { standard_output, standard_error };

/// logfmt when the target is a terminal, JSON otherwise.
LogFormat format_for(LogTarget target);

struct LogOptions {
  Level level = Level::info;  ///< lines below it are not written
  LogFormat format = LogFormat::json;
  std::size_t value_limit = 4096;  ///< bytes of one value; longer ones are cut and end in "…"
  std::size_t repeats = 100;       ///< lines of one event per window; 0: no limit
  std::chrono::milliseconds window{10'000};
  WallClock clock = system_wall_clock();
};

/// Writes events for people and machines: a level, a constant sentence that says what happened, and fields.
///
///     log.warn("call failed", {{"provider", name}, {"kind", failure.kind}});
///
/// Passed by reference, or by value: copies share the sink. Any thread; lines never mix. A line is written when the
/// call returns, so a sink that blocks holds its caller up.
///
/// Values may be anything a model or a stranger sent: a line is always one line of valid UTF-8, keys are reduced to
/// [a-z0-9_], long values are cut, known secrets are taken out, a Secret does not compile. More than `repeats` lines
/// of one event within a window are counted instead of written; the next line of that event, or flush(), says
/// `suppressed=n`. The event is therefore a constant, never made of data.
class Log {
 public:
  using Sink = std::function<void(Level level, std::string_view line)>;

  /// To a stream of this process.
  Log(LogTarget target, LogOptions options);
  /// To a function, which gets lines without their end, one at a time.
  Log(Sink sink, LogOptions options);
  /// To nowhere.
  static Log none();

  void debug(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::debug, event, fields); }
  void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::info, event, fields); }
  void warn(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::warn, event, fields); }
  void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::error, event, fields); }
  void write(Level level, std::string_view event, std::initializer_list<Field> fields);

  /// Whether a line of this level would be written: for values that are dear to make.
  bool writes(Level level) const;

  /// The same log with these fields on each line, after those it has. A line's own field of the same key wins.
  Log with(std::initializer_list<Field> fields) const;

  /// From now on this text appears on no line.
  void hide(const Secret& secret);

  /// Writes what is still counted as suppressed, and empties the stream's buffer. The last copy to go does it too.
  void flush();

 private:
  class Core;
  struct Context;
  Log(std::shared_ptr<Core> core, std::shared_ptr<const Context> context);

  std::shared_ptr<Core> core_;
  std::shared_ptr<const Context> context_;
};

}  // namespace assay::telemetry
