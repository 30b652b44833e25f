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


def downgrade() -> None:
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
