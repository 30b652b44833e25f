"""what the translator's form came to need"""

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
