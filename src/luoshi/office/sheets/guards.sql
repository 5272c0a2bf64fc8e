-- Entries and steps are written once.

CREATE FUNCTION sheets_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER entry_is_written_once BEFORE UPDATE OR DELETE ON sheets_entry
    FOR EACH ROW EXECUTE FUNCTION sheets_refuse_change();
CREATE TRIGGER step_is_written_once BEFORE UPDATE OR DELETE ON sheets_step
    FOR EACH ROW EXECUTE FUNCTION sheets_refuse_change();
