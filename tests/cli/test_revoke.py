from datetime import UTC, datetime

from grader.certificates.model import Certificate, status
from grader.learning import certificates
from tests.acting import Stage, version
from tests.cli.running import Command, refusal

NUMBER = "CERT-2026-00001"
REVOKE = ("revoke", NUMBER, "--reason", "Fraud")


async def found(stage: Stage) -> Certificate:
    return await stage.store.read(certificates.get_certificate, NUMBER)


async def test_it_works(stage: Stage, project: Command) -> None:
    """It shows what it would do, asks, and does it: in the name of whoever runs it."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    done = project.run(*REVOKE, typed="y\n", LOGNAME="olivia")
    assert (done.returncode, done.stderr) == (0, "")
    for text in ("certificate.revoked", "reason: Fraud", f"Revoke {NUMBER}? There is no way back.", "Done."):
        assert text in done.stdout
    assert (await found(stage)).revoked_reason == "Fraud"
    assert (await stage.events("certificate", NUMBER))[-1].actor == "operator:olivia"


async def test_no(stage: Stage, project: Command) -> None:
    """Whoever says no, or nothing, has revoked nothing."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    for typed in ("n\n", "\n", ""):
        done = project.run(*REVOKE, typed=typed)
        assert (done.returncode, done.stderr) == (130, "Nothing was changed.\n")
    assert status(await found(stage), stage.now) == "ACTIVE"


async def test_yes(stage: Stage, project: Command) -> None:
    """A script says --yes and is not asked; twice is once."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    done = project.run(*REVOKE, "--yes")
    assert (done.returncode, "certificate.revoked" in done.stdout, "?" in done.stdout) == (0, True, False)
    again = project.run(*REVOKE, "--yes")
    assert (again.returncode, again.stdout) == (0, "There is nothing to change.\n")
    assert "revoked on" in refusal(project.run("revoke", NUMBER, "--reason", "Other", "--yes"))


async def test_dry_run(stage: Stage, project: Command) -> None:
    """Nothing is asked, nothing is done."""
    await stage.certify(await stage.sign_in("Alice Liddell"))
    done = project.run(*REVOKE, "--dry-run")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "A dry run: nothing was changed.")
    assert status(await found(stage), stage.now) == "ACTIVE"


async def test_what_is_not_possible(stage: Stage, project: Command) -> None:
    """An unknown number is one line; an empty reason is wrong use."""
    assert refusal(project.run(*REVOKE)) == f"grader: There is no certificate '{NUMBER}'.\n"
    await stage.certify(await stage.sign_in("Alice Liddell"))
    done = project.run("revoke", NUMBER, "--reason", " ")
    assert (done.returncode, "Invalid value for --reason: The reason is empty." in done.stderr) == (2, True)
    assert project.run("revoke", NUMBER).returncode == 2


async def test_others_that_hold(stage: Stage, project: Command) -> None:
    """A superseded certificate holds to its end: whoever revokes the newer one is told before it is done."""
    alice = await stage.sign_in("Alice Liddell")
    await stage.certify(alice)
    await stage.certify(await stage.sign_in("Bob Marley"))
    stage.now = datetime.now(UTC)  # the command's clock is a real one
    await stage.release(version("2.0"))
    newer = (await stage.certificates(alice))[0].number
    told = f"{NUMBER} of the same person and track holds as well. It stays until it is revoked, too."
    for more in ("--dry-run", "--yes"):
        assert project.run("revoke", newer, "--reason", "Fraud", more).stdout.splitlines()[0] == told
    assert status(await found(stage), stage.now) == "ACTIVE"
    assert newer not in project.run(*REVOKE, "--yes").stdout
