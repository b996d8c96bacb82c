#pragma once
#include <stdexcept>
#include <string>

#include "tests/support/engine_world.hpp"
#include "tests/support/framed_stream.hpp"

namespace assay::testing {

/// A world whose workers ask a provider of each framing for its model "test": one dollar a million prompt tokens, two a
/// million answer tokens.
struct FramedWorld : EngineWorld {
  FramedWorld() {
    routing::RouterSettings settings;
    std::string table = "vendor\tmodel\tfrom\tinput\toutput\tsource\n";
    for (const FramedStream& framed : framed_streams()) {
      routing::ProviderSettings provider;
      provider.name = framed.provider;
      provider.dialect = framed.dialect;
      provider.base_url = "https://" + provider.name + ".test";
      provider.key = Secret("test-key");
      settings.providers.push_back(provider);
      settings.known_models.push_back(model_of(framed));
      table += provider.name + "\ttest\t2020-01-01\t1\t2\ttest\n";
    }
    router = routing::Router(std::move(settings));
    auto book = pricing::PriceBook::parse(table);
    if (!book) throw std::logic_error("the test's price table cannot be read: " + book.error());
    prices = std::move(*book);
  }

  static std::string model_of(const FramedStream& framed) { return std::string(framed.provider) + "/test"; }
  static engine::Settings streaming() {
    engine::Settings settings;
    settings.stream = true;
    return settings;
  }

  /// An answer of these pieces, then a clean end or a break.
  static ScriptedTransport::Answer answers(const FramedStream& framed, ScriptedTransport::Pieces pieces,
                                           bool breaks_off) {
    ScriptedTransport::Answer answer = status(200, "");
    if (breaks_off) answer = breaks(http::Failure::Kind::cut_off, true);
    answer.headers = {{"Content-Type", framed.content_type}};
    if (answer.reply) answer.reply->headers = answer.headers;
    answer.pieces = std::move(pieces);
    return answer;
  }
};

}  // namespace assay::testing
