-- Reads a JavaScript pattern (no flags) and answers null when every construct in it is in the subset that is judged exactly,
-- else the name of the first one that is not. The C++ gate (lib/assertions) answers alike; tests/data/regex/gate.tsv holds
-- both to it.
--
-- Allowed: literals; . ^ $ | ( ) (?: ); * + ? {n} {n,} {n,m} up to 1000, greedy or lazy; classes with ranges and negation;
-- escapes \d \D \w \W \s \S \b \B \t \n \r \v \f \0 \xHH \uHHHH (no surrogates), and \ before ASCII punctuation or space.
-- Counts that stand inside one another multiply, and their product is held to 1000 too.
create or replace function @assay_private@.check_regex(p_pattern text) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  c text[] := regexp_split_to_array(p_pattern, '');
  n int := coalesce(length(p_pattern), 0);
  i int := 1;
  v_open int := 0;
  v_weights int[] := array[1];  -- of each open group, the root first: the heaviest of its terms
  v_weight int := 1;            -- of the last term: the product of the counts in it
  v_atom boolean := false;   -- is there something before i that a quantifier may repeat?
  v_in_class boolean := false;
  v_low int;                 -- class: the atom before a possible range, -1 for a set like \d, null for none
  v_range boolean := false;  -- class: a '-' follows v_low
  v_code int;
  v_rest text;
  v_match text[];
begin
  if octet_length(p_pattern) > 4096 then
    return 'too_long';
  end if;
  while i <= n loop
    if c[i] = '\' then
      if i = n then
        return case when v_in_class then 'unterminated_class' else 'trailing_backslash' end;
      end if;
      v_code := null;
      if c[i + 1] in ('d', 'D', 'w', 'W', 's', 'S') then
        v_code := -1;
        i := i + 2;
      elsif c[i + 1] in ('t', 'n', 'r', 'v', 'f') then
        v_code := (array[9, 10, 13, 11, 12])[position(c[i + 1] in 'tnrvf')];
        i := i + 2;
      elsif c[i + 1] = 'b' or (c[i + 1] = 'B' and not v_in_class) then
        if not v_in_class then
          v_atom := false;
          i := i + 2;
          continue;
        end if;
        v_code := 8;
        i := i + 2;
      elsif c[i + 1] = 'c' then
        return 'control_escape';
      elsif c[i + 1] in ('p', 'P') then
        return 'unicode_property';
      elsif ascii(c[i + 1]) between 48 and 57 then
        if c[i + 1] <> '0' then
          return case when v_in_class then 'octal_escape' else 'backreference' end;
        end if;
        if i + 2 <= n and ascii(c[i + 2]) between 48 and 57 then
          return 'octal_escape';
        end if;
        v_code := 0;
        i := i + 2;
      elsif c[i + 1] in ('x', 'u') then
        v_match := regexp_match(substr(p_pattern, i, 6), case c[i + 1] when 'x' then '^\\x([0-9A-Fa-f]{2})' else '^\\u([0-9A-Fa-f]{4})' end);
        if v_match is null then
          return 'unknown_escape';
        end if;
        v_code := ('x' || lpad(v_match[1], 8, '0'))::bit(32)::int;
        if v_code between 55296 and 57343 then
          return case when v_in_class then 'astral_in_class' else 'unknown_escape' end;
        end if;
        i := i + 2 + length(v_match[1]);
      elsif ascii(c[i + 1]) between 32 and 126 and ascii(lower(c[i + 1])) not between 97 and 122 then
        v_code := ascii(c[i + 1]);
        i := i + 2;
      else
        return 'unknown_escape';
      end if;
      if not v_in_class then
        v_atom := true;
        v_weight := 1;
        continue;
      end if;
    elsif v_in_class then
      if c[i] = ']' then
        v_in_class := false;
        v_atom := true;
        v_weight := 1;
        i := i + 1;
        continue;
      end if;
      if c[i] = '-' and v_low is not null and not v_range and i < n and c[i + 1] <> ']' then
        v_range := true;
        i := i + 1;
        continue;
      end if;
      v_code := ascii(c[i]);
      if v_code > 65535 then
        return 'astral_in_class';
      end if;
      i := i + 1;
    elsif c[i] = '[' then
      v_in_class := true;
      v_low := null;
      v_range := false;
      i := i + 1;
      if i <= n and c[i] = '^' then
        i := i + 1;
      end if;
      continue;
    elsif c[i] = '(' then
      v_rest := substr(p_pattern, i, 4);
      if v_rest like '(?=%' or v_rest like '(?!%' then
        return 'lookahead';
      elsif v_rest like '(?<=%' or v_rest like '(?<!%' then
        return 'lookbehind';
      elsif v_rest like '(?<%' then
        return 'named_group';
      elsif v_rest like '(?:%' then
        i := i + 3;
      elsif v_rest like '(?%' then
        return 'nothing_to_repeat';
      else
        i := i + 1;
      end if;
      v_open := v_open + 1;
      v_weights := v_weights || 1;
      v_atom := false;
      continue;
    elsif c[i] = ')' then
      if v_open = 0 then
        return 'unmatched_paren';
      end if;
      v_weight := v_weights[v_open + 1];
      v_weights[v_open] := greatest(v_weights[v_open], v_weight);
      v_weights := v_weights[1 : v_open];
      v_open := v_open - 1;
      v_atom := true;
      i := i + 1;
      continue;
    elsif c[i] in ('^', '$', '|') then
      v_atom := false;
      i := i + 1;
      continue;
    elsif c[i] in ('*', '+', '?', '{') then
      if c[i] = '{' then
        v_match := regexp_match(substr(p_pattern, i), '^\{([0-9]+)(,([0-9]*))?\}');
        if v_match is null then
          return 'lone_bracket';
        end if;
        if not v_atom then
          return 'nothing_to_repeat';
        end if;
        if v_match[1]::numeric > 1000 or nullif(v_match[3], '')::numeric > 1000 then
          return 'quantifier_too_large';
        elsif nullif(v_match[3], '')::numeric < v_match[1]::numeric then
          return 'quantifier_out_of_order';
        end if;
        v_weight := v_weight * greatest(1, coalesce(nullif(v_match[3], '')::int, v_match[1]::int));
        if v_weight > 1000 then
          return 'quantifier_too_large';
        end if;
        v_weights[v_open + 1] := greatest(v_weights[v_open + 1], v_weight);
        i := i + length(v_match[1]) + length(coalesce(v_match[2], '')) + 2;
      else
        if not v_atom then
          return 'nothing_to_repeat';
        end if;
        i := i + 1;
      end if;
      if i <= n and c[i] = '?' then
        i := i + 1;
      end if;
      v_atom := false;
      continue;
    elsif c[i] in ('}', ']') then
      return 'lone_bracket';
    else
      v_atom := true;
      v_weight := 1;
      i := i + 1;
      continue;
    end if;

    -- A class atom with v_code.
    if v_range then
      if v_low = -1 or v_code = -1 or v_code < v_low then
        return 'bad_range';
      end if;
      v_low := null;
      v_range := false;
    else
      v_low := v_code;
    end if;
  end loop;
  if v_in_class then
    return 'unterminated_class';
  end if;
  if v_open > 0 then
    return 'unterminated_group';
  end if;
  return null;
end $$;
