"""the register of documents: series of symbols, readers, mastheads, deadlines, work by language"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'

KINDS_BEFORE = "kind IN ('outcome', 'information_note', 'concept_note', 'agenda', 'report', 'paper')"
KINDS = KINDS_BEFORE.replace(
    "'paper'",
    "'paper', 'circular', 'programme_of_work', 'journal', 'working_paper', 'draft', 'statement', 'participants'",
)
ACCESS = "access IN ('public', 'participants', 'restricted')"
MODIFICATIONS = "modification IN ('addendum', 'corrigendum', 'amendment', 'summary')"


def upgrade() -> None:
    op.create_table('symbol_series',
    sa.Column('template', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('access', sa.String(length=40), nullable=False),
    sa.Column('days_before', sa.Integer(), nullable=True),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint(ACCESS, name=op.f('ck_symbol_series_access_known')),
    sa.CheckConstraint(KINDS, name=op.f('ck_symbol_series_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_symbol_series_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_symbol_series')),
    sa.UniqueConstraint('conference_id', 'template', name=op.f('uq_symbol_series_conference_id_template')),
    sa.UniqueConstraint('ref', name=op.f('uq_symbol_series_ref'))
    )
    op.create_index(op.f('ix_symbol_series_conference_id'), 'symbol_series', ['conference_id'], unique=False)

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('access', sa.String(length=40), nullable=False, server_default='public'))
        batch_op.add_column(sa.Column('series_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('extends_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('modification', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('body', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('session', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('agenda_item', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('job_number', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_document_series_id'), ['series_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_extends_id'), ['extends_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_document_series_id_symbol_series'), 'symbol_series', ['series_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_document_extends_id_document'), 'document', ['extends_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_document_kind_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_document_kind_known'), KINDS)
        batch_op.create_check_constraint(batch_op.f('ck_document_access_known'), ACCESS)
        batch_op.create_check_constraint(batch_op.f('ck_document_modification_known'), MODIFICATIONS)
    with op.batch_alter_table('document', schema=None) as batch_op:
        for column in ('access', 'body', 'session', 'agenda_item', 'job_number'):
            batch_op.alter_column(column, server_default=None)

    op.create_table('language_work',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('wanted', 'in_hand', 'checked', 'final')", name=op.f('ck_language_work_state_known')),
    sa.ForeignKeyConstraint(['assignee_id'], ['account.id'], name=op.f('fk_language_work_assignee_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_language_work_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_language_work_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_language_work')),
    sa.UniqueConstraint('document_id', 'language', name=op.f('uq_language_work_document_id_language')),
    sa.UniqueConstraint('ref', name=op.f('uq_language_work_ref'))
    )
    with op.batch_alter_table('language_work', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_language_work_assignee_id'), ['assignee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_language_work_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_language_work_document_id'), ['document_id'], unique=False)

    _text_as_blocks()


BLOCKS_BEFORE = "kind IN ('title', 'note', 'organ', 'preambular', 'heading', 'operative', 'paragraph', 'list_item', 'annex')"
BLOCKS = BLOCKS_BEFORE.replace("'annex'", "'annex', 'signatures'")


def _text_as_blocks() -> None:
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_block_kind_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_block_kind_known'), BLOCKS)
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=40), nullable=True))
    op.execute('UPDATE block_place SET kind = (SELECT block.kind FROM block WHERE block.id = block_place.block_id)')
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=sa.String(length=40), nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_block_place_kind_known'), BLOCKS)
    op.create_table('block_claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_block_claim_account_id_account')),
    sa.ForeignKeyConstraint(['block_id'], ['block.id'], name=op.f('fk_block_claim_block_id_block')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_block_claim_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_block_claim_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block_claim')),
    sa.UniqueConstraint('block_id', 'account_id', name=op.f('uq_block_claim_block_id_account_id'))
    )
    with op.batch_alter_table('block_claim', schema=None) as batch_op:
        for name in ('account_id', 'block_id', 'conference_id', 'document_id'):
            batch_op.create_index(batch_op.f(f'ix_block_claim_{name}'), [name], unique=False)


def _without_text_as_blocks() -> None:
    op.drop_table('block_claim')
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_block_place_kind_known'), type_='check')
        batch_op.drop_column('kind')
    op.execute("UPDATE block SET kind = 'heading' WHERE kind = 'signatures'")
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_block_kind_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_block_kind_known'), BLOCKS_BEFORE)


def downgrade() -> None:
    _without_text_as_blocks()
    op.drop_table('language_work')
    op.execute("UPDATE document SET kind = 'paper' WHERE kind NOT IN ('outcome', 'information_note', 'concept_note', 'agenda', 'report')")
    with op.batch_alter_table('document', schema=None) as batch_op:
        for name in ('access', 'modification', 'kind'):
            batch_op.drop_constraint(batch_op.f(f'ck_document_{name}_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_document_kind_known'), KINDS_BEFORE)
        for name in ('series_id_symbol_series', 'extends_id_document'):
            batch_op.drop_constraint(batch_op.f(f'fk_document_{name}'), type_='foreignkey')
        for name in ('series_id', 'extends_id'):
            batch_op.drop_index(batch_op.f(f'ix_document_{name}'))
        for name in ('access', 'series_id', 'extends_id', 'modification', 'body', 'session', 'agenda_item', 'job_number', 'due_at', 'handed_in_at'):
            batch_op.drop_column(name)
    op.drop_table('symbol_series')
