from grader.learning import certificates
from tests.acting import Stage
from tests.cli.running import Command, refusal

OLD = "CERT-2026-00001"


async def test_it_works(stage: Stage, project: Command) -> None:
    """A misspelt name is corrected on a certificate of its own, which the old number leads to."""
    alice = await stage.sign_in("Alice Lidell")
    await stage.certify(alice)
    done = project.run("reissue", OLD, "--name", "Alice Liddell", "--reason", "Misspelt", typed="y\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "name: Alice Lidell -> Alice Liddell" in done.stdout
    new = (await stage.certificates(alice))[0]
    old = await stage.store.read(certificates.get_certificate, OLD)
    assert (new.name, new.organization, new.issued_at) == ("Alice Liddell", "Acme", stage.now)
    assert (old.superseded_by, old.revoked_reason) == (new.number, "Misspelt")


async def test_dry_run(stage: Stage, project: Command) -> None:
    """It takes no number: the next certificate has the one that it showed."""
    alice = await stage.sign_in("Alice Lidell")
    await stage.certify(alice)
    done = project.run("reissue", OLD, "--organization", "", "--reason", "Left", "--dry-run")
    assert "CERT-2026-00002" in done.stdout
    assert "organization: Acme -> none" in done.stdout
    assert len(await stage.certificates(alice)) == 1
    assert (await stage.certify(await stage.sign_in("Bob Marley"))).number == "CERT-2026-00002"


async def test_the_old_one_again(stage: Stage, project: Command) -> None:
    """It is told which one to correct instead."""
    await stage.certify(await stage.sign_in("Alice Lidell"))
    arguments = ("reissue", OLD, "--reason", "Lost", "--yes")
    assert project.run(*arguments).returncode == 0
    assert refusal(project.run(*arguments)).startswith(f"grader: {OLD} is superseded by CERT-2026-00002.")


async def test_impossible_name(stage: Stage, project: Command) -> None:
    """What could not be printed is wrong use."""
    await stage.certify(await stage.sign_in("Alice Lidell"))
    done = project.run("reissue", OLD, "--name", "", "--reason", "x1", "--yes")
    assert (done.returncode, "--name: The name is empty." in done.stderr) == (2, True)
