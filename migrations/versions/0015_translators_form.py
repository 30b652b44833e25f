"""drafts and claims of a paragraph also for one of its languages"""

from alembic import op
import sqlalchemy as sa


revision = '0015'
down_revision = '0014'

TABLES = ('block_claim', 'block_draft')


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('language', sa.String(length=12), nullable=False, server_default=''))
            batch_op.drop_constraint(batch_op.f(f'uq_{table}_block_id_account_id'), type_='unique')
            batch_op.create_unique_constraint(batch_op.f(f'uq_{table}_block_id_account_id_language'), ['block_id', 'account_id', 'language'])
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('language', server_default=None)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DELETE FROM {table} WHERE language <> ''")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'uq_{table}_block_id_account_id_language'), type_='unique')
            batch_op.create_unique_constraint(batch_op.f(f'uq_{table}_block_id_account_id'), ['block_id', 'account_id'])
            batch_op.drop_column('language')
