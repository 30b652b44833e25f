"""what the programme keeps more: files and choice groups that were removed, and the revision of links and files"""

from alembic import op
import sqlalchemy as sa


revision = '0011'
down_revision = '0010'

REMOVED = ('choice_group', 'material')
REVISED = ('material', 'session_link')


def upgrade() -> None:
    for table in REMOVED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
    for table in REVISED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('revision', server_default=None)


def downgrade() -> None:
    """What was removed goes with its mark: it would be among what is offered again."""
    for table in REMOVED:
        op.execute(sa.text(f'DELETE FROM {table} WHERE removed_at IS NOT NULL'))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('removed_at')
    for table in REVISED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('revision')
