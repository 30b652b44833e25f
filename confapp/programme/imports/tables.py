"""A programme as a table: CSV or XLSX with one session in a row; the columns are known by their heads."""

from confapp.foundation.text import fold
from confapp.programme.imports.frab import language_in
from confapp.programme.imports.hours import Day, date_in, when
from confapp.programme.rules import exchange as odd
from confapp.programme.rules.exchange import USUAL_MINUTES, Exchange, Talk, Who, clock_in, minutes_in, with_own_guids
from confapp.registration.imports import reading

HEADS: dict[str, tuple[str, ...]] = {
    "guid": ("guid", "uid", "uuid"),
    "code": ("code", "id", "number", "kode", "nomor"),
    "title": ("title", "session", "session title", "judul", "sesi", "judul sesi", "العنوان"),
    "subtitle": ("subtitle", "note", "note for readers", "anak judul", "catatan", "catatan untuk pembaca"),
    "description": ("description", "abstract", "deskripsi", "abstrak", "keterangan"),
    "kind": ("kind", "type", "jenis", "tipe"),
    "theme": ("theme", "track", "tema", "jalur"),
    "language": ("language", "languages", "bahasa"),
    "day": ("day", "date", "hari", "tanggal"),
    "start": ("start", "begins", "from", "time", "mulai", "waktu", "pukul", "when", "waktu mulai"),
    "end": ("end", "ends", "until", "to", "selesai", "sampai"),
    "minutes": ("minutes", "duration", "length", "durasi", "menit", "lama"),
    "room": ("room", "venue", "location", "ruang", "ruangan", "tempat", "lokasi"),
    "further": ("further rooms", "ruang lain"),  # what they are stays as it is here
    "people": ("people", "speakers", "speaker", "persons", "pembicara", "narasumber", "who takes part"),
    "status": ("status", "state"),
}


def read(content: bytes, zone: str) -> Exchange:
    """ValueError when no column holds titles; registration's BadTable when it is no table."""
    rows = reading.table(content)
    columns = _columns(rows[0])
    if "title" not in columns.values():
        raise ValueError("title")
    found = Exchange(zone=zone)
    for number, head in enumerate(rows[0]):
        if head and number not in columns:
            found.odd("1", odd.UNKNOWN, value=head[:60], number=sum(bool(row[number : number + 1]) for row in rows[1:]))
    talks = []
    for line, row in enumerate(rows[1:], 2):
        if any(row):
            cells = {name: row[number] for number, name in columns.items() if number < len(row)}
            talks.append(_talk(cells, found, str(line), zone))
    found.talks = with_own_guids(found, [talk for talk in talks if talk.title])
    return found


def _columns(heads: list[str]) -> dict[int, str]:
    known = {fold(one): name for name, its_heads in HEADS.items() for one in its_heads}
    columns: dict[int, str] = {}
    for number, head in enumerate(heads):
        name = known.get(fold(head))
        if name and name not in columns.values():
            columns[number] = name
    return columns


def _talk(cells: dict[str, str], found: Exchange, where: str, zone: str) -> Talk:
    title, code = cells.get("title", ""), cells.get("code", "")
    if not title:
        found.odd(where, odd.NO_TITLE)
    dated, hour = cells.get("day", ""), cells.get("start", "")
    if not dated and date_in(hour):  # day and hour in one cell
        dated, _space, hour = hour.replace("T", " ").partition(" ")
    starts = when(found, where, Day(dated, zone=zone), dated, hour, zone) if dated or hour else None
    room, theme = cells.get("room", ""), cells.get("theme", "")
    if room:
        found.rooms.setdefault(room, "")
    if theme and theme not in found.themes:
        found.themes.append(theme)
    return Talk(
        guid=cells.get("guid", "") or (f"code:{code}" if code else ""),
        code=code,
        title=title,
        subtitle=cells.get("subtitle", ""),
        kind=cells.get("kind", ""),
        theme=theme,
        language=language_in(cells.get("language", "").split(",")[0], found, where),
        description=cells.get("description", ""),
        starts=starts,
        minutes=_minutes(cells, hour, found, where),
        room=room,
        people=tuple(Who(name) for name in _names(cells.get("people", ""))),
        cancelled=fold(cells.get("status", "")) in ("cancelled", "canceled", "batal", "dibatalkan"),
        where=where,
    )


def _minutes(cells: dict[str, str], hour: str, found: Exchange, where: str) -> int:
    begins, ends = clock_in(hour), clock_in(cells.get("end", ""))
    if not cells.get("minutes") and begins is not None and ends is not None:
        return int((ends - begins).total_seconds() // 60) % (24 * 60) or USUAL_MINUTES
    said = cells.get("minutes", "")
    minutes = minutes_in(said)
    if minutes is None:
        found.odd(where, odd.NO_LENGTH, value=said[:40], minutes=USUAL_MINUTES)
    return minutes or USUAL_MINUTES


def _names(cell: str) -> list[str]:
    return [" ".join(name.split()) for name in cell.replace("\n", ";").split(";") if name.strip()]
