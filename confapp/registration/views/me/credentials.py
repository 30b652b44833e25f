"""The paper of one's own delegation, or of the body that one registered for."""

from werkzeug.wrappers import Response

from confapp.foundation.languages import gettext as _
from confapp.foundation.web.guard import checks_inside, prepare
from confapp.registration.views import credentials, uploads
from confapp.registration.views.me.blueprint import Page, own_delegation, own_registration, registration_me

registration_me.context_processor(lambda: credentials.words_of("me"))


@registration_me.get("/delegations/<ref>/credentials")
@checks_inside
def delegation_papers(ref: str) -> Page:
    return credentials.page(own_delegation(ref), "me")


@registration_me.post("/delegations/<ref>/credentials")
@checks_inside
@prepare(uploads.keep_paper)
def delegation_credential(ref: str) -> Page:
    return credentials.receive(own_delegation(ref), "me", _thanks())


@registration_me.get("/delegations/<ref>/credentials/<paper>")
@checks_inside
def delegation_paper(ref: str, paper: str) -> Response:
    return credentials.download(own_delegation(ref), paper)


@registration_me.get("/registrations/<ref>/credentials")
@checks_inside
def registration_papers(ref: str) -> Page:
    return credentials.page(own_registration(ref), "me")


@registration_me.post("/registrations/<ref>/credentials")
@checks_inside
@prepare(uploads.keep_paper)
def registration_credential(ref: str) -> Page:
    return credentials.receive(own_registration(ref), "me", _thanks())


@registration_me.get("/registrations/<ref>/credentials/<own_paper>")
@checks_inside
def registration_paper(ref: str, own_paper: str) -> Response:
    return credentials.download(own_registration(ref), own_paper)


def _thanks() -> str:
    return _("The paper was received. The accreditation office checks it.")
