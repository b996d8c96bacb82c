-- Assertion types of each dialect, and those that are known but not built yet: a suite that names one of these is refused,
-- so that no wrong verdict exists.
create or replace function @assay_private@.assertion_types(out built text[], out known text[])
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array['contains', 'not-contains', 'equals', 'regex', 'length-greater-than', 'length-less-than', 'is-json'],
         array[
           'llm-rubric', 'agent-rubric', 'search-rubric', 'model-graded-closedqa', 'model-graded-factuality', 'factuality',
           'g-eval', 'answer-relevance', 'context-recall', 'context-relevance', 'context-faithfulness',
           'conversation-relevance', 'classifier', 'moderation', 'select-best', 'max-score', 'pi', 'webhook', 'javascript',
           'python', 'ruby', 'assert-set',
           'icontains', 'contains-any', 'contains-all', 'icontains-any', 'icontains-all', 'starts-with', 'ends-with',
           'iequals', 'levenshtein', 'word-count', 'is-refusal', 'contains-json', 'is-xml', 'contains-xml', 'is-html',
           'contains-html', 'is-sql', 'contains-sql', 'rouge-n', 'rouge-l', 'bleu', 'gleu', 'meteor', 'chrf', 'similar',
           'similar:cosine', 'similar:dot', 'similar:euclidean', 'latency', 'cost', 'perplexity', 'perplexity-score',
           'finish-reason', 'guardrails', 'is-valid-openai-tools-call', 'is-valid-function-call',
           'is-valid-openai-function-call', 'tool-call-f1', 'skill-used', 'trace-span-count', 'trace-span-duration',
           'trace-error-spans', 'trajectory:tool-used', 'trajectory:tool-sequence', 'trajectory:tool-args-match',
           'trajectory:step-count', 'trajectory:goal-success', 'json-diff', 'numeric', 'token-f1', 'list-overlap',
           'max-tokens', 'time-to-first-token', 'extract']
$$;
