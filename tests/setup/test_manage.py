"""The set-up says in one sentence what is missing and how to get it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import manage

pytestmark = pytest.mark.once

ROOT = Path(manage.__file__).parent


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what set-up reads, on a machine whose PATH is empty."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "static").mkdir()
    for name in ("pyproject.toml", "static/package.json", "static/package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    for lock in ROOT.glob("requirements*.txt"):
        shutil.copy(lock, tmp_path)
    monkeypatch.setattr(manage, "ROOT", tmp_path)
    monkeypatch.setattr(manage, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(manage, "PYTHON", str(tmp_path / ".venv/bin/python"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "_loads", lambda library: "pango" not in library)


def program(machine: Path, name: str, script: str) -> None:
    file = machine / "bin" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def unreachable(*_: object) -> None:
    raise manage.Stop("The packages could not be installed; is the network there?")


def test_without_pango_a_user_is_told_the_one_line_and_the_site_goes_on(
    machine: Path, without_pango: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(machine, "apt-get", "exit 99")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    manage.install_packages(for_tests=False)
    line = "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
    assert capsys.readouterr().out == (
        "PDF publications wait because libpango-1.0-0, libpangoft2-1.0-0 is missing: "
        f"run  {line}. Everything else runs.\n"
    )


def test_without_pango_and_apt_another_way_is_named(
    machine: Path, without_pango: None, capsys: pytest.CaptureFixture[str]
) -> None:
    manage.install_packages(for_tests=False)
    assert "with the package manager of this system" in capsys.readouterr().out


def test_the_tests_do_not_start_without_what_they_need(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine, "apt-get", "exit 99")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(manage, "postgres_programs", lambda: None)
    with pytest.raises(
        manage.Stop, match=r"chromium, postgresql, .*: run  sudo apt-get install .* chromium postgresql"
    ):
        manage.install_packages(for_tests=True)


def test_root_installs_by_apt(
    machine: Path, without_pango: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(machine, "apt-get", f'echo "$@" >> {machine}/asked; echo "E: no route to the archive" >&2; exit 100')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    manage.install_packages(for_tests=False)
    asked = (machine / "asked").read_text().splitlines()
    assert asked[0].endswith("update")
    assert asked[1].endswith("--no-install-recommends install libpango-1.0-0 libpangoft2-1.0-0")
    said = capsys.readouterr().out
    assert "no route to the archive" in said
    assert "run  apt-get install -y" in said


@pytest.mark.parametrize("offered", [True, False])
def test_the_browser_without_windows_is_taken_where_there_is_one(
    machine: Path, monkeypatch: pytest.MonkeyPatch, offered: bool
) -> None:
    program(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    program(machine, "apt-cache", f"exit {int(not offered)}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(manage, "postgres_programs", lambda: None)
    with pytest.raises(manage.Stop, match="The tests need chromium, postgresql"):
        manage.install_packages(for_tests=True)
    installed = (machine / "asked").read_text().split()
    assert {"chromium", manage.HEADLESS}.intersection(installed) == {manage.HEADLESS if offered else "chromium"}
    program(machine, "chromium", "")
    assert manage.chromium().endswith("/chromium")
    program(machine, manage.HEADLESS, "")
    assert manage.chromium().endswith(manage.HEADLESS)


def test_without_network_the_packages_are_asked_for_in_one_sentence(machine: Path) -> None:
    nowhere = os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PATH": ""}
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        nowhere.pop(name, None)
    nowhere |= {"UV_DEFAULT_INDEX": "http://127.0.0.1:9/", "UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0"}
    nowhere |= {"PYTHONPATH": str(ROOT)}
    code = f"""
import manage, pathlib, sys
manage.ROOT = pathlib.Path({str(machine)!r}); manage.VENV = manage.ROOT / ".venv"
manage.PYTHON = str(manage.VENV / "bin/python")
try:
    manage.install_python("requirements-boot.txt")
except manage.Stop as stop:
    sys.exit(str(stop))
"""
    base = manage.BASE_PYTHON
    ran = subprocess.run([base, "-c", code], env=nowhere, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 1
    assert "could not be installed; is the network there?" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not manage.stamped("requirements-boot.txt")


def test_without_npm_and_network_the_site_goes_on(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manage, "install_python", unreachable)
    manage.install_browser_parts(for_tests=False)
    said = capsys.readouterr().out
    assert "npm is missing and could not be fetched; install Node.js or connect the network." in said
    assert "PDF publications wait until then" in said


def test_without_npm_the_tests_stop(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "install_python", unreachable)
    with pytest.raises(manage.Stop, match="npm is missing"):
        manage.install_browser_parts(for_tests=True)


def test_npm_without_network(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(machine, "npm", 'echo "npm error network request failed" >&2; exit 1')
    manage.install_browser_parts(for_tests=False)
    assert "is the network there? npm: npm error network request failed" in capsys.readouterr().out


def test_scripts_of_browser_parts_never_run(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine, "npm", f'echo "$@" > {machine}/asked')
    monkeypatch.setattr(manage, "_decode_fonts", lambda: None)
    manage.install_browser_parts(for_tests=False)
    assert (machine / "asked").read_text().startswith("ci --ignore-scripts")


def test_what_is_stamped_is_not_installed_again(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "_venv_runs", lambda: True)
    monkeypatch.setattr(manage, "_pip_install", unreachable)
    manage.stamp("requirements.txt")
    manage.install_python("requirements.txt")
    (machine / "requirements.txt").write_text("changed==1")
    with pytest.raises(manage.Stop):
        manage.install_python("requirements.txt")


def test_a_virtual_environment_of_another_python_is_made_again(machine: Path) -> None:
    manage.make_venv()
    assert manage._venv_runs()
    packages = machine / ".venv/lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages.rename(packages.with_name("python3.0"))
    assert not manage._venv_runs()


@pytest.fixture
def checkers(machine: Path) -> None:
    """The checkers of the virtual environment are programs of this machine."""
    (machine / ".venv").mkdir()
    (machine / ".venv" / "bin").symlink_to(machine / "bin")


def test_a_check_that_fails_is_told_with_what_it_says(
    machine: Path, checkers: None, capsys: pytest.CaptureFixture[str]
) -> None:
    program(machine, "strict", "echo line 7 is too long >&2; exit 1")
    program(machine, "mild", "exit 0")
    report = manage.Report()
    with manage.checking({"lint": ("strict",), "types": ("mild",)}) as checks:
        for check in checks:
            report.add(*check.outcome())
    assert report.print() == 1
    told = capsys.readouterr().out
    assert "=== lint\nline 7 is too long" in told
    assert "FAILED: lint" in told
    assert "=== types" not in told


def test_checks_do_not_go_on_when_the_tests_are_broken_off(machine: Path, checkers: None) -> None:
    program(machine, "endless", "exec /bin/sleep 60")
    with pytest.raises(KeyboardInterrupt), manage.checking({"types": ("endless",)}) as checks:
        raise KeyboardInterrupt
    assert checks[0].process.wait(10) != 0


def test_where_no_bytecode_may_stand_among_the_sources_it_is_kept_beside_the_packages(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    assert "PYTHONPYCACHEPREFIX" not in manage.environment()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = manage.environment()
    (machine / "module.py").write_text("")
    subprocess.run([sys.executable, "-c", "import module"], cwd=machine, env=env, check=True)
    assert list((machine / ".venv" / "bytecode").rglob("module.*.pyc"))
    assert not (machine / "__pycache__").exists()


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    with pytest.raises(manage.Stop, match=r"needs Python 3\.11 or newer"):
        manage.main(["demo"])


def test_an_unknown_command_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["dmeo"]) == 2
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in manage.COMMANDS)


def test_only_the_standard_library_is_imported() -> None:
    imports = [line.split()[1].split(".")[0] for line in (ROOT / "manage.py").read_text().splitlines() if
               line.lstrip().startswith(("import ", "from "))]  # fmt: skip
    assert set(imports) <= sys.stdlib_module_names


@pytest.mark.parametrize("ending", ["leave", "raise"])
def test_the_postgres_of_the_tests_leaves_nothing_behind(ending: str) -> None:
    folder = None
    try:
        with manage.postgres() as url:
            folder = Path(url.partition("host=")[2])
            pid = int((folder / "data/postmaster.pid").read_text().split()[0])
            assert os.stat(f"/proc/{pid}").st_uid != 0
            if ending == "raise":
                raise RuntimeError
    except RuntimeError:
        pass
    assert folder
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()
