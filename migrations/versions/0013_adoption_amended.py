"""silence procedures that are extended"""

from alembic import op
import sqlalchemy as sa


revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('silence_extension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('silence_id', sa.Integer(), nullable=False),
    sa.Column('was_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('extended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('extended_by', sa.Integer(), nullable=True),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_silence_extension_conference_id_conference')),
    sa.ForeignKeyConstraint(['extended_by'], ['account.id'], name=op.f('fk_silence_extension_extended_by_account')),
    sa.ForeignKeyConstraint(['silence_id'], ['silence.id'], name=op.f('fk_silence_extension_silence_id_silence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence_extension'))
    )
    op.create_index(op.f('ix_silence_extension_conference_id'), 'silence_extension', ['conference_id'], unique=False)
    op.create_index(op.f('ix_silence_extension_extended_by'), 'silence_extension', ['extended_by'], unique=False)
    op.create_index(op.f('ix_silence_extension_silence_id'), 'silence_extension', ['silence_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_silence_extension_silence_id'), table_name='silence_extension')
    op.drop_index(op.f('ix_silence_extension_extended_by'), table_name='silence_extension')
    op.drop_index(op.f('ix_silence_extension_conference_id'), table_name='silence_extension')
    op.drop_table('silence_extension')
