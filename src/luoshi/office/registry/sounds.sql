-- How names are found: by their signs, by how these sound (each of their readings), and by initials.
-- {sounds} is the table of readings, by sign, written into the functions: they give the same answer for ever.

-- A name with the readings of its signs: 张三 is 张/zhang 三/san. Words in Latin letters stay whole.
CREATE OR REPLACE FUNCTION registry.sounded(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
    plain text := lower(normalize(name, NFKC) COLLATE "C");
    sign text; readings text; said text := ''; in_word boolean := false;
BEGIN
    FOR place IN 1 .. length(plain) LOOP
        sign := substr(plain, place, 1);
        IF sign COLLATE "C" BETWEEN 'a' AND 'z' OR sign COLLATE "C" BETWEEN '0' AND '9' THEN
            said := said || CASE WHEN in_word OR said = '' THEN '' ELSE ' ' END || sign;
            in_word := true;
        ELSE
            in_word := false;
            readings := '{sounds}'::jsonb ->> sign;
            IF readings IS NOT NULL THEN
                said := said || CASE WHEN said = '' THEN '' ELSE ' ' END || sign || '/' || readings;
            ELSIF sign ~ '[[:alpha:]]' THEN
                said := said || CASE WHEN said = '' THEN '' ELSE ' ' END || sign;
            END IF;
        END IF;
    END LOOP;
    RETURN said;
END $$;

-- What a name is found by: each reading, each two signs that follow one another, their initials in twos.
CREATE OR REPLACE FUNCTION registry.pieces(name text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
    said text := registry.sounded(name);
    found text := translate(said, '/', ' ');
    parts text[]; sign text; sign_before text; initials text; initials_before text;
BEGIN
    FOREACH said IN ARRAY string_to_array(said, ' ') LOOP
        parts := string_to_array(said, '/');
        sign := parts[1];
        initials := left(coalesce(parts[2], sign), 1);
        FOR place IN 3 .. cardinality(parts) LOOP
            IF strpos(initials, left(parts[place], 1)) = 0 THEN
                initials := initials || left(parts[place], 1);
            END IF;
        END LOOP;
        IF sign_before IS NOT NULL THEN
            found := found || ' ' || sign_before || sign;
            FOR one IN 1 .. length(initials_before) LOOP
                FOR other IN 1 .. length(initials) LOOP
                    found := found || ' ' || substr(initials_before, one, 1) || substr(initials, other, 1);
                END LOOP;
            END LOOP;
        END IF;
        sign_before := sign;
        initials_before := initials;
    END LOOP;
    RETURN array_to_tsvector(array_remove(string_to_array(found, ' '), ''));
END $$;
