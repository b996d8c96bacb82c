-- Stores a suite and returns its id. The same content gives the same id (per tenant). A suite is immutable.
--
-- p_content, as JSON:
--   {"name": text, "prompt": text | {"sections": […]} | any JSON,
--    "cases": [{"title": text, "input": text, "expected_output"?: text, "tags"?: [text],
--               "assertions"?: [{"type"?: text, "value"?: any}]}],
--    "dialect"?: "prpm", "on_unknown"?: "repeat" | "hold",
--    "defaults"?: {what check_wishes takes: "temperature", "max_tokens", "stop", "tools", …}}
-- Limits: prompt 1 MiB, input 256 KiB, expected_output and assertion value 64 KiB, 10,000 cases, 100 assertions a case.
-- Raises ZA003 (shape), ZA004 (unknown assertion), ZA005 (known, not built), ZA006 (regex), ZA007 (NUL), ZA008 (size); the
-- message names the place (cases[3].assertions[0].type), the hint says what to do.
create or replace function @assay@.put_suite(p_content text, p_tenant text default 'default') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_content jsonb;
  v_mark text;
begin
  if p_content is null then
    perform @assay_private@.refuse('ZA001', 'p_content', 'is null', 'Give the suite as JSON text.');
  end if;
  begin
    v_content := p_content::jsonb;
  exception
    when untranslatable_character then
      -- An escaped NUL: put a word in its place that occurs nowhere else, and look where that stands.
      v_mark := 'nul-' || md5(p_content);
      begin
        v_content := regexp_replace(p_content, '(?<!\\)((?:\\\\)*)\\u0000', '\1' || v_mark, 'g')::jsonb;
      exception when others then
        v_content := null;
      end;
      perform @assay_private@.refuse('ZA007', coalesce(@assay_private@.place_of_text(v_content, v_mark), 'p_content'),
        'holds a NUL character, which cannot be stored', 'Remove \u0000.');
    when others then
      perform @assay_private@.refuse('ZA003', 'p_content', 'is not valid JSON: ' || sqlerrm, null);
  end;
  return @assay@.put_suite(v_content, p_tenant);
end $$;
comment on function @assay@.put_suite(text, text) is
  'Stores a suite given as JSON text and returns its id; says where a NUL character stands. See the jsonb form.';
