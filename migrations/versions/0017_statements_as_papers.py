"""statements of delegations as papers of their own"""

from alembic import op
import sqlalchemy as sa


revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    with op.batch_alter_table('reservation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paper_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_reservation_paper_id_document'), 'document', ['paper_id'], ['id'])
        batch_op.create_index(op.f('ix_reservation_paper_id'), ['paper_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('reservation', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_reservation_paper_id'))
        batch_op.drop_constraint(op.f('fk_reservation_paper_id_document'), type_='foreignkey')
        batch_op.drop_column('paper_id')
