"""the programme in full: what is asked for it"""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'

STATUSES_BEFORE = "status IN ('submitted', 'waiting', 'accepted', 'declined', 'merged', 'withdrawn')"
STATUSES = STATUSES_BEFORE.replace("'submitted'", "'draft', 'submitted'")


def upgrade() -> None:
    _requests()
    _handouts()
    _prints()
    _debates()
    _speakers()


def downgrade() -> None:
    _speakers_down()
    _debates_down()
    _prints_down()
    _handouts_down()
    _requests_down()


def _requests() -> None:
    with op.batch_alter_table('side_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_hash', sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(op.f('uq_side_event_link_hash'), ['link_hash'])
        batch_op.drop_constraint(op.f('ck_side_event_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_side_event_status_known'), STATUSES)

    with op.batch_alter_table('bilateral', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proposed_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_bilateral_proposed_by_id'), ['proposed_by_id'], unique=False)
        batch_op.create_foreign_key(op.f('fk_bilateral_proposed_by_id_delegation'), 'delegation', ['proposed_by_id'], ['id'])

    op.create_table('bilateral_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bilateral_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['bilateral_id'], ['bilateral.id'], name=op.f('fk_bilateral_member_bilateral_id_bilateral')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_bilateral_member_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_bilateral_member_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_bilateral_member_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bilateral_member')),
    sa.UniqueConstraint('bilateral_id', 'person_id', name=op.f('uq_bilateral_member_bilateral_id_person_id'))
    )
    with op.batch_alter_table('bilateral_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bilateral_member_bilateral_id'), ['bilateral_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_member_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_member_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_member_person_id'), ['person_id'], unique=False)


def _requests_down() -> None:
    op.drop_table('bilateral_member')

    with op.batch_alter_table('bilateral', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_bilateral_proposed_by_id_delegation'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_bilateral_proposed_by_id'))
        batch_op.drop_column('proposed_by_id')

    op.execute("UPDATE side_event SET status = 'withdrawn' WHERE status = 'draft'")
    with op.batch_alter_table('side_event', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_side_event_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_side_event_status_known'), STATUSES_BEFORE)
        batch_op.drop_constraint(op.f('uq_side_event_link_hash'), type_='unique')
        batch_op.drop_column('link_hash')


def _handouts() -> None:
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=40), nullable=False, server_default='document'))
        batch_op.add_column(
            sa.Column('check_against_delivery', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_material_kind_known'), "kind IN ('slides', 'statement', 'document')"
        )
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=sa.String(length=40), server_default=None)
        batch_op.alter_column('check_against_delivery', existing_type=sa.Boolean(), server_default=None)
    for table in ('room', 'theme', 'own_kind'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('choice_group', schema=None) as batch_op:
        batch_op.add_column(sa.Column('position', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
    with op.batch_alter_table('choice_group', schema=None) as batch_op:
        batch_op.alter_column('position', existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column('revision', existing_type=sa.Integer(), server_default=None)


def _handouts_down() -> None:
    with op.batch_alter_table('choice_group', schema=None) as batch_op:
        batch_op.drop_column('revision')
        batch_op.drop_column('position')
    for table in ('own_kind', 'theme', 'room'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('removed_at')
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_material_kind_known'), type_='check')
        batch_op.drop_column('check_against_delivery')
        batch_op.drop_column('kind')


def _prints() -> None:
    with op.batch_alter_table('booklet', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=40), nullable=False, server_default='booklet'))
        batch_op.create_check_constraint(batch_op.f('ck_booklet_kind_known'), "kind IN ('booklet', 'plan', 'table')")
        batch_op.drop_constraint(op.f('uq_booklet_schedule_id_language'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_booklet_schedule_id_language_kind'), ['schedule_id', 'language', 'kind'])
    with op.batch_alter_table('booklet', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=sa.String(length=40), server_default=None)


def _prints_down() -> None:
    op.execute("DELETE FROM booklet WHERE kind <> 'booklet'")
    with op.batch_alter_table('booklet', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_booklet_schedule_id_language_kind'), type_='unique')
        batch_op.drop_constraint(batch_op.f('ck_booklet_kind_known'), type_='check')
        batch_op.create_unique_constraint(op.f('uq_booklet_schedule_id_language'), ['schedule_id', 'language'])
        batch_op.drop_column('kind')


def _debates() -> None:
    with op.batch_alter_table('debate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reply_minutes', sa.Integer(), nullable=False, server_default='3'))
        batch_op.add_column(sa.Column('ordering', sa.String(length=40), nullable=False, server_default='rank'))
        batch_op.add_column(sa.Column('states_first', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('published_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reminded', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.create_check_constraint(op.f('ck_debate_reply_minutes_count'), 'reply_minutes > 0')
        batch_op.create_check_constraint(op.f('ck_debate_ordering_known'), "ordering IN ('rank', 'request', 'conference')")

    with op.batch_alter_table('debate', schema=None) as batch_op:
        batch_op.alter_column('reply_minutes', server_default=None)
        batch_op.alter_column('ordering', server_default=None)
        batch_op.alter_column('states_first', server_default=None)
        batch_op.alter_column('reminded', server_default=None)

    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('debate_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_reply', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('may_publish', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('checked_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('item_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_index(batch_op.f('ix_statement_debate_id'), ['debate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_checked_by'), ['checked_by'], unique=False)
        batch_op.create_foreign_key(op.f('fk_statement_debate_id_debate'), 'debate', ['debate_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_statement_checked_by_account'), 'account', ['checked_by'], ['id'])

    op.execute(
        'UPDATE statement SET debate_id = (SELECT debate.id FROM debate JOIN item ON item.session_id = debate.session_id'
        ' WHERE item.id = statement.item_id)'
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.alter_column('debate_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('is_reply', server_default=None)
        batch_op.alter_column('may_publish', server_default=None)

    op.create_index(
        'uq_statement_one_request', 'statement', ['debate_id', 'delegation_id'], unique=True,
        sqlite_where=sa.text('is_reply = 0'), postgresql_where=sa.text('NOT is_reply'),
    )

    op.create_table('statement_file',
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_in_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_statement_file_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_statement_file_file_id_stored_file')),
    sa.ForeignKeyConstraint(['handed_in_by'], ['account.id'], name=op.f('fk_statement_file_handed_in_by_account')),
    sa.ForeignKeyConstraint(['statement_id'], ['statement.id'], name=op.f('fk_statement_file_statement_id_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_file')),
    sa.UniqueConstraint('ref', name=op.f('uq_statement_file_ref'))
    )
    with op.batch_alter_table('statement_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_file_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_file_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_file_handed_in_by'), ['handed_in_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_file_statement_id'), ['statement_id'], unique=False)


def _debates_down() -> None:
    op.drop_table('statement_file')
    op.drop_index('uq_statement_one_request', table_name='statement')
    op.execute('DELETE FROM statement WHERE item_id IS NULL')
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_statement_checked_by_account'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_statement_debate_id_debate'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_statement_checked_by'))
        batch_op.drop_index(batch_op.f('ix_statement_debate_id'))
        batch_op.alter_column('item_id', existing_type=sa.Integer(), nullable=False)
        for name in ('moved_at', 'checked_by', 'checked_at', 'may_publish', 'is_reply', 'debate_id'):
            batch_op.drop_column(name)

    with op.batch_alter_table('debate', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_debate_ordering_known'), type_='check')
        batch_op.drop_constraint(op.f('ck_debate_reply_minutes_count'), type_='check')
        for name in ('reminded', 'published_at', 'announced_at', 'states_first', 'ordering', 'reply_minutes'):
            batch_op.drop_column(name)


def _speakers() -> None:
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('slides_until', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.add_column(sa.Column('small_photo_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('consents_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_speaker_small_photo_id'), ['small_photo_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_speaker_small_photo_id_stored_file'), 'stored_file', ['small_photo_id'], ['id']
        )


def _speakers_down() -> None:
    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_speaker_small_photo_id_stored_file'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_speaker_small_photo_id'))
        batch_op.drop_column('consents_at')
        batch_op.drop_column('small_photo_id')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('slides_until')
