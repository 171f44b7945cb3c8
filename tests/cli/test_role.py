from tests.acting import Stage
from tests.cli.running import Command, refusal


async def test_it_works(stage: Stage, project: Command) -> None:
    """Somebody who has signed in becomes an operator; who did it, and what they were before, is in the trail."""
    alice = await stage.sign_in("Alice Liddell")
    done = project.run("role", "alice@example.org", "operator", LOGNAME="olivia")
    assert (done.returncode, done.stderr) == (0, "")
    assert "role: learner -> operator" in done.stdout
    assert (await stage.sign_in("Alice Liddell")).role == "operator"
    event = (await stage.events("learner", alice.id))[-1]
    assert (event.action, event.actor) == ("learner.role-changed", "operator:olivia")


async def test_dry_run(stage: Stage, project: Command) -> None:
    """It shows what it would do, and does nothing."""
    alice = await stage.sign_in("Alice Liddell")
    done = project.run("role", "alice@example.org", "manager", "--dry-run")
    assert done.returncode == 0
    assert "role: learner -> manager" in done.stdout
    assert done.stdout.endswith("A dry run: nothing was changed.\n")
    assert (await stage.sign_in("Alice Liddell")).role == "learner"
    assert len(await stage.events("learner", alice.id)) == 1


async def test_nothing_to_change(stage: Stage, project: Command) -> None:
    """Who has the role already keeps it."""
    await stage.sign_in("Alice Liddell")
    done = project.run("role", "alice@example.org", "learner")
    assert (done.returncode, done.stdout) == (0, "There is nothing to change.\n")


async def test_whom(stage: Stage, project: Command) -> None:
    """Unknown and ambiguous addresses are told on one line, with the ids to choose from."""
    assert refusal(project.run("role", "alice@example.org", "operator")) == (
        "grader: There is no learner 'alice@example.org': whoever has signed in once is known here\n"
    )
    first = await stage.sign_in("Alice Liddell")
    second = await stage.sign_in("Alice Cooper", issuer="https://id.example")
    said = refusal(project.run("role", "alice@example.org", "operator"))
    assert all(one.id in said and one.issuer in said for one in (first, second))
    assert project.run("role", second.id, "operator").returncode == 0
    assert (await stage.sign_in("Alice Liddell")).role == "learner"


def test_wrong_use(project: Command) -> None:
    """A role that there is not ends with 2 and the roles there are."""
    done = project.run("role", "alice@example.org", "admin")
    assert done.returncode == 2
    assert "'operator', 'manager', 'learner'" in done.stderr
