"""What is installed is what was locked: by name, by hash, from wherever the machine gets its packages."""

import json
import re
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
PACKAGE = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==[^ ]+", re.M)


def direct(extra: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.split(r"[\[; ]", line)[0] for line in lines}


def locked(lock: str) -> dict[str, str]:
    """Package -> what its entry says."""
    text = (ROOT / lock).read_text()
    starts = list(PACKAGE.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {match[1]: text[match.start() : end] for match, end in zip(starts, ends, strict=True)}


@pytest.mark.parametrize("lock", [path.name for path in LOCKS])
def test_every_package_has_a_hash_and_no_address(lock: str) -> None:
    packages = locked(lock)
    assert packages
    assert all("--hash=sha256:" in entry for entry in packages.values())
    assert not re.search(r"://|--index|--find-links| @ ", (ROOT / lock).read_text())


@pytest.mark.parametrize(
    ("lock", "extra"),
    [
        ("requirements.txt", None),
        ("requirements-dev.txt", None),
        ("requirements-dev.txt", "dev"),
        ("requirements-scan.txt", "scan"),
    ],
)
def test_every_direct_dependency_is_locked(lock: str, extra: str | None) -> None:
    assert direct(extra) <= locked(lock).keys()


def test_the_tests_run_with_the_versions_of_the_program() -> None:
    def versions(lock: str) -> set[str]:
        return {match[0] for match in PACKAGE.finditer((ROOT / lock).read_text())}

    assert versions("requirements.txt") <= versions("requirements-dev.txt")
    assert versions("requirements.txt") <= versions("requirements-scan.txt")


def test_browser_parts_are_exact_and_without_addresses() -> None:
    wanted = json.loads((ROOT / "static/package.json").read_text())
    lock = json.loads((ROOT / "static/package-lock.json").read_text())
    names = wanted["dependencies"] | wanted["devDependencies"]
    assert {f"node_modules/{name}" for name in names} <= lock["packages"].keys()
    for path, entry in lock["packages"].items():
        if path:
            assert entry["integrity"].startswith("sha512-")
            assert "resolved" not in entry
            assert not entry.get("hasInstallScript")
