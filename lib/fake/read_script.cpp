#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>

#include "fake/script.hpp"
#include "json/document.hpp"

namespace assay::fake {
namespace {

/// Leaves the reader; read_script() turns it into its error.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void wrong(const json::View& where, const std::string& what) {
  const std::string path = where.path();
  throw Wrong((path.empty() ? "the script" : path) + ": " + what);
}

double number(const json::View& view) {
  const auto value = view.as_double();
  if (!value || *value < 0) wrong(view, "expected a number that is not negative");
  return *value;
}

std::int64_t whole(const json::View& view) {
  const auto value = view.as_int64();
  if (!value || *value < 0) wrong(view, "expected a whole number that is not negative");
  return *value;
}

std::size_t size(const json::View& view) {
  return static_cast<std::size_t>(whole(view));
}

double chance(const json::View& view) {
  const double value = number(view);
  if (value > 1) wrong(view, "expected a number from 0 to 1");
  return value;
}

std::string text(const json::View& view) {
  const auto value = view.as_string();
  if (!value) wrong(view, "expected a text");
  return std::string(*value);
}

bool boolean(const json::View& view) {
  const auto value = view.as_bool();
  if (!value) wrong(view, "expected true or false");
  return *value;
}

/// Visits an object's members; `read` says whether it knows the key.
void each(const json::View& object, const std::function<bool(std::string_view, const json::View&)>& read) {
  if (!object.is_object()) wrong(object, "expected an object");
  for (const auto& [key, value] : object.members()) {
    if (!read(key, value)) wrong(value, "not a word of the script");
  }
}

json::Elements list(const json::View& view) {
  if (!view.is_array()) wrong(view, "expected a list");
  return view.elements();
}

template <class Value, std::size_t count>
Value one_of(const json::View& view, const std::array<std::pair<std::string_view, Value>, count>& known) {
  const std::string name = text(view);
  for (const auto& [word, value] : known) {
    if (word == name) return value;
  }
  wrong(view, "'" + name + "' is none of the known ones");
}

Fault fault(const json::View& view) {
  const std::string name = text(view);
  for (int i = 0; i <= static_cast<int>(last_fault); ++i) {
    if (to_string(static_cast<Fault>(i)) == name) return static_cast<Fault>(i);
  }
  wrong(view, "'" + name + "' is no known fault");
}

UsageManner usage(const json::View& view) {
  static constexpr std::array<std::pair<std::string_view, UsageManner>, 4> known{{{"normal", UsageManner::normal},
                                                                                  {"missing", UsageManner::missing},
                                                                                  {"null", UsageManner::null},
                                                                                  {"zero", UsageManner::zero}}};
  return one_of(view, known);
}

Latency latency(const json::View& view) {
  Latency out;
  if (view.is_number()) {
    out.low_ms = number(view);
    return out;
  }
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "fixed") {
      out.low_ms = number(value);
    } else if (key == "uniform") {
      out.kind = Latency::Kind::uniform;
      if (!value.is_array() || value.size() != 2) wrong(value, "expected [low, high]");
      out.low_ms = number(value.at(0));
      out.high_ms = number(value.at(1));
    } else if (key == "lognormal") {
      out.kind = Latency::Kind::lognormal;
      out.high_ms = 120'000;
      each(value, [&](std::string_view name, const json::View& part) {
        if (name == "median") {
          out.low_ms = number(part);
        } else if (name == "sigma") {
          out.sigma = number(part);
        } else if (name == "max") {
          out.high_ms = number(part);
        } else {
          return false;
        }
        return true;
      });
    } else {
      return false;
    }
    return true;
  });
  return out;
}

/// "words" or {"fixed": "words"} or {"template": "words with {{input}}"}.
Text reply_text(const json::View& view) {
  if (view.is_string()) return {Text::Kind::fixed, text(view)};
  Text out;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key != "fixed" && key != "template") return false;
    out = {key == "fixed" ? Text::Kind::fixed : Text::Kind::templated, text(value)};
    return true;
  });
  return out;
}

void error_body(const json::View& view, Behaviour& out) {
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "code") {
      out.error_code = text(value);
    } else if (key == "type") {
      out.error_type = text(value);
    } else if (key == "message") {
      out.error_message = text(value);
    } else {
      return false;
    }
    return true;
  });
}

void tokens(const json::View& view, Behaviour& out) {
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "input") {
      out.tokens_in = whole(value);
    } else if (key == "output") {
      out.tokens_out = whole(value);
    } else if (key == "cached") {
      out.tokens_cached = whole(value);
    } else if (key == "written") {
      out.tokens_written = whole(value);
    } else if (key == "reasoning") {
      out.tokens_reasoning = whole(value);
    } else {
      return false;
    }
    return true;
  });
}

int status(const json::View& view) {
  const std::int64_t value = whole(view);
  if (value < 200 || value > 599) wrong(view, "expected a status from 200 to 599");
  return static_cast<int>(value);
}

std::string retry_after(const json::View& view) {
  return view.is_number() ? std::string(view.number_text()) : text(view);
}

void headers(const json::View& view, Behaviour& out) {
  out.headers.clear();
  each(view, [&](std::string_view key, const json::View& value) {
    out.headers.emplace_back(key, text(value));
    return true;
  });
}

Manner manner(const json::View& view) {
  static constexpr std::array<std::pair<std::string_view, Manner>, 8> known{{{"plain", Manner::plain},
                                                                             {"openrouter", Manner::openrouter},
                                                                             {"litellm", Manner::litellm},
                                                                             {"groq", Manner::groq},
                                                                             {"together", Manner::together},
                                                                             {"mistral", Manner::mistral},
                                                                             {"deepseek", Manner::deepseek},
                                                                             {"huggingface", Manner::huggingface}}};
  return one_of(view, known);
}

/// A JSON value's own text; a string is taken as it is.
std::string verbatim(const json::View& view) {
  return view.is_string() ? text(view) : view.dump();
}

void tool_calls(const json::View& view, Behaviour& out) {
  out.tool_calls.clear();
  for (json::View one : list(view)) {
    ToolCall& call = out.tool_calls.emplace_back();
    each(one, [&](std::string_view key, const json::View& value) {
      if (key == "name") {
        call.name = text(value);
      } else if (key == "arguments") {
        call.arguments = verbatim(value);
      } else {
        return false;
      }
      return true;
    });
  }
}

/// "bytes", or {"event": "name", "data": …}, which the dialect frames; either may be a JSON value.
Raw::Piece raw_piece(const json::View& view) {
  Raw::Piece piece;
  if (!view.is_object()) {
    piece.data = text(view);
    return piece;
  }
  piece.framed = true;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "event") {
      piece.event = text(value);
    } else if (key == "data") {
      piece.data = verbatim(value);
    } else {
      return false;
    }
    return true;
  });
  return piece;
}

Raw raw(const json::View& view) {
  static constexpr std::array<std::pair<std::string_view, Raw::End>, 4> ends{
      {{"whole", Raw::End::whole}, {"cut", Raw::End::cut}, {"reset", Raw::End::reset}, {"stall", Raw::End::stall}}};
  Raw out;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "body") {
      out.pieces.push_back({{}, verbatim(value), false});
    } else if (key == "pieces") {
      out.chunked = true;
      for (json::View piece : list(value)) out.pieces.push_back(raw_piece(piece));
    } else if (key == "type") {
      out.type = text(value);
    } else if (key == "end") {
      out.end = one_of(value, ends);
    } else {
      return false;
    }
    return true;
  });
  return out;
}

bool read_stream(std::string_view key, const json::View& value, Behaviour& out) {
  if (key == "pieces") {
    out.pieces = size(value);
  } else if (key == "first_ms") {
    out.first_ms = number(value);
  } else if (key == "piece_pause_ms") {
    out.piece_pause_ms = number(value);
  } else if (key == "after") {
    out.after = size(value);
  } else if (key == "raw") {
    out.raw = raw(value);
  } else if (key == "manner") {
    out.manner = manner(value);
  } else if (key == "cost") {
    out.cost = value.is_number() ? std::string(value.number_text()) : text(value);
  } else {
    return false;
  }
  return true;
}

bool read_content(std::string_view key, const json::View& value, Behaviour& out) {
  if (key == "usage") {
    out.usage = usage(value);
  } else if (key == "tokens") {
    tokens(value, out);
  } else if (key == "served_model") {
    out.served_model = text(value);
  } else if (key == "finish") {
    out.finish = text(value);
  } else if (key == "text_bytes") {
    out.text_bytes = size(value);
  } else if (key == "text") {
    out.text = reply_text(value);
    out.has_text = true;
  } else if (key == "mark") {
    out.mark = text(value);
  } else if (key == "reasoning") {
    out.reasoning = text(value);
  } else if (key == "refusal") {
    out.refusal = text(value);
  } else if (key == "tool_calls") {
    tool_calls(value, out);
  } else {
    return read_stream(key, value, out);
  }
  return true;
}

bool read_behaviour(std::string_view key, const json::View& value, Behaviour& out) {
  if (key == "latency_ms") {
    out.latency = latency(value);
  } else if (key == "status") {
    out.status = status(value);
  } else if (key == "error") {
    error_body(value, out);
  } else if (key == "retry_after") {
    out.retry_after = retry_after(value);
  } else if (key == "headers") {
    headers(value, out);
  } else if (key == "fault") {
    out.fault = fault(value);
    if (out.fault == Fault::html && out.status == 200) out.status = 502;
  } else if (key == "bytes") {
    out.bytes = size(value);
  } else if (key == "depth") {
    out.depth = size(value);
  } else if (key == "pause_ms") {
    out.pause_ms = number(value);
  } else {
    return read_content(key, value, out);
  }
  return true;
}

Match match(const json::View& view) {
  Match out;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "model") {
      out.model = text(value);
    } else if (key == "call_id") {
      out.call_id = text(value);
    } else if (key == "worker") {
      out.worker = text(value);
    } else if (key == "dialect") {
      out.dialect = text(value);
    } else if (key == "key") {
      out.key = fingerprint(text(value));
    } else if (key == "prompt_contains") {
      out.prompt_contains = text(value);
    } else if (key == "nth" && value.is_number()) {
      out.nth = {static_cast<std::uint64_t>(whole(value))};
    } else if (key == "nth") {
      for (json::View n : list(value)) out.nth.push_back(static_cast<std::uint64_t>(whole(n)));
    } else if (key == "every") {
      out.every = static_cast<std::uint64_t>(whole(value));
    } else {
      return false;
    }
    return true;
  });
  return out;
}

Rule rule(const json::View& view, const Behaviour& fallback) {
  Rule out;
  out.behaviour = fallback;
  out.behaviour.has_text = false;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "match") {
      out.match = match(value);
    } else if (key == "probability") {
      out.probability = chance(value);
    } else if (key == "times") {
      out.times = static_cast<std::uint64_t>(whole(value));
    } else {
      return read_behaviour(key, value, out.behaviour);
    }
    return true;
  });
  return out;
}

Reply reply(const json::View& view) {
  Reply out;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "model") {
      out.model = text(value);
    } else if (key == "contains") {
      out.contains = text(value);
    } else if (key == "chance") {
      out.chance = chance(value);
    } else if (key == "text") {
      out.text = reply_text(value);
    } else if (key == "otherwise") {
      out.otherwise = reply_text(value);
    } else {
      return false;
    }
    return true;
  });
  return out;
}

Bill bill(const json::View& view) {
  Bill out;
  each(view, [&](std::string_view key, const json::View& value) {
    if (key == "model") {
      out.model = text(value);
    } else if (key == "input") {
      out.input = whole(value);
    } else if (key == "cached") {
      out.cached = whole(value);
    } else if (key == "written") {
      out.written = whole(value);
    } else if (key == "output") {
      out.output = whole(value);
    } else if (key == "per_call") {
      out.per_call = whole(value);
    } else {
      return false;
    }
    return true;
  });
  return out;
}

Script script(const json::View& root) {
  Script out;
  if (const json::View given = root["default"]) {
    each(given,
         [&](std::string_view key, const json::View& value) { return read_behaviour(key, value, out.fallback); });
  }
  out.fallback.has_text = false;  // the list of answers comes before the default text
  each(root, [&](std::string_view key, const json::View& value) {
    if (key == "default") return true;
    if (key == "seed") {
      out.seed = static_cast<std::uint64_t>(whole(value));
    } else if (key == "require_key") {
      out.require_key = boolean(value);
    } else if (key == "bill_aborted") {
      out.bill_aborted = boolean(value);
    } else if (key == "aws_secret") {
      out.aws_secret = text(value);
    } else if (key == "models") {
      for (json::View model : list(value)) out.models.push_back(text(model));
    } else if (key == "rules") {
      for (json::View one : list(value)) out.rules.push_back(rule(one, out.fallback));
    } else if (key == "answers") {
      for (json::View one : list(value)) out.replies.push_back(reply(one));
    } else if (key == "bills") {
      for (json::View one : list(value)) out.bills.push_back(bill(one));
    } else {
      return false;
    }
    return true;
  });
  return out;
}

}  // namespace

Result<Script, std::string> read_script(std::string_view json) {
  const auto document = json::parse(json);
  if (!document) return failure(to_string(document.error()));
  try {
    return script(document->root());
  } catch (const Wrong& error) {
    return failure(std::string(error.what()));
  }
}

}  // namespace assay::fake
