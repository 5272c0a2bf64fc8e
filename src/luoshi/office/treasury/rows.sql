-- What a row has moved stays as it was entered; a counter-entry ends it, once. A layout in use is never changed.

CREATE FUNCTION treasury_row_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'taken_back_id') <> (to_jsonb(OLD) - 'taken_back_id') OR OLD.taken_back_id IS NOT NULL THEN
        RAISE EXCEPTION 'row entry % stays as it was entered', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON treasury_rowentry
    FOR EACH ROW EXECUTE FUNCTION treasury_row_entry_stays();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_rowentry
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();

CREATE FUNCTION treasury_layout_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.start IS NOT NULL THEN
        RAISE EXCEPTION 'layout % is in use', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON treasury_banklayout
    FOR EACH ROW EXECUTE FUNCTION treasury_layout_stays();
CREATE TRIGGER two_persons BEFORE INSERT OR UPDATE ON treasury_banklayout
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_same_person('made_by', 'confirmed_by');
