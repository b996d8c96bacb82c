#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "curl/sockets.hpp"
#include "curl/transfer.hpp"

namespace assay::curl {
namespace {

long milliseconds(Duration duration) {
  return static_cast<long>(std::max<Duration::rep>(1, duration.count() / 1'000'000));
}

}  // namespace

bool Transfer::make_easy(CURLSH* share, Sockets& sockets) {
  if (easy != nullptr) return true;
  easy = curl_easy_init();
  if (easy == nullptr) return false;
  compressed_ = false;
  const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_SHARE, share);
  set(CURLOPT_ERRORBUFFER, curl_says_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // leaving a name that still resolves must not wait for its thread
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");  // set and empty: the environment's proxies do not count
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // One file and no directory of authorities: only then does curl keep the parsed store from connection to connection.
  set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
  if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  set(CURLOPT_USERAGENT, settings_.user_agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(settings_.connect_timeout));
  set(CURLOPT_MAXAGE_CONN, std::max(1L, milliseconds(settings_.idle_limit) / 1000));
  set(CURLOPT_BUFFERSIZE, read_size);
  set(CURLOPT_UPLOAD_BUFFERSIZE, upload_size);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_TCP_KEEPIDLE, 30L);
  set(CURLOPT_TCP_KEEPINTVL, 15L);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(CURLOPT_PREREQDATA, this);
  sockets_ = &sockets;
  sockets.attach(*this);
  return true;
}

bool Transfer::prepare(http::Request request, CURLSH* share, Sockets& sockets) {
  request_ = std::move(request);
  if (!make_easy(share, sockets)) {
    why_ = "no memory for an easy handle";
    return false;
  }
  if (!request_.sign && !set_headers()) return false;
  if (request_.method.empty() ||
      !std::all_of(request_.method.begin(), request_.method.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    why_ = "the request's method is not a word in capitals";
    return false;
  }
  choose_method();
  if (compressed_ != request_.accept_compressed) {
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, request_.accept_compressed ? "gzip, deflate" : nullptr);
    compressed_ = request_.accept_compressed;
  }
  if (curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str()) != CURLE_OK) {
    why_ = "the request's URL cannot be used";
    return false;
  }
  return true;
}

bool Transfer::set_headers() {
  if (!lines_.build(request_)) {
    why_ = "a header of the request cannot be sent";
    return false;
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines_.first());
  return true;
}

bool Transfer::sign() {
  if (!request_.sign) return true;
  try {
    request_.sign(request_, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  } catch (const std::exception&) {
    why_ = "the request could not be signed";  // no more: what it threw may name what it signed with
    return false;
  }
  return set_headers();
}

void Transfer::choose_method() {
  const std::string& method = request_.method;
  const bool bodied = !request_.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  const char* custom = nullptr;
  if (bodied) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    if (method != "POST") custom = method.c_str();
  } else if (method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (method != "GET") custom = method.c_str();
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, custom);
}

}  // namespace assay::curl
