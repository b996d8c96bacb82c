-- The assertion types of the dialects promptfoo and strict, without their prefix not-, and the shape of the value that each needs
-- (check_value); "set" has members, "known" is not built. The worker's table is lib/assertions/types.cpp, and
-- tests/data/assertions/gate.tsv holds both to the same answers.
create or replace function @assay_private@.assertion_shapes() returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb '{
    "equals": "any", "iequals": "scalar", "contains": "needle", "icontains": "needle", "contains-any": "needles",
    "icontains-any": "needles", "contains-all": "needles", "icontains-all": "needles", "starts-with": "filled",
    "ends-with": "filled", "regex": "pattern", "length-greater-than": "length", "length-less-than": "length",
    "word-count": "count", "is-refusal": "none", "multiple-choice": "choice", "extract": "part", "is-json": "schema",
    "contains-json": "schema", "json-path": "path", "json-diff": "given", "exact-match": "references",
    "levenshtein": "text", "levenshtein-ratio": "text", "jaro-winkler": "text", "token-f1": "references", "rouge-n": "text",
    "rouge-l": "text", "bleu": "references", "gleu": "references", "meteor": "references", "chrf": "references",
    "list-overlap": "list", "numeric": "numeric", "is-xml": "elements", "contains-xml": "elements", "is-html": "none",
    "contains-html": "none", "is-sql": "options", "contains-sql": "options", "is-valid-openai-tools-call": "none",
    "is-valid-function-call": "none", "is-valid-openai-function-call": "none", "tool-call-f1": "names",
    "skill-used": "matcher", "trace-span-count": "object", "trace-span-duration": "object", "trace-error-spans": "none",
    "trajectory:tool-used": "matcher", "trajectory:tool-sequence": "sequence", "trajectory:tool-args-match": "object",
    "trajectory:step-count": "object", "latency": "threshold", "time-to-first-token": "threshold", "cost": "threshold",
    "max-tokens": "tokens", "perplexity": "none", "perplexity-score": "none", "finish-reason": "text", "guardrails": "none",
    "assert-set": "set", "all-of": "set", "any-of": "set", "none-of": "set", "llm-rubric": "known", "agent-rubric": "known",
    "search-rubric": "known", "model-graded-closedqa": "known", "model-graded-factuality": "known", "factuality": "known",
    "g-eval": "known", "answer-relevance": "known", "context-recall": "known", "context-relevance": "known",
    "context-faithfulness": "known", "conversation-relevance": "known", "classifier": "known", "moderation": "known",
    "similar": "known", "similar:cosine": "known", "similar:dot": "known", "similar:euclidean": "known",
    "select-best": "known", "max-score": "known", "trajectory:goal-success": "known", "pi": "known", "webhook": "known",
    "javascript": "filled", "python": "known", "ruby": "known"
  }'
$$;
