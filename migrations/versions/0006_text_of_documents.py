"""autosaved texts and imports of documents"""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_sorted', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.alter_column('is_sorted', server_default=None)

    op.create_table('block_draft',
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=True),
    sa.Column('bases', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_block_draft_account_id_account')),
    sa.ForeignKeyConstraint(['block_id'], ['block.id'], name=op.f('fk_block_draft_block_id_block')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_block_draft_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block_draft')),
    sa.UniqueConstraint('block_id', 'account_id', name=op.f('uq_block_draft_block_id_account_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_block_draft_ref'))
    )
    with op.batch_alter_table('block_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_block_draft_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_draft_block_id'), ['block_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_draft_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_draft_kept_at'), ['kept_at'], unique=False)

    op.create_table('text_import',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('paragraphs', sa.JSON(), nullable=False),
    sa.Column('dropped', sa.JSON(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_text_import_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_text_import_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_text_import_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_import')),
    sa.UniqueConstraint('ref', name=op.f('uq_text_import_ref'))
    )
    with op.batch_alter_table('text_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_text_import_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_import_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_import_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_import_read_at'), ['read_at'], unique=False)

    op.create_table('replacement',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('find', sa.String(length=200), nullable=False),
    sa.Column('replacement', sa.String(length=200), nullable=False),
    sa.Column('matches_case', sa.Boolean(), nullable=False),
    sa.Column('whole_words', sa.Boolean(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_replacement_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_replacement_document_id_document')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_replacement_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replacement')),
    sa.UniqueConstraint('ref', name=op.f('uq_replacement_ref'))
    )
    with op.batch_alter_table('replacement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replacement_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacement_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacement_made_by'), ['made_by'], unique=False)


def downgrade() -> None:
    op.drop_table('replacement')
    op.drop_table('text_import')
    op.drop_table('block_draft')
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.drop_column('is_sorted')
