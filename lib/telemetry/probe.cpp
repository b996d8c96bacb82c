#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/URI.h>

#include <istream>

#include "telemetry/health_server.hpp"

namespace assay::telemetry {
namespace {

constexpr std::size_t body_limit = 64 * 1024;

std::string read_some(std::istream& in) {
  std::string body(body_limit, '\0');
  in.read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<std::size_t>(in.gcount()));
  return body;
}

ProbeAnswer ask(const Poco::URI& uri, std::chrono::milliseconds timeout) {
  using namespace Poco::Net;
  HTTPClientSession session(uri.getHost(), uri.getPort());
  session.setTimeout(Poco::Timespan(std::chrono::duration_cast<std::chrono::microseconds>(timeout).count()));
  HTTPRequest request(HTTPRequest::HTTP_GET, uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                      HTTPMessage::HTTP_1_1);
  session.sendRequest(request);
  HTTPResponse response;
  std::istream& in = session.receiveResponse(response);
  return {static_cast<int>(response.getStatus()), read_some(in)};
}

}  // namespace

Result<ProbeAnswer, std::string> probe(const std::string& url, std::chrono::milliseconds timeout) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "http" || uri.getHost().empty()) {
      return failure("a health URL looks like http://127.0.0.1:9464/readyz, not " + url);
    }
    return ask(uri, timeout);
  } catch (const Poco::Exception& reason) {
    return failure("no answer from " + url + ": " + reason.displayText());
  }
}

}  // namespace assay::telemetry
