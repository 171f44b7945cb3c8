import json

import pytest

from tests.acting import Stage
from tests.cli.running import Command, refusal


def lines(text: str) -> list[list[str]]:
    """Without the heading, the cells of each line."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()[1:]]


@pytest.mark.on_both
async def test_it_works(stage: Stage, project: Command) -> None:
    """How a certificate came about: who did what to what, and when, in order."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.certify(alice)
    project.run("revoke", "CERT-2026-00001", "--reason", "Fraud", "--yes", LOGNAME="olivia")
    done = project.run("audit", "CERT-2026-00001")
    assert (done.returncode, done.stderr) == (0, "")
    issued, revoked = lines(done.stdout)
    assert issued[:4] == [
        "2026-11-23 12:00:00",
        "alice@example.org",
        "certificate.issued",
        "certificate CERT-2026-00001",
    ]
    assert revoked[1:] == ["operator:olivia", "certificate.revoked", "certificate CERT-2026-00001", "reason: Fraud"]


async def test_of_a_person(stage: Stage, project: Command) -> None:
    """All that is theirs; ids are cut short."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    await stage.sign_in("Bob Marley")
    found = lines(project.run("audit", "alice@example.org").stdout)
    assert [line[2] for line in found] == [
        "learner.added",
        "certification.started",
        "attempt.started",
        "attempt.submitted",
    ]
    assert found[0][3] == f"learner …{alice.id[-8:]}"
    assert "status: PASSED; score: 1.0" in found[3][4]


async def test_newest(stage: Stage, project: Command) -> None:
    """Without a subject the newest events of all; the program's own are told as such."""
    await stage.sign_in("Alice Liddell")
    everything = lines(project.run("audit").stdout)
    assert (everything[0][1], everything[0][2]) == ("grader", "catalog.changed")
    assert [line[2] for line in lines(project.run("audit", "--limit", "1").stdout)] == ["learner.added"]
    assert project.run("audit", "--since", "2026-11-24").stdout == "Nothing has happened yet.\n"


async def test_json(stage: Stage, project: Command) -> None:
    """Whole, with old and new values apart."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.sign_in("Alice Hargreaves")
    added, changed = json.loads(project.run("audit", alice.id, "--format", "json").stdout)
    assert (added["subject"], added["actor"], added["actor_email"]) == (alice.id, alice.id, "alice@example.org")
    assert changed["details"] == {"name": "Alice Hargreaves", "earlier": {"name": "Alice Liddell"}}


async def test_unknown(stage: Stage, project: Command) -> None:
    """What nobody knows has no trail."""
    assert refusal(project.run("audit", "nope")) == "grader: There is no audit event of 'nope'.\n"
