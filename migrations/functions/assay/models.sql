-- The models that put_model added.
create or replace view @assay@.models as
select m.name, m.provider, m.model, m.mode, @assay_private@.dollars((m.rates ->> 'input')::numeric) as input,
       @assay_private@.dollars((m.rates ->> 'cached_read')::numeric) as cached_read,
       @assay_private@.dollars((m.rates ->> 'cache_write_5m')::numeric) as cache_write_5m,
       @assay_private@.dollars((m.rates ->> 'cache_write_1h')::numeric) as cache_write_1h,
       @assay_private@.dollars((m.rates ->> 'output')::numeric) as output,
       @assay_private@.dollars((m.rates ->> 'reasoning')::numeric) as reasoning,
       m.context_tokens, m.max_output_tokens, m.tasks, m.lifecycle, m.changed_at
from @assay_private@.model m;
comment on view @assay@.models is 'The models that put_model added; prices in dollars per million tokens.';
