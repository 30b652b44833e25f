"""The public site: what everybody may read, without a cookie. A draft is shown to its staff only."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from confapp.conferences.rules import FORMAT_NAMES, next_change
from confapp.documents import queries as document_queries
from confapp.foundation import clock, files, languages, signing
from confapp.foundation.codes import read_code
from confapp.foundation.languages import gettext as _
from confapp.foundation.lifecycle import Refused
from confapp.foundation.web import photographs
from confapp.foundation.web.cache import cached, valid_until
from confapp.foundation.web.guard import changes_nothing, found, public
from confapp.foundation.web.headers import policy
from confapp.foundation.web.limits import Limit, by_address, limited
from confapp.people.rules import WORK_AT_DESK
from confapp.programme.exports import MEDIA_TYPES, calendar, written
from confapp.programme.exports.gathering import gather
from confapp.programme.pages import handouts as handout_pages
from confapp.programme.queries import booklets, debate, handouts, side_events
from confapp.programme.rules.side_events import is_open
from confapp.programme.views.handouts import file_of, led_to
from confapp.publishing import inspection, lists, pages, queries, structured, verification
from confapp.publishing.forms import NameForm, VerifyForm
from confapp.publishing.rules import ALL_DAYS, Wanted
from confapp.registration.queries.privacy import protected_questions
from confapp.registration.rules.letters import LETTER_KIND_NAMES, TO_PERSONS

bp = Blueprint("publishing", __name__)


@bp.get("/")
@public
@cached
def front() -> str:
    coming, past = queries.conferences(clock.now())
    for conference in coming:
        valid_until(next_change(conference, clock.now()))
    return render_template("publishing/front.html", coming=coming, past=past)


@bp.get("/<conference>/")
@public
@cached
def title() -> str:
    conference = shown_conference()
    valid_until(document_queries.next_moment())
    doors = pages.doors(conference, queries.release(), queries.outcome(), clock.now())
    about = structured.block(structured.conference(conference))
    return render_template(
        "publishing/title.html",
        doors=doors,
        format=_(FORMAT_NAMES[conference.format]),
        about=about,
        takes_side_events=_takes_side_events(),
    )


def _takes_side_events() -> bool:
    """Whether the call is open; the page that says so changes when it opens and closes."""
    call, now = side_events.call(), clock.now()
    for moment in (call.opens_at, call.closes_at) if call is not None else ():
        valid_until(moment if moment is not None and moment > now else None)
    return is_open(call, now)


@bp.get("/<conference>/programme")
@public
@cached
def programme() -> str:
    conference = shown_conference()
    valid_until(_midnight(conference))
    wanted = Wanted.of(request.args)
    released = queries.programme(conference.zone, wanted)
    page = pages.programme(conference, released, wanted)
    return render_template(
        "publishing/programme.html",
        page=page,
        about=_about(conference, released, wanted),
        takes_side_events=_takes_side_events(),
    )


def _about(conference: Any, released: queries.Programme | None, wanted: Wanted) -> Any:
    if released is None or wanted.is_narrow:
        return structured.block(structured.conference(conference))
    sessions = (one for day in released.shown for one in day.sessions)
    return structured.programme(conference, released.mark, str(released.day), sessions)


@bp.get("/<conference>/programme/embed")
@public
@cached
def embed() -> Response:
    """For the pages of others: only those sites may frame it that the organizers named."""
    conference = shown_conference()
    valid_until(_midnight(conference))
    wanted = Wanted.of(request.args)
    page = pages.embedded(conference, queries.programme(conference.zone, wanted), wanted)
    answer = make_response(render_template("publishing/embed.html", page=page))
    answer.headers["Content-Security-Policy"] = policy(frame_ancestors=" ".join(conference.embed_origins) or "'none'")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@bp.get("/<conference>/programme.<any(ics, xml, json):file_format>")
@public
@cached
def programme_file(file_format: str) -> Response:
    """The newest release for calendars and for other programs, in the language of the address."""
    conference, release = shown_conference(), found(queries.release())
    if file_format == "ics":
        return Response(calendar.of_release(conference, release, languages.current()), mimetype="text/calendar")
    content = written(gather(conference, release, languages.current()), file_format)
    return Response(content, content_type=MEDIA_TYPES[file_format])


@bp.get("/<conference>/programme/<any(booklet, plan, table):kind>.<language>.<any(pdf, xlsx):file_format>")
@public
def printed(kind: str, language: str, file_format: str) -> Any:
    """A file of the newest release that has one, or of the release whose number is asked for."""
    conference, asked = shown_conference(), request.args.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
    row = found(booklets.public(kind, language, number) if language in conference.languages else None)
    if row.kind.file_format != file_format:
        abort(404)
    answer = Response(files.read(row.file), content_type=row.file.media_type)
    answer.set_etag(row.file.sha256)
    answer.headers["Cache-Control"] = "public, no-cache" if conference.is_public else "no-store"
    answer.headers["Content-Disposition"] = f'inline; filename="{row.file.name}"'
    answer.content_language.add(language)
    return answer.make_conditional(request)


@bp.get("/<conference>/programme/<any(now, screen):name>")
@public
@cached
def now(name: str) -> Response:
    """What runs and what begins next; the screen is the same for a foyer, and asks again by itself."""
    conference = shown_conference()
    page = pages.now_and_next(conference, queries.programme(conference.zone, Wanted(day=ALL_DAYS)), clock.now())
    valid_until(page.until)
    answer = make_response(render_template(f"publishing/{name}.html", page=page))
    if name == "screen":
        answer.headers["Refresh"] = "60"
    return answer


@bp.get("/<conference>/sessions/<ref>")
@public
@cached
def session(ref: str) -> str:
    conference = shown_conference()
    printed, details = found(queries.session(ref, conference.zone))
    speakers = queries.speaker_refs([one["person"] for one in details.get("roles", ()) if one.get("person")])
    given, rooms = handouts.public(ref), queries.rooms()

    def address(what: str, one: str) -> str:
        if what == "link":
            return url_for(".session_link", ref=ref, session_link=one)
        return url_for(".session_material", ref=ref, material=one)

    valid_until(given.next_change if given is not None else None)
    return render_template(
        "publishing/session.html",
        ref=ref,
        speakers=speakers,
        page=pages.session(conference, printed, details, rooms),
        about=structured.block(structured.session(conference, printed, details, rooms, speakers)),
        given=given,
        has_list=debate.is_shown(ref),
        links=handout_pages.shown_links(given, address),
        materials=handout_pages.shown_materials(given, address),
    )


@bp.get("/<conference>/sessions/<ref>/links/<session_link>")
@public
def session_link(ref: str, session_link: str) -> Any:
    """To where a link of a session leads, in its time. One that is not for everybody is asked for elsewhere."""
    shown_conference()
    if (row := handouts.public_link(ref, session_link)) is not None:
        return led_to(row)
    found(handouts.guarded_link(ref, session_link))
    answer = redirect(url_for("programme_me.own_link", ref=ref, session_link=session_link), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/<conference>/sessions/<ref>/materials/<material>")
@public
def session_material(ref: str, material: str) -> Response:
    shown_conference()
    return file_of(found(handouts.public_material(ref, material)))


@bp.get("/<conference>/speakers/")
@public
@cached
def speakers() -> str:
    shown_conference()
    search = request.args.get("q", "").strip()[:60]
    rows = [one for one in queries.speakers().items() if pages.is_meant(one[1], search)]
    return render_template("publishing/speakers.html", speakers=rows, letters=pages.by_letter(rows), search=search)


@bp.get("/<conference>/speakers/<ref>")
@public
@cached
def speaker(ref: str) -> str:
    conference = shown_conference()
    profile = found(queries.speaker(ref))
    released = queries.released(conference.zone)
    sessions = pages.sessions_of(profile, released, queries.rooms())
    spoken = [released[part["ref"]] for part in profile["sessions"] if part["ref"] in released]
    about = structured.block(structured.speaker(conference, ref, profile, spoken))
    return render_template("publishing/speaker.html", ref=ref, one=profile, sessions=sessions, about=about)


@bp.get("/<conference>/speakers/<ref>/<any(small,large):size>-<mark>.jpg")
@public
def speaker_photo(ref: str, size: str, mark: str) -> Response:
    """Another photograph has another address, so that browsers may keep this one for a week."""
    shown_conference()
    stored = found(queries.speaker_photo(ref, mark, small=size == "small"))
    return photographs.shown(found(photographs.content_of(stored)), "public, max-age=604800, immutable")


@bp.get("/<conference>/sessions/<ref>.ics")
@public
@cached
def session_file(ref: str) -> Response:
    conference, release = shown_conference(), found(queries.release())
    found(queries.session(ref, conference.zone))
    content = calendar.of_release(conference, release, languages.current(), {ref})
    return Response(content, mimetype="text/calendar")


@bp.get("/<conference>/pages/")
@public
@cached
def information() -> str:
    shown_conference()
    return render_template("publishing/information.html", pages=queries.pages())


@bp.get("/<conference>/pages/<name>")
@public
@cached
def page(name: str) -> str:
    shown_conference()
    return render_template("publishing/page.html", page=found(queries.page(name)))


@bp.get("/<conference>/privacy")
@public
@cached
def privacy() -> str:
    """The notice on personal data, from the list by which they are asked, shown and deleted."""
    conference = shown_conference()
    notice = pages.privacy(conference, protected_questions())
    return render_template("publishing/privacy.html", notice=notice, written=queries.page("privacy"))


SHA256 = "[0-9a-f]{64}"

# --- verification -----------------------------------------------------------------------------------------------------


@bp.app_url_value_preprocessor
def accept_large_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the form is read: this page alone takes files up to its own limit."""
    if endpoint == "publishing.verify_file":
        request.max_content_length = verification.LARGEST + 64 * 1024


@bp.get("/verify")
@public
def verify() -> Any:
    typed = request.args.get("code", "")
    if code := read_code(typed):
        return redirect(url_for(".verify_code", code=code), 303)
    if re.fullmatch(SHA256, sha256 := re.sub(r"\s", "", typed[:200]).lower()):
        return redirect(url_for(".verify_hash", sha256=sha256), 303)
    return _verify_page(VerifyForm(), typed)


@bp.post("/verify")
@public
@limited(Limit("verify", 120, timedelta(minutes=15), by_address))
@changes_nothing
def verify_file() -> Any:
    """Answered at once and at no address of its own, so that no link can say of somebody's file that it is genuine."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        form = VerifyForm()
        form.refuse(Refused(_("Choose the file first."), 422, "file"))
        return _verify_page(form), 422
    sha256, answer = verification.of_file(inspection.opened(upload.stream))
    return _answer_page(answer, by="file", sha256=sha256)


@bp.get("/verify/file/<sha256>")
@public
def verify_hash(sha256: str) -> str:
    if not re.fullmatch(SHA256, sha256):
        abort(404)
    return _answer_page(verification.of_hash(sha256), by="hash", sha256=sha256)


@bp.get("/verify/certificates")
@public
@cached
def certificates() -> str:
    """Who signs for which conference, and what that proves."""
    return render_template("publishing/certificates.html", conferences=lists.of_public_conferences())


@bp.get("/verify/certificates/<conference>.pem")
@public
def certificates_file() -> BaseResponse:
    """All certificates of a conference, the present one first: those of old files as well."""
    rows = signing.of_conference(shown_conference().id)
    if not rows:
        abort(404)
    content = "".join(f"# {row.sha256}\n{row.pem}" for row in rows).encode()
    return _as_file(content, "application/x-pem-file", f"{g.conference.slug}-certificates.pem")


@bp.get("/verify/lists/<conference>.json")
@public
def hash_list() -> BaseResponse:
    row = found(lists.newest(shown_conference().id))
    return _as_file(files.read(row.file), lists.JSON_TYPE, row.file.name)


@bp.get("/verify/lists/<conference>.json.p7s")
@public
def hash_list_signature() -> BaseResponse:
    row = found(lists.newest(shown_conference().id))
    return _as_file(files.read(row.signature), lists.SIGNATURE_TYPE, row.signature.name)


def _as_file(content: bytes, media_type: str, name: str) -> BaseResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "public, no-cache" if g.conference.is_public else "no-store",
    }
    response = Response(content, mimetype=media_type, headers=headers)
    response.set_etag(hashlib.sha256(content).hexdigest())
    return response.make_conditional(request)


@bp.get("/verify/<code>")
@public
def verify_code(code: str) -> Any:
    spelled = read_code(code)
    if spelled is None:
        return redirect(url_for(".verify", code=code[:40]), 303)
    return _answer_page(verification.of_code(spelled), by="code")


@bp.post("/verify/<code>")
@public
@limited(Limit("verify_name", 20, timedelta(minutes=15), by_address))
@changes_nothing
def verify_name(code: str) -> Any:
    """Compares a name that was typed with the one in the letter, and says yes or no."""
    form, spelled = NameForm(), read_code(code)
    answer = verification.of_code(spelled) if spelled else None
    if answer is None or answer.letter is None:
        abort(404)
    if not form.is_sent():
        return _letter_page(answer, by="code", form=form), 422
    stands = verification.name_stands_in(answer.letter.code, form.name.data)
    return _letter_page(answer, by="code", form=form, stands=stands, compared=True)


def _verify_page(form: VerifyForm, typed: str = "") -> str:
    return render_template("publishing/verify.html", typed=typed, form=form, largest=verification.LARGEST >> 20)


def _answer_page(answer: verification.Answer, by: str, sha256: str = "") -> str:
    if answer.letter is not None:
        return _letter_page(answer, by=by, sha256=sha256, form=NameForm() if by == "code" else None)
    name = "programme" if answer.programme is not None else "document"
    template = {"programme": "publishing/verified_programme.html", "document": "publishing/verified.html"}[name]
    return render_template(template, answer=answer, sha256=sha256, by=by)


def _letter_page(answer: verification.Answer, **about: Any) -> str:
    assert answer.letter is not None
    values: dict[str, Any] = {"form": None, "stands": None, "compared": False, "sha256": ""} | about
    kind = answer.letter.kind
    return render_template(
        "publishing/verified_letter.html",
        answer=answer,
        kind=_(LETTER_KIND_NAMES[kind]),
        kind_has_name=kind in TO_PERSONS,
        **values,
    )


def shown_conference() -> Any:
    """The conference in the path. Who asks is looked at only when it is a draft."""
    if not g.conference.is_public and not WORK_AT_DESK.allows(g.actor, g.conference):
        abort(404)
    valid_until(next_change(g.conference, clock.now()))
    return g.conference


def _midnight(conference: Any) -> datetime:
    """When the conference's next day begins: the programme opens on the present day."""
    return clock.start_of(clock.today(conference.zone) + timedelta(days=1), conference.zone)
