"""prepared and released by two, embargo, reissues, subscribers"""

from alembic import op
import sqlalchemy as sa


revision = '0009'
down_revision = '0008'

STATES_BEFORE = "state IN ('preparing', 'published', 'failed', 'withdrawn')"
STATES = "state IN ('preparing', 'prepared', 'published', 'failed', 'withdrawn')"
KINDS = "kind IN ('original', 'advance', 'revision', 'reissue')"
FILLED = ('kind', 'symbol', 'languages', 'preparer_name')


def upgrade() -> None:
    op.create_table('issuing_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('needs_two', sa.Boolean(), nullable=False),
    sa.Column('tells_press', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_issuing_rules_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issuing_rules')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_issuing_rules_conference_id'))
    )
    op.create_index(op.f('ix_issuing_rules_conference_id'), 'issuing_rules', ['conference_id'], unique=False)
    op.create_table('subscriber',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('email_hash', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('is_press', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_subscriber_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscriber')),
    sa.UniqueConstraint('conference_id', 'email_hash', name=op.f('uq_subscriber_conference_id_email_hash')),
    sa.UniqueConstraint('ref', name=op.f('uq_subscriber_ref'))
    )
    op.create_index(op.f('ix_subscriber_conference_id'), 'subscriber', ['conference_id'], unique=False)
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=40), nullable=False, server_default='original'))
        batch_op.add_column(sa.Column('symbol', sa.String(length=100), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('languages', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('dated_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('preparer_name', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('released_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_issue_symbol'), ['symbol'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_issue_state_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_issue_state_known'), STATES)
        batch_op.create_check_constraint(batch_op.f('ck_issue_kind_known'), KINDS)
    with op.batch_alter_table('issue', schema=None) as batch_op:
        for column in FILLED:
            batch_op.alter_column(column, server_default=None)
    op.execute(
        "UPDATE issue SET symbol = (SELECT document.symbol FROM document WHERE document.id = issue.document_id),"
        " languages = (SELECT document.languages FROM document WHERE document.id = issue.document_id),"
        " preparer_name = publisher_name, released_at = published_at"
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('leave_url', sa.String(length=300), nullable=False, server_default=''))
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.alter_column('leave_url', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_column('leave_url')
    op.execute("UPDATE issue SET state = 'failed' WHERE state = 'prepared'")
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_issue_kind_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_issue_state_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_issue_state_known'), STATES_BEFORE)
        batch_op.drop_index(batch_op.f('ix_issue_symbol'))
        for column in ('released_at', 'preparer_name', 'dated_on', 'languages', 'symbol', 'kind'):
            batch_op.drop_column(column)
    op.drop_table('subscriber')
    op.drop_table('issuing_rules')
