#include "providers/openai_responses.hpp"

#include "base/require.hpp"
#include "providers/openai_chat.hpp"
#include "providers/openai_wishes.hpp"
#include "providers/responses_answer.hpp"
#include "providers/responses_body.hpp"
#include "providers/responses_gathering.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

const OpenAiChat chat;

}  // namespace

http::Request OpenAiResponses::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty(), "a deployment names a model");
  http::Request request = post(question, deployment, openai_url(deployment, "/responses"));
  if (question.stream) expect_stream(request, "text/event-stream");
  authorize(request, deployment);
  request.body = responses_body(question, deployment);
  return request;
}

Result<Completion, Failure> OpenAiResponses::decode(const http::Response& response,
                                                    const Deployment& deployment) const {
  return read_responses_answer(response, deployment);
}

std::unique_ptr<Gathering> OpenAiResponses::gathering(const Deployment& deployment) const {
  return responses_gathering(deployment);
}

std::vector<std::string> OpenAiResponses::dropped_parameters(const Question& question,
                                                             const Deployment& deployment) const {
  return Wishes(question, deployment, rules_for(deployment.model), OpenAiApi::responses).dropped();
}

std::size_t OpenAiResponses::most_embeddings(const Deployment& deployment) const {
  return chat.most_embeddings(deployment);
}

http::Request OpenAiResponses::encode_embeddings(const EmbeddingQuestion& question,
                                                 const Deployment& deployment) const {
  return chat.encode_embeddings(question, deployment);
}

Result<Embeddings, Failure> OpenAiResponses::decode_embeddings(const http::Response& response,
                                                               const Deployment& deployment) const {
  return chat.decode_embeddings(response, deployment);
}

http::Request OpenAiResponses::encode_models(const Deployment& deployment, std::string_view page) const {
  return chat.encode_models(deployment, page);
}

Result<ModelPage, Failure> OpenAiResponses::decode_models(const http::Response& response,
                                                          const Deployment& deployment) const {
  return chat.decode_models(response, deployment);
}

http::Request OpenAiResponses::encode_probe(const Deployment& deployment) const {
  return chat.encode_probe(deployment);
}

}  // namespace assay::providers
