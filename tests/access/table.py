"""Which role is given which permit. Typed by hand, so that the program's own predicates are checked against it."""

from confapp.people.rules import PARTICIPANTS, STAFF, Role

ADMINISTRATOR, ORGANIZER = Role.ADMINISTRATOR, Role.ORGANIZER
EVERYBODY = {ADMINISTRATOR, *STAFF, *PARTICIPANTS}

PERMITS: dict[str, set[Role]] = {
    "signed_in": EVERYBODY,
    "administer": {ADMINISTRATOR},
    "work_at_desk": {ADMINISTRATOR, *STAFF},
    "manage_conference": {ADMINISTRATOR, ORGANIZER},
    "manage_staff": {ADMINISTRATOR, ORGANIZER},
    "read_audit": {ADMINISTRATOR, ORGANIZER},
    "see_people": {
        ADMINISTRATOR,
        ORGANIZER,
        Role.ACCREDITATION_OFFICER,
        Role.PROTOCOL_OFFICER,
        Role.SECURITY_OFFICER,
        Role.PRESS_DESK,
        Role.VIEWER,
    },
    "invite": {ADMINISTRATOR, ORGANIZER, Role.PROTOCOL_OFFICER},
    "accredit": {ADMINISTRATOR, ORGANIZER, Role.ACCREDITATION_OFFICER},
    "review_registrations": {
        ADMINISTRATOR,
        ORGANIZER,
        Role.ACCREDITATION_OFFICER,
        Role.PROTOCOL_OFFICER,
        Role.SECURITY_OFFICER,
        Role.PRESS_DESK,
    },
    "substitute_late": {Role.PROTOCOL_OFFICER},
    "clear_protocol": {Role.PROTOCOL_OFFICER},
    "clear_security": {Role.SECURITY_OFFICER},
    "clear_press": {Role.PRESS_DESK},
    "clear_accreditation": {Role.ACCREDITATION_OFFICER},
    "clear_steps": {
        Role.PROTOCOL_OFFICER,
        Role.SECURITY_OFFICER,
        Role.PRESS_DESK,
        Role.ACCREDITATION_OFFICER,
    },
    "issue_letters": {ADMINISTRATOR, ORGANIZER, Role.PROTOCOL_OFFICER, Role.ACCREDITATION_OFFICER},
    "export_people": {ADMINISTRATOR, ORGANIZER, Role.ACCREDITATION_OFFICER, Role.PROTOCOL_OFFICER},
    "note_attendance": {ADMINISTRATOR, ORGANIZER, Role.PROTOCOL_OFFICER, Role.GATE_STAFF},
    "manage_categories": {ADMINISTRATOR, ORGANIZER},
    "manage_questions": {ADMINISTRATOR, ORGANIZER},
    "manage_places": {ADMINISTRATOR, ORGANIZER, Role.ACCREDITATION_OFFICER},
    "see_sign_ups": {ADMINISTRATOR, ORGANIZER, Role.PROGRAMME_OFFICER, Role.PROTOCOL_OFFICER},
    "open_passports": {Role.ACCREDITATION_OFFICER},
    "open_access_needs": {Role.PROTOCOL_OFFICER},
    "count_diets": {ADMINISTRATOR, ORGANIZER, Role.PROTOCOL_OFFICER},
    "erase": {ADMINISTRATOR, ORGANIZER, Role.ACCREDITATION_OFFICER},
    "purge": {ADMINISTRATOR, ORGANIZER},
    "word_consents": {ADMINISTRATOR, ORGANIZER},
    "manage_speakers": {ADMINISTRATOR, ORGANIZER, Role.PROGRAMME_OFFICER},
    "read_programme": {
        ADMINISTRATOR,
        ORGANIZER,
        Role.PROGRAMME_OFFICER,
        Role.SECRETARIAT_EDITOR,
        Role.PROTOCOL_OFFICER,
        Role.PRESS_DESK,
        Role.VIEWER,
    },
    "schedule": {ADMINISTRATOR, ORGANIZER, Role.PROGRAMME_OFFICER},
    "release": {ADMINISTRATOR, ORGANIZER, Role.PROGRAMME_OFFICER},
    "read_drafts": {
        ADMINISTRATOR,
        ORGANIZER,
        Role.PROGRAMME_OFFICER,
        Role.SECRETARIAT_EDITOR,
        Role.PROTOCOL_OFFICER,
        Role.VIEWER,
    },
    "edit_documents": {ADMINISTRATOR, ORGANIZER, Role.SECRETARIAT_EDITOR},
    "publish_documents": {ADMINISTRATOR, ORGANIZER, Role.SECRETARIAT_EDITOR},
}

# Views that check each record themselves: who reaches the records of tests/access/world.py through them.
OFFICE = {ADMINISTRATOR, ORGANIZER, Role.ACCREDITATION_OFFICER}
INSIDE: dict[str, set[Role]] = {
    "registration_me.index": {Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.delegation": {*OFFICE, Role.FOCAL_POINT},
    "registration_me.new_member": {*OFFICE, Role.FOCAL_POINT},
    "registration_me.delegation_papers": {*OFFICE, Role.FOCAL_POINT},
    "registration_me.delegation_paper": {*OFFICE, Role.FOCAL_POINT},
    "registration_me.registration_papers": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.registration_paper": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.registration": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.correct": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.letters": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.letter_file": {*OFFICE, Role.PROTOCOL_OFFICER, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.hand_over": {Role.FOCAL_POINT},
    "programme_me.sign_ups": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.own_data": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.own_data_archive": {Role.DELEGATE},
    "registration_me.answers": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.questionnaire": {*OFFICE, Role.FOCAL_POINT, Role.DELEGATE},
    "registration_me.answer_file": set(),  # the answer of tests/access/world.py is no file
    "registration_desk.answer_file": set(),
    "registration_desk.open_answer": {Role.SECURITY_OFFICER},
}

# Pages that lead on when there is only one place to go to.
LEAD_ON = {
    "registration_desk.letters_selection",
    "reports.desk",
    "registration_me.index",
    "registration_me.answers",
    "registration_desk.selection",
}
