"""formats, signatures and hashes of files"""

from secrets import token_urlsafe

from alembic import op
import sqlalchemy as sa


revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    _known_files()
    _layouts_and_emblems()


def downgrade() -> None:
    _layouts_and_emblems_down()
    _known_files_down()


KINDS = "kind IN ('issue', 'advance', 'draft', 'letter', 'programme', 'programme_draft')"
# What was handed out before is known from now on: kind, what it is about, and the rest.
BEFORE = (
    ("issue", "SELECT p.issue_id, p.sha256, f.size, p.language, p.format, f.stored_at, p.conference_id"
     " FROM publication p JOIN stored_file f ON f.id = p.file_id"),
    ("letter", "SELECT l.id, f.sha256, f.size, '', 'pdf', f.stored_at, l.conference_id"
     " FROM letter l JOIN stored_file f ON f.id = l.file_id WHERE f.erased_at IS NULL"),
    ("programme", "SELECT b.schedule_id, f.sha256, f.size, b.language,"
     " CASE WHEN b.kind = 'table' THEN 'xlsx' ELSE 'pdf' END, f.stored_at, b.conference_id"
     " FROM booklet b JOIN stored_file f ON f.id = b.file_id WHERE f.erased_at IS NULL"),
)


def _known_files() -> None:
    op.create_table('signing_certificate',
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('pem', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=400), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_name', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_signing_certificate_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_certificate')),
    sa.UniqueConstraint('conference_id', 'sha256', name=op.f('uq_signing_certificate_conference_id_sha256')),
    sa.UniqueConstraint('ref', name=op.f('uq_signing_certificate_ref'))
    )
    op.create_index(op.f('ix_signing_certificate_conference_id'), 'signing_certificate', ['conference_id'], unique=False)
    op.create_index(op.f('ix_signing_certificate_sha256'), 'signing_certificate', ['sha256'], unique=False)

    op.create_table('known_file',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('about_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('unsigned_sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('format', sa.String(length=12), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.CheckConstraint(KINDS, name=op.f('ck_known_file_kind_known')),
    sa.ForeignKeyConstraint(['certificate_id'], ['signing_certificate.id'], name=op.f('fk_known_file_certificate_id_signing_certificate')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_known_file_conference_id_conference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_known_file')),
    sa.UniqueConstraint('ref', name=op.f('uq_known_file_ref')),
    sa.UniqueConstraint('sha256', 'kind', 'about_id', name=op.f('uq_known_file_sha256_kind_about_id'))
    )
    op.create_index('ix_known_file_about', 'known_file', ['kind', 'about_id'], unique=False)
    for column in ('conference_id', 'certificate_id', 'unsigned_sha256'):
        op.create_index(op.f(f'ix_known_file_{column}'), 'known_file', [column], unique=False)

    op.create_table('hash_list',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('signature_id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['signing_certificate.id'], name=op.f('fk_hash_list_certificate_id_signing_certificate')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_hash_list_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_hash_list_file_id_stored_file')),
    sa.ForeignKeyConstraint(['signature_id'], ['stored_file.id'], name=op.f('fk_hash_list_signature_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hash_list')),
    sa.UniqueConstraint('conference_id', 'number', name=op.f('uq_hash_list_conference_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_hash_list_ref'))
    )
    for column in ('conference_id', 'file_id', 'signature_id', 'certificate_id'):
        op.create_index(op.f(f'ix_hash_list_{column}'), 'hash_list', [column], unique=False)

    connection = op.get_bind()
    known = sa.table('known_file', *(sa.column(name) for name in (
        'kind', 'ref', 'unsigned_sha256', 'about_id', 'sha256', 'size', 'language', 'format', 'known_at', 'conference_id'
    )))
    for kind, query in BEFORE:
        rows = {(row[0], row[1]): row for row in connection.execute(sa.text(query))}.values()
        for row in rows:
            values = dict(zip(('about_id', 'sha256', 'size', 'language', 'format', 'known_at', 'conference_id'), row))
            connection.execute(known.insert().values(kind=kind, ref=token_urlsafe(16), unsigned_sha256='', **values))


def _known_files_down() -> None:
    for table in ('hash_list', 'known_file', 'signing_certificate'):
        op.drop_table(table)


LAYOUTS = "layout IN ('message', 'declaration', 'resolution', 'summary', 'agenda', 'journal', 'letter', 'paper')"


def _layouts_and_emblems() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('layout', sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_document_layout_known'), LAYOUTS)
    op.create_table('emblem',
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('alt', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_emblem_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_emblem_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emblem')),
    sa.UniqueConstraint('conference_id', name=op.f('uq_emblem_conference_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_emblem_ref'))
    )
    op.create_index(op.f('ix_emblem_conference_id'), 'emblem', ['conference_id'], unique=False)
    op.create_index(op.f('ix_emblem_file_id'), 'emblem', ['file_id'], unique=False)


def _layouts_and_emblems_down() -> None:
    op.drop_table('emblem')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_document_layout_known'), type_='check')
        batch_op.drop_column('layout')
