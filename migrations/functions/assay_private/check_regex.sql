-- Reads a JavaScript pattern (no flags), Annex B included, and answers null when it can be judged, else the name of the
-- first construct that cannot. The C++ gate (lib/regex) answers alike; tests/data/regex/gate.tsv holds both to it.
--
-- Left to the C++ gate, because they need the whole tree: capture_reset, capture_in_lookbehind, and variable_lookbehind
-- where no * or + says so. A suite with one of these is stored, and its verdict is an error that names it.
create or replace function @assay_private@.check_regex(p_pattern text) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  -- JavaScript reads UTF-16 units: a character above U+FFFF is two.
  v_units int[] := array(
    select unit
    from unnest(regexp_split_to_array(p_pattern, '')) with ordinality as t(letter, place)
    cross join lateral unnest(case when ascii(letter) > 65535
      then array[55296 + ((ascii(letter) - 65536) >> 10), 56320 + ((ascii(letter) - 65536) & 1023)]
      else array[ascii(letter)] end) with ordinality as u(unit, half)
    where letter <> ''
    order by place, half);
  n int := cardinality(v_units);
  -- The same places as text, in which everything beyond ASCII is one letter that has no meaning.
  v_text text := (select string_agg(case when unit < 128 then chr(unit) else 'é' end, '' order by place)
                  from unnest(v_units) with ordinality as t(unit, place));
  c text[] := regexp_split_to_array(v_text, '');
  i int := 1;
  v_groups int := 0;            -- how many capture, in the whole pattern
  v_any_named boolean := false;
  v_names text[] := '{}';       -- of the groups so far
  v_wanted text[] := '{}';      -- what \k<name> asks for
  v_kinds text[] := array['root'];         -- of each open group, the root first: group, ahead, behind
  v_backwards boolean[] := array[false];   -- read from right to left: in a lookbehind, and in no lookahead in it
  v_inside boolean[] := array[false];      -- in a lookbehind at any depth
  v_weights int[] := array[1];             -- the heaviest of its terms
  v_open int := 1;
  v_weight int := 1;            -- of the last term: the product of the counts in it
  v_atom boolean := false;      -- is there something before i that a quantifier may repeat?
  v_in_class boolean := false;
  v_low int;                    -- class: the atom before a possible range, -1 for a set like \d, null for none
  v_range boolean := false;     -- class: a '-' follows v_low
  v_code int;
  v_kind text;
  v_rest text;
  v_match text[];
begin
  if octet_length(p_pattern) > 4096 then
    return 'too_long';
  end if;

  -- Whether \1 is a back reference and \k a name depends on what follows.
  while i <= n loop
    if c[i] = '\' then
      i := i + 1;
    elsif v_in_class or c[i] = '[' then
      v_in_class := c[i] <> ']';
    elsif c[i] = '(' then
      v_rest := substr(v_text, i, 4);
      if v_rest like '(?<%' and v_rest not in ('(?<=', '(?<!') then
        v_any_named := true;
        v_groups := v_groups + 1;
      elsif v_rest not like '(?%' then
        v_groups := v_groups + 1;
      end if;
    end if;
    i := i + 1;
  end loop;

  i := 1;
  v_in_class := false;
  while i <= n loop
    if c[i] = '\' then
      v_rest := substr(v_text, i, 4096);
      if not v_in_class then
        if c[i + 1] in ('b', 'B') then
          v_atom := false;
          i := i + 2;
          continue;
        end if;
        v_match := null;
        if c[i + 1] = 'k' and v_any_named then
          v_match := regexp_match(v_rest, '^\\k<([A-Za-z_$][A-Za-z0-9_$]*)>');
          if v_match is null then
            return 'group_name';
          end if;
          v_wanted := v_wanted || v_match[1];
          i := i + length(v_match[1]) + 4;
        elsif c[i + 1] ~ '^[1-9]' then
          v_match := regexp_match(v_rest, '^\\([0-9]+)');
          if v_match[1]::numeric <= v_groups then
            i := i + length(v_match[1]) + 1;
          else
            v_match := null;
          end if;
        end if;
        if v_match is not null then
          if v_inside[v_open] then
            return 'backreference_in_lookbehind';
          end if;
          v_atom := true;
          v_weight := 1;
          continue;
        end if;
      end if;

      if i = n then
        return case when v_in_class then 'unterminated_class' else 'trailing_backslash' end;
      elsif c[i + 1] in ('d', 'D', 'w', 'W', 's', 'S') then
        v_code := -1;
        i := i + 2;
      elsif c[i + 1] in ('t', 'n', 'r', 'v', 'f') then
        v_code := (array[9, 10, 13, 11, 12])[position(c[i + 1] in 'tnrvf')];
        i := i + 2;
      elsif v_rest ~ '^\\[0-7]' then
        v_match := regexp_match(v_rest, '^\\([0-3][0-7]{0,2}|[4-7][0-7]?)');
        v_code := 0;
        for k in 1 .. length(v_match[1]) loop
          v_code := v_code * 8 + substr(v_match[1], k, 1)::int;
        end loop;
        i := i + 1 + length(v_match[1]);
      elsif c[i + 1] = 'c' then
        if v_rest ~ '^\\c[A-Za-z]' or (v_in_class and v_rest ~ '^\\c[0-9_]') then
          v_code := v_units[i + 2] % 32;
          i := i + 3;
        else
          v_code := 92;
          i := i + 1;
        end if;
      elsif v_rest ~ '^\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})' then
        v_match := regexp_match(v_rest, '^\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))');
        v_code := ('x' || lpad(coalesce(v_match[1], v_match[2]), 8, '0'))::bit(32)::int;
        i := i + 2 + length(coalesce(v_match[1], v_match[2]));
      elsif v_in_class and c[i + 1] = 'k' and v_any_named then
        return 'unknown_escape';
      else
        v_code := case when v_in_class and c[i + 1] = 'b' then 8 else v_units[i + 1] end;
        i := i + 2;
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
      v_code := v_units[i];
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
      v_rest := substr(v_text, i, 4096);
      v_kind := 'group';
      if v_rest like '(?=%' or v_rest like '(?!%' then
        v_kind := 'ahead';
        i := i + 3;
      elsif v_rest like '(?<=%' or v_rest like '(?<!%' then
        v_kind := 'behind';
        i := i + 4;
      elsif v_rest like '(?:%' then
        i := i + 3;
      elsif v_rest like '(?<%' then
        v_match := regexp_match(v_rest, '^\(\?<([A-Za-z_$][A-Za-z0-9_$]*)>');
        if v_match is null or v_match[1] = any(v_names) then
          return 'group_name';
        end if;
        v_names := v_names || v_match[1];
        i := i + length(v_match[1]) + 4;
      elsif v_rest like '(?%' then
        return 'unknown_group';
      else
        i := i + 1;
      end if;
      v_kinds := v_kinds || v_kind;
      v_backwards := v_backwards || (v_kind = 'behind' or (v_backwards[v_open] and v_kind <> 'ahead'));
      v_inside := v_inside || (v_kind = 'behind' or v_inside[v_open]);
      v_weights := v_weights || 1;
      v_open := v_open + 1;
      v_atom := false;
      continue;
    elsif c[i] = ')' then
      if v_open = 1 then
        return 'unmatched_paren';
      end if;
      v_atom := v_kinds[v_open] <> 'behind';
      v_weight := v_weights[v_open];
      v_open := v_open - 1;
      v_weights[v_open] := greatest(v_weights[v_open], v_weight);
      v_kinds := v_kinds[1 : v_open];
      v_backwards := v_backwards[1 : v_open];
      v_inside := v_inside[1 : v_open];
      v_weights := v_weights[1 : v_open];
      i := i + 1;
      continue;
    elsif c[i] in ('^', '$', '|') then
      v_atom := false;
      i := i + 1;
      continue;
    else
      v_match := case when c[i] = '{' then regexp_match(substr(v_text, i, 4096), '^\{([0-9]+)(,([0-9]*))?\}') end;
      if v_match is null and c[i] not in ('*', '+', '?') then
        v_atom := true;
        v_weight := 1;
        i := i + 1;
        continue;
      end if;
      if not v_atom then
        return 'nothing_to_repeat';
      end if;
      if v_match is not null then
        if v_match[1]::numeric > 10000 or nullif(v_match[3], '')::numeric > 10000 then
          return 'quantifier_too_large';
        elsif nullif(v_match[3], '')::numeric < v_match[1]::numeric then
          return 'quantifier_out_of_order';
        end if;
        v_weight := v_weight * greatest(1, coalesce(nullif(v_match[3], '')::int, v_match[1]::int));
        if v_weight > 10000 then
          return 'quantifier_too_large';
        end if;
        v_weights[v_open] := greatest(v_weights[v_open], v_weight);
      end if;
      if v_backwards[v_open] and (c[i] in ('*', '+') or v_match[2] = ',') then
        return 'variable_lookbehind';
      end if;
      i := i + coalesce(length(v_match[1]) + length(coalesce(v_match[2], '')) + 2, 1);
      if i <= n and c[i] = '?' then
        i := i + 1;
      end if;
      v_atom := false;
      continue;
    end if;

    -- A class atom with v_code.
    if v_range then
      if v_low <> -1 and v_code <> -1 and v_code < v_low then
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
  if v_open > 1 then
    return 'unterminated_group';
  end if;
  if not v_wanted <@ v_names then
    return 'group_name';
  end if;
  return null;
end $$;
