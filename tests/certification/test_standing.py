from datetime import timedelta

import msgspec

from grader.certification.facts import Facts, Waiver
from grader.certification.needs import NeedKind
from grader.certification.standing import find_renewal, is_due
from tests.certification.tracks import GRACE, HOLDER, RELEASE, held, passed, track

TODAY = RELEASE + timedelta(days=10)
ENDS = RELEASE + GRACE


def test_it_works() -> None:
    """A required track is due to whoever has no certificate of it that holds; an optional one to nobody."""
    assert is_due(track(), Facts(), TODAY)
    assert not is_due(track(), HOLDER, TODAY)
    assert not is_due(track(required=False), Facts(), TODAY)


def test_due_when_it_expires() -> None:
    """Not a moment before the certificate's end, and from then on."""
    assert not is_due(track(), HOLDER, ENDS - timedelta(microseconds=1))
    assert is_due(track(), HOLDER, ENDS)


def test_due_when_it_is_revoked() -> None:
    """A revoked certificate is none."""
    assert is_due(track(), msgspec.structs.replace(HOLDER, held=(held(revoked_at=RELEASE),)), TODAY)


def test_waived() -> None:
    """A waiver of the track puts it off, one of a course does not."""
    track_waiver, course_waiver = (Waiver(course=one, ends_at=ENDS) for one in (None, "basics/old"))
    assert not is_due(track(), Facts(waivers=(track_waiver,)), TODAY)
    assert is_due(track(), Facts(waivers=(track_waiver,)), ENDS)
    assert is_due(track(), Facts(waivers=(course_waiver,)), TODAY)


def test_the_longest_waiver_counts() -> None:
    """Of two that overlap."""
    waivers = tuple(Waiver(course=None, ends_at=TODAY + timedelta(days=days)) for days in (30, 60, 1))
    assert Facts(waivers=waivers).waived_until(None, TODAY) == TODAY + timedelta(days=60)


def test_what_a_renewal_takes() -> None:
    """By when, and what is left: required courses only, in the track's order."""
    renewal = find_renewal(track(), HOLDER, TODAY)
    assert renewal is not None
    assert (renewal.number, renewal.major, renewal.by) == ("CERT-2026-00001", 1, ENDS)
    assert [(name, one.kind, one.questions) for name, one in renewal.left.items()] == [
        ("basics/some", NeedKind.QUESTIONS, ("q1", "q3")),
        ("basics/changed", NeedKind.WHOLE, ()),
        ("basics/added", NeedKind.WHOLE, ()),
    ]


def test_nothing_to_renew() -> None:
    """Nobody renews without a certificate, after its end, or with one of the present version that has no end."""
    assert find_renewal(track(), Facts(), TODAY) is None
    assert find_renewal(track(), HOLDER, ENDS) is None
    assert find_renewal(track(), Facts(held=(held(), held(2, expires_at=None))), TODAY) is None


def test_two_versions_behind() -> None:
    """A certificate that holds while two major versions came has an end, and everything is left."""
    renewal = find_renewal(track(version="3.0"), HOLDER, TODAY)
    assert renewal is not None
    assert {one.kind for one in renewal.left.values()} == {NeedKind.WHOLE}
    assert len(renewal.left) == 4


def test_by_the_calendar() -> None:
    """In its last `grace_days` a certificate of the present version is to be renewed, by the whole track."""
    end = TODAY + timedelta(days=730)
    facts = Facts(passes=(passed("old", 2, at=TODAY),), held=(held(2, issued_at=TODAY, expires_at=end),))
    assert find_renewal(track(months=24), facts, end - GRACE - timedelta(seconds=1)) is None
    renewal = find_renewal(track(months=24), facts, end - GRACE)
    assert renewal is not None
    assert (renewal.by, len(renewal.left)) == (end, 4)


def test_a_version_that_was_withdrawn() -> None:
    """Nobody renews backwards: the catalog went back to version 1."""
    assert find_renewal(track(version="1.9"), Facts(held=(held(2),)), TODAY) is None
