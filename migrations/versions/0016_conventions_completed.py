"""what the conventions of such texts came to need"""

from alembic import op
import sqlalchemy as sa


revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table('given_symbol',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('symbol', sa.String(length=100), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_given_symbol_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_given_symbol_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_symbol')),
    sa.UniqueConstraint('conference_id', 'symbol', name=op.f('uq_given_symbol_conference_id_symbol'))
    )
    op.create_index(op.f('ix_given_symbol_conference_id'), 'given_symbol', ['conference_id'], unique=False)
    op.create_index(op.f('ix_given_symbol_document_id'), 'given_symbol', ['document_id'], unique=False)
    columns = "INSERT INTO given_symbol (conference_id, symbol, document_id, given_at) "
    op.execute(columns + "SELECT conference_id, symbol, id, created_at FROM document")
    op.execute(
        columns + "SELECT conference_id, symbol, MIN(document_id), MIN(prepared_at) FROM issue AS one WHERE symbol <> '' "
        "AND NOT EXISTS (SELECT 1 FROM given_symbol WHERE given_symbol.conference_id = one.conference_id "
        "AND given_symbol.symbol = one.symbol) GROUP BY conference_id, symbol"
    )
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.add_column(sa.Column('present', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('quorum', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.drop_column('quorum')
        batch_op.drop_column('present')
    op.drop_table('given_symbol')
