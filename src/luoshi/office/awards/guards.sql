-- What the tables of award rounds hold by themselves: what was said and seen stays as it is, whoever sits out says
-- nothing, each place is given on a receipt of its own nomination, what was decided is not changed.

CREATE FUNCTION awards_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON awards_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON awards_conflict
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON awards_ballot
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON awards_ballotline
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON awards_round
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON awards_nomination
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON awards_member
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON awards_choice
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON awards_chosen
    FOR EACH STATEMENT EXECUTE FUNCTION awards_refuse();

CREATE FUNCTION awards_sits_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM awards_conflict WHERE member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'member % sits out', NEW.member_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sits_out BEFORE INSERT ON awards_ballot FOR EACH ROW EXECUTE FUNCTION awards_sits_out();

CREATE FUNCTION awards_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('confirmed', 'set_aside', 'cancelled') THEN
        RAISE EXCEPTION 'what was settled is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled BEFORE UPDATE ON awards_choice FOR EACH ROW EXECUTE FUNCTION awards_settled();
CREATE TRIGGER settled BEFORE UPDATE ON awards_round FOR EACH ROW EXECUTE FUNCTION awards_settled();

-- Of a place that was given only the row of the register of winners is added, once.
CREATE FUNCTION awards_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.win IS NOT NULL OR (to_jsonb(NEW) - 'win') <> (to_jsonb(OLD) - 'win') THEN
        RAISE EXCEPTION 'a place that was given is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER given BEFORE UPDATE ON awards_chosen FOR EACH ROW EXECUTE FUNCTION awards_given();

ALTER TABLE awards_chosen ADD CONSTRAINT chosen_on_a_receipt_of_their_own
    FOREIGN KEY (receipt_id, nomination_id, outcome) REFERENCES awards_receipt (id, nomination_id, outcome);
ALTER TABLE awards_chosen ADD CONSTRAINT chosen_of_the_places_of_the_choice
    FOREIGN KEY (choice_id, places) REFERENCES awards_choice (id, places);
