"""what the files handed out came to need"""

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
