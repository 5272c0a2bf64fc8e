CREATE SCHEMA registry;

-- What a row was before it was changed or deleted. Written by triggers only, and never again.
CREATE TABLE registry.row_version (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schema      text NOT NULL,
    "table"     text NOT NULL,
    row_id      text COLLATE "C" NOT NULL,
    version     integer NOT NULL,
    "row"       jsonb NOT NULL,
    changed_at  timestamptz NOT NULL,
    changed_by  text NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX row_version_of ON registry.row_version (schema, "table", row_id, number);

-- A register that somebody keeps for an area and everything below it. One that nobody keeps is unknown, not empty.
CREATE TABLE registry.kept_register (
    schema    text NOT NULL,
    "table"   text NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    since     timestamptz NOT NULL DEFAULT now(),
    declared_by text NOT NULL,
    PRIMARY KEY (schema, "table", area_code)
);

-- Folders that were loaded, by what is in them: the same folder twice changes nothing.
CREATE TABLE registry.loaded_folder (
    pack      text NOT NULL,
    digest    text NOT NULL,
    source    text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    loaded_by text NOT NULL,
    "rows"    jsonb NOT NULL,
    PRIMARY KEY (pack, digest)
);

CREATE FUNCTION registry.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'registry.% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON registry.row_version
    FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON registry.row_version
    FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();

-- A changed row is the next version; who changed it and when is said by whoever changes it, else it is now.
CREATE FUNCTION registry.number_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM OLD.id THEN
        RAISE EXCEPTION 'the id of a row never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW._version := OLD._version + 1;
    IF NEW._changed_at = OLD._changed_at THEN
        NEW._changed_at := now();
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registry.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.row_version (schema, "table", row_id, version, "row", changed_at, changed_by)
    VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, OLD.id::text, OLD._version, to_jsonb(OLD), OLD._changed_at, OLD._changed_by);
    RETURN NULL;
END $$;
