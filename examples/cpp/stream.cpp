// Prints an answer while it comes: by a callback, or (--pull) piece by piece as this program asks for them.
//
//   OPENAI_API_KEY=… stream [--pull] [MODEL [QUESTION]]
#include <string_view>

#include "examples/cpp/world.hpp"

namespace {

void print(std::string_view piece) {
  std::fwrite(piece.data(), 1, piece.size(), stdout);
  std::fflush(stdout);
}

using Reply = assay::Result<assay::client::Answer, assay::Failure>;

assay::Task<Reply> pull(assay::Client& client, std::string model, assay::providers::Question question) {
  const auto stream = client.open(std::move(model), std::move(question));
  for (;;) {
    assay::Task<std::optional<std::string>> next = stream->next();
    const auto piece = co_await next;
    if (!piece) break;
    print(*piece);
  }
  co_return stream->result();
}

}  // namespace

int main(int count, char** words) {
  const bool pulls = count > 1 && std::string_view(words[1]) == "--pull";
  const int first = pulls ? 2 : 1;
  World world;
  assay::providers::Question question;
  question.input = count > first + 1 ? words[first + 1] : "Tell me about Lima.";
  const std::string model = count > first ? words[first] : "gpt-4o";

  const Reply answer = world.loop.run(pulls ? pull(world.client, model, std::move(question))
                                            : world.client.stream(model, std::move(question), print));
  if (!answer) return say(answer.error());
  std::printf("\n%zu bytes, cost $%s\n", answer->completion.text.size(), dollars(answer->cost).c_str());
}
