"""checked languages, glossary"""

from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('text_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('checked', 'final')", name=op.f('ck_text_check_state_known')),
    sa.ForeignKeyConstraint(['checked_by'], ['account.id'], name=op.f('fk_text_check_checked_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_text_check_conference_id_conference')),
    sa.ForeignKeyConstraint(['text_id'], ['block_text.id'], name=op.f('fk_text_check_text_id_block_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_check')),
    sa.UniqueConstraint('text_id', name=op.f('uq_text_check_text_id'))
    )
    op.create_index(op.f('ix_text_check_checked_by'), 'text_check', ['checked_by'], unique=False)
    op.create_index(op.f('ix_text_check_conference_id'), 'text_check', ['conference_id'], unique=False)

    op.create_table('glossary_term',
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('forbidden', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_glossary_term_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_term')),
    sa.UniqueConstraint('ref', name=op.f('uq_glossary_term_ref'))
    )
    op.create_index(op.f('ix_glossary_term_conference_id'), 'glossary_term', ['conference_id'], unique=False)

    op.create_table('translation_rules',
    sa.Column('wants_checks', sa.Boolean(), nullable=False),
    sa.Column('four_eyes', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_translation_rules_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_translation_rules')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_translation_rules_conference_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_translation_rules_ref'))
    )
    op.create_index(op.f('ix_translation_rules_conference_id'), 'translation_rules', ['conference_id'], unique=False)


def downgrade() -> None:
    op.drop_table('translation_rules')
    op.drop_table('glossary_term')
    op.drop_table('text_check')
