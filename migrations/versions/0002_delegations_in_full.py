"""delegations, registration and accreditation in full"""

from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('bulk_act',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('tag', sa.String(length=60), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('mail', 'links', 'tag', 'untag')", name=op.f('ck_bulk_act_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_bulk_act_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_bulk_act_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_act')),
    sa.UniqueConstraint('ref', name=op.f('uq_bulk_act_ref'))
    )
    with op.batch_alter_table('bulk_act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bulk_act_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bulk_act_made_by'), ['made_by'], unique=False)

    op.create_table('letter_text',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('signatory', sa.JSON(), nullable=False),
    sa.Column('number_form', sa.String(length=80), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('note_verbale', 'invitation', 'personal_invitation', 'visa_support', 'confirmation')", name=op.f('ck_letter_text_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_letter_text_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_text')),
    sa.UniqueConstraint('conference_id', 'kind', name=op.f('uq_letter_text_conference_id_kind')),
    sa.UniqueConstraint('ref', name=op.f('uq_letter_text_ref'))
    )
    with op.batch_alter_table('letter_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_text_conference_id'), ['conference_id'], unique=False)

    op.create_table('question',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('data_class', sa.String(length=40), nullable=False),
    sa.Column('kept_days', sa.Integer(), nullable=False),
    sa.Column('readers', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("data_class IN ('personal', 'high', 'special')", name=op.f('ck_question_data_class_known')),
    sa.CheckConstraint("kind IN ('text', 'long_text', 'one_of', 'several_of', 'number', 'date', 'country', 'language', 'telephone', 'email', 'file', 'photo', 'consent', 'session_choice', 'travel_leg')", name=op.f('ck_question_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_question_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('conference_id', 'code', name=op.f('uq_question_conference_id_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_question_ref'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_conference_id'), ['conference_id'], unique=False)

    op.create_table('questionnaire',
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.String(length=40), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("asked_at IN ('registration', 'after_accreditation', 'at_gate')", name=op.f('ck_questionnaire_asked_at_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_questionnaire_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire')),
    sa.UniqueConstraint('conference_id', 'code', name=op.f('uq_questionnaire_conference_id_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_questionnaire_ref'))
    )
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_conference_id'), ['conference_id'], unique=False)

    op.create_table('saved_view',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('list_name', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('query', sa.String(length=1000), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_saved_view_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_saved_view_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('conference_id', 'list_name', 'account_id', 'name', name=op.f('uq_saved_view_conference_id_list_name_account_id_name')),
    sa.UniqueConstraint('ref', name=op.f('uq_saved_view_ref'))
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_view_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_view_conference_id'), ['conference_id'], unique=False)

    op.create_table('zone',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_zone_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_zone')),
    sa.UniqueConstraint('conference_id', 'code', name=op.f('uq_zone_conference_id_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_zone_ref'))
    )
    with op.batch_alter_table('zone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_zone_conference_id'), ['conference_id'], unique=False)

    op.create_table('delegation_order',
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('kinds_apart', sa.Boolean(), nullable=False),
    sa.Column('host_place', sa.String(length=40), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('first_id', sa.Integer(), nullable=True),
    sa.Column('drawn_id', sa.Integer(), nullable=True),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draw', sa.JSON(), nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ordered_by', sa.Integer(), nullable=True),
    sa.Column('moved_by_hand', sa.Integer(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('previous', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("host_place IN ('in_order', 'first', 'last')", name=op.f('ck_delegation_order_host_place_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_delegation_order_conference_id_conference')),
    sa.ForeignKeyConstraint(['drawn_id'], ['delegation.id'], name=op.f('fk_delegation_order_drawn_id_delegation')),
    sa.ForeignKeyConstraint(['first_id'], ['delegation.id'], name=op.f('fk_delegation_order_first_id_delegation')),
    sa.ForeignKeyConstraint(['host_id'], ['delegation.id'], name=op.f('fk_delegation_order_host_id_delegation')),
    sa.ForeignKeyConstraint(['ordered_by'], ['account.id'], name=op.f('fk_delegation_order_ordered_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation_order')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_delegation_order_conference_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_delegation_order_ref'))
    )
    with op.batch_alter_table('delegation_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_order_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_order_drawn_id'), ['drawn_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_order_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_order_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_order_ordered_by'), ['ordered_by'], unique=False)

    op.create_table('download',
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('file_format', sa.String(length=10), nullable=False),
    sa.Column('query', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('job_ref', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_download_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_download_file_id_stored_file')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_download_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_download')),
    sa.UniqueConstraint('ref', name=op.f('uq_download_ref'))
    )
    with op.batch_alter_table('download', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_download_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_download_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_download_made_by'), ['made_by'], unique=False)

    op.create_table('import_batch',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('sound', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('fault', sa.Text(), nullable=False),
    sa.Column('job_ref', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('people', 'photos')", name=op.f('ck_import_batch_kind_known')),
    sa.CheckConstraint("state IN ('uploaded', 'checked', 'done', 'failed', 'dropped')", name=op.f('ck_import_batch_state_known')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_import_batch_category_id_category')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_import_batch_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_import_batch_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_import_batch_file_id_stored_file')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_import_batch_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch')),
    sa.UniqueConstraint('ref', name=op.f('uq_import_batch_ref'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_category_id'), ['category_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_made_by'), ['made_by'], unique=False)

    op.create_table('mail_attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_mail_attachment_file_id_stored_file')),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_mail_attachment_mail_id_mail')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_attachment')),
    sa.UniqueConstraint('mail_id', 'position', name=op.f('uq_mail_attachment_mail_id_position')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('mail_attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_attachment_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_attachment_mail_id'), ['mail_id'], unique=False)

    op.create_table('private_link',
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_private_link_category_id_category')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_private_link_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_private_link_made_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_link')),
    sa.UniqueConstraint('ref', name=op.f('uq_private_link_ref'))
    )
    with op.batch_alter_table('private_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_private_link_category_id'), ['category_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_private_link_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_private_link_made_by'), ['made_by'], unique=False)

    op.create_table('question_version',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.JSON(), nullable=False),
    sa.Column('help', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_question_version_conference_id_conference')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_question_version_made_by_account')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_question_version_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_version')),
    sa.UniqueConstraint('question_id', 'number', name=op.f('uq_question_version_question_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_question_version_ref'))
    )
    with op.batch_alter_table('question_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_version_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_question_version_made_by'), ['made_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_question_version_question_id'), ['question_id'], unique=False)

    op.create_table('questionnaire_part',
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('help', sa.JSON(), nullable=False),
    sa.Column('condition', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_questionnaire_part_conference_id_conference')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_questionnaire_part_questionnaire_id_questionnaire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_part')),
    sa.UniqueConstraint('ref', name=op.f('uq_questionnaire_part_ref'))
    )
    with op.batch_alter_table('questionnaire_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_part_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questionnaire_part_questionnaire_id'), ['questionnaire_id'], unique=False)

    op.create_table('track_step',
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('office', sa.String(length=40), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("office IN ('protocol', 'security', 'press', 'accreditation')", name=op.f('ck_track_step_office_known')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_track_step_category_id_category')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_track_step_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_track_step')),
    sa.UniqueConstraint('category_id', 'position', name=op.f('uq_track_step_category_id_position')),
    sa.UniqueConstraint('ref', name=op.f('uq_track_step_ref'))
    )
    with op.batch_alter_table('track_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_track_step_category_id'), ['category_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_track_step_conference_id'), ['conference_id'], unique=False)

    op.create_table('erasure_request',
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (account_id IS NULL)', name=op.f('ck_erasure_request_about_one')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_erasure_request_account_id_account')),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_erasure_request_asked_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_erasure_request_conference_id_conference')),
    sa.ForeignKeyConstraint(['done_by'], ['account.id'], name=op.f('fk_erasure_request_done_by_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_request')),
    sa.UniqueConstraint('ref', name=op.f('uq_erasure_request_ref')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_request_asked_by'), ['asked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_request_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_request_done_by'), ['done_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_request_due_at'), ['due_at'], unique=False)
        batch_op.create_index('uq_erasure_request_account', ['account_id'], unique=True, sqlite_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'))
        batch_op.create_index('uq_erasure_request_person', ['person_id'], unique=True, sqlite_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'))

    op.create_table('questionnaire_item',
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('required_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('frozen_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('condition', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_questionnaire_item_conference_id_conference')),
    sa.ForeignKeyConstraint(['part_id'], ['questionnaire_part.id'], name=op.f('fk_questionnaire_item_part_id_questionnaire_part')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_questionnaire_item_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_item')),
    sa.UniqueConstraint('ref', name=op.f('uq_questionnaire_item_ref'))
    )
    with op.batch_alter_table('questionnaire_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_item_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questionnaire_item_part_id'), ['part_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questionnaire_item_question_id'), ['question_id'], unique=False)

    op.create_table('answer',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('plain', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('high_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('special_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by'], ['account.id'], name=op.f('fk_answer_answered_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_answer_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_answer_file_id_stored_file')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_answer_question_id_question')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_answer_registration_id_registration')),
    sa.ForeignKeyConstraint(['version_id'], ['question_version.id'], name=op.f('fk_answer_version_id_question_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('ref', name=op.f('uq_answer_ref')),
    sa.UniqueConstraint('registration_id', 'question_id', name=op.f('uq_answer_registration_id_question_id'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_answered_by'), ['answered_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_question_id'), ['question_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_version_id'), ['version_id'], unique=False)

    op.create_table('clearance',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('cleared', 'objected')", name=op.f('ck_clearance_outcome_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_clearance_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_clearance_conference_id_conference')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_clearance_registration_id_registration')),
    sa.ForeignKeyConstraint(['step_id'], ['track_step.id'], name=op.f('fk_clearance_step_id_track_step')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clearance')),
    sa.UniqueConstraint('ref', name=op.f('uq_clearance_ref'))
    )
    with op.batch_alter_table('clearance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clearance_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clearance_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clearance_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clearance_step_id'), ['step_id'], unique=False)
        batch_op.create_index('uq_clearance_standing', ['registration_id', 'step_id'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('letter',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('registration_id', sa.Integer(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('printed', sa.JSON(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_to', sa.String(length=254), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('note_verbale', 'invitation', 'personal_invitation', 'visa_support', 'confirmation')", name=op.f('ck_letter_kind_known')),
    sa.CheckConstraint("status IN ('requested', 'checked', 'issued', 'refused', 'withdrawn')", name=op.f('ck_letter_status_known')),
    sa.CheckConstraint('(delegation_id IS NULL) <> (registration_id IS NULL)', name=op.f('ck_letter_belongs_to_one')),
    sa.ForeignKeyConstraint(['checked_by'], ['account.id'], name=op.f('fk_letter_checked_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_letter_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_letter_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_letter_file_id_stored_file')),
    sa.ForeignKeyConstraint(['issued_by'], ['account.id'], name=op.f('fk_letter_issued_by_account')),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_letter_mail_id_mail')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_letter_registration_id_registration')),
    sa.ForeignKeyConstraint(['requested_by'], ['account.id'], name=op.f('fk_letter_requested_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('ref', name=op.f('uq_letter_ref'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_checked_by'), ['checked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_issued_by'), ['issued_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_mail_id'), ['mail_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_requested_by'), ['requested_by'], unique=False)
        batch_op.create_index('uq_letter_code', ['code'], unique=True, sqlite_where=sa.text("code <> ''"), postgresql_where=sa.text("code <> ''"))
        batch_op.create_index('uq_letter_number', ['conference_id', 'number'], unique=True, sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))
        batch_op.create_index('uq_letter_open', ['registration_id', 'kind'], unique=True, sqlite_where=sa.text("registration_id IS NOT NULL AND (status = 'requested' OR status = 'checked')"), postgresql_where=sa.text("registration_id IS NOT NULL AND (status = 'requested' OR status = 'checked')"))
        batch_op.create_index('uq_letter_standing', ['delegation_id', 'kind'], unique=True, sqlite_where=sa.text("delegation_id IS NOT NULL AND status <> 'refused' AND status <> 'withdrawn'"), postgresql_where=sa.text("delegation_id IS NOT NULL AND status <> 'refused' AND status <> 'withdrawn'"))

    op.create_table('prepared_decision',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('defects', sa.JSON(), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('prepared_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by', sa.Integer(), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_prepared_decision_conference_id_conference')),
    sa.ForeignKeyConstraint(['prepared_by'], ['account.id'], name=op.f('fk_prepared_decision_prepared_by_account')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_prepared_decision_registration_id_registration')),
    sa.ForeignKeyConstraint(['released_by'], ['account.id'], name=op.f('fk_prepared_decision_released_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prepared_decision')),
    sa.UniqueConstraint('ref', name=op.f('uq_prepared_decision_ref'))
    )
    with op.batch_alter_table('prepared_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prepared_decision_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prepared_decision_prepared_by'), ['prepared_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_prepared_decision_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prepared_decision_released_by'), ['released_by'], unique=False)
        batch_op.create_index('uq_prepared_decision_open', ['registration_id'], unique=True, sqlite_where=sa.text('released_at IS NULL AND dropped_at IS NULL'), postgresql_where=sa.text('released_at IS NULL AND dropped_at IS NULL'))

    op.create_table('remark',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_internal', sa.Boolean(), nullable=False),
    sa.Column('from_office', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_remark_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_remark_conference_id_conference')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_remark_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    sa.UniqueConstraint('ref', name=op.f('uq_remark_ref'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_registration_id'), ['registration_id'], unique=False)

    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.add_column(sa.Column('members_fill_in', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('needs_link', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('groups', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('is_accompanying', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('photo', sa.String(length=40), nullable=False, server_default='optional'))
        batch_op.add_column(sa.Column('needs_four_eyes', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('takes_waiting', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.add_column(sa.Column('objected_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('objection', sa.Text(), nullable=False, server_default=''))

    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tags', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('kind', sa.String(length=40), nullable=False, server_default='state'))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reminders', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delegation_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_mailed_link_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_mailed_link_delegation_id_delegation'), 'delegation', ['delegation_id'], ['id'])

    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.add_column(sa.Column('as_of', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('edited', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone_e164', sa.String(length=20), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('birth_date_sealed', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('diet_sealed', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('photo_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_photo_id'), ['photo_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_person_photo_id_stored_file'), 'stored_file', ['photo_id'], ['id'])

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bundle', sa.String(length=32), nullable=False, server_default=''))
        batch_op.create_index('ix_place_bundle', ['bundle'], unique=False)
        batch_op.create_index('ix_place_holder', ['holder_kind', 'holder_id'], unique=False)
        batch_op.create_index('ix_place_waiting', ['quota_id', 'position'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rank', sa.String(length=40), nullable=False, server_default='other'))
        batch_op.add_column(sa.Column('accompanies_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('assignee_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('attended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('private_link_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('tags', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('import_key', sa.String(length=64), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_registration_accompanies_id'), ['accompanies_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_assignee_id'), ['assignee_id'], unique=False)
        batch_op.create_index('ix_registration_conference_id_submitted_at', ['conference_id', 'submitted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_private_link_id'), ['private_link_id'], unique=False)
        batch_op.create_index('uq_registration_import_key', ['conference_id', 'import_key'], unique=True, sqlite_where=sa.text("import_key <> ''"), postgresql_where=sa.text("import_key <> ''"))
        batch_op.create_foreign_key(batch_op.f('fk_registration_accompanies_id_registration'), 'registration', ['accompanies_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_registration_private_link_id_private_link'), 'private_link', ['private_link_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_registration_assignee_id_account'), 'account', ['assignee_id'], ['id'])

    with op.batch_alter_table('registration_move', schema=None) as batch_op:
        batch_op.add_column(sa.Column('defects', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_class', sa.String(length=20), nullable=False, server_default=''))

    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.alter_column('members_fill_in', server_default=None)
        batch_op.alter_column('needs_link', server_default=None)
        batch_op.alter_column('groups', server_default=None)
        batch_op.alter_column('is_accompanying', server_default=None)
        batch_op.alter_column('photo', server_default=None)
        batch_op.alter_column('needs_four_eyes', server_default=None)
        batch_op.alter_column('takes_waiting', server_default=None)
        batch_op.alter_column('offer_hours', server_default=None)
        batch_op.create_check_constraint(op.f('ck_category_photo_known'), "photo IN ('none', 'optional', 'required')")
        batch_op.create_check_constraint(op.f('ck_category_offer_hours_count'), 'offer_hours >= 0')

    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.alter_column('objection', server_default=None)

    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.alter_column('tags', server_default=None)
        batch_op.alter_column('kind', server_default=None)
        batch_op.alter_column('reminders', server_default=None)
        batch_op.create_check_constraint(op.f('ck_delegation_kind_known'), "kind IN ('state', 'organization', 'other')")

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mail_state_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_state_known'), "state IN ('queued', 'leased', 'handing_over', 'in_doubt', 'sent', 'failed', 'given_up')")

    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mailed_link_purpose_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mailed_link_purpose_known'), "purpose IN ('sign_in', 'invitation', 'record', 'setup', 'nomination', 'address')")

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mandate_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mandate_role_known'), "role IN ('administrator', 'organizer', 'accreditation_officer', 'programme_officer', 'secretariat_editor', 'protocol_officer', 'security_officer', 'gate_staff', 'press_desk', 'viewer', 'focal_point', 'delegate', 'speaker')")

    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.alter_column('edited', server_default=None)
        batch_op.alter_column('revision', server_default=None)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.alter_column('phone_e164', server_default=None)

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.alter_column('bundle', server_default=None)

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.alter_column('rank', server_default=None)
        batch_op.alter_column('tags', server_default=None)
        batch_op.alter_column('import_key', server_default=None)
        batch_op.drop_constraint(op.f('ck_registration_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_status_known'), "status IN ('draft', 'submitted', 'under_review', 'on_hold', 'returned', 'accredited', 'refused', 'withdrawn', 'revoked')")
        batch_op.create_check_constraint(op.f('ck_registration_rank_known'), "rank IN ('head_of_state', 'head_of_government', 'deputy', 'foreign_minister', 'minister', 'vice_minister', 'ambassador', 'senior_official', 'other')")

    with op.batch_alter_table('registration_move', schema=None) as batch_op:
        batch_op.alter_column('defects', server_default=None)

    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.alter_column('sealed_class', server_default=None)

    # delegations take the kind of their party
    op.execute(
        "UPDATE delegation SET kind = (SELECT kind FROM party WHERE party.id = delegation.party_id) "
        "WHERE party_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("UPDATE registration SET status = 'submitted' WHERE status IN ('draft', 'under_review', 'on_hold')")
    op.execute("UPDATE registration SET status = 'withdrawn' WHERE status = 'revoked'")
    op.execute("DELETE FROM mailed_link WHERE purpose IN ('nomination', 'address')")
    op.execute("DELETE FROM mandate WHERE role = 'security_officer'")
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_registration_status_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_status_known'), "status IN ('submitted', 'returned', 'accredited', 'refused', 'withdrawn')")

    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mailed_link_purpose_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mailed_link_purpose_known'), "purpose IN ('sign_in', 'invitation', 'record', 'setup')")

    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mandate_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mandate_role_known'), "role IN ('administrator', 'organizer', 'accreditation_officer', 'programme_officer', 'secretariat_editor', 'protocol_officer', 'gate_staff', 'press_desk', 'viewer', 'focal_point', 'delegate', 'speaker')")

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mail_state_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_state_known'), "state IN ('queued', 'leased', 'handing_over', 'in_doubt', 'sent', 'failed')")

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_registration_rank_known'), type_='check')

    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_category_photo_known'), type_='check')
        batch_op.drop_constraint(op.f('ck_category_offer_hours_count'), type_='check')

    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_delegation_kind_known'), type_='check')

    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_column('sealed_class')

    with op.batch_alter_table('registration_move', schema=None) as batch_op:
        batch_op.drop_column('defects')

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_registration_assignee_id_account'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_registration_private_link_id_private_link'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_registration_accompanies_id_registration'), type_='foreignkey')
        batch_op.drop_index('uq_registration_import_key', sqlite_where=sa.text("import_key <> ''"), postgresql_where=sa.text("import_key <> ''"))
        batch_op.drop_index(batch_op.f('ix_registration_private_link_id'))
        batch_op.drop_index('ix_registration_conference_id_submitted_at')
        batch_op.drop_index(batch_op.f('ix_registration_assignee_id'))
        batch_op.drop_index(batch_op.f('ix_registration_accompanies_id'))
        batch_op.drop_column('import_key')
        batch_op.drop_column('tags')
        batch_op.drop_column('private_link_id')
        batch_op.drop_column('attended_at')
        batch_op.drop_column('assignee_id')
        batch_op.drop_column('accompanies_id')
        batch_op.drop_column('rank')

    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.drop_column('closed_at')

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_index('ix_place_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_place_holder')
        batch_op.drop_index('ix_place_bundle')
        batch_op.drop_column('bundle')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_person_photo_id_stored_file'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_person_photo_id'))
        batch_op.drop_column('photo_id')
        batch_op.drop_column('diet_sealed')
        batch_op.drop_column('birth_date_sealed')
        batch_op.drop_column('phone_e164')

    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.drop_column('revision')
        batch_op.drop_column('edited')
        batch_op.drop_column('as_of')

    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_mailed_link_delegation_id_delegation'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_mailed_link_delegation_id'))
        batch_op.drop_column('delegation_id')

    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_column('reminders')
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('kind')
        batch_op.drop_column('tags')

    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.drop_column('objection')
        batch_op.drop_column('objected_at')

    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.drop_column('offer_hours')
        batch_op.drop_column('takes_waiting')
        batch_op.drop_column('needs_four_eyes')
        batch_op.drop_column('photo')
        batch_op.drop_column('is_accompanying')
        batch_op.drop_column('groups')
        batch_op.drop_column('needs_link')
        batch_op.drop_column('members_fill_in')

    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remark_registration_id'))
        batch_op.drop_index(batch_op.f('ix_remark_conference_id'))
        batch_op.drop_index(batch_op.f('ix_remark_account_id'))

    op.drop_table('remark')
    with op.batch_alter_table('prepared_decision', schema=None) as batch_op:
        batch_op.drop_index('uq_prepared_decision_open', sqlite_where=sa.text('released_at IS NULL AND dropped_at IS NULL'), postgresql_where=sa.text('released_at IS NULL AND dropped_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_prepared_decision_released_by'))
        batch_op.drop_index(batch_op.f('ix_prepared_decision_registration_id'))
        batch_op.drop_index(batch_op.f('ix_prepared_decision_prepared_by'))
        batch_op.drop_index(batch_op.f('ix_prepared_decision_conference_id'))

    op.drop_table('prepared_decision')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('uq_letter_standing', sqlite_where=sa.text("delegation_id IS NOT NULL AND status <> 'refused' AND status <> 'withdrawn'"), postgresql_where=sa.text("delegation_id IS NOT NULL AND status <> 'refused' AND status <> 'withdrawn'"))
        batch_op.drop_index('uq_letter_open', sqlite_where=sa.text("registration_id IS NOT NULL AND (status = 'requested' OR status = 'checked')"), postgresql_where=sa.text("registration_id IS NOT NULL AND (status = 'requested' OR status = 'checked')"))
        batch_op.drop_index('uq_letter_number', sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))
        batch_op.drop_index('uq_letter_code', sqlite_where=sa.text("code <> ''"), postgresql_where=sa.text("code <> ''"))
        batch_op.drop_index(batch_op.f('ix_letter_requested_by'))
        batch_op.drop_index(batch_op.f('ix_letter_registration_id'))
        batch_op.drop_index(batch_op.f('ix_letter_mail_id'))
        batch_op.drop_index(batch_op.f('ix_letter_issued_by'))
        batch_op.drop_index(batch_op.f('ix_letter_file_id'))
        batch_op.drop_index(batch_op.f('ix_letter_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_letter_conference_id'))
        batch_op.drop_index(batch_op.f('ix_letter_checked_by'))

    op.drop_table('letter')
    with op.batch_alter_table('clearance', schema=None) as batch_op:
        batch_op.drop_index('uq_clearance_standing', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_clearance_step_id'))
        batch_op.drop_index(batch_op.f('ix_clearance_registration_id'))
        batch_op.drop_index(batch_op.f('ix_clearance_conference_id'))
        batch_op.drop_index(batch_op.f('ix_clearance_account_id'))

    op.drop_table('clearance')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_version_id'))
        batch_op.drop_index(batch_op.f('ix_answer_registration_id'))
        batch_op.drop_index(batch_op.f('ix_answer_question_id'))
        batch_op.drop_index(batch_op.f('ix_answer_file_id'))
        batch_op.drop_index(batch_op.f('ix_answer_conference_id'))
        batch_op.drop_index(batch_op.f('ix_answer_answered_by'))

    op.drop_table('answer')
    with op.batch_alter_table('questionnaire_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_item_question_id'))
        batch_op.drop_index(batch_op.f('ix_questionnaire_item_part_id'))
        batch_op.drop_index(batch_op.f('ix_questionnaire_item_conference_id'))

    op.drop_table('questionnaire_item')
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.drop_index('uq_erasure_request_person', sqlite_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'))
        batch_op.drop_index('uq_erasure_request_account', sqlite_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND cancelled_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_erasure_request_due_at'))
        batch_op.drop_index(batch_op.f('ix_erasure_request_done_by'))
        batch_op.drop_index(batch_op.f('ix_erasure_request_conference_id'))
        batch_op.drop_index(batch_op.f('ix_erasure_request_asked_by'))

    op.drop_table('erasure_request')
    with op.batch_alter_table('track_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_track_step_conference_id'))
        batch_op.drop_index(batch_op.f('ix_track_step_category_id'))

    op.drop_table('track_step')
    with op.batch_alter_table('questionnaire_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_part_questionnaire_id'))
        batch_op.drop_index(batch_op.f('ix_questionnaire_part_conference_id'))

    op.drop_table('questionnaire_part')
    with op.batch_alter_table('question_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_version_question_id'))
        batch_op.drop_index(batch_op.f('ix_question_version_made_by'))
        batch_op.drop_index(batch_op.f('ix_question_version_conference_id'))

    op.drop_table('question_version')
    with op.batch_alter_table('private_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_private_link_made_by'))
        batch_op.drop_index(batch_op.f('ix_private_link_conference_id'))
        batch_op.drop_index(batch_op.f('ix_private_link_category_id'))

    op.drop_table('private_link')
    with op.batch_alter_table('mail_attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_attachment_mail_id'))
        batch_op.drop_index(batch_op.f('ix_mail_attachment_file_id'))

    op.drop_table('mail_attachment')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_made_by'))
        batch_op.drop_index(batch_op.f('ix_import_batch_file_id'))
        batch_op.drop_index(batch_op.f('ix_import_batch_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_import_batch_conference_id'))
        batch_op.drop_index(batch_op.f('ix_import_batch_category_id'))

    op.drop_table('import_batch')
    with op.batch_alter_table('download', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_download_made_by'))
        batch_op.drop_index(batch_op.f('ix_download_file_id'))
        batch_op.drop_index(batch_op.f('ix_download_conference_id'))

    op.drop_table('download')
    with op.batch_alter_table('delegation_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegation_order_ordered_by'))
        batch_op.drop_index(batch_op.f('ix_delegation_order_host_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_order_first_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_order_drawn_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_order_conference_id'))

    op.drop_table('delegation_order')
    with op.batch_alter_table('zone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_zone_conference_id'))

    op.drop_table('zone')
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_view_conference_id'))
        batch_op.drop_index(batch_op.f('ix_saved_view_account_id'))

    op.drop_table('saved_view')
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_conference_id'))

    op.drop_table('questionnaire')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_conference_id'))

    op.drop_table('question')
    with op.batch_alter_table('letter_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_text_conference_id'))

    op.drop_table('letter_text')
    with op.batch_alter_table('bulk_act', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bulk_act_made_by'))
        batch_op.drop_index(batch_op.f('ix_bulk_act_conference_id'))

    op.drop_table('bulk_act')
