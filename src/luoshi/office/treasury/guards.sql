-- What the tables of the treasury hold by themselves, whoever writes to them: entries come to nothing and stay as they
-- are, balances follow lines only, lists are frozen, nothing is paid twice, amounts never rise.

CREATE FUNCTION treasury_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_entry
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_entryline
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_closing
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_payee
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_bankfile
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON treasury_returnfile
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_account
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_commitment
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_line
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_batch
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON treasury_clawback
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse();

-- An account begins empty, and only the lines of entries change its balance.
CREATE FUNCTION treasury_account_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'an account begins empty' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF pg_trigger_depth() < 2 OR (to_jsonb(NEW) - 'balance') <> (to_jsonb(OLD) - 'balance') THEN
        RAISE EXCEPTION 'only lines of entries change an account' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT OR UPDATE ON treasury_account
    FOR EACH ROW EXECUTE FUNCTION treasury_account_follows();

-- Accounts are taken one after the other, in one order: who comes second waits, and sees what the first has left.
CREATE FUNCTION treasury_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM treasury_account WHERE id IN (SELECT account_id FROM added) ORDER BY id FOR UPDATE;
    UPDATE treasury_account a SET balance = a.balance + moved.amount
        FROM (SELECT account_id, sum(amount) AS amount FROM added GROUP BY account_id) moved
        WHERE a.id = moved.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER move AFTER INSERT ON treasury_entryline REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION treasury_move();

-- The lines of an entry come to nothing, are as many as it says and move as much: none can be added to it later.
CREATE FUNCTION treasury_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_entry bigint := coalesce(to_jsonb(NEW) ->> 'entry_id', to_jsonb(NEW) ->> 'id')::bigint;
BEGIN
    PERFORM 1 FROM treasury_entry e,
        LATERAL (SELECT count(*) AS size, coalesce(sum(amount), 0) AS rest,
                        coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS amount
                 FROM treasury_entryline WHERE entry_id = e.id) lines
        WHERE e.id = of_entry AND (lines.rest <> 0 OR lines.size <> e.size OR lines.amount <> e.amount);
    IF FOUND THEN
        RAISE EXCEPTION 'entry % does not balance', of_entry
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER treasury_entry_balanced AFTER INSERT ON treasury_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION treasury_balanced();
CREATE CONSTRAINT TRIGGER treasury_entryline_balanced AFTER INSERT ON treasury_entryline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION treasury_balanced();

-- A commitment stays what was decided; its amount may fall.
CREATE FUNCTION treasury_commitment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['amount', 'demanded', 'state', 'held_in', 'payee_id', 'due_on'];
BEGIN
    IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) OR NEW.amount > OLD.amount
        OR (OLD.state IN ('listed', 'sent', 'paid') AND (NEW.amount, NEW.payee_id) <> (OLD.amount, OLD.payee_id))
        OR (OLD.state IN ('paid', 'released') AND NEW.state <> OLD.state) THEN
        RAISE EXCEPTION 'commitment % stays as it was decided', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON treasury_commitment
    FOR EACH ROW EXECUTE FUNCTION treasury_commitment_stays();

-- A list is written once, while its batch is being made; then only what became of a line changes, and only forward.
CREATE FUNCTION treasury_line_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM treasury_batch b, treasury_commitment c
            WHERE b.id = NEW.batch_id AND b.state = 'asked' AND NEW.state = 'listed'
              AND c.id = NEW.commitment_id AND c.amount = NEW.amount AND c.payee_id = NEW.payee_id
              AND c.pack_id = b.pack_id AND c.measure = b.measure;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the list of batch % is frozen, or its line is not what was decided', NEW.batch_id
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF (to_jsonb(NEW) - ARRAY['state', 'problem', 'paid_on']) <> (to_jsonb(OLD) - ARRAY['state', 'problem', 'paid_on'])
        OR NOT ((OLD.state, NEW.state) IN (('listed', 'stopped'), ('listed', 'sent'), ('sent', 'paid'), ('sent', 'failed'))) THEN
        RAISE EXCEPTION 'line % is frozen', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON treasury_line
    FOR EACH ROW EXECUTE FUNCTION treasury_line_frozen();

-- A batch goes on step by step, or back to whoever made it; after the bank it only comes to its end.
CREATE FUNCTION treasury_batch_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'count', 'total', 'digest', 'checked_digest', 'checked_by', 'checked_at', 'approved_by',
        'approved_at', 'sent_by', 'sent_at', 'finished_at', 'reason', 'sent_back_by'];
BEGIN
    IF (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving)
        OR (OLD.state <> NEW.state AND NOT ((OLD.state, NEW.state) IN (
            ('asked', 'made'), ('asked', 'empty'), ('asked', 'withdrawn'), ('made', 'submitted'), ('made', 'checked'),
            ('submitted', 'checked'), ('checked', 'approved'), ('approved', 'sent'), ('sent', 'done'),
            ('submitted', 'made'), ('checked', 'made'),
            ('made', 'withdrawn'), ('submitted', 'withdrawn'), ('checked', 'withdrawn'), ('approved', 'withdrawn'))))
        OR (OLD.state IN ('approved', 'sent', 'done')
            AND (NEW.count, NEW.total, NEW.digest, NEW.checked_by, NEW.approved_by)
                <> (OLD.count, OLD.total, OLD.digest, OLD.checked_by, OLD.approved_by)) THEN
        RAISE EXCEPTION 'batch % cannot take this step', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER steps BEFORE UPDATE ON treasury_batch
    FOR EACH ROW EXECUTE FUNCTION treasury_batch_steps();
