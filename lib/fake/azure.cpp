#include "fake/messages.hpp"
#include "fake/openai.hpp"
#include "fake/openai_wording.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view deployments = "/openai/deployments/";

/// Chat completions on both of Azure's surfaces: the model in the body, or the deployment in the path.
class Azure final : public OpenAi {
 public:
  std::string_view name() const override { return "azure"; }
  std::string_view id_header() const override { return "apim-request-id"; }

  std::string key_of(const net::ServerRequest& request) const override { return key_in("api-key", request); }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    const std::string_view path = request.path();
    std::string model;
    if (path.starts_with(deployments)) {
      if (!request.query_value("api-version")) return failure(no_such_resource());
      const std::string_view rest = path.substr(deployments.size());
      model = percent_decoded(rest.substr(0, rest.find('/')));
    }
    return path.ends_with("/embeddings") ? read_embeddings(request, std::move(model))
                                         : read_chat(request, std::move(model));
  }

  std::string answer(const Answer& answer) const override {
    std::string text = OpenAi::answer(answer);
    if (answer.wish.embeddings) return text;
    text.pop_back();
    return text + R"(,"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,)" +
           R"("severity":"safe"}}}]})";
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    return chat_stream(answer, texts, true);
  }

 private:
  static ErrorAnswer no_such_resource() {
    ErrorAnswer error;
    error.status = 404;
    error.code = "404";
    error.message = "Resource not found";
    return error;
  }
};

}  // namespace

const Dialect& azure() {
  static const Azure dialect;
  return dialect;
}

}  // namespace assay::fake
