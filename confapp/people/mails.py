"""Mails that carry a link. They are security mail: their text is removed once they are sent."""

from typing import Any

from confapp.foundation.addresses import absolute
from confapp.foundation.languages import best, speaking
from confapp.foundation.languages import gettext as _
from confapp.foundation.mail import Kind, Message
from confapp.people.models import Account, MailedLink, Mandate, Person
from confapp.people.rules import ROLE_NAMES


def sign_in(account: Account, link: MailedLink, token: str) -> Message:
    with speaking(account.language):
        text = _letter(
            _("Open this link and press the button on the page to sign in:"),
            absolute(f"/sign-in/{token}", account.language),
            _("It works once, within 15 minutes."),
            _("If you did not ask for it you need do nothing: without this mail nobody can sign in."),
        )
        return _message(link, account.email, account.name, account.language, _("Your link to sign in"), text)


def invitation(mandate: Mandate, link: MailedLink, token: str, conference: Any, language: str) -> Message:
    account = mandate.account
    with speaking(language):
        name = best(conference.name, language)
        role = _(ROLE_NAMES[mandate.role])
        if mandate.delegation is not None:
            role = f"{role}: {best(mandate.delegation.name, language)}"
        text = _letter(
            _("You are invited to %(conference)s as:", conference=name),
            role,
            _("Open this link to see what is offered and to accept:"),
            absolute(f"/invitations/{token}", language),
            _(
                "It can be used for 30 days. If it has expired, ask for a new one at %(url)s.",
                url=absolute("/links/", language),
            ),
            _questions(conference),
        )
        return _message(
            link, account.email, account.name, language, _("Invitation: %(conference)s", conference=name), text
        )


def record(person: Person, link: MailedLink, token: str, conference: Any) -> Message:
    language, registered = person.language, person.registration
    # What a stranger typed is not mailed to an address that nobody has confirmed.
    addressee = person.full_name if registered is None or registered.is_confirmed else ""
    with speaking(language):
        name = best(conference.name, language)
        text = _letter(
            addressee and addressee + ",",
            _("this link opens your own record at %(conference)s:", conference=name),
            absolute(f"/links/{token}", language),
            _("Please keep it to yourself: whoever has it can read and change your record."),
            _questions(conference),
        )
        return _message(link, person.email, addressee, language, _("Your link: %(conference)s", conference=name), text)


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


def _questions(conference: Any) -> str:
    address = conference.contact_email
    return _("Questions: %(address)s", address=address) if address else ""


def _message(link: MailedLink, to: str, name: str, language: str, subject: str, text: str) -> Message:
    return Message(
        kind=Kind.SECURITY,
        to=to,
        to_name=name,
        subject=subject,
        text=text,
        dedupe_key=f"link:{link.ref}",
        language=language,
        conference_id=link.conference_id,
        reply_to=link.conference.contact_email if link.conference is not None else "",
        topic=link.purpose.value,
    )
