-- The event log and its chain, owned by a role of its own that nobody signs in as. Run once by the database's
-- administrator, in the database of the service; may be run again. The service appends and reads; nobody changes.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'luoshi_audit') THEN
        CREATE ROLE luoshi_audit NOLOGIN;
    END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION luoshi_audit;
SET ROLE luoshi_audit;

CREATE TABLE IF NOT EXISTS audit.event (
    id        bigint PRIMARY KEY,
    at        timestamptz NOT NULL,
    actor     text NOT NULL,
    action    text NOT NULL,
    subject   text NOT NULL,
    area      text COLLATE "C" NOT NULL,
    basis     text NOT NULL,
    origin    text NOT NULL,
    details   jsonb NOT NULL,
    hash      bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS event_subject ON audit.event (subject, id);
CREATE INDEX IF NOT EXISTS event_area ON audit.event (area, id);
CREATE INDEX IF NOT EXISTS event_actor ON audit.event (actor, id);
CREATE INDEX IF NOT EXISTS event_at ON audit.event (at);

-- The last link. Taken by every append until it is committed: events stand in the order in which they were decided.
CREATE TABLE IF NOT EXISTS audit.head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    id   bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO audit.head (id, hash) VALUES (0, sha256('luoshi')) ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION audit.link(previous bytea, e audit.event) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        e.id, extract(epoch FROM e.at), e.actor, e.action, e.subject, e.area, e.basis, e.origin, e.details
    )::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION audit.append(
    actor text, action text, subject text, area text, basis text, origin text, details jsonb
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    last audit.head;
    new_event audit.event;
BEGIN
    SELECT * INTO last FROM audit.head FOR UPDATE;
    new_event := ROW(last.id + 1, clock_timestamp(), actor, action, subject, area, basis, origin, details, NULL);
    new_event.hash := audit.link(last.hash, new_event);
    INSERT INTO audit.event SELECT new_event.*;
    UPDATE audit.head SET id = new_event.id, hash = new_event.hash;
    RETURN new_event.id;
END $$;

-- The first event that does not fit to the one before it, or that is missing; null if the chain is whole.
CREATE OR REPLACE FUNCTION audit.first_broken() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH links AS (
        SELECT e.id, row_number() OVER chain AS place, e.hash,
               audit.link(coalesce(lag(e.hash) OVER chain, sha256('luoshi')), e) AS expected
        FROM audit.event e WINDOW chain AS (ORDER BY e.id)
    ), broken AS (
        SELECT id FROM links WHERE hash <> expected OR id <> place
        UNION ALL
        SELECT h.id FROM audit.head h
        WHERE h.id > 0 AND NOT EXISTS (SELECT FROM audit.event e WHERE e.id = h.id AND e.hash = h.hash)
    )
    SELECT min(id) FROM broken
$$;

RESET ROLE;
REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM luoshi;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO luoshi;
GRANT SELECT ON audit.event TO luoshi;
GRANT EXECUTE ON FUNCTION audit.append, audit.first_broken TO luoshi;
