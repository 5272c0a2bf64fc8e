-- A version that people have made says why. Tables that were made before get the column.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT t.tgrelid::regclass AS name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.proname = 'number_version' AND p.pronamespace = 'registry'::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS _reason text', found.name);
    END LOOP;
END $$;

-- A changed row is the next version; who changed it and when is said by whoever changes it, else it is now. The reason
-- belongs to one version: whoever gives one says the moment with it, and a change that says neither has none.
CREATE OR REPLACE FUNCTION registry.number_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM OLD.id THEN
        RAISE EXCEPTION 'the id of a row never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW._version := OLD._version + 1;
    IF NEW._changed_at = OLD._changed_at THEN
        NEW._changed_at := now();
        IF NEW._reason IS NOT DISTINCT FROM OLD._reason THEN
            NEW._reason := NULL;
        END IF;
    END IF;
    RETURN NEW;
END $$;
