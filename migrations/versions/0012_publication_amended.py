"""what an issue was called and who may read it, kinds that a subscriber wants, pictures for links"""

from alembic import op
import sqlalchemy as sa


revision = '0012'
down_revision = '0011'

ACCESS = "access IN ('public', 'participants', 'restricted')"


def upgrade() -> None:
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('access', sa.String(length=40), nullable=False, server_default='public'))
        batch_op.add_column(sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('told_to', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_issue_access_known'), ACCESS)
    with op.batch_alter_table('issue', schema=None) as batch_op:
        for column in ('title', 'access'):
            batch_op.alter_column(column, server_default=None)
    op.execute(
        "UPDATE issue SET title = (SELECT document.title FROM document WHERE document.id = issue.document_id),"
        " access = (SELECT document.access FROM document WHERE document.id = issue.document_id)"
    )
    with op.batch_alter_table('subscriber', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kinds', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('subscriber', schema=None) as batch_op:
        batch_op.alter_column('kinds', server_default=None)
    op.create_table('issue_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_issue_picture_conference_id_conference')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_issue_picture_file_id_stored_file')),
    sa.ForeignKeyConstraint(['issue_id'], ['issue.id'], name=op.f('fk_issue_picture_issue_id_issue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue_picture')),
    sa.UniqueConstraint('issue_id', 'language', name=op.f('uq_issue_picture_issue_id_language'))
    )
    op.create_index(op.f('ix_issue_picture_conference_id'), 'issue_picture', ['conference_id'], unique=False)
    op.create_index(op.f('ix_issue_picture_file_id'), 'issue_picture', ['file_id'], unique=False)


def downgrade() -> None:
    op.drop_table('issue_picture')
    with op.batch_alter_table('subscriber', schema=None) as batch_op:
        batch_op.drop_column('kinds')
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_issue_access_known'), type_='check')
        batch_op.drop_column('told_to')
        batch_op.drop_column('told_at')
        batch_op.drop_column('access')
        batch_op.drop_column('title')
