// Asks a model one question and prints its answer and what it cost.
//
//   OPENAI_API_KEY=… basic [MODEL [QUESTION]]
#include "examples/cpp/world.hpp"

int main(int count, char** words) {
  World world;
  assay::providers::Question question;
  question.system = "Answer in one sentence.";
  question.input = count > 2 ? words[2] : "What is the capital of Peru?";
  question.sampling.temperature = 0;
  question.sampling.max_tokens = 200;

  const auto answer = world.loop.run(world.client.complete(count > 1 ? words[1] : "gpt-4o", std::move(question)));
  if (!answer) return say(answer.error());

  const assay::Usage& usage = answer->completion.usage;
  std::printf("%s\n", answer->completion.text.c_str());
  std::printf("%lld tokens in, %lld out (%s), cost $%s\n", static_cast<long long>(usage.prompt_tokens()),
              static_cast<long long>(usage.answer_tokens()), std::string(to_string(usage.source)).c_str(),
              dollars(answer->cost).c_str());
}
