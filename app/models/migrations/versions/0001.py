"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
# Tables that this step empties or drops on purpose; any other loss of rows cancels it.
MAY_LOSE_ROWS = ()


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "kind", "year", "subject", "grade", name=op.f("uq_assessment_kind_year_subject_grade")
        ),
    )
    op.create_table(
        "confirmed_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("cell", sa.String(length=200), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_finding")),
    )
    with op.batch_alter_table("confirmed_finding", schema=None) as batch_op:
        batch_op.create_index("ix_confirmed_finding_sha256", ["sha256"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("cell", sa.String(length=20), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index("ix_correction_sha256", ["sha256"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=600), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=500), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "methodology",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_methodology")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_methodology_key_version")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=600), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("parent_name", sa.String(length=600), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("head_post", sa.String(length=300), nullable=False),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("executor_name", sa.String(length=200), nullable=False),
        sa.Column("executor_phone", sa.String(length=60), nullable=False),
        sa.Column("emblem", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("short_name", sa.String(length=300), nullable=False),
        sa.Column("full_name", sa.String(length=600), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("settlement", sa.String(length=200), nullable=True),
        sa.Column("rural", sa.Boolean(), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("director", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_search_key"), ["search_key"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "skipped_school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=700), nullable=False),
        sa.Column("name", sa.String(length=600), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skipped_school")),
        sa.UniqueConstraint("key", name=op.f("uq_skipped_school_key")),
    )
    op.create_table(
        "table_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_mapping")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_table_mapping_fingerprint")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("computed_category", sa.String(length=32), nullable=False),
        sa.Column("computed_reason", sa.String(), nullable=False),
        sa.Column("methodology_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["methodology_id"],
            ["methodology.id"],
            name=op.f("fk_decision_methodology_id_methodology"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_decision_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            "uq_decision_current",
            ["school_id", "year"],
            unique=True,
            sqlite_where=sa.text("current = 1"),
        )
    op.create_table(
        "form_excuse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_form_excuse_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_excuse")),
        sa.UniqueConstraint(
            "school_id", "year", "form", name=op.f("uq_form_excuse_school_id_year_form")
        ),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("archived_as", sa.String(length=200), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_stored", sa.Integer(), nullable=False),
        sa.Column("rows_unchanged", sa.Integer(), nullable=False),
        sa.Column("rows_quarantined", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_file_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_import_file_sha256", ["sha256"], unique=False)
    op.create_table(
        "import_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=True),
        sa.Column("cell", sa.String(length=200), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["import_file.id"], name=op.f("fk_import_problem_file_id_import_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_problem")),
    )
    with op.batch_alter_table("import_problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_problem_file_id"), ["file_id"], unique=False)
    op.create_table(
        "quarantine_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(length=600), nullable=False),
        sa.Column("item", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["import_file.id"], name=op.f("fk_quarantine_row_file_id_import_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_row")),
    )
    with op.batch_alter_table("quarantine_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_row_file_id"), ["file_id"], unique=False)
    op.create_table(
        "source_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["import_file.id"], name=op.f("fk_source_block_file_id_import_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_block")),
    )
    with op.batch_alter_table("source_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_block_file_id"), ["file_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=600), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_record_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["source_block.id"], name=op.f("fk_record_block_id_source_block")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_record_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_block_id"), ["block_id"], unique=False)
        batch_op.create_index("ix_record_kind_year", ["kind", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_school_id"), ["school_id"], unique=False)
        batch_op.create_index(
            "uq_record_current", ["identity"], unique=True, sqlite_where=sa.text("current = 1")
        )
    op.create_table(
        "reference_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("p2", sa.Double(), nullable=True),
        sa.Column("p3", sa.Double(), nullable=True),
        sa.Column("p4", sa.Double(), nullable=True),
        sa.Column("p5", sa.Double(), nullable=True),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_reference_result_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["block_id"],
            ["source_block.id"],
            name=op.f("fk_reference_result_block_id_source_block"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_result")),
    )
    with op.batch_alter_table("reference_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reference_result_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reference_result_block_id"), ["block_id"], unique=False
        )
        batch_op.create_index(
            "uq_reference_result_current",
            ["scope", "name", "assessment_id"],
            unique=True,
            sqlite_where=sa.text("current = 1"),
        )
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("n2", sa.Integer(), nullable=True),
        sa.Column("n3", sa.Integer(), nullable=True),
        sa.Column("n4", sa.Integer(), nullable=True),
        sa.Column("n5", sa.Integer(), nullable=True),
        sa.Column("below", sa.Integer(), nullable=True),
        sa.Column("p2", sa.Double(), nullable=True),
        sa.Column("p3", sa.Double(), nullable=True),
        sa.Column("p4", sa.Double(), nullable=True),
        sa.Column("p5", sa.Double(), nullable=True),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_result_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["source_block.id"], name=op.f("fk_result_block_id_source_block")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_result_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_result_block_id"), ["block_id"], unique=False)
        batch_op.create_index(
            "uq_result_current",
            ["school_id", "assessment_id"],
            unique=True,
            sqlite_where=sa.text("current = 1"),
        )
    op.create_table(
        "school_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=600), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["block_id"], ["source_block.id"], name=op.f("fk_school_alias_block_id_source_block")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_alias_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_school_alias_key")),
    )
    with op.batch_alter_table("school_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_alias_block_id"), ["block_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_alias_school_id"), ["school_id"], unique=False)
    op.create_table(
        "school_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["block_id"], ["source_block.id"], name=op.f("fk_school_code_block_id_source_block")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_code_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_code")),
        sa.UniqueConstraint("system", "code", name=op.f("uq_school_code_system_code")),
    )
    with op.batch_alter_table("school_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_code_block_id"), ["block_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_code_school_id"), ["school_id"], unique=False)
    op.create_table(
        "school_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["block_id"], ["source_block.id"], name=op.f("fk_school_value_block_id_source_block")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_value_school_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_value")),
    )
    with op.batch_alter_table("school_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_value_block_id"), ["block_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_value_school_id"), ["school_id"], unique=False)
        batch_op.create_index(
            "uq_school_value_current",
            ["school_id", "field"],
            unique=True,
            sqlite_where=sa.text("current = 1"),
        )
