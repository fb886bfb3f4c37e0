-- As migration 0090 has it for statistics: who reaches what is asked once, not for each row. Lists look at thousands of lines
-- and executions for each answer.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['log', 'execution'] LOOP
    EXECUTE format('ALTER POLICY reach ON %I USING ((SELECT is_unbound()) OR (namespace || ''.'') ^@ ANY ((SELECT reach_prefixes())::text[]))', name);
  END LOOP;
END $$;

-- As before, and where the setting has been one of an earlier transaction: it is empty then.
CREATE OR REPLACE FUNCTION reach_prefixes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT array_agg(bound || '.') FROM unnest(nullif(current_setting('app.namespaces', true), '')::text[]) AS bound);
