#include "framing/framing.hpp"

#include "base/require.hpp"
#include "framing/aws_event_stream.hpp"
#include "framing/ndjson.hpp"
#include "framing/sse.hpp"

namespace assay::framing {

std::unique_ptr<Framing> make_framing(Kind kind, Limits limits) {
  switch (kind) {
    case Kind::sse:
      return std::make_unique<Sse>(limits);
    case Kind::ndjson:
      return std::make_unique<Ndjson>(limits);
    case Kind::aws_event_stream:
      return std::make_unique<AwsEventStream>(limits);
  }
  require(false, "a framing is one of those listed");
  return nullptr;
}

}  // namespace assay::framing
