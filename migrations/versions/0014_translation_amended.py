"""translators and revisers, and what was done to the glossary"""

from alembic import op
import sqlalchemy as sa


revision = '0014'
down_revision = '0013'

BEFORE = (
    "role IN ('administrator', 'organizer', 'accreditation_officer', 'programme_officer', 'secretariat_editor', "
    "'protocol_officer', 'security_officer', 'gate_staff', 'press_desk', 'viewer', 'focal_point', 'delegate', 'speaker')"
)
AFTER = BEFORE.replace("'secretariat_editor', ", "'secretariat_editor', 'translator', ")


def upgrade() -> None:
    _roles(AFTER)
    with op.batch_alter_table('language_work', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reviser_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_language_work_reviser_id_account'), 'account', ['reviser_id'], ['id'])
        batch_op.create_index(op.f('ix_language_work_reviser_id'), ['reviser_id'], unique=False)

    op.create_table('glossary_change',
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("verb IN ('added', 'changed', 'removed', 'brought_in', 'taken_back')", name=op.f('ck_glossary_change_verb_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_glossary_change_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_glossary_change_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_change')),
    sa.UniqueConstraint('ref', name=op.f('uq_glossary_change_ref'))
    )
    op.create_index(op.f('ix_glossary_change_conference_id'), 'glossary_change', ['conference_id'], unique=False)
    op.create_index(op.f('ix_glossary_change_made_by'), 'glossary_change', ['made_by'], unique=False)


def downgrade() -> None:
    op.drop_table('glossary_change')
    with op.batch_alter_table('language_work', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_language_work_reviser_id'))
        batch_op.drop_constraint(op.f('fk_language_work_reviser_id_account'), type_='foreignkey')
        batch_op.drop_column('reviser_id')
    op.execute("UPDATE mailed_link SET mandate_id = NULL WHERE mandate_id IN (SELECT id FROM mandate WHERE role = 'translator')")
    op.execute("DELETE FROM mandate WHERE role = 'translator'")
    _roles(BEFORE)


def _roles(known: str) -> None:
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mandate_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mandate_role_known'), known)
