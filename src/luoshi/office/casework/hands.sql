-- Votes and decisions are written once.

CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER vote_is_written_once BEFORE UPDATE OR DELETE ON casework_vote
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER vote_is_kept BEFORE TRUNCATE ON casework_vote
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER decision_is_written_once BEFORE UPDATE OR DELETE ON casework_decision
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER decision_is_kept BEFORE TRUNCATE ON casework_decision
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();

CREATE TRIGGER vote_of_one_hand BEFORE INSERT ON casework_vote
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_other_hand();
