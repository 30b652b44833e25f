"""questions that were taken out of a questionnaire, as they were asked"""

from alembic import op
import sqlalchemy as sa


revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('taken_out', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.alter_column('taken_out', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_column('taken_out')
