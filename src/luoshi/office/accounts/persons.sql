-- Who is behind an account: equal for all accounts of one person. Whoever has no account, or one that names nobody, is
-- somebody of their own.
CREATE FUNCTION accounts_person(account text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT 'person:' || encode(person_index, 'hex') FROM accounts_user WHERE username = account),
        'account:' || account)
$$;

-- Different accounts in the columns that a trigger names are different persons: asked when one of them is new, for what
-- was done before somebody was known stays done. That they are different accounts the tables hold by themselves.
CREATE FUNCTION accounts_refuse_same_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NOT EXISTS (
        SELECT FROM unnest(TG_ARGV) AS name
        WHERE to_jsonb(NEW) ->> name IS DISTINCT FROM to_jsonb(OLD) ->> name) THEN
        RETURN NEW;
    END IF;
    IF (SELECT count(DISTINCT account) > count(DISTINCT accounts_person(account))
        FROM unnest(TG_ARGV) AS name, LATERAL (SELECT to_jsonb(NEW) ->> name AS account) AS told
        WHERE account <> '') THEN
        RAISE EXCEPTION 'one person twice in %', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
