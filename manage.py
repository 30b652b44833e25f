#!/usr/bin/env python3
"""Sets confapp up and runs it, with nothing but Python and pip: `python3 manage.py demo`."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
# Where pip is, also when this runs inside .venv.
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
FONT_DECODER = ROOT / "confapp" / "foundation" / "pdf" / "fonts.py"

PUBLISHING_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
HEADLESS = "chromium-headless-shell"  # the same engine without windows: a third of the work for each page
TEST_PROGRAMS = {"pdfsig": "poppler-utils", "softhsm2-util": "softhsm2", "openssl": "openssl"}
APT = ("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends")


class Stop(Exception):
    """What is missing and what to do about it, in one sentence."""


# What the machine must have ------------------------------------------------------------------------------------------


def missing_packages(*, for_tests: bool) -> list[str]:
    """Debian's names of the system packages that are not there."""
    libraries = PUBLISHING_LIBRARIES | (TEST_LIBRARIES if for_tests else {})
    missing = [package for library, package in libraries.items() if not _loads(library)]
    if for_tests and not chromium():
        missing.append("chromium")
    if for_tests and not postgres_programs():
        missing.append("postgresql")
    if for_tests:
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, (HEADLESS, "chromium", "chromium-browser", "google-chrome"))), None)


def postgres_programs() -> Path | None:
    """The directory of initdb and postgres, which Debian keeps out of the PATH."""
    debian = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    newest = max(debian, key=lambda path: float(Path(path).parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def install_packages(*, for_tests: bool) -> None:
    """As root by apt. Otherwise say which line to run: the site works without publications, the tests do not."""
    missing = missing_packages(for_tests=for_tests)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        if missing:
            _apt("update")
        if wanted := _with_headless(missing) if for_tests else missing:
            say(f"Installing {', '.join(wanted)} (apt)")
            _apt("install", *wanted)
            missing = missing_packages(for_tests=for_tests)
    if not missing:
        return
    advice = how_to_install(missing)
    if for_tests:
        raise Stop(f"The tests need {', '.join(missing)}: {advice}.")
    say(f"PDF publications wait because {', '.join(missing)} is missing: {advice}. Everything else runs.")


def _with_headless(missing: list[str]) -> list[str]:
    """Where the system has the browser without windows, that one instead of the whole or beside it."""
    if shutil.which(HEADLESS) or not _succeeds(["apt-cache", "show", "-q", HEADLESS]):
        return missing
    return [*(package for package in missing if package != "chromium"), HEADLESS]


def how_to_install(packages: Sequence[str]) -> str:
    if not shutil.which("apt-get"):
        return "install what they contain (Pango, HarfBuzz and the like) with the package manager of this system"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"run  {sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def _apt(*command: str) -> None:
    ran = subprocess.run(
        [*APT, *command], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, capture_output=True, text=True
    )
    if ran.returncode:
        say(f"apt-get {command[0]} did not succeed: {last_line(ran.stderr)}")


# Python packages -----------------------------------------------------------------------------------------------------


def install_python(lock: str) -> None:
    """Bring .venv in line with a lock file; a stamp tells when there is nothing to do."""
    if not _venv_runs():
        make_venv()
    if stamped(lock):
        return
    say(f"Installing the Python packages of {lock}")
    _install_uv()
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock]
    if not _succeeds(uv):
        _pip_install(lock)
    stamp(lock)
    if lock == "requirements-dev.txt":
        stamp("requirements.txt")


def make_venv() -> None:
    """Without pip inside, because Debian keeps ensurepip in a package of its own."""
    shutil.rmtree(VENV, ignore_errors=True)
    ran = subprocess.run([BASE_PYTHON, "-m", "venv", "--without-pip", str(VENV)], capture_output=True, text=True)
    if ran.returncode:
        raise Stop(f"The virtual environment .venv could not be made: {last_line(ran.stderr + ran.stdout)}")


def _venv_runs() -> bool:
    """False also when the system has moved on to a Python that does not look into the old directory."""
    test = "import os, sys, sysconfig; sys.exit(not os.path.isdir(sysconfig.get_path('purelib')))"
    return _succeeds([PYTHON, "-c", test])


def _install_uv() -> None:
    if stamped("requirements-boot.txt"):
        return
    if not _succeeds([BASE_PYTHON, "-m", "pip", "--version"]):
        raise Stop(f"pip is missing for {BASE_PYTHON}: {how_to_install(['python3-pip'])}.")
    with contextlib.suppress(Stop):  # no uv for this machine: pip does the same, slower
        _pip_install("requirements-boot.txt")
        stamp("requirements-boot.txt")


def _pip_install(lock: str) -> None:
    pip = [BASE_PYTHON, "-m", "pip", "--python", PYTHON, "install", "-q", "--retries", "2"]
    ran = subprocess.run([*pip, "--require-hashes", "-r", lock], cwd=ROOT, capture_output=True, text=True)
    if ran.returncode:
        reason = last_line(ran.stderr)
        raise Stop(f"The packages of {lock} could not be installed; is the network there? pip says: {reason}")


def stamped(name: str) -> bool:
    with contextlib.suppress(OSError):
        return _stamp_file(name).read_text() == _digest(ROOT / name)
    return False


def stamp(name: str) -> None:
    file = _stamp_file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_digest(ROOT / name))


def _stamp_file(name: str) -> Path:
    """Beside what it vouches for, so that deleting the one deletes the other."""
    return (ROOT / "static" / "node_modules" if "/" in name else VENV) / ".stamps" / Path(name).name


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


# Fonts and browser parts ---------------------------------------------------------------------------------------------


def install_browser_parts(*, for_tests: bool) -> None:
    """Fonts of the publications, from the npm lock file; they too are only missed by publications and tests."""
    try:
        _npm_install()
        _decode_fonts()
    except Stop as stop:
        if for_tests:
            raise
        say(f"{stop} PDF publications wait until then; everything else runs.")


def _npm_install() -> None:
    if stamped("static/package-lock.json"):
        return
    say("Installing the fonts and browser parts of static/package-lock.json")
    npm = shutil.which("npm") or _npm_from_python_packages()
    path = f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ran = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT / "static",
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        reason = last_line(ran.stderr)
        raise Stop(f"The fonts of static/package-lock.json could not be fetched; is the network there? npm: {reason}")
    stamp("static/package-lock.json")


def _npm_from_python_packages() -> str:
    npm = VENV / "bin" / "npm"
    if not stamped("requirements-node.txt"):
        try:
            install_python("requirements-node.txt")
        except Stop as stop:
            raise Stop("npm is missing and could not be fetched; install Node.js or connect the network.") from stop
    return str(npm)


def _decode_fonts() -> None:
    name = "static/fonts.stamp"
    wanted = _digest(ROOT / "static" / "package-lock.json") + _digest(FONT_DECODER)
    file = _stamp_file(name)
    if file.exists() and file.read_text() == wanted:
        return
    decode = [PYTHON, "-m", "confapp.foundation.pdf.fonts"]
    ran = subprocess.run(decode, cwd=ROOT, env=environment(), capture_output=True, text=True)
    if ran.returncode:
        raise Stop(f"The fonts could not be decoded: {last_line(ran.stderr)}")
    file.write_text(wanted)


# Set-up as a whole ---------------------------------------------------------------------------------------------------


def set_up(*, for_tests: bool = False) -> None:
    with only_one_at_a_time():
        install_packages(for_tests=for_tests)
        install_python("requirements-dev.txt" if for_tests else "requirements.txt")
        install_browser_parts(for_tests=for_tests)


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two commands started together must not install into each other."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["no reason was given"])[-1]


def _succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    except OSError:
        return False


def environment() -> dict[str, str]:
    env = dict(os.environ)
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):
        # It is not to stand among the sources; without any, each process takes four times as long to start.
        env["PYTHONPYCACHEPREFIX"] = str(VENV / "bytecode")
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    env["PYTHONPATH"] = str(ROOT)
    env.setdefault("CONFAPP_DATA", str(ROOT / "var"))
    return env


def become_python(*arguments: str) -> None:
    """Hand the process over, so that signals reach the program itself."""
    sys.stdout.flush()
    os.execve(PYTHON, [PYTHON, *arguments], environment())


# The tests -----------------------------------------------------------------------------------------------------------

CHECKS = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy", "--no-error-summary"),
    "import rules": ("lint-imports", "--no-cache"),
    "templates": ("djlint", "--lint", "--quiet", "templates"),
}


def test(arguments: list[str]) -> int:
    """Everything functional. What follows the command goes to pytest; --sqlite-only leaves the second database out."""
    begun = time.monotonic()
    set_up(for_tests=True)
    report = Report()
    report.add("set-up", time.monotonic() - begun, 0)
    sqlite_only = "--sqlite-only" in arguments
    chosen = [argument for argument in arguments if argument != "--sqlite-only"]
    with checking({} if chosen else CHECKS) as checks:
        report.run("SQLite", _run_pytest, *chosen)
        for check in checks:
            report.add(*check.outcome())
    if not sqlite_only:
        report.run("PostgreSQL", _run_pytest_on_postgres, *chosen)
    return report.print()


class Check:
    """A program that reads the sources, beside the tests: they leave it what they do not need of the machine."""

    def __init__(self, name: str, module: str, *options: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            _checker(module, *options),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: os.nice(10),
        )

    def outcome(self) -> tuple[str, float, int]:
        """Its name, the seconds that one had to wait for it, and its code."""
        begun = time.monotonic()
        said, _ = self.process.communicate()
        if self.process.returncode:
            say(f"\n=== {self.name}\n{said.strip()}")
        return self.name, time.monotonic() - begun, self.process.returncode


@contextlib.contextmanager
def checking(checks: dict[str, tuple[str, ...]]) -> Iterator[list[Check]]:
    running = [Check(name, *command) for name, command in checks.items()]
    try:
        yield running
    finally:
        for check in running:
            if check.process.poll() is None:
                check.process.terminate()


class Report:
    """Seconds and outcome of each step, printed last so that nobody has to scroll."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, int, str]] = []

    def add(self, name: str, seconds: float, code: int, summary: str = "") -> None:
        self.rows.append((name, seconds, code, summary))

    def run(self, name: str, step: Callable[..., tuple[int, str]], *arguments: str) -> None:
        say(f"\n=== {name}")
        begun = time.monotonic()
        code, summary = step(*arguments)
        self.add(name, time.monotonic() - begun, code, summary)

    def print(self) -> int:
        say("\n=== Summary")
        for name, seconds, code, summary in self.rows:
            say(f"{name:<14} {seconds:7.1f} s  {'FAILED' if code else 'ok':<6}  {summary}")
        failed = [name for name, _, code, _ in self.rows if code]
        say(
            f"{'all':<14} {sum(row[1] for row in self.rows):7.1f} s  "
            + (f"FAILED: {', '.join(failed)}" if failed else "ok")
        )
        return 1 if failed else 0


def _checker(module: str, *options: str) -> list[str]:
    program = VENV / "bin" / module
    return [str(program), *options] if program.exists() else [PYTHON, "-m", module, *options]


def _run_pytest(*arguments: str, **env: str) -> tuple[int, str]:
    """The output is passed on as it comes; the last line is kept for the summary."""
    parallel = () if "-n" in arguments else ("-n", str(os.cpu_count() or 1), "--dist", "worksteal")
    process = subprocess.Popen(
        [PYTHON, "-m", "pytest", *parallel, *arguments],
        cwd=ROOT,
        env=environment() | {"CONFAPP_CHROMIUM": chromium() or ""} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    assert process.stdout
    try:
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
        return process.wait(), last
    finally:
        process.terminate()


# What the tests kill are programs, never the machine.
FOR_TESTS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def _run_pytest_on_postgres(*arguments: str) -> tuple[int, str]:
    with postgres(*FOR_TESTS) as url:
        return _run_pytest("-m", "not browser and not once", *arguments, CONFAPP_TEST_POSTGRES=url)


@contextlib.contextmanager
def postgres(*options: str) -> Iterator[str]:
    """A PostgreSQL of its own in a temporary directory, reached by a socket that only its user may open."""
    programs = postgres_programs()
    assert programs
    directory = Path(tempfile.mkdtemp(prefix="confapp-pg-"))
    user = _unprivileged_user()
    if user:
        os.chown(directory, *user)
    server = None
    try:
        owner = ("--username=confapp", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        _run_as(user, programs / "initdb", "--pgdata", str(directory / "data"), *owner)
        server = subprocess.Popen(
            [programs / "postgres", "-D", directory / "data", "-k", directory, "-c", "listen_addresses=", *options],
            preexec_fn=lambda: _become(user),
            stdout=subprocess.DEVNULL,
            stderr=(directory / "log").open("w"),
        )
        _wait_for_postgres(programs, directory, server)
        yield f"postgresql+psycopg://confapp@/postgres?host={directory}"
    finally:
        if server:
            _end(server)
        shutil.rmtree(directory, ignore_errors=True)


def _unprivileged_user() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root."""
    import pwd

    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_uid, user.pw_gid
    raise Stop(
        "PostgreSQL must not run as root and there is no user postgres or nobody; run the tests as another user."
    )


def _become(user: tuple[int, int] | None) -> None:
    if user:
        os.setgroups([])
        os.setgid(user[1])
        os.setuid(user[0])
    with contextlib.suppress(OSError, AttributeError):  # on Linux: end with us even when we are killed
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _run_as(user: tuple[int, int] | None, *command: str | Path) -> None:
    ran = subprocess.run(command, preexec_fn=lambda: _become(user), cwd="/", capture_output=True, text=True)
    if ran.returncode:
        raise Stop(f"{Path(command[0]).name} did not succeed: {last_line(ran.stderr)}")


def _wait_for_postgres(programs: Path, directory: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        if _succeeds([str(programs / "pg_isready"), "-q", "-h", str(directory), "-U", "confapp"]):
            return
        time.sleep(0.1)
    raise Stop(f"PostgreSQL did not start: {last_line((directory / 'log').read_text())}")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast shutdown"
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


# Commands ------------------------------------------------------------------------------------------------------------


def to_program(*module: str, lock: str = "requirements.txt") -> Callable[[list[str]], int]:
    def command(arguments: list[str]) -> int:
        set_up()
        if lock != "requirements.txt":
            install_python(lock)
        become_python(*module, *arguments)
        return 0

    return command


def to_cli(name: str) -> Callable[[list[str]], int]:
    return to_program("-m", "confapp.cli", name)


def bench(arguments: list[str]) -> int:
    set_up(for_tests=True)
    with postgres() as url:
        os.environ["CONFAPP_TEST_POSTGRES"] = url
        return subprocess.run([PYTHON, "-m", "bench", *arguments], cwd=ROOT, env=environment()).returncode


def setup(_: list[str]) -> int:
    set_up()
    return 0


def scan(_: list[str]) -> int:
    """Known weaknesses of the code and of the locked packages; asks the network."""
    set_up()
    install_python("requirements-scan.txt")
    known = _checker("bandit", "-q", "-ll", "-r", "confapp", "manage.py")
    audit = _checker("pip-audit", "--require-hashes", "--disable-pip", "-r", "requirements.txt")
    return max([subprocess.run(command, cwd=ROOT, env=environment()).returncode for command in (known, audit)])


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "demo": ("[--port N] [--data DIR] [--fresh]   the demonstration on http://127.0.0.1:8000", to_cli("demo")),
    "test": ("[pytest options] [--sqlite-only]    every check and test, on SQLite and PostgreSQL", test),
    "setup": ("install what the other commands need, and stop", setup),
    "serve": ("[--bind HOST:PORT] [--i-have-no-proxy]   the site", to_cli("serve")),
    "worker": ("deliver mail and run jobs", to_cli("worker")),
    "backup": ("FILE [--key FILE]   one archive of database, files and settings, without the keys", to_cli("backup")),
    "restore": ("FILE [--key FILE]   into an empty data directory", to_cli("restore")),
    "bench": ("[--faults | --only lists|registrations]   measurements, written to docs/benchmarks.md", bench),
    "scan": ("known weaknesses of code and packages", scan),
    "flask": ("…   Flask's own command line", to_program("-m", "flask", "--app", "wsgi")),
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        raise Stop(
            f"confapp needs Python 3.11 or newer; this is {sys.version.split()[0]}: start it with a newer python3."
        )
    name, rest = (arguments or [""])[0], arguments[1:]
    if name not in COMMANDS:
        say("python3 manage.py COMMAND\n")
        for command, (text, _) in COMMANDS.items():
            say(f"  {command:<8} {text}")
        return 0 if name in ("", "-h", "--help", "help") else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    return COMMANDS[name][1](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(130)
