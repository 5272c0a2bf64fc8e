-- Who has filed or checked a case does not decide it, and the other way round; and nobody acts twice at one visit of a
-- step, but where it is done again and again. Two accounts of one person are one hand.

CREATE OR REPLACE FUNCTION casework_other_hand(act text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE act
        WHEN 'apply' THEN ARRAY['check', 'decide', 'review']
        WHEN 'check' THEN ARRAY['apply', 'decide', 'review']
        WHEN 'decide' THEN ARRAY['apply', 'check']
        WHEN 'review' THEN ARRAY['apply', 'check']
        ELSE ARRAY[]::text[]
    END
$$;

CREATE OR REPLACE FUNCTION casework_refuse_other_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := accounts_person(NEW.person);
BEGIN
    PERFORM FROM casework_case WHERE id = NEW.case_id FOR UPDATE;
    IF EXISTS (SELECT FROM casework_vote
               WHERE case_id = NEW.case_id AND act = ANY (casework_other_hand(NEW.act))
                 AND accounts_person(person) = who) THEN
        RAISE EXCEPTION 'maker is checker' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vote_other_hand';
    END IF;
    IF EXISTS (SELECT FROM casework_vote
               WHERE case_id = NEW.case_id AND step = NEW.step AND visit = NEW.visit AND act <> 'record'
                 AND person <> NEW.person AND accounts_person(person) = who) THEN
        RAISE EXCEPTION 'one person twice' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vote_once';
    END IF;
    RETURN NEW;
END $$;
