from datetime import timedelta

from confapp.foundation import files, jobs
from confapp.foundation.transactions import reading


@jobs.task("conferences.forget_files")
def forget_files() -> None:
    """After an archiving, and daily, for a restore may have brought bytes back."""
    with reading():
        files.forget()


jobs.every(timedelta(days=1), "conferences.forget_files")
