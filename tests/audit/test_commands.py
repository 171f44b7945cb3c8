"""Whatever a command changes stands in the audit trail, in the same transaction."""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

import click
import pytest

from grader.cli.command import cli
from grader.store.place import open_store
from tests.acting import Stage
from tests.api.content import PAGES, publish
from tests.audit.conftest import Terminal
from tests.audit.watch import Watch
from tests.databases import records

NUMBER = "CERT-2026-00001"
WHY = ("--reason", "So it is")
UNTIL = ("--until", "2999-12-31")

OTHER_KEY = PAGES | {
    "basics/intake.md": PAGES["basics/intake.md"]
    .replace("- [x] On receipt", "- [ ] On receipt")
    .replace("- [ ] On opening", "- [x] On opening")
    .replace("- [x] True", "- [ ] True")
    .replace("- [ ] False", "- [x] False")
}


class Case(NamedTuple):
    act: Callable[[Stage, Terminal], Awaitable[None]]
    shows: set[str]


async def role(stage: Stage, terminal: Terminal) -> None:
    """And once more, which changes nothing."""
    await stage.sign_in("Alice Liddell")
    for dry in (["--dry-run"], [], []):
        await terminal.run("role", "alice@example.org", "operator", *dry)


async def waive(stage: Stage, terminal: Terminal) -> None:
    """What is waived may certify."""
    await stage.take(await stage.sign_in("Alice Liddell"), "basics/intake")
    for dry in (["--dry-run"], []):
        await terminal.run("waive", "alice@example.org", "basics/privacy", *UNTIL, *WHY, *dry)


async def unwaive(stage: Stage, terminal: Terminal) -> None:
    await stage.sign_in("Alice Liddell")
    await terminal.run("waive", "alice@example.org", "basics", *UNTIL, *WHY)
    await terminal.run("unwaive", "alice@example.org", "basics", *WHY)


async def revoke(stage: Stage, terminal: Terminal) -> None:
    """And once more for the same reason, which changes nothing."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    for manner in ("--dry-run", "--yes", "--yes"):
        await terminal.run("revoke", NUMBER, *WHY, manner)


async def reissue(stage: Stage, terminal: Terminal) -> None:
    await stage.certify(await stage.sign_in("Alice Lidell"))
    for manner in ("--dry-run", "--yes"):
        await terminal.run("reissue", NUMBER, "--name", "Alice Liddell", *WHY, manner)


async def regrade(stage: Stage, terminal: Terminal) -> None:
    """With a key that no grader has taken in yet: one passes and is certified, another one loses both."""
    alice, bob = await stage.sign_in("Alice Liddell"), await stage.sign_in("Bob Marley")
    await stage.take(alice, "basics/intake", right=False)
    await stage.take(alice, "basics/privacy")
    await stage.certify(bob)
    publish(stage.root, OTHER_KEY)
    await terminal.run("regrade", "basics/intake")
    await terminal.run("regrade", "basics/intake", "--apply", *WHY, "--allow-lowering", "--revoke-certificates")


CASES = {
    "role": Case(role, {"learner.role-changed"}),
    "waive": Case(waive, {"waiver.granted", "certification.completed", "certificate.issued"}),
    "unwaive": Case(unwaive, {"waiver.withdrawn"}),
    "revoke": Case(revoke, {"certificate.revoked"}),
    "reissue": Case(reissue, {"certificate.issued", "certificate.reissued", "certificate.superseded"}),
    "regrade": Case(
        regrade,
        {
            "attempt.regraded",
            "certificate.issued",
            "certificate.revoked",
            "course.regrading-begun",
            "course.regraded",
            "quiz.key-kept",
        },
    ),
}

CHANGE_NOTHING = {
    "audit": (),
    "waivers": ("--all",),
    "backup": ("{root}/all.zip",),
    "export data": ("-o", "{root}/rows"),
    "migrate": (),
    "copy": ("{database}", "sqlite:///elsewhere.db"),
}
"""With their arguments. `migrate` finds nothing to do; what it does to a filled database is shown in tests/store."""

EXCEPTIONS = {
    "restore": "Brings facts and trail back together, as they were: every row is compared with the archive.",
    "preview": "Its database is thrown away.",
    "serve": "What it does is shown for each route, and in test_background.py.",
    "check": "Knows no database.",
    "diff": "Knows no database.",
    "build": "Knows no database; the grader that takes the build in tells of it.",
    "import gift": "Knows no database.",
    "import mkdocs-quiz": "Knows no database.",
    "import qti": "Knows no database.",
    "export gift": "Knows no database.",
    "export qti": "Knows no database.",
}


@pytest.mark.parametrize("command", CASES)
async def test_it_works(command: str, stage: Stage, terminal: Terminal, watch: Watch) -> None:
    """No fact changes without an event that says who did what to which row, and why."""
    case = CASES[command]
    await case.act(stage, terminal)
    await stage.store.read(watch.look)
    assert watch.complaints == []
    assert case.shows <= watch.actions


@pytest.mark.parametrize("command", CHANGE_NOTHING)
async def test_changes_nothing(command: str, stage: Stage, terminal: Terminal, watch: Watch, database: str) -> None:
    """What only reads leaves every fact and the trail as they are."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    units = watch.units
    words = [one.format(root=stage.root, database=database) for one in CHANGE_NOTHING[command]]
    await terminal.run(*command.split(), *words)
    await stage.store.read(watch.look)
    assert watch.complaints == []
    assert watch.units == units


async def test_restore(stage: Stage, terminal: Terminal) -> None:
    """The trail comes back with the facts that it tells of, and what was there is kept in a file."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    await terminal.run("backup", str(stage.root / "all.zip"))
    trail = await stage.store.read(records, "SELECT * FROM audit_events ORDER BY id")
    await stage.sign_in("Bob Marley")
    await stage.store.close()
    await terminal.run("restore", str(stage.root / "all.zip"), "--replace")
    assert len(list((stage.root / "data").glob("before-restore-*.zip"))) == 1
    again = open_store("sqlite:///data/grader.db", stage.root)
    assert await again.read(records, "SELECT * FROM audit_events ORDER BY id") == trail
    await again.close()


def test_every_command() -> None:
    """A new command that may change something needs a case."""
    assert set(names(cli)) == CASES.keys() | CHANGE_NOTHING.keys() | EXCEPTIONS.keys()


def names(group: click.Group, *above: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from names(command, *above, name)
        else:
            yield " ".join((*above, name))
