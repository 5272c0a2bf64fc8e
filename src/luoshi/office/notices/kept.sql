-- What was posted stays as it was posted, and what was said and answered as it was said: of each row only the columns
-- that are named may still change, and nothing is ever deleted.

CREATE FUNCTION notices_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    changing CONSTANT text[] := coalesce(TG_ARGV, '{}');
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
        RAISE EXCEPTION '% %: what was posted or said stays as it is', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION notices_keep_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'notices_objection %: it was answered before', OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON notices_notice FOR EACH ROW EXECUTE FUNCTION notices_keep(
    'state', 'taken_down_by', 'taken_down_at', 'taken_down_on', 'reason');
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON notices_noticeline FOR EACH ROW EXECUTE FUNCTION notices_keep();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON notices_noticecase FOR EACH ROW EXECUTE FUNCTION notices_keep();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON notices_objection FOR EACH ROW EXECUTE FUNCTION notices_keep(
    'state', 'answer', 'answered_by', 'answered_at', 'case_id');
CREATE TRIGGER keep_answer BEFORE UPDATE ON notices_objection FOR EACH ROW WHEN (OLD.state <> 'open')
    EXECUTE FUNCTION notices_keep_answer();
