"""What Flask costs by itself: an empty page, and a table of 200 rows from SQLite by ORM and template (1 xT)."""

import os
from pathlib import Path

from flask import Flask, render_template
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = Flask(__name__)
engine = create_engine(f"sqlite:///{Path(os.environ['CONFAPP_DATA']) / 'reference.sqlite3'}")


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "row"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    room: Mapped[str] = mapped_column(String(60))
    day: Mapped[str] = mapped_column(String(20))
    begins: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    speaker: Mapped[str] = mapped_column(String(120))


TABLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Programme</title></head><body>
<h1>Programme</h1><table><thead><tr><th>Day</th><th>Begins</th><th>Ends</th><th>Title</th><th>Room</th><th>Speaker</th></tr>
</thead><tbody>{% for row in rows %}
<tr id="row-{{ row.id }}"><td>{{ row.day }}</td><td>{{ row.begins }}</td><td>{{ row.ends }}</td>
<td><a href="/sessions/{{ row.id }}">{{ row.title }}</a></td><td>{{ row.room }}</td><td>{{ row.speaker }}</td></tr>{% endfor %}
</tbody></table></body></html>"""
PAGE = app.jinja_env.from_string(TABLE)  # compiled once, as a template file would be


def fill() -> None:
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        if session.get(Row, 1) is None:
            session.add_all(
                Row(
                    title=f"Session {n} on trust in public communication across borders",
                    room=f"Room {n % 10 + 1}",
                    day=f"2027-03-{n % 3 + 9:02d}",
                    begins=f"{9 + n % 8:02d}:00",
                    ends=f"{10 + n % 8:02d}:00",
                    speaker=f"Speaker{n} Contoh",
                )
                for n in range(1, 201)
            )
            session.commit()


@app.get("/hello")
def hello() -> str:
    return "hello"


@app.get("/table")
def table() -> str:
    with Session(engine) as session:
        return render_template(PAGE, rows=session.scalars(select(Row).order_by(Row.id)).all())
