import json

from tests.acting import Stage
from tests.cli.running import Command, refusal

ALICE = "alice@example.org"
UNTIL = ("--until", "2099-03-31")


async def test_it_works(stage: Stage, project: Command) -> None:
    """A waiver is granted, listed and withdrawn."""
    await stage.sign_in("Alice Liddell")
    granted = project.run("waive", ALICE, "basics", *UNTIL, "--reason", "On leave", LOGNAME="olivia")
    assert (granted.returncode, granted.stderr) == (0, "")
    assert "ends_at: 2099-03-31 23:59:59" in granted.stdout
    listed = project.run("waivers").stdout.splitlines()
    assert listed[0].split() == ["Who", "What", "Until", "Why", "By", "Withdrawn"]
    assert [cell.strip() for cell in listed[1].split("  ") if cell.strip()] == [
        "Alice Liddell <alice@example.org>",
        "basics",
        "2099-03-31",
        "On leave",
        "operator:olivia",
    ]
    assert project.run("unwaive", ALICE, "basics", "--reason", "Back").returncode == 0
    assert project.run("waivers").stdout == "Nobody is let off anything.\n"
    assert "operator:" in project.run("waivers", "--all").stdout.splitlines()[1]


async def test_json(stage: Stage, project: Command) -> None:
    """For programs the list is exact."""
    alice = await stage.sign_in("Alice Liddell")
    project.run("waive", ALICE, "basics/intake", *UNTIL, "--reason", "On leave")
    [row] = json.loads(project.run("waivers", "--format", "json").stdout)
    assert (row["learner"], row["track"], row["course"]) == (alice.id, "basics", "basics/intake")
    assert row["ends_at"] == "2099-03-31T23:59:59.999999Z"


async def test_a_certificate_may_follow(stage: Stage, project: Command) -> None:
    """The dry run says so beforehand."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.take(alice, "basics/intake")
    arguments = ("waive", ALICE, "basics/privacy", *UNTIL, "--reason", "On leave")
    planned = project.run(*arguments, "--dry-run")
    assert "certificate CERT-2026-00001" in planned.stdout
    assert await stage.certificates(alice) == []
    assert project.run(*arguments).returncode == 0
    assert len(await stage.certificates(alice)) == 1


async def test_wrong_use(stage: Stage, project: Command) -> None:
    """Days that are none or over, places that there are not, and nothing to withdraw."""
    await stage.sign_in("Alice Liddell")
    for day, told in (("31.3.2099", "is no day: write 2027-03-31."), ("2020-01-01", "2020-01-01 23:59 UTC is over.")):
        done = project.run("waive", ALICE, "basics", "--until", day, "--reason", "On leave")
        assert (done.returncode, told in done.stderr) == (2, True)
    said = refusal(project.run("waive", ALICE, "basic", *UNTIL, "--reason", "On leave"))
    assert said == "grader: There is no track 'basic': did you mean `basics`?\n"
    assert "Nothing of basics is waived" in refusal(project.run("unwaive", ALICE, "basics", "--reason", "Back"))


async def test_a_day_in_utc(stage: Stage, project: Command) -> None:
    """Until a day is until its last moment in UTC, wherever the command is run."""
    await stage.sign_in("Alice Liddell")
    project.run("waive", ALICE, "basics", *UNTIL, "--reason", "On leave", TZ="Pacific/Kiritimati")
    [row] = json.loads(project.run("waivers", "--format", "json").stdout)
    assert row["ends_at"] == "2099-03-31T23:59:59.999999Z"
