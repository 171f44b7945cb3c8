from datetime import timedelta

import msgspec
import pytest

from grader.certificates.model import Certificate, status
from grader.errors import InvalidValueError, NotFoundError
from grader.learning import certificates
from grader.learning.corrections import RevokedError, SupersededError, reissue, revoke
from tests.acting import Stage, version

pytestmark = pytest.mark.on_both

WHO = "operator:root"


async def revoked(stage: Stage, number: str, reason: str = "Fraud") -> Certificate:
    return await stage.store.transact(revoke, number, reason, actor=WHO, now=stage.now)


async def reissued(
    stage: Stage, number: str, reason: str = "Misspelt", *, name: str | None = None, organization: str | None = None
) -> Certificate:
    return await stage.store.transact(
        reissue, number, reason, name=name, organization=organization, actor=WHO, now=stage.now
    )


async def found(stage: Stage, number: str) -> Certificate:
    return await stage.store.read(certificates.get_certificate, number)


async def test_it_works(stage: Stage) -> None:
    """A revoked certificate says since when and why; the audit trail, by whom."""
    issued = await stage.certify(await stage.sign_in("Alice Liddell"))
    stage.move(days=1)
    after = await revoked(stage, issued.number, "  Answers were\n shared ")
    assert (after.revoked_at, after.revoked_reason) == (stage.now, "Answers were shared")
    assert status(after, stage.now) == "REVOKED"
    event = (await stage.events("certificate", issued.number))[-1]
    assert (event.action, event.actor, event.at) == ("certificate.revoked", WHO, stage.now)
    assert event.details == {"reason": "Answers were shared"}


async def test_twice_is_once(stage: Stage) -> None:
    """The same again changes nothing; another reason is refused, and the first one stays."""
    number = (await stage.certify(await stage.sign_in("Alice Liddell"))).number
    first = await revoked(stage, number)
    stage.move(days=1)
    assert await revoked(stage, number) == first
    with pytest.raises(RevokedError, match=r"revoked on 23 November 2026 already, for another reason: Fraud"):
        await revoked(stage, number, "Other")
    assert [event.action for event in await stage.events("certificate", number)] == [
        "certificate.issued",
        "certificate.revoked",
    ]


@pytest.mark.parametrize("reason", ["", "  ", "...", "x" * 501, "bell \a"])
async def test_impossible_reasons(stage: Stage, reason: str) -> None:
    """A reason says something, fits, and can be printed; else nothing happens."""
    number = (await stage.certify(await stage.sign_in("Alice Liddell"))).number
    with pytest.raises(InvalidValueError):
        await revoked(stage, number, reason)
    with pytest.raises(InvalidValueError):
        await reissued(stage, number, reason)
    assert len(await stage.events("certificate", number)) == 1


async def test_unknown_number(stage: Stage) -> None:
    """There is nothing to correct."""
    with pytest.raises(NotFoundError):
        await revoked(stage, "CERT-2026-99999")
    with pytest.raises(NotFoundError):
        await reissued(stage, "CERT-2026-99999")


async def test_reissued(stage: Stage) -> None:
    """The next edition has another name, number and code; what was reached, when, and until when, is the same."""
    old = await stage.certify(await stage.sign_in("Alice Lidell"))
    stage.move(days=60)
    new = await reissued(stage, old.number, name=" Alice  Liddell ")
    assert new == await found(stage, new.number)
    assert (new.number, new.edition, new.name) == ("CERT-2027-00001", 2, "Alice Liddell")
    assert new.code != old.code
    same = {"number": old.number, "edition": 1, "name": "Alice Lidell", "code": old.code}
    assert msgspec.structs.replace(new, **same) == old
    after = await found(stage, old.number)
    assert (after.superseded_by, after.revoked_at, after.revoked_reason) == (new.number, stage.now, "Misspelt")


async def test_what_the_trail_says_of_a_reissue(stage: Stage) -> None:
    """Old and new value, who, and why; on both certificates."""
    old = await stage.certify(await stage.sign_in("Alice Lidell"))
    new = await reissued(stage, old.number, name="Alice Liddell", organization="")
    [issued, event] = await stage.events("certificate", new.number)
    assert (issued.action, issued.actor, event.action, event.actor) == (
        "certificate.issued",
        WHO,
        "certificate.reissued",
        WHO,
    )
    assert event.details == {
        "instead_of": old.number,
        "reason": "Misspelt",
        "name": "Alice Liddell",
        "organization": None,
        "earlier": {"name": "Alice Lidell", "organization": "Acme"},
    }
    assert [one.action for one in await stage.events("certificate", old.number)] == [
        "certificate.issued",
        "certificate.revoked",
        "certificate.superseded",
    ]


async def test_what_is_not_given_stays(stage: Stage) -> None:
    """A reissue may correct one thing, or nothing: when a code got into wrong hands."""
    old = await stage.certify(await stage.sign_in("Alice Liddell"))
    second = await reissued(stage, old.number, organization="Beta")
    third = await reissued(stage, second.number)
    assert [(one.name, one.organization, one.edition) for one in (second, third)] == [
        ("Alice Liddell", "Beta", 2),
        ("Alice Liddell", "Beta", 3),
    ]


async def test_only_the_last_edition_is_reissued(stage: Stage) -> None:
    """Whoever names an old number is told the one that took its place."""
    old = await stage.certify(await stage.sign_in("Alice Liddell"))
    new = await reissued(stage, old.number)
    with pytest.raises(SupersededError, match=f"superseded by {new.number}"):
        await reissued(stage, old.number)


async def test_a_revoked_one_may_be_reissued(stage: Stage) -> None:
    """That is the way back; the reason of the revocation stays with the old one."""
    old = await stage.certify(await stage.sign_in("Alice Liddell"))
    await revoked(stage, old.number, "Mistaken for somebody else")
    new = await reissued(stage, old.number, "Revoked by mistake")
    assert status(new, stage.now) == "ACTIVE"
    assert (await found(stage, old.number)).revoked_reason == "Mistaken for somebody else"


async def test_a_release_ends_what_is_reissued_later(stage: Stage) -> None:
    """Revoked before a new major version came and issued anew after it, a certificate ends as the others do."""
    old = await stage.certify(await stage.sign_in("Alice Liddell"))
    await revoked(stage, old.number)
    await stage.release(version("2.0"))
    ends_at = stage.now + timedelta(days=90)
    stage.move(days=1)
    assert (await reissued(stage, old.number)).expires_at == ends_at


@pytest.mark.parametrize("name", ["", "...", "x" * 81, "Alice\u202eLiddell"])
async def test_impossible_names(stage: Stage, name: str) -> None:
    """What could not stand on a certificate is refused, as at the sign-in."""
    old = await stage.certify(await stage.sign_in("Alice Liddell"))
    with pytest.raises(InvalidValueError):
        await reissued(stage, old.number, name=name)
    assert len(await stage.certificates(await stage.sign_in("Alice Liddell"))) == 1


async def test_a_reissue_renews_as_well(stage: Stage) -> None:
    """The corrected certificate is what a renewal builds upon, and what it supersedes."""
    alice = await stage.sign_in("Alice Liddell")
    old = await stage.certify(alice)
    new = await reissued(stage, old.number, name="Alice Hargreaves")
    await stage.release(version("2.0"))
    third = (await stage.certificates(alice))[0]
    assert (third.version, third.name) == ("2.0", "Alice Liddell")
    assert (await found(stage, new.number)).superseded_by == third.number
    assert (await found(stage, old.number)).superseded_by == new.number


async def test_after_a_revocation(stage: Stage) -> None:
    """Who passes the whole track once more gets another certificate, which takes nobody's place."""
    alice = await stage.sign_in("Alice Liddell")
    old = await stage.certify(alice)
    stage.move(days=1)
    await revoked(stage, old.number)
    stage.move(days=1)
    await stage.take(alice, "basics/intake")
    assert len(await stage.certificates(alice)) == 1
    new = await stage.certify(alice)
    assert (new.edition, status(new, stage.now)) == (2, "ACTIVE")
    assert (await found(stage, old.number)).superseded_by is None
