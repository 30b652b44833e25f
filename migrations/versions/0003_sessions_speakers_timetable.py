"""sessions, speakers and the timetable in full"""

from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'

KINDS_BEFORE = (
    "kind IN ('ceremony', 'general_debate', 'plenary', 'panel', 'workshop', 'side_event', 'exhibition', "
    "'press_conference', 'break', 'social')"
)
KINDS = KINDS_BEFORE.replace("'side_event', ", "'side_event', 'bilateral', ")
ROLES_BEFORE = "role IN ('chair', 'moderator', 'keynote', 'speaker', 'panellist', 'rapporteur')"
ROLES = ROLES_BEFORE.replace("'rapporteur'", "'rapporteur', 'interpreter'")
STATUSES_BEFORE = "status IN ('invited', 'confirmed', 'declined')"
STATUSES = STATUSES_BEFORE.replace("'declined'", "'declined', 'replaced'")


def upgrade() -> None:
    op.create_table('accepted_clash',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by'], ['account.id'], name=op.f('fk_accepted_clash_accepted_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_accepted_clash_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accepted_clash')),
    sa.UniqueConstraint('conference_id', 'key', name=op.f('uq_accepted_clash_conference_id_key')),
    sa.UniqueConstraint('ref', name=op.f('uq_accepted_clash_ref'))
    )
    with op.batch_alter_table('accepted_clash', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_accepted_clash_accepted_by'), ['accepted_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_accepted_clash_conference_id'), ['conference_id'], unique=False)

    op.create_table('clash_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('severity', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=True),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("severity IN ('ignore', 'warn', 'block')", name=op.f('ck_clash_setting_severity_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_clash_setting_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clash_setting')),
    sa.UniqueConstraint('conference_id', 'rule', name=op.f('uq_clash_setting_conference_id_rule'))
    )
    with op.batch_alter_table('clash_setting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clash_setting_conference_id'), ['conference_id'], unique=False)

    op.create_table('own_kind',
    sa.Column('nature', sa.String(length=40), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('is_alone', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("nature IN ('ceremony', 'general_debate', 'plenary', 'panel', 'workshop', 'side_event', 'bilateral', 'exhibition', 'press_conference', 'break', 'social')", name=op.f('ck_own_kind_nature_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_own_kind_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_own_kind_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_kind')),
    sa.UniqueConstraint('ref', name=op.f('uq_own_kind_ref'))
    )
    with op.batch_alter_table('own_kind', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_kind_conference_id'), ['conference_id'], unique=False)

    op.create_table('side_event_call',
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('guidance', sa.JSON(), nullable=False),
    sa.Column('each_may_lead', sa.Integer(), nullable=False),
    sa.Column('longest_minutes', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('longest_minutes > 0', name=op.f('ck_side_event_call_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_side_event_call_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_side_event_call')),
    sa.UniqueConstraint('ref', name=op.f('uq_side_event_call_ref'))
    )
    with op.batch_alter_table('side_event_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_side_event_call_conference_id'), ['conference_id'], unique=False)

    op.create_table('theme',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_theme_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('ref', name=op.f('uq_theme_ref'))
    )
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_theme_conference_id'), ['conference_id'], unique=False)

    op.create_table('booklet',
    sa.Column('schedule_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_booklet_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_booklet_file_id_stored_file')),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_booklet_schedule_id_schedule')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booklet')),
    sa.UniqueConstraint('ref', name=op.f('uq_booklet_ref')),
    sa.UniqueConstraint('schedule_id', 'language', name=op.f('uq_booklet_schedule_id_language'))
    )
    with op.batch_alter_table('booklet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booklet_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booklet_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booklet_schedule_id'), ['schedule_id'], unique=False)

    op.create_table('command',
    sa.Column('schedule_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_command_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_command_made_by_account')),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_command_schedule_id_schedule')),
    sa.ForeignKeyConstraint(['undoes_id'], ['command.id'], name=op.f('fk_command_undoes_id_command')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_command')),
    sa.UniqueConstraint('ref', name=op.f('uq_command_ref')),
    sa.UniqueConstraint('schedule_id', 'number', name=op.f('uq_command_schedule_id_number'))
    )
    with op.batch_alter_table('command', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_command_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_command_made_by'), ['made_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_command_schedule_id'), ['schedule_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_command_undoes_id'), ['undoes_id'], unique=False)

    op.create_table('room_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_room_hours_ends_after_start')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_room_hours_conference_id_conference')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_room_hours_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_hours'))
    )
    with op.batch_alter_table('room_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_hours_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_room_hours_room_id'), ['room_id'], unique=False)

    op.create_table('room_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('whole_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('whole_id <> part_id', name=op.f('ck_room_part_not_itself')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_room_part_conference_id_conference')),
    sa.ForeignKeyConstraint(['part_id'], ['room.id'], name=op.f('fk_room_part_part_id_room')),
    sa.ForeignKeyConstraint(['whole_id'], ['room.id'], name=op.f('fk_room_part_whole_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_part')),
    sa.UniqueConstraint('whole_id', 'part_id', name=op.f('uq_room_part_whole_id_part_id'))
    )
    with op.batch_alter_table('room_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_part_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_room_part_part_id'), ['part_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_room_part_whole_id'), ['whole_id'], unique=False)

    op.create_table('agenda',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_agenda_conference_id_conference')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agenda_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda')),
    sa.UniqueConstraint('ref', name=op.f('uq_agenda_ref')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_agenda_token_hash'))
    )
    with op.batch_alter_table('agenda', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_person_id'), ['person_id'], unique=True)

    op.create_table('arrangement',
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('moves', sa.JSON(), nullable=False),
    sa.Column('unmet', sa.JSON(), nullable=False),
    sa.Column('conflict', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('job_ref', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('command_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('queued', 'running', 'ready', 'impossible', 'stopped', 'failed', 'accepted')", name=op.f('ck_arrangement_state_known')),
    sa.ForeignKeyConstraint(['command_id'], ['command.id'], name=op.f('fk_arrangement_command_id_command')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_arrangement_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_arrangement_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrangement')),
    sa.UniqueConstraint('ref', name=op.f('uq_arrangement_ref'))
    )
    with op.batch_alter_table('arrangement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrangement_command_id'), ['command_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrangement_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrangement_made_by'), ['made_by'], unique=False)

    op.create_table('bilateral',
    sa.Column('asking_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('asked', 'agreed', 'declined', 'placed', 'withdrawn')", name=op.f('ck_bilateral_status_known')),
    sa.CheckConstraint('asking_id <> asked_id', name=op.f('ck_bilateral_not_itself')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_bilateral_minutes_count')),
    sa.ForeignKeyConstraint(['answered_by'], ['account.id'], name=op.f('fk_bilateral_answered_by_account')),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_bilateral_asked_by_account')),
    sa.ForeignKeyConstraint(['asked_id'], ['delegation.id'], name=op.f('fk_bilateral_asked_id_delegation')),
    sa.ForeignKeyConstraint(['asking_id'], ['delegation.id'], name=op.f('fk_bilateral_asking_id_delegation')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_bilateral_conference_id_conference')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_bilateral_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bilateral')),
    sa.UniqueConstraint('ref', name=op.f('uq_bilateral_ref'))
    )
    with op.batch_alter_table('bilateral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bilateral_answered_by'), ['answered_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_asked_by'), ['asked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_asked_id'), ['asked_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_asking_id'), ['asking_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bilateral_session_id'), ['session_id'], unique=False)

    op.create_table('correction',
    sa.Column('schedule_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('was', sa.JSON(), nullable=False),
    sa.Column('became', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_correction_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_correction_made_by_account')),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_correction_schedule_id_schedule')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_correction_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('ref', name=op.f('uq_correction_ref'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_made_by'), ['made_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_schedule_id'), ['schedule_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_session_id'), ['session_id'], unique=False)

    op.create_table('debate',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('modes', sa.JSON(), nullable=False),
    sa.Column('guidance', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_debate_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_debate_conference_id_conference')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_debate_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_debate')),
    sa.UniqueConstraint('ref', name=op.f('uq_debate_ref'))
    )
    with op.batch_alter_table('debate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_debate_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_debate_session_id'), ['session_id'], unique=True)

    op.create_table('material',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('access', sa.String(length=40), nullable=False),
    sa.Column('embargo_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("access IN ('open', 'invitation', 'closed', 'press')", name=op.f('ck_material_access_known')),
    sa.ForeignKeyConstraint(['checked_by'], ['account.id'], name=op.f('fk_material_checked_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_material_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_material_file_id_stored_file')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_material_person_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_material_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('ref', name=op.f('uq_material_ref'))
    )
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_checked_by'), ['checked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_session_id'), ['session_id'], unique=False)

    op.create_table('precedence',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('then_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('is_rule', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_id <> then_id', name=op.f('ck_precedence_not_itself')),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_precedence_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_precedence_conference_id_conference')),
    sa.ForeignKeyConstraint(['first_id'], ['session.id'], name=op.f('fk_precedence_first_id_session')),
    sa.ForeignKeyConstraint(['then_id'], ['session.id'], name=op.f('fk_precedence_then_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_precedence')),
    sa.UniqueConstraint('first_id', 'then_id', name=op.f('uq_precedence_first_id_then_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_precedence_ref'))
    )
    with op.batch_alter_table('precedence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_precedence_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_precedence_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_precedence_then_id'), ['then_id'], unique=False)

    op.create_table('session_link',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('url', sa.String(length=1000), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('access', sa.String(length=40), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("access IN ('open', 'invitation', 'closed', 'press')", name=op.f('ck_session_link_access_known')),
    sa.CheckConstraint("kind IN ('join', 'stream', 'recording')", name=op.f('ck_session_link_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_session_link_conference_id_conference')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_link_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_link')),
    sa.UniqueConstraint('ref', name=op.f('uq_session_link_ref'))
    )
    with op.batch_alter_table('session_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_link_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_link_session_id'), ['session_id'], unique=False)

    op.create_table('side_event',
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('description', sa.JSON(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('organization', sa.String(length=300), nullable=False),
    sa.Column('contact_name', sa.String(length=200), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('audience', sa.Integer(), nullable=True),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('layout', sa.String(length=40), nullable=False),
    sa.Column('equipment', sa.JSON(), nullable=False),
    sa.Column('preferred_days', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('waiting_position', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("format IN ('in_person', 'hybrid', 'online')", name=op.f('ck_side_event_format_known')),
    sa.CheckConstraint("status IN ('submitted', 'waiting', 'accepted', 'declined', 'merged', 'withdrawn')", name=op.f('ck_side_event_status_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_side_event_minutes_count')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_side_event_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_side_event_conference_id_conference')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_side_event_decided_by_account')),
    sa.ForeignKeyConstraint(['lead_id'], ['delegation.id'], name=op.f('fk_side_event_lead_id_delegation')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['side_event.id'], name=op.f('fk_side_event_merged_into_id_side_event')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_side_event_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_side_event')),
    sa.UniqueConstraint('ref', name=op.f('uq_side_event_ref'))
    )
    with op.batch_alter_table('side_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_side_event_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_decided_by'), ['decided_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_session_id'), ['session_id'], unique=False)

    op.create_table('debate_topic',
    sa.Column('debate_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_debate_topic_conference_id_conference')),
    sa.ForeignKeyConstraint(['debate_id'], ['debate.id'], name=op.f('fk_debate_topic_debate_id_debate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_debate_topic')),
    sa.UniqueConstraint('ref', name=op.f('uq_debate_topic_ref'))
    )
    with op.batch_alter_table('debate_topic', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_debate_topic_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_debate_topic_debate_id'), ['debate_id'], unique=False)

    op.create_table('side_event_sponsor',
    sa.Column('side_event_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('organization', sa.String(length=300), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_side_event_sponsor_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_side_event_sponsor_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['side_event_id'], ['side_event.id'], name=op.f('fk_side_event_sponsor_side_event_id_side_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_side_event_sponsor')),
    sa.UniqueConstraint('ref', name=op.f('uq_side_event_sponsor_ref'))
    )
    with op.batch_alter_table('side_event_sponsor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_side_event_sponsor_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_sponsor_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_side_event_sponsor_side_event_id'), ['side_event_id'], unique=False)

    op.create_table('star',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agenda_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agenda_id'], ['agenda.id'], name=op.f('fk_star_agenda_id_agenda')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_star_conference_id_conference')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_star_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_star')),
    sa.UniqueConstraint('agenda_id', 'session_id', name=op.f('uq_star_agenda_id_session_id'))
    )
    with op.batch_alter_table('star', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_star_agenda_id'), ['agenda_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_star_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_star_session_id'), ['session_id'], unique=False)

    op.create_table('statement',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('speaker_name', sa.String(length=200), nullable=False),
    sa.Column('speaker_title', sa.String(length=300), nullable=False),
    sa.Column('rank', sa.String(length=40), nullable=False),
    sa.Column('on_behalf_of', sa.String(length=300), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('mode', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('recording_url', sa.String(length=1000), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handed_in_by', sa.Integer(), nullable=True),
    sa.Column('check_against_delivery', sa.Boolean(), nullable=False),
    sa.Column('embargo_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("mode IN ('in_person', 'live', 'recorded')", name=op.f('ck_statement_mode_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_statement_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_statement_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_statement_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_statement_file_id_stored_file')),
    sa.ForeignKeyConstraint(['handed_in_by'], ['account.id'], name=op.f('fk_statement_handed_in_by_account')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_statement_item_id_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_statement_person_id_person')),
    sa.ForeignKeyConstraint(['topic_id'], ['debate_topic.id'], name=op.f('fk_statement_topic_id_debate_topic')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement')),
    sa.UniqueConstraint('item_id', 'delegation_id', name=op.f('uq_statement_item_id_delegation_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_statement_ref'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_handed_in_by'), ['handed_in_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_topic_id'), ['topic_id'], unique=False)

    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.add_column(sa.Column('embed_origins', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('copied_from_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_conference_copied_from_id'), ['copied_from_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_conference_copied_from_id_conference'), 'conference', ['copied_from_id'], ['id'])

    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.alter_column('embed_origins', server_default=None)

    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_pinned', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.alter_column('is_pinned', server_default=None)

    with op.batch_alter_table('placement_room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_overflow', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('placement_room', schema=None) as batch_op:
        batch_op.alter_column('is_overflow', server_default=None)

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('layouts', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('equipment', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('booths', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('buffer_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('area', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('external_id', sa.String(length=120), nullable=False, server_default=''))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('layouts', server_default=None)
        batch_op.alter_column('equipment', server_default=None)
        batch_op.alter_column('booths', server_default=None)
        batch_op.alter_column('buffer_minutes', server_default=None)
        batch_op.alter_column('area', server_default=None)
        batch_op.alter_column('external_id', server_default=None)
        batch_op.create_check_constraint(op.f('ck_room_buffer_count'), 'buffer_minutes >= 0')
        batch_op.create_check_constraint(op.f('ck_room_booths_count'), 'booths >= 0')

    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_emergency', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('commands', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.alter_column('is_emergency', server_default=None)
        batch_op.alter_column('commands', server_default=None)

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own_kind_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('theme_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('format', sa.String(length=40), nullable=False, server_default='in_person'))
        batch_op.add_column(sa.Column('interpretation', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('audience', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('layout', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('equipment', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('needs_step_free', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('is_alone', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('preferred_days', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('external_id', sa.String(length=120), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_session_own_kind_id'), ['own_kind_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_theme_id'), ['theme_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_session_theme_id_theme'), 'theme', ['theme_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_session_own_kind_id_own_kind'), 'own_kind', ['own_kind_id'], ['id'])

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.alter_column('format', server_default=None)
        batch_op.alter_column('interpretation', server_default=None)
        batch_op.alter_column('layout', server_default=None)
        batch_op.alter_column('equipment', server_default=None)
        batch_op.alter_column('needs_step_free', server_default=None)
        batch_op.alter_column('is_alone', server_default=None)
        batch_op.alter_column('preferred_days', server_default=None)
        batch_op.alter_column('external_id', server_default=None)
        batch_op.create_check_constraint(op.f('ck_session_format_known'), "format IN ('in_person', 'hybrid', 'online')")
        batch_op.drop_constraint(op.f('ck_session_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_kind_known'), KINDS)

    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=25), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('replaced_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_session_role_replaced_by_id'), ['replaced_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_session_role_replaced_by_id_session_role'), 'session_role', ['replaced_by_id'], ['id'])

    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.alter_column('language', server_default=None)
        batch_op.alter_column('reason', server_default=None)
        batch_op.drop_constraint(op.f('ck_session_role_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_role_role_known'), ROLES)
        batch_op.drop_constraint(op.f('ck_session_role_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_role_status_known'), STATUSES)

    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mode', sa.String(length=40), nullable=False, server_default='in_person'))
        batch_op.add_column(sa.Column('zone', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('availability', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('needs', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('printed', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('external_id', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.alter_column('mode', server_default=None)
        batch_op.alter_column('zone', server_default=None)
        batch_op.alter_column('availability', server_default=None)
        batch_op.alter_column('needs', server_default=None)
        batch_op.alter_column('printed', server_default=None)
        batch_op.alter_column('external_id', server_default=None)
        batch_op.create_check_constraint(op.f('ck_speaker_mode_known'), "mode IN ('in_person', 'hybrid', 'online')")

    _registration_up()


def downgrade() -> None:
    _registration_down()
    op.execute("UPDATE session SET kind = 'side_event' WHERE kind = 'bilateral'")
    op.execute("UPDATE session_role SET role = 'speaker' WHERE role = 'interpreter'")
    op.execute("UPDATE session_role SET status = 'declined' WHERE status = 'replaced'")
    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_session_role_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_role_role_known'), ROLES_BEFORE)
        batch_op.drop_constraint(op.f('ck_session_role_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_role_status_known'), STATUSES_BEFORE)
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_session_format_known'), type_='check')
        batch_op.drop_constraint(op.f('ck_session_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_session_kind_known'), KINDS_BEFORE)
    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_speaker_mode_known'), type_='check')
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_room_buffer_count'), type_='check')
        batch_op.drop_constraint(op.f('ck_room_booths_count'), type_='check')

    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.drop_column('answered_at')
        batch_op.drop_column('invited_at')
        batch_op.drop_column('external_id')
        batch_op.drop_column('printed')
        batch_op.drop_column('needs')
        batch_op.drop_column('availability')
        batch_op.drop_column('zone')
        batch_op.drop_column('mode')

    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_session_role_replaced_by_id_session_role'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_session_role_replaced_by_id'))
        batch_op.drop_column('replaced_by_id')
        batch_op.drop_column('reason')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('invited_at')
        batch_op.drop_column('language')

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_session_own_kind_id_own_kind'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_session_theme_id_theme'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_session_theme_id'))
        batch_op.drop_index(batch_op.f('ix_session_own_kind_id'))
        batch_op.drop_column('external_id')
        batch_op.drop_column('preferred_days')
        batch_op.drop_column('is_alone')
        batch_op.drop_column('needs_step_free')
        batch_op.drop_column('equipment')
        batch_op.drop_column('layout')
        batch_op.drop_column('audience')
        batch_op.drop_column('interpretation')
        batch_op.drop_column('format')
        batch_op.drop_column('theme_id')
        batch_op.drop_column('own_kind_id')

    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_column('commands')
        batch_op.drop_column('is_emergency')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('external_id')
        batch_op.drop_column('area')
        batch_op.drop_column('buffer_minutes')
        batch_op.drop_column('booths')
        batch_op.drop_column('equipment')
        batch_op.drop_column('layouts')

    with op.batch_alter_table('placement_room', schema=None) as batch_op:
        batch_op.drop_column('is_overflow')

    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_column('is_pinned')

    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_conference_copied_from_id_conference'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_conference_copied_from_id'))
        batch_op.drop_column('copied_from_id')
        batch_op.drop_column('embed_origins')

    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statement_topic_id'))
        batch_op.drop_index(batch_op.f('ix_statement_person_id'))
        batch_op.drop_index(batch_op.f('ix_statement_item_id'))
        batch_op.drop_index(batch_op.f('ix_statement_handed_in_by'))
        batch_op.drop_index(batch_op.f('ix_statement_file_id'))
        batch_op.drop_index(batch_op.f('ix_statement_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_statement_conference_id'))

    op.drop_table('statement')
    with op.batch_alter_table('star', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_star_session_id'))
        batch_op.drop_index(batch_op.f('ix_star_conference_id'))
        batch_op.drop_index(batch_op.f('ix_star_agenda_id'))

    op.drop_table('star')
    with op.batch_alter_table('side_event_sponsor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_side_event_sponsor_side_event_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_sponsor_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_sponsor_conference_id'))

    op.drop_table('side_event_sponsor')
    with op.batch_alter_table('debate_topic', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_debate_topic_debate_id'))
        batch_op.drop_index(batch_op.f('ix_debate_topic_conference_id'))

    op.drop_table('debate_topic')
    with op.batch_alter_table('side_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_side_event_session_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_lead_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_decided_by'))
        batch_op.drop_index(batch_op.f('ix_side_event_conference_id'))
        batch_op.drop_index(batch_op.f('ix_side_event_account_id'))

    op.drop_table('side_event')
    with op.batch_alter_table('session_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_link_session_id'))
        batch_op.drop_index(batch_op.f('ix_session_link_conference_id'))

    op.drop_table('session_link')
    with op.batch_alter_table('precedence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_precedence_then_id'))
        batch_op.drop_index(batch_op.f('ix_precedence_first_id'))
        batch_op.drop_index(batch_op.f('ix_precedence_conference_id'))

    op.drop_table('precedence')
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_session_id'))
        batch_op.drop_index(batch_op.f('ix_material_person_id'))
        batch_op.drop_index(batch_op.f('ix_material_file_id'))
        batch_op.drop_index(batch_op.f('ix_material_conference_id'))
        batch_op.drop_index(batch_op.f('ix_material_checked_by'))

    op.drop_table('material')
    with op.batch_alter_table('debate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_debate_session_id'))
        batch_op.drop_index(batch_op.f('ix_debate_conference_id'))

    op.drop_table('debate')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_session_id'))
        batch_op.drop_index(batch_op.f('ix_correction_schedule_id'))
        batch_op.drop_index(batch_op.f('ix_correction_made_by'))
        batch_op.drop_index(batch_op.f('ix_correction_conference_id'))

    op.drop_table('correction')
    with op.batch_alter_table('bilateral', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bilateral_session_id'))
        batch_op.drop_index(batch_op.f('ix_bilateral_conference_id'))
        batch_op.drop_index(batch_op.f('ix_bilateral_asking_id'))
        batch_op.drop_index(batch_op.f('ix_bilateral_asked_id'))
        batch_op.drop_index(batch_op.f('ix_bilateral_asked_by'))
        batch_op.drop_index(batch_op.f('ix_bilateral_answered_by'))

    op.drop_table('bilateral')
    with op.batch_alter_table('arrangement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_arrangement_made_by'))
        batch_op.drop_index(batch_op.f('ix_arrangement_conference_id'))
        batch_op.drop_index(batch_op.f('ix_arrangement_command_id'))

    op.drop_table('arrangement')
    with op.batch_alter_table('agenda', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_person_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_conference_id'))

    op.drop_table('agenda')
    with op.batch_alter_table('room_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_part_whole_id'))
        batch_op.drop_index(batch_op.f('ix_room_part_part_id'))
        batch_op.drop_index(batch_op.f('ix_room_part_conference_id'))

    op.drop_table('room_part')
    with op.batch_alter_table('room_hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_hours_room_id'))
        batch_op.drop_index(batch_op.f('ix_room_hours_conference_id'))

    op.drop_table('room_hours')
    with op.batch_alter_table('command', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_command_undoes_id'))
        batch_op.drop_index(batch_op.f('ix_command_schedule_id'))
        batch_op.drop_index(batch_op.f('ix_command_made_by'))
        batch_op.drop_index(batch_op.f('ix_command_conference_id'))

    op.drop_table('command')
    with op.batch_alter_table('booklet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_booklet_schedule_id'))
        batch_op.drop_index(batch_op.f('ix_booklet_file_id'))
        batch_op.drop_index(batch_op.f('ix_booklet_conference_id'))

    op.drop_table('booklet')
    with op.batch_alter_table('theme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_theme_conference_id'))

    op.drop_table('theme')
    with op.batch_alter_table('side_event_call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_side_event_call_conference_id'))

    op.drop_table('side_event_call')
    with op.batch_alter_table('own_kind', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_own_kind_conference_id'))

    op.drop_table('own_kind')
    with op.batch_alter_table('clash_setting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clash_setting_conference_id'))

    op.drop_table('clash_setting')
    with op.batch_alter_table('accepted_clash', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_accepted_clash_conference_id'))
        batch_op.drop_index(batch_op.f('ix_accepted_clash_accepted_by'))

    op.drop_table('accepted_clash')


# --- registration -----------------------------------------------------------------------------------------------------


def _registration_up() -> None:
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('looks_again', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.alter_column('looks_again', server_default=None)
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.alter_column('submitted_at', existing_type=sa.DateTime(timezone=True), nullable=True)
    op.execute("UPDATE registration SET submitted_at = NULL, submitted_by = NULL WHERE status = 'draft'")
    op.create_table('two_people',
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_two_people_conference_id_conference')),
    sa.ForeignKeyConstraint(['one_id'], ['person.id'], name=op.f('fk_two_people_one_id_person')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('fk_two_people_other_id_person')),
    sa.ForeignKeyConstraint(['said_by'], ['account.id'], name=op.f('fk_two_people_said_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_two_people')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_two_people_one_id_other_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_two_people_ref'))
    )
    with op.batch_alter_table('two_people', schema=None) as batch_op:
        for name in ('conference_id', 'one_id', 'other_id', 'said_by'):
            batch_op.create_index(batch_op.f(f'ix_two_people_{name}'), [name], unique=False)
    op.create_table('form_draft',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_form_draft_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_form_draft_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_draft')),
    sa.UniqueConstraint('account_id', 'address', name=op.f('uq_form_draft_account_id_address')),
    sa.UniqueConstraint('ref', name=op.f('uq_form_draft_ref'))
    )
    with op.batch_alter_table('form_draft', schema=None) as batch_op:
        for name in ('account_id', 'conference_id', 'kept_at'):
            batch_op.create_index(batch_op.f(f'ix_form_draft_{name}'), [name], unique=False)
    op.create_table('reminder_text',
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_reminder_text_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_text')),
    sa.UniqueConstraint('conference_id', 'what', name=op.f('uq_reminder_text_conference_id_what')),
    sa.UniqueConstraint('ref', name=op.f('uq_reminder_text_ref'))
    )
    with op.batch_alter_table('reminder_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_text_conference_id'), ['conference_id'], unique=False)
    _forget_heads()


def _forget_heads() -> None:
    """The first row of a table that was brought in may be somebody's: it is kept no longer, only how it was read."""
    table = sa.table('import_batch', sa.column('id', sa.Integer), sa.column('mapping', sa.JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.mapping)).all():
        if isinstance((row.mapping or {}).get('heads'), list):
            kept = {name: value for name, value in row.mapping.items() if name != 'heads'}
            connection.execute(table.update().where(table.c.id == row.id).values(mapping=kept))


def _registration_down() -> None:
    op.drop_table('reminder_text')
    op.drop_table('form_draft')
    op.drop_table('two_people')
    op.execute("UPDATE registration SET submitted_at = CURRENT_TIMESTAMP WHERE submitted_at IS NULL")
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.alter_column('submitted_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('looks_again')
