-- How many rows a register has in an area, and when they last changed: added to by every statement that changes rows,
-- added up by whoever asks, folded together now and then. Nobody ever waits for another here.
CREATE TABLE IF NOT EXISTS registry.tally (
    schema     text NOT NULL,
    "table"    text NOT NULL,
    area_code  text COLLATE "C",
    "rows"     bigint NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS tally_of ON registry.tally (schema, "table", area_code) INCLUDE ("rows", changed_at);

CREATE OR REPLACE FUNCTION registry.tally_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.tally SELECT TG_TABLE_SCHEMA, TG_TABLE_NAME, _area_code, count(*), now()
    FROM changed GROUP BY _area_code;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registry.tally_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.tally SELECT TG_TABLE_SCHEMA, TG_TABLE_NAME, _area_code, sum(step), now()
    FROM (SELECT _area_code, 1 AS step FROM changed UNION ALL SELECT _area_code, -1 FROM former) steps
    GROUP BY _area_code;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registry.tally_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry.tally SELECT TG_TABLE_SCHEMA, TG_TABLE_NAME, _area_code, -count(*), now()
    FROM former GROUP BY _area_code;
    RETURN NULL;
END $$;
