"""whom letters to a delegation are addressed to"""

from alembic import op
import sqlalchemy as sa


revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('addressee', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.alter_column('addressee', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_column('addressee')
