from django.db import migrations

APPROVED_AS_UPLOADED = """
    ALTER TABLE letters_approval ADD CONSTRAINT letter_approval_is_of_its_template
    FOREIGN KEY (template_id, kind, area, uploaded_by) REFERENCES letters_template (id, kind, area, uploaded_by)
"""
LETTERS_STAY = """
    CREATE FUNCTION letters_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'letter % stays: it was issued', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.voided_at IS NOT NULL
            OR to_jsonb(NEW) - ARRAY['voided_by', 'voided_at', 'voiding']
                <> to_jsonb(OLD) - ARRAY['voided_by', 'voided_at', 'voiding'] THEN
            RAISE EXCEPTION 'letter % is voided once and changed in nothing else', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER letters_stay BEFORE UPDATE OR DELETE ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letters_stay();
    CREATE FUNCTION letters_templates_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% % stays as it is', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER letters_templates_stay BEFORE UPDATE OR DELETE ON letters_template
    FOR EACH ROW EXECUTE FUNCTION letters_templates_stay();
    CREATE TRIGGER letters_approvals_stay BEFORE UPDATE OR DELETE ON letters_approval
    FOR EACH ROW EXECUTE FUNCTION letters_templates_stay();
"""
LETTERS_STAY_NOT = """
    DROP TRIGGER letters_stay ON letters_letter;
    DROP TRIGGER letters_templates_stay ON letters_template;
    DROP TRIGGER letters_approvals_stay ON letters_approval;
    DROP FUNCTION letters_stay();
    DROP FUNCTION letters_templates_stay();
"""


class Migration(migrations.Migration):
    """What was issued, uploaded and approved stays as it is."""

    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.RunSQL(
            APPROVED_AS_UPLOADED, "ALTER TABLE letters_approval DROP CONSTRAINT letter_approval_is_of_its_template"
        ),
        migrations.RunSQL(LETTERS_STAY, LETTERS_STAY_NOT),
    ]
