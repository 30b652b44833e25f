"""Verification codes: printed on what is published or issued, typed or scanned by whoever checks it. Pure."""

import re
import secrets

# Crockford's alphabet: no I, L, O, U, so that a code read from paper has one spelling.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_GROUPS, CODE_GROUP = 3, 4
CODE_MARK = "confapp-verify:"
DRAFT_MARK = "confapp-draft"  # stands in every preview of what nobody has published
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A verification code such as 7K2M-X9QD-4TBW: 60 random bits."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _unused in range(CODE_GROUPS * CODE_GROUP))
    return _grouped(letters)


def read_code(typed: str) -> str | None:
    """A code as it was typed or scanned, in its one spelling; None when it cannot be one."""
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", typed.upper()).translate(LOOKALIKES)
    if len(letters) != CODE_GROUPS * CODE_GROUP or set(letters) - set(CODE_ALPHABET):
        return None
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, len(letters), CODE_GROUP))
