"""Makes the conference that the kill test registers people for; prints who may sign in, as JSON."""

import json
import sys
from collections.abc import Sequence

from confapp import create_app
from confapp.foundation import migrating
from confapp.foundation.db import db, in_conference
from confapp.foundation.places import quota_for
from confapp.foundation.transactions import writing
from confapp.people.actions.sign_in import sign_in_link
from confapp.people.models import Account
from confapp.people.rules import Role
from confapp.registration.models import Delegation
from tests import build
from tests.faults.harness import CLIENTS

PLACES = (6, None)  # one delegation fills up, the other has no limit


def main(clients: int = CLIENTS, places_left: Sequence[int | None] = PLACES) -> None:
    app = create_app()
    migrating.upgrade(app)
    with app.app_context():
        conference = build.conference("kill-2027")
        build.category(conference, code="delegate")
        delegations = [build.delegation(conference) for _ in places_left]
        with in_conference(conference.id), writing():
            for delegation, places in zip(delegations, places_left, strict=True):
                quota_for(db.session.get_one(Delegation, delegation.id), places)
        found = []
        for number in range(clients):
            delegation = delegations[number % len(places_left)]
            holder = build.account(name=f"Focal point {number}")
            build.mandate(holder, Role.FOCAL_POINT, conference, delegation_id=delegation.id)
            with writing():
                link = sign_in_link(db.session.get_one(Account, holder.id))
            found.append({"link": link, "path": f"/me/{conference.slug}/delegations/{delegation.ref}"})
    print(json.dumps({"focal_points": found}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        clients = int(sys.argv[1])  # each with a delegation of its own, unless they are to fight for one's places
        main(clients, [int(sys.argv[2])] if len(sys.argv) > 2 else [None] * clients)
    else:
        main()
