-- The known word nearest to what somebody wrote, for hints: at most a third of its letters apart; null when none is.
create or replace function @assay_private@.nearest(p_word text, p_known text[]) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_known text;
  v_best text;
  v_least int := greatest(1, length(left(p_word, 60)) / 3) + 1;
  v_row int[];
  v_last int[];
  w text := left(lower(p_word), 60);
begin
  foreach v_known in array p_known loop
    continue when abs(length(v_known) - length(w)) >= v_least;
    v_last := array(select generate_series(0, length(v_known)));
    for i in 1 .. length(w) loop
      v_row := array[i];
      for j in 1 .. length(v_known) loop
        v_row := v_row || least(v_last[j + 1] + 1, v_row[j] + 1,
                                v_last[j] + case when substr(w, i, 1) = substr(v_known, j, 1) then 0 else 1 end);
      end loop;
      v_last := v_row;
    end loop;
    if v_last[length(v_known) + 1] < v_least then
      v_least := v_last[length(v_known) + 1];
      v_best := v_known;
    end if;
  end loop;
  return v_best;
end $$;
