"""votes, statements, endorsements, silence procedures, oral revisions"""

from alembic import op
import sqlalchemy as sa


revision = '0008'
down_revision = '0007'

MANNERS_BEFORE = "manner IN ('consensus', 'acclamation', 'without_vote', 'silence', 'noted', 'chair')"
MANNERS = MANNERS_BEFORE.replace("'silence'", "'silence', 'recorded_vote'")


def upgrade() -> None:
    op.create_table('silence',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('tells_names', sa.Boolean(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by', sa.Integer(), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stop_reason', sa.String(length=500), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_silence_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_silence_document_id_document')),
    sa.ForeignKeyConstraint(['started_by'], ['account.id'], name=op.f('fk_silence_started_by_account')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_silence_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence')),
    sa.UniqueConstraint('ref', name=op.f('uq_silence_ref'))
    )
    op.create_index(op.f('ix_silence_conference_id'), 'silence', ['conference_id'], unique=False)
    op.create_index(op.f('ix_silence_document_id'), 'silence', ['document_id'], unique=False)
    op.create_index(op.f('ix_silence_started_by'), 'silence', ['started_by'], unique=False)
    op.create_index(op.f('ix_silence_version_id'), 'silence', ['version_id'], unique=False)

    op.create_table('endorsement',
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('authority', sa.JSON(), nullable=False),
    sa.Column('endorsed_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('proposed', 'confirmed', 'declined', 'withdrawn')", name=op.f('ck_endorsement_status_known')),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_endorsement_adoption_id_adoption')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_endorsement_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_endorsement_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_endorsement_file_id_stored_file')),
    sa.ForeignKeyConstraint(['proposed_by'], ['account.id'], name=op.f('fk_endorsement_proposed_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_endorsement')),
    sa.UniqueConstraint('ref', name=op.f('uq_endorsement_ref'))
    )
    op.create_index(op.f('ix_endorsement_adoption_id'), 'endorsement', ['adoption_id'], unique=False)
    op.create_index(op.f('ix_endorsement_conference_id'), 'endorsement', ['conference_id'], unique=False)
    op.create_index(op.f('ix_endorsement_delegation_id'), 'endorsement', ['delegation_id'], unique=False)
    op.create_index(op.f('ix_endorsement_file_id'), 'endorsement', ['file_id'], unique=False)
    op.create_index(op.f('ix_endorsement_proposed_by'), 'endorsement', ['proposed_by'], unique=False)

    op.create_table('objection',
    sa.Column('silence_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('blocks', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(length=4000), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_objection_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_objection_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['given_by'], ['account.id'], name=op.f('fk_objection_given_by_account')),
    sa.ForeignKeyConstraint(['silence_id'], ['silence.id'], name=op.f('fk_objection_silence_id_silence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('ref', name=op.f('uq_objection_ref')),
    sa.UniqueConstraint('silence_id', 'delegation_id', name=op.f('uq_objection_silence_id_delegation_id'))
    )
    op.create_index(op.f('ix_objection_conference_id'), 'objection', ['conference_id'], unique=False)
    op.create_index(op.f('ix_objection_delegation_id'), 'objection', ['delegation_id'], unique=False)
    op.create_index(op.f('ix_objection_given_by'), 'objection', ['given_by'], unique=False)
    op.create_index(op.f('ix_objection_silence_id'), 'objection', ['silence_id'], unique=False)

    op.create_table('oral_revision',
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('announced_by', sa.JSON(), nullable=False),
    sa.Column('blocks', sa.JSON(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_oral_revision_adoption_id_adoption')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_oral_revision_conference_id_conference')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_oral_revision_recorded_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oral_revision')),
    sa.UniqueConstraint('ref', name=op.f('uq_oral_revision_ref'))
    )
    op.create_index(op.f('ix_oral_revision_adoption_id'), 'oral_revision', ['adoption_id'], unique=False)
    op.create_index(op.f('ix_oral_revision_conference_id'), 'oral_revision', ['conference_id'], unique=False)
    op.create_index(op.f('ix_oral_revision_recorded_by'), 'oral_revision', ['recorded_by'], unique=False)

    op.create_table('reservation',
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('blocks', sa.JSON(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('handed_in_by', sa.String(length=200), nullable=False),
    sa.Column('question', sa.String(length=1000), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_by', sa.Integer(), nullable=True),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('reservation', 'explanation_before', 'explanation_after', 'declaration', 'dissociation')", name=op.f('ck_reservation_kind_known')),
    sa.CheckConstraint("status IN ('received', 'returned', 'shown', 'replaced', 'withdrawn')", name=op.f('ck_reservation_status_known')),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_reservation_adoption_id_adoption')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_reservation_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_reservation_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['received_by'], ['account.id'], name=op.f('fk_reservation_received_by_account')),
    sa.ForeignKeyConstraint(['replaces_id'], ['reservation.id'], name=op.f('fk_reservation_replaces_id_reservation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reservation')),
    sa.UniqueConstraint('ref', name=op.f('uq_reservation_ref'))
    )
    op.create_index(op.f('ix_reservation_adoption_id'), 'reservation', ['adoption_id'], unique=False)
    op.create_index(op.f('ix_reservation_conference_id'), 'reservation', ['conference_id'], unique=False)
    op.create_index(op.f('ix_reservation_delegation_id'), 'reservation', ['delegation_id'], unique=False)
    op.create_index(op.f('ix_reservation_received_by'), 'reservation', ['received_by'], unique=False)
    op.create_index(op.f('ix_reservation_replaces_id'), 'reservation', ['replaces_id'], unique=False)

    op.create_table('vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('adoption_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('stance', sa.String(length=40), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("stance IN ('for', 'against', 'abstaining', 'absent')", name=op.f('ck_vote_stance_known')),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_vote_adoption_id_adoption')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_vote_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_vote_delegation_id_delegation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote')),
    sa.UniqueConstraint('adoption_id', 'delegation_id', name=op.f('uq_vote_adoption_id_delegation_id'))
    )
    op.create_index(op.f('ix_vote_adoption_id'), 'vote', ['adoption_id'], unique=False)
    op.create_index(op.f('ix_vote_conference_id'), 'vote', ['conference_id'], unique=False)
    op.create_index(op.f('ix_vote_delegation_id'), 'vote', ['delegation_id'], unique=False)

    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_number', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('symbol_of_record', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('showing', sa.String(length=40), nullable=False, server_default='in_full'))
        batch_op.add_column(sa.Column('listing', sa.String(length=40), nullable=False, server_default='protocol'))
        batch_op.add_column(sa.Column('statements_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('endorsements_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
        batch_op.drop_constraint(batch_op.f('ck_adoption_manner_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_adoption_manner_known'), MANNERS)
        batch_op.create_check_constraint(batch_op.f('ck_adoption_showing_known'), "showing IN ('in_full', 'listed')")
        batch_op.create_check_constraint(batch_op.f('ck_adoption_listing_known'), "listing IN ('protocol', 'alphabetical')")
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        for column in ('meeting_number', 'symbol_of_record', 'showing', 'listing', 'revision'):
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE adoption SET manner = 'without_vote' WHERE manner = 'recorded_vote'")
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_adoption_manner_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_adoption_manner_known'), MANNERS_BEFORE)
        batch_op.drop_constraint(batch_op.f('ck_adoption_showing_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_adoption_listing_known'), type_='check')
        batch_op.drop_column('revision')
        batch_op.drop_column('endorsements_until')
        batch_op.drop_column('statements_until')
        batch_op.drop_column('showing')
        batch_op.drop_column('listing')
        batch_op.drop_column('symbol_of_record')
        batch_op.drop_column('meeting_number')

    op.drop_index(op.f('ix_vote_delegation_id'), table_name='vote')
    op.drop_index(op.f('ix_vote_conference_id'), table_name='vote')
    op.drop_index(op.f('ix_vote_adoption_id'), table_name='vote')

    op.drop_table('vote')
    op.drop_index(op.f('ix_reservation_replaces_id'), table_name='reservation')
    op.drop_index(op.f('ix_reservation_received_by'), table_name='reservation')
    op.drop_index(op.f('ix_reservation_delegation_id'), table_name='reservation')
    op.drop_index(op.f('ix_reservation_conference_id'), table_name='reservation')
    op.drop_index(op.f('ix_reservation_adoption_id'), table_name='reservation')

    op.drop_table('reservation')
    op.drop_index(op.f('ix_oral_revision_recorded_by'), table_name='oral_revision')
    op.drop_index(op.f('ix_oral_revision_conference_id'), table_name='oral_revision')
    op.drop_index(op.f('ix_oral_revision_adoption_id'), table_name='oral_revision')

    op.drop_table('oral_revision')
    op.drop_index(op.f('ix_objection_silence_id'), table_name='objection')
    op.drop_index(op.f('ix_objection_given_by'), table_name='objection')
    op.drop_index(op.f('ix_objection_delegation_id'), table_name='objection')
    op.drop_index(op.f('ix_objection_conference_id'), table_name='objection')

    op.drop_table('objection')
    op.drop_index(op.f('ix_endorsement_proposed_by'), table_name='endorsement')
    op.drop_index(op.f('ix_endorsement_file_id'), table_name='endorsement')
    op.drop_index(op.f('ix_endorsement_delegation_id'), table_name='endorsement')
    op.drop_index(op.f('ix_endorsement_conference_id'), table_name='endorsement')
    op.drop_index(op.f('ix_endorsement_adoption_id'), table_name='endorsement')

    op.drop_table('endorsement')
    op.drop_index(op.f('ix_silence_version_id'), table_name='silence')
    op.drop_index(op.f('ix_silence_started_by'), table_name='silence')
    op.drop_index(op.f('ix_silence_document_id'), table_name='silence')
    op.drop_index(op.f('ix_silence_conference_id'), table_name='silence')

    op.drop_table('silence')
