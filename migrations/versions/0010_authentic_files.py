"""formats, signatures and hashes of files"""

from alembic import op
import sqlalchemy as sa


revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
