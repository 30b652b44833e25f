"""the chain from invitation to publication"""

from alembic import op
import sqlalchemy as sa

from confapp.foundation import audit


revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('email_folded', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email_folded', name=op.f('uq_account_email_folded')),
    sa.UniqueConstraint('ref', name=op.f('uq_account_ref'))
    )
    op.create_table('attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bucket', sa.String(length=120), nullable=False),
    sa.Column('tokens', sa.Float(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts')),
    sa.UniqueConstraint('bucket', name=op.f('uq_attempts_bucket'))
    )
    op.create_table('audit_head',
    sa.Column('chain', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('chain', name=op.f('pk_audit_head')),
    info={'unscoped': True}
    )
    op.create_table('form_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('endpoint', sa.String(length=120), nullable=False),
    sa.Column('who', sa.String(length=64), nullable=False),
    sa.Column('body_sha256', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('location', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_key')),
    sa.UniqueConstraint('form_key', 'endpoint', name=op.f('uq_form_key_form_key_endpoint'))
    )
    with op.batch_alter_table('form_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_key_at'), ['at'], unique=False)

    op.create_table('party',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('formal_name', sa.JSON(), nullable=False),
    sa.Column('designation', sa.JSON(), nullable=False),
    sa.Column('un_status', sa.String(length=20), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('folded', sa.String(length=600), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint("kind IN ('state', 'organization', 'other')", name=op.f('ck_party_kind_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party')),
    sa.UniqueConstraint('code', name=op.f('uq_party_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_party_ref'))
    )
    op.create_table('conference',
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('acronym', sa.String(length=40), nullable=False),
    sa.Column('theme', sa.JSON(), nullable=False),
    sa.Column('description', sa.JSON(), nullable=False),
    sa.Column('notice', sa.JSON(), nullable=False),
    sa.Column('host', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('venue', sa.JSON(), nullable=False),
    sa.Column('city', sa.JSON(), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('accent', sa.String(length=7), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('registration_opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registration_closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registration_note', sa.JSON(), nullable=False),
    sa.Column('public_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint("format IN ('in_person', 'hybrid', 'online')", name=op.f('ck_conference_format_known')),
    sa.CheckConstraint("status IN ('draft', 'announced', 'closed', 'archived')", name=op.f('ck_conference_status_known')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_conference_ends_after_start')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_conference_created_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference')),
    sa.UniqueConstraint('ref', name=op.f('uq_conference_ref')),
    sa.UniqueConstraint('slug', name=op.f('uq_conference_slug'))
    )
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_created_by'), ['created_by'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chain', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=60), nullable=False),
    sa.Column('subject_ref', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_audit_entry_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_audit_entry_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('chain', 'number', name=op.f('uq_audit_entry_chain_number')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_subject_ref'), ['subject_ref'], unique=False)

    op.create_table('category',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('hint', sa.JSON(), nullable=False),
    sa.Column('letter', sa.String(length=3), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('track', sa.String(length=40), nullable=False),
    sa.Column('is_for_delegations', sa.Boolean(), nullable=False),
    sa.Column('is_open_to_all', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("track IN ('accreditation', 'admission')", name=op.f('ck_category_track_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_category_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_category')),
    sa.UniqueConstraint('conference_id', 'code', name=op.f('uq_category_conference_id_code')),
    sa.UniqueConstraint('ref', name=op.f('uq_category_ref'))
    )
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_category_conference_id'), ['conference_id'], unique=False)

    op.create_table('choice_group',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_choice_group_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice_group')),
    sa.UniqueConstraint('ref', name=op.f('uq_choice_group_ref'))
    )
    with op.batch_alter_table('choice_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choice_group_conference_id'), ['conference_id'], unique=False)

    op.create_table('conference_page',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_conference_page_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference_page')),
    sa.UniqueConstraint('conference_id', 'name', name=op.f('uq_conference_page_conference_id_name')),
    sa.UniqueConstraint('ref', name=op.f('uq_conference_page_ref'))
    )
    with op.batch_alter_table('conference_page', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_page_conference_id'), ['conference_id'], unique=False)

    op.create_table('consent_text',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_consent_text_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_text')),
    sa.UniqueConstraint('conference_id', 'kind', 'version', name=op.f('uq_consent_text_conference_id_kind_version')),
    sa.UniqueConstraint('ref', name=op.f('uq_consent_text_ref'))
    )
    with op.batch_alter_table('consent_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_text_conference_id'), ['conference_id'], unique=False)

    op.create_table('data_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('data_class', sa.String(length=20), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=True),
    sa.Column('key_file_id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_data_key_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_key')),
    sa.UniqueConstraint('conference_id', 'data_class', name=op.f('uq_data_key_conference_id_data_class'))
    )
    with op.batch_alter_table('data_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_key_conference_id'), ['conference_id'], unique=False)

    op.create_table('delegation',
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('formal_name', sa.JSON(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('focal_point_named_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('folded', sa.String(length=600), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_delegation_conference_id_conference')),
    sa.ForeignKeyConstraint(['invited_by'], ['account.id'], name=op.f('fk_delegation_invited_by_account')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_delegation_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('conference_id', 'party_id', name=op.f('uq_delegation_conference_id_party_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_delegation_ref'))
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_delegation_conference_id_position', ['conference_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_invited_by'), ['invited_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_party_id'), ['party_id'], unique=False)

    op.create_table('document',
    sa.Column('symbol', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('nature', sa.String(length=40), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('original_language', sa.String(length=12), nullable=False),
    sa.Column('authentic_languages', sa.JSON(), nullable=False),
    sa.Column('submitted_by', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('outcome', 'information_note', 'concept_note', 'agenda', 'report', 'paper')", name=op.f('ck_document_kind_known')),
    sa.CheckConstraint("nature IN ('none', 'voluntary_message', 'chairs_summary', 'declaration', 'resolution')", name=op.f('ck_document_nature_known')),
    sa.CheckConstraint("status IN ('draft', 'adopted', 'published', 'withdrawn')", name=op.f('ck_document_status_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_document_conference_id_conference')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_document_created_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('conference_id', 'symbol', name=op.f('uq_document_conference_id_symbol')),
    sa.UniqueConstraint('ref', name=op.f('uq_document_ref'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_created_by'), ['created_by'], unique=False)

    op.create_table('job',
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('task', sa.String(length=80), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('unique_key', sa.String(length=120), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f('ck_job_state_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_job_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('ref', name=op.f('uq_job_ref')),
    sa.UniqueConstraint('unique_key', name=op.f('uq_job_unique_key')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_job_due', ['state', 'run_at'], unique=False)

    op.create_table('mail',
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('topic', sa.String(length=60), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('recipient_name', sa.String(length=200), nullable=False),
    sa.Column('reply_to', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_answer', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint("kind IN ('security', 'notice')", name=op.f('ck_mail_kind_known')),
    sa.CheckConstraint("state IN ('queued', 'leased', 'handing_over', 'in_doubt', 'sent', 'failed')", name=op.f('ck_mail_state_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_mail_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_mail_dedupe_key')),
    sa.UniqueConstraint('ref', name=op.f('uq_mail_ref')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_mail_due', ['state', 'due_at'], unique=False)

    op.create_table('person',
    sa.Column('honorific', sa.String(length=60), nullable=False),
    sa.Column('given_name', sa.String(length=120), nullable=False),
    sa.Column('family_name', sa.String(length=120), nullable=False),
    sa.Column('printed_name', sa.String(length=200), nullable=False),
    sa.Column('badge_name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('country', sa.String(length=3), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('folded', sa.String(length=600), nullable=False),
    sa.Column('passport_number_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('access_needs_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_person_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_person_conference_id_conference')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['person.id'], name=op.f('fk_person_merged_into_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('ref', name=op.f('uq_person_ref'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_person_conference_id_folded', ['conference_id', 'folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False)

    op.create_table('quota',
    sa.Column('owner_kind', sa.String(length=40), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('capacity IS NULL OR capacity >= 0', name=op.f('ck_quota_capacity_counts')),
    sa.CheckConstraint('taken >= 0 AND (capacity IS NULL OR taken <= capacity)', name=op.f('ck_quota_never_oversold')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_quota_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quota')),
    sa.UniqueConstraint('conference_id', 'owner_kind', 'owner_id', name=op.f('uq_quota_conference_id_owner_kind_owner_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_quota_ref'))
    )
    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quota_conference_id'), ['conference_id'], unique=False)

    op.create_table('reading',
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('data_class', sa.String(length=20), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reading_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_reading_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading')),
    sa.UniqueConstraint('ref', name=op.f('uq_reading_ref'))
    )
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reading_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reading_subject_id'), ['subject_id'], unique=False)

    op.create_table('room',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('is_step_free', sa.Boolean(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_room_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('ref', name=op.f('uq_room_ref'))
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_conference_id'), ['conference_id'], unique=False)

    op.create_table('schedule',
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by', sa.Integer(), nullable=True),
    sa.Column('table', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_schedule_conference_id_conference')),
    sa.ForeignKeyConstraint(['released_by'], ['account.id'], name=op.f('fk_schedule_released_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule')),
    sa.UniqueConstraint('conference_id', 'number', name=op.f('uq_schedule_conference_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_schedule_ref'))
    )
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_schedule_released_by'), ['released_by'], unique=False)
        batch_op.create_index('uq_schedule_one_draft', ['conference_id'], unique=True, sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))

    op.create_table('series',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_series_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series')),
    sa.UniqueConstraint('conference_id', 'name', name=op.f('uq_series_conference_id_name')),
    sa.UniqueConstraint('ref', name=op.f('uq_series_ref'))
    )
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_conference_id'), ['conference_id'], unique=False)

    op.create_table('stored_file',
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stored_by', sa.Integer(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_stored_file_conference_id_conference')),
    sa.ForeignKeyConstraint(['stored_by'], ['account.id'], name=op.f('fk_stored_file_stored_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
    sa.UniqueConstraint('ref', name=op.f('uq_stored_file_ref')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_file_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_stored_file_sha256', ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_stored_file_stored_by'), ['stored_by'], unique=False)

    op.create_table('block',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('title', 'note', 'organ', 'preambular', 'heading', 'operative', 'paragraph', 'list_item', 'annex')", name=op.f('ck_block_kind_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_block_conference_id_conference')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_block_created_by_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_block_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block')),
    sa.UniqueConstraint('ref', name=op.f('uq_block_ref'))
    )
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_block_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_created_by'), ['created_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_document_id'), ['document_id'], unique=False)

    op.create_table('consent',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=True),
    sa.Column('via', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_consent_conference_id_conference')),
    sa.ForeignKeyConstraint(['given_by'], ['account.id'], name=op.f('fk_consent_given_by_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id_person')),
    sa.ForeignKeyConstraint(['text_id'], ['consent_text.id'], name=op.f('fk_consent_text_id_consent_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    sa.UniqueConstraint('ref', name=op.f('uq_consent_ref'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_given_by'), ['given_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_text_id'), ['text_id'], unique=False)

    op.create_table('mandate',
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('given_by', sa.Integer(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint("role IN ('administrator', 'organizer', 'accreditation_officer', 'programme_officer', 'secretariat_editor', 'protocol_officer', 'gate_staff', 'press_desk', 'viewer', 'focal_point', 'delegate', 'speaker')", name=op.f('ck_mandate_role_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_mandate_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_mandate_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_mandate_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['given_by'], ['account.id'], name=op.f('fk_mandate_given_by_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mandate_person_id_person')),
    sa.ForeignKeyConstraint(['revoked_by'], ['account.id'], name=op.f('fk_mandate_revoked_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mandate')),
    sa.UniqueConstraint('ref', name=op.f('uq_mandate_ref')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mandate_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_mandate_account_id_conference_id', ['account_id', 'conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_given_by'), ['given_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_revoked_by'), ['revoked_by'], unique=False)

    op.create_table('place',
    sa.Column('quota_id', sa.Integer(), nullable=False),
    sa.Column('holder_kind', sa.String(length=40), nullable=False),
    sa.Column('holder_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('offered_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'offered', 'held', 'released')", name=op.f('ck_place_state_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_place_conference_id_conference')),
    sa.ForeignKeyConstraint(['quota_id'], ['quota.id'], name=op.f('fk_place_quota_id_quota')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place')),
    sa.UniqueConstraint('ref', name=op.f('uq_place_ref'))
    )
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_quota_id'), ['quota_id'], unique=False)
        batch_op.create_index('uq_place_living', ['quota_id', 'holder_kind', 'holder_id'], unique=True, sqlite_where=sa.text("state <> 'released'"), postgresql_where=sa.text("state <> 'released'"))

    op.create_table('registration',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('organization', sa.String(length=200), nullable=False),
    sa.Column('functional_title', sa.String(length=200), nullable=False),
    sa.Column('capacity', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("capacity IN ('head', 'deputy', 'alternate', 'delegate', 'adviser', 'expert', 'observer', 'interpreter', 'security', 'staff')", name=op.f('ck_registration_capacity_known')),
    sa.CheckConstraint("delegation_id IS NOT NULL OR organization <> ''", name=op.f('ck_registration_belongs_somewhere')),
    sa.CheckConstraint("status IN ('submitted', 'returned', 'accredited', 'refused', 'withdrawn')", name=op.f('ck_registration_status_known')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_registration_category_id_category')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_registration_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_registration_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id_person')),
    sa.ForeignKeyConstraint(['replaces_id'], ['registration.id'], name=op.f('fk_registration_replaces_id_registration')),
    sa.ForeignKeyConstraint(['submitted_by'], ['account.id'], name=op.f('fk_registration_submitted_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_ref'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_category_id'), ['category_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index('ix_registration_conference_id_status', ['conference_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_registration_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_submitted_by'), ['submitted_by'], unique=False)
        batch_op.create_index('uq_registration_number', ['conference_id', 'number'], unique=True, sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))

    op.create_table('session',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('description', sa.JSON(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('access', sa.String(length=40), nullable=False),
    sa.Column('choice_group_id', sa.Integer(), nullable=True),
    sa.Column('folded', sa.String(length=1000), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("access IN ('open', 'invitation', 'closed', 'press')", name=op.f('ck_session_access_known')),
    sa.CheckConstraint("kind IN ('ceremony', 'general_debate', 'plenary', 'panel', 'workshop', 'side_event', 'exhibition', 'press_conference', 'break', 'social')", name=op.f('ck_session_kind_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_session_minutes_count')),
    sa.ForeignKeyConstraint(['choice_group_id'], ['choice_group.id'], name=op.f('fk_session_choice_group_id_choice_group')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_session_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session')),
    sa.UniqueConstraint('ref', name=op.f('uq_session_ref'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_choice_group_id'), ['choice_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_conference_id'), ['conference_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('is_staff', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_account_id_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('ref', name=op.f('uq_sign_in_ref')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('speaker',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('affiliation', sa.JSON(), nullable=False),
    sa.Column('biography', sa.JSON(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('country', sa.String(length=3), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_speaker_conference_id_conference')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_speaker_person_id_person')),
    sa.ForeignKeyConstraint(['photo_id'], ['stored_file.id'], name=op.f('fk_speaker_photo_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speaker')),
    sa.UniqueConstraint('ref', name=op.f('uq_speaker_ref'))
    )
    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_speaker_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_speaker_person_id'), ['person_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_speaker_photo_id'), ['photo_id'], unique=False)

    op.create_table('version',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('frozen_by', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_version_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_version_document_id_document')),
    sa.ForeignKeyConstraint(['frozen_by'], ['account.id'], name=op.f('fk_version_frozen_by_account')),
    sa.ForeignKeyConstraint(['parent_id'], ['version.id'], name=op.f('fk_version_parent_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_version')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_version_document_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_version_ref'))
    )
    with op.batch_alter_table('version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_version_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_version_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_version_frozen_by'), ['frozen_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_version_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('uq_version_one_draft', ['document_id'], unique=True, sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))

    op.create_table('adoption',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('manner', sa.String(length=40), nullable=False),
    sa.Column('meeting', sa.JSON(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('presiding', sa.JSON(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("manner IN ('consensus', 'acclamation', 'without_vote', 'silence', 'noted', 'chair')", name=op.f('ck_adoption_manner_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_adoption_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_adoption_document_id_document')),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_adoption_recorded_by_account')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_adoption_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption')),
    sa.UniqueConstraint('ref', name=op.f('uq_adoption_ref'))
    )
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_recorded_by'), ['recorded_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_version_id'), ['version_id'], unique=True)

    op.create_table('block_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('suffix', sa.String(length=12), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['block_id'], ['block.id'], name=op.f('fk_block_place_block_id_block')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_block_place_conference_id_conference')),
    sa.ForeignKeyConstraint(['parent_id'], ['block.id'], name=op.f('fk_block_place_parent_id_block')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_block_place_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block_place')),
    sa.UniqueConstraint('version_id', 'block_id', name=op.f('uq_block_place_version_id_block_id'))
    )
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_block_place_block_id'), ['block_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_place_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_place_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_place_version_id'), ['version_id'], unique=False)

    op.create_table('block_text',
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('inline', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('source_sha256', sa.String(length=64), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['block_id'], ['block.id'], name=op.f('fk_block_text_block_id_block')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_block_text_conference_id_conference')),
    sa.ForeignKeyConstraint(['written_by'], ['account.id'], name=op.f('fk_block_text_written_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block_text')),
    sa.UniqueConstraint('ref', name=op.f('uq_block_text_ref'))
    )
    with op.batch_alter_table('block_text', schema=None) as batch_op:
        batch_op.create_index('ix_block_text_block_id_language', ['block_id', 'language'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_text_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_text_written_by'), ['written_by'], unique=False)

    op.create_table('credential',
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('registration_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('note_verbale', 'letter', 'credentials')", name=op.f('ck_credential_kind_known')),
    sa.CheckConstraint('(delegation_id IS NULL) <> (registration_id IS NULL)', name=op.f('ck_credential_belongs_to_one')),
    sa.ForeignKeyConstraint(['checked_by'], ['account.id'], name=op.f('fk_credential_checked_by_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_credential_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_credential_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_credential_file_id_stored_file')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_credential_registration_id_registration')),
    sa.ForeignKeyConstraint(['replaces_id'], ['credential.id'], name=op.f('fk_credential_replaces_id_credential')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    sa.UniqueConstraint('ref', name=op.f('uq_credential_ref'))
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credential_checked_by'), ['checked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_replaces_id'), ['replaces_id'], unique=False)

    op.create_table('issue',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('fingerprint', sa.String(length=16), nullable=False),
    sa.Column('chain_head', sa.String(length=64), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('prepared_by', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('publisher_name', sa.String(length=200), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawal_reason', sa.JSON(), nullable=False),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('preparing', 'published', 'failed', 'withdrawn')", name=op.f('ck_issue_state_known')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_issue_conference_id_conference')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_issue_document_id_document')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_issue_job_id_job')),
    sa.ForeignKeyConstraint(['prepared_by'], ['account.id'], name=op.f('fk_issue_prepared_by_account')),
    sa.ForeignKeyConstraint(['published_by'], ['account.id'], name=op.f('fk_issue_published_by_account')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['issue.id'], name=op.f('fk_issue_supersedes_id_issue')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_issue_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue')),
    sa.UniqueConstraint('code', name=op.f('uq_issue_code')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_issue_document_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_issue_ref'))
    )
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issue_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_job_id'), ['job_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_prepared_by'), ['prepared_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_published_by'), ['published_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_supersedes_id'), ['supersedes_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_version_id'), ['version_id'], unique=False)

    op.create_table('item',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('delegation_id IS NULL OR person_id IS NULL', name=op.f('ck_item_one_holder')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_item_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_item_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_item_person_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_item_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item')),
    sa.UniqueConstraint('ref', name=op.f('uq_item_ref'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_session_id'), ['session_id'], unique=False)

    op.create_table('mailed_link',
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('mandate_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('conference_id', sa.Integer(), nullable=True),
    sa.Column('next_path', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.CheckConstraint("purpose IN ('sign_in', 'invitation', 'record', 'setup')", name=op.f('ck_mailed_link_purpose_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_mailed_link_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_mailed_link_conference_id_conference')),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_mailed_link_mandate_id_mandate')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mailed_link_person_id_person')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['mailed_link.id'], name=op.f('fk_mailed_link_replaced_by_id_mailed_link')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailed_link')),
    sa.UniqueConstraint('ref', name=op.f('uq_mailed_link_ref')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_mailed_link_token_hash')),
    info={'unscoped': True}
    )
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailed_link_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailed_link_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailed_link_mandate_id'), ['mandate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailed_link_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailed_link_replaced_by_id'), ['replaced_by_id'], unique=False)

    op.create_table('placement',
    sa.Column('schedule_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('printed', sa.JSON(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f('ck_placement_state_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_placement_minutes_count')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_placement_conference_id_conference')),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_placement_schedule_id_schedule')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_placement_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('ref', name=op.f('uq_placement_ref')),
    sa.UniqueConstraint('schedule_id', 'session_id', name=op.f('uq_placement_schedule_id_session_id'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_schedule_id'), ['schedule_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_session_id'), ['session_id'], unique=False)

    op.create_table('registration_move',
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('was', sa.String(length=40), nullable=False),
    sa.Column('became', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_registration_move_account_id_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_registration_move_conference_id_conference')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_move_registration_id_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_move')),
    sa.UniqueConstraint('ref', name=op.f('uq_registration_move_ref'))
    )
    with op.batch_alter_table('registration_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_move_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_move_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_move_registration_id'), ['registration_id'], unique=False)

    op.create_table('session_role',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('printed_function', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("role IN ('chair', 'moderator', 'keynote', 'speaker', 'panellist', 'rapporteur')", name=op.f('ck_session_role_role_known')),
    sa.CheckConstraint("status IN ('invited', 'confirmed', 'declined')", name=op.f('ck_session_role_status_known')),
    sa.CheckConstraint('person_id IS NULL OR delegation_id IS NULL', name=op.f('ck_session_role_one_holder')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_session_role_conference_id_conference')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_session_role_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_session_role_person_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_role_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_role')),
    sa.UniqueConstraint('ref', name=op.f('uq_session_role_ref'))
    )
    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_role_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_role_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_role_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_role_session_id'), ['session_id'], unique=False)

    op.create_table('placement_room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_placement_room_conference_id_conference')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_room_placement_id_placement')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_placement_room_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_room')),
    sa.UniqueConstraint('placement_id', 'room_id', name=op.f('uq_placement_room_placement_id_room_id'))
    )
    with op.batch_alter_table('placement_room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_room_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_room_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_room_room_id'), ['room_id'], unique=False)

    op.create_table('publication',
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('format', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_publication_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_publication_file_id_stored_file')),
    sa.ForeignKeyConstraint(['issue_id'], ['issue.id'], name=op.f('fk_publication_issue_id_issue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('issue_id', 'language', 'format', name=op.f('uq_publication_issue_id_language_format')),
    sa.UniqueConstraint('ref', name=op.f('uq_publication_ref'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_publication_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_publication_issue_id'), ['issue_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_publication_sha256'), ['sha256'], unique=False)

    op.create_table('version_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_version_text_conference_id_conference')),
    sa.ForeignKeyConstraint(['text_id'], ['block_text.id'], name=op.f('fk_version_text_text_id_block_text')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_version_text_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_version_text')),
    sa.UniqueConstraint('version_id', 'text_id', name=op.f('uq_version_text_version_id_text_id'))
    )
    with op.batch_alter_table('version_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_version_text_conference_id'), ['conference_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_version_text_text_id'), ['text_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_version_text_version_id'), ['version_id'], unique=False)
    for statement in audit.POSTGRES_TRIGGERS if op.get_bind().dialect.name == "postgresql" else audit.SQLITE_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        op.execute("DROP TRIGGER audit_entry_no_truncate ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_refuse()")
    with op.batch_alter_table('version_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_version_text_version_id'))
        batch_op.drop_index(batch_op.f('ix_version_text_text_id'))
        batch_op.drop_index(batch_op.f('ix_version_text_conference_id'))

    op.drop_table('version_text')
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_sha256'))
        batch_op.drop_index(batch_op.f('ix_publication_issue_id'))
        batch_op.drop_index(batch_op.f('ix_publication_file_id'))
        batch_op.drop_index(batch_op.f('ix_publication_conference_id'))

    op.drop_table('publication')
    with op.batch_alter_table('placement_room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placement_room_room_id'))
        batch_op.drop_index(batch_op.f('ix_placement_room_placement_id'))
        batch_op.drop_index(batch_op.f('ix_placement_room_conference_id'))

    op.drop_table('placement_room')
    with op.batch_alter_table('session_role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_role_session_id'))
        batch_op.drop_index(batch_op.f('ix_session_role_person_id'))
        batch_op.drop_index(batch_op.f('ix_session_role_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_session_role_conference_id'))

    op.drop_table('session_role')
    with op.batch_alter_table('registration_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_move_registration_id'))
        batch_op.drop_index(batch_op.f('ix_registration_move_conference_id'))
        batch_op.drop_index(batch_op.f('ix_registration_move_account_id'))

    op.drop_table('registration_move')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placement_session_id'))
        batch_op.drop_index(batch_op.f('ix_placement_schedule_id'))
        batch_op.drop_index(batch_op.f('ix_placement_conference_id'))

    op.drop_table('placement')
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailed_link_replaced_by_id'))
        batch_op.drop_index(batch_op.f('ix_mailed_link_person_id'))
        batch_op.drop_index(batch_op.f('ix_mailed_link_mandate_id'))
        batch_op.drop_index(batch_op.f('ix_mailed_link_conference_id'))
        batch_op.drop_index(batch_op.f('ix_mailed_link_account_id'))

    op.drop_table('mailed_link')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_session_id'))
        batch_op.drop_index(batch_op.f('ix_item_person_id'))
        batch_op.drop_index(batch_op.f('ix_item_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_item_conference_id'))

    op.drop_table('item')
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issue_version_id'))
        batch_op.drop_index(batch_op.f('ix_issue_supersedes_id'))
        batch_op.drop_index(batch_op.f('ix_issue_published_by'))
        batch_op.drop_index(batch_op.f('ix_issue_prepared_by'))
        batch_op.drop_index(batch_op.f('ix_issue_job_id'))
        batch_op.drop_index(batch_op.f('ix_issue_document_id'))
        batch_op.drop_index(batch_op.f('ix_issue_conference_id'))

    op.drop_table('issue')
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_credential_replaces_id'))
        batch_op.drop_index(batch_op.f('ix_credential_registration_id'))
        batch_op.drop_index(batch_op.f('ix_credential_file_id'))
        batch_op.drop_index(batch_op.f('ix_credential_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_credential_conference_id'))
        batch_op.drop_index(batch_op.f('ix_credential_checked_by'))

    op.drop_table('credential')
    with op.batch_alter_table('block_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_text_written_by'))
        batch_op.drop_index(batch_op.f('ix_block_text_conference_id'))
        batch_op.drop_index('ix_block_text_block_id_language')

    op.drop_table('block_text')
    with op.batch_alter_table('block_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_place_version_id'))
        batch_op.drop_index(batch_op.f('ix_block_place_parent_id'))
        batch_op.drop_index(batch_op.f('ix_block_place_conference_id'))
        batch_op.drop_index(batch_op.f('ix_block_place_block_id'))

    op.drop_table('block_place')
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoption_version_id'))
        batch_op.drop_index(batch_op.f('ix_adoption_recorded_by'))
        batch_op.drop_index(batch_op.f('ix_adoption_document_id'))
        batch_op.drop_index(batch_op.f('ix_adoption_conference_id'))

    op.drop_table('adoption')
    with op.batch_alter_table('version', schema=None) as batch_op:
        batch_op.drop_index('uq_version_one_draft', sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))
        batch_op.drop_index(batch_op.f('ix_version_parent_id'))
        batch_op.drop_index(batch_op.f('ix_version_frozen_by'))
        batch_op.drop_index(batch_op.f('ix_version_document_id'))
        batch_op.drop_index(batch_op.f('ix_version_conference_id'))

    op.drop_table('version')
    with op.batch_alter_table('speaker', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_speaker_photo_id'))
        batch_op.drop_index(batch_op.f('ix_speaker_person_id'))
        batch_op.drop_index(batch_op.f('ix_speaker_conference_id'))

    op.drop_table('speaker')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_person_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_account_id'))

    op.drop_table('sign_in')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_conference_id'))
        batch_op.drop_index(batch_op.f('ix_session_choice_group_id'))

    op.drop_table('session')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_number', sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))
        batch_op.drop_index(batch_op.f('ix_registration_submitted_by'))
        batch_op.drop_index(batch_op.f('ix_registration_replaces_id'))
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))
        batch_op.drop_index(batch_op.f('ix_registration_delegation_id'))
        batch_op.drop_index('ix_registration_conference_id_status')
        batch_op.drop_index(batch_op.f('ix_registration_conference_id'))
        batch_op.drop_index(batch_op.f('ix_registration_category_id'))

    op.drop_table('registration')
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_index('uq_place_living', sqlite_where=sa.text("state <> 'released'"), postgresql_where=sa.text("state <> 'released'"))
        batch_op.drop_index(batch_op.f('ix_place_quota_id'))
        batch_op.drop_index(batch_op.f('ix_place_conference_id'))

    op.drop_table('place')
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mandate_revoked_by'))
        batch_op.drop_index(batch_op.f('ix_mandate_person_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_given_by'))
        batch_op.drop_index(batch_op.f('ix_mandate_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_conference_id'))
        batch_op.drop_index('ix_mandate_account_id_conference_id')
        batch_op.drop_index(batch_op.f('ix_mandate_account_id'))

    op.drop_table('mandate')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_text_id'))
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))
        batch_op.drop_index(batch_op.f('ix_consent_given_by'))
        batch_op.drop_index(batch_op.f('ix_consent_conference_id'))

    op.drop_table('consent')
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_document_id'))
        batch_op.drop_index(batch_op.f('ix_block_created_by'))
        batch_op.drop_index(batch_op.f('ix_block_conference_id'))

    op.drop_table('block')
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_file_stored_by'))
        batch_op.drop_index('ix_stored_file_sha256')
        batch_op.drop_index(batch_op.f('ix_stored_file_conference_id'))

    op.drop_table('stored_file')
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_series_conference_id'))

    op.drop_table('series')
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_index('uq_schedule_one_draft', sqlite_where=sa.text('number IS NULL'), postgresql_where=sa.text('number IS NULL'))
        batch_op.drop_index(batch_op.f('ix_schedule_released_by'))
        batch_op.drop_index(batch_op.f('ix_schedule_conference_id'))

    op.drop_table('schedule')
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_conference_id'))

    op.drop_table('room')
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reading_subject_id'))
        batch_op.drop_index(batch_op.f('ix_reading_conference_id'))
        batch_op.drop_index(batch_op.f('ix_reading_account_id'))

    op.drop_table('reading')
    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quota_conference_id'))

    op.drop_table('quota')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_index('ix_person_conference_id_folded')
        batch_op.drop_index(batch_op.f('ix_person_conference_id'))
        batch_op.drop_index(batch_op.f('ix_person_account_id'))

    op.drop_table('person')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_due')
        batch_op.drop_index(batch_op.f('ix_mail_conference_id'))

    op.drop_table('mail')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_due')
        batch_op.drop_index(batch_op.f('ix_job_conference_id'))

    op.drop_table('job')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_created_by'))
        batch_op.drop_index(batch_op.f('ix_document_conference_id'))

    op.drop_table('document')
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegation_party_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_invited_by'))
        batch_op.drop_index('ix_delegation_conference_id_position')
        batch_op.drop_index(batch_op.f('ix_delegation_conference_id'))

    op.drop_table('delegation')
    with op.batch_alter_table('data_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_data_key_conference_id'))

    op.drop_table('data_key')
    with op.batch_alter_table('consent_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_text_conference_id'))

    op.drop_table('consent_text')
    with op.batch_alter_table('conference_page', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_page_conference_id'))

    op.drop_table('conference_page')
    with op.batch_alter_table('choice_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_choice_group_conference_id'))

    op.drop_table('choice_group')
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_category_conference_id'))

    op.drop_table('category')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_subject_ref'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_conference_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_account_id'))

    op.drop_table('audit_entry')
    with op.batch_alter_table('conference', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conference_created_by'))

    op.drop_table('conference')
    op.drop_table('party')
    with op.batch_alter_table('form_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_key_at'))

    op.drop_table('form_key')
    op.drop_table('audit_head')
    op.drop_table('attempts')
    op.drop_table('account')
