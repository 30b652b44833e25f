"""what the conventions of such texts came to need"""

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
