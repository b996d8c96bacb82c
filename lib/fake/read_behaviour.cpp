#include "fake/read_behaviour.hpp"

namespace assay::fake {
namespace {

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

/// A number of milliseconds, or one of {"fixed": …}, {"uniform": [low, high]}, {"lognormal": {"median": …}}.
Latency latency(const json::View& view) {
  Latency out;
  if (view.is_number()) {
    out.low_ms = number(view);
    return out;
  }
  const auto uniform = [&out](const json::View& ends) {
    if (!ends.is_array() || ends.size() != 2) wrong(ends, "expected [low, high]");
    out.kind = Latency::Kind::uniform;
    out.low_ms = number(ends.at(0));
    out.high_ms = number(ends.at(1));
  };
  const auto lognormal = [&out](const json::View& parts) {
    out.kind = Latency::Kind::lognormal;
    out.high_ms = 120'000;
    Words{{"median", into(out.low_ms)}, {"sigma", into(out.sigma)}, {"max", into(out.high_ms)}}.read(parts);
  };
  Words{{"fixed", into(out.low_ms)}, {"uniform", uniform}, {"lognormal", lognormal}}.read(view);
  return out;
}

int status(const json::View& view) {
  const std::int64_t value = whole(view);
  if (value < 200 || value > 599) wrong(view, "expected a status from 200 to 599");
  return static_cast<int>(value);
}

std::vector<std::pair<std::string, std::string>> headers(const json::View& view) {
  if (!view.is_object()) wrong(view, "expected an object");
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : view.members()) out.emplace_back(name, text(value));
  return out;
}

std::vector<ToolCall> tool_calls(const json::View& view) {
  std::vector<ToolCall> out;
  for (json::View one : list(view)) {
    ToolCall& call = out.emplace_back();
    const auto arguments = [&call](const json::View& value) { call.arguments = verbatim(value); };
    Words{{"name", into(call.name)}, {"arguments", arguments}}.read(one);
  }
  return out;
}

/// "bytes", or {"event": "name", "data": …}, which the dialect frames; either may be a JSON value.
Raw::Piece raw_piece(const json::View& view) {
  Raw::Piece piece;
  if (!view.is_object()) {
    piece.data = text(view);
    return piece;
  }
  piece.framed = true;
  const auto data = [&piece](const json::View& value) { piece.data = verbatim(value); };
  Words{{"event", into(piece.event)}, {"data", data}}.read(view);
  return piece;
}

Raw raw(const json::View& view) {
  static constexpr std::array<std::pair<std::string_view, Raw::End>, 4> ends{
      {{"whole", Raw::End::whole}, {"cut", Raw::End::cut}, {"reset", Raw::End::reset}, {"stall", Raw::End::stall}}};
  Raw out;
  const auto body = [&out](const json::View& value) { out.pieces.push_back({{}, verbatim(value), false}); };
  const auto pieces = [&out](const json::View& value) {
    out.chunked = true;
    for (json::View piece : list(value)) out.pieces.push_back(raw_piece(piece));
  };
  const auto end = [&out](const json::View& value) { out.end = one_of(value, ends); };
  Words{{"body", body}, {"pieces", pieces}, {"type", into(out.type)}, {"end", end}}.read(view);
  return out;
}

/// How the answer comes, or does not.
Words carriage(Behaviour& out) {
  const auto error = [&out](const json::View& value) {
    Words{{"code", into(out.error_code)}, {"type", into(out.error_type)}, {"message", into(out.error_message)}}.read(
        value);
  };
  const auto a_fault = [&out](const json::View& value) {
    out.fault = fault(value);
    if (out.fault == Fault::html && out.status == 200) out.status = 502;
  };
  return {{"latency_ms", [&out](const json::View& value) { out.latency = latency(value); }},
          {"status", [&out](const json::View& value) { out.status = status(value); }},
          {"error", error},
          {"retry_after", [&out](const json::View& value) { out.retry_after = text_or_number(value); }},
          {"headers", [&out](const json::View& value) { out.headers = headers(value); }},
          {"fault", a_fault},
          {"bytes", into(out.bytes)},
          {"depth", into(out.depth)},
          {"pause_ms", into(out.pause_ms)}};
}

/// What the answer says.
Words content(Behaviour& out) {
  const auto tokens = [&out](const json::View& value) {
    Words{{"input", into(out.tokens_in)},
          {"output", into(out.tokens_out)},
          {"cached", into(out.tokens_cached)},
          {"written", into(out.tokens_written)},
          {"reasoning", into(out.tokens_reasoning)}}
        .read(value);
  };
  const auto words = [&out](const json::View& value) {
    out.text = read_reply_text(value);
    out.has_text = true;
  };
  return {{"usage", [&out](const json::View& value) { out.usage = usage(value); }},
          {"tokens", tokens},
          {"served_model", into(out.served_model)},
          {"finish", into(out.finish)},
          {"text_bytes", into(out.text_bytes)},
          {"text", words},
          {"mark", into(out.mark)},
          {"reasoning", into(out.reasoning)},
          {"refusal", into(out.refusal)},
          {"tool_calls", [&out](const json::View& value) { out.tool_calls = tool_calls(value); }}};
}

/// What streams have, and whose manners count.
Words stream(Behaviour& out) {
  return {{"pieces", into(out.pieces)},
          {"first_ms", into(out.first_ms)},
          {"piece_pause_ms", into(out.piece_pause_ms)},
          {"after", into(out.after)},
          {"raw", [&out](const json::View& value) { out.raw = raw(value); }},
          {"manner", [&out](const json::View& value) { out.manner = manner(value); }},
          {"cost", [&out](const json::View& value) { out.cost = text_or_number(value); }}};
}

}  // namespace

Words words_of(Behaviour& out) {
  Words words = carriage(out);
  return words.add(content(out)).add(stream(out));
}

Text read_reply_text(const json::View& view) {
  if (view.is_string()) return {Text::Kind::fixed, text(view)};
  Text out;
  const auto take = [&out](Text::Kind kind) {
    return [&out, kind](const json::View& value) { out = {kind, text(value)}; };
  };
  Words{{"fixed", take(Text::Kind::fixed)}, {"template", take(Text::Kind::templated)}}.read(view);
  return out;
}

}  // namespace assay::fake
