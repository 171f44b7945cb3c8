from datetime import datetime, timedelta

import msgspec
import pytest

from grader.certification.facts import Credit, Facts, Waiver
from grader.certification.needs import Need, NeedKind, counts_from, is_new, need, needs
from tests.certification.tracks import (
    CHANGED,
    EXTRA,
    GRACE,
    HOLDER,
    OLD,
    RELEASE,
    SOME,
    course,
    held,
    passed,
    track,
)

NEWCOMER = Facts()
TODAY = RELEASE + timedelta(days=10)


def kinds(facts: Facts, now: datetime = TODAY) -> dict[str, str]:
    return {name.removeprefix("basics/"): str(one.kind) for name, one in needs(track(), facts, now).items()}


def add(facts: Facts, **more: object) -> Facts:
    """The same facts with one more of a kind."""
    return msgspec.structs.replace(facts, **{name: (*getattr(facts, name), one) for name, one in more.items()})


def test_it_works() -> None:
    """A holder of the former version needs what is new: whole courses that changed or came, else new questions only."""
    assert kinds(HOLDER) == {
        "old": "CREDITED",
        "some": "QUESTIONS",
        "changed": "WHOLE",
        "added": "WHOLE",
        "extra": "CREDITED",
    }
    assert need(track(), SOME, HOLDER, TODAY).questions == ("q1", "q3")


def test_everybody_else_needs_everything() -> None:
    """Whoever was never certified starts from nothing, whatever single courses they passed in the former version."""
    assert set(kinds(NEWCOMER).values()) == {"WHOLE"}
    assert set(kinds(Facts(passes=HOLDER.passes)).values()) == {"WHOLE"}


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (RELEASE, "CREDITED"),
        (RELEASE + GRACE - timedelta(microseconds=1), "CREDITED"),
        (RELEASE + GRACE, "WHOLE"),
        (RELEASE + GRACE + timedelta(days=1), "WHOLE"),
    ],
)
def test_only_while_the_certificate_holds(moment: datetime, kind: str) -> None:
    """From the instant of its expiry on the whole track is needed; what was renewed of it so far is not enough."""
    assert kinds(add(HOLDER, passes=passed("some", 2, scope="RENEWAL")), moment)["old"] == kind
    some = kinds(add(HOLDER, passes=passed("some", 2, scope="RENEWAL")), moment)["some"]
    assert some == ("PASSED" if kind == "CREDITED" else "WHOLE")


def test_expired_by_the_calendar() -> None:
    """A certificate that its validity ended before the new version came renews nothing."""
    facts = msgspec.structs.replace(HOLDER, held=(held(expires_at=RELEASE - timedelta(days=1)),))
    assert kinds(facts, RELEASE)["old"] == "WHOLE"


def test_revoked() -> None:
    """A revoked certificate renews nothing."""
    assert kinds(msgspec.structs.replace(HOLDER, held=(held(revoked_at=RELEASE),)))["old"] == "WHOLE"


def test_exactly_the_former_version() -> None:
    """A certificate of version 1 is no start for version 3, though it still holds."""
    facts = msgspec.structs.replace(HOLDER, held=(held(expires_at=None),))
    third = track(version="3.0")
    assert {one.kind for one in needs(third, facts, TODAY).values()} == {NeedKind.WHOLE}


def test_old_passes_of_older_versions_do_not_count() -> None:
    """A course passed in version 1 only is whole in 3, for a holder of 2 for whom it did not count there."""
    facts = Facts(passes=(passed("old", 1), passed("some", 2)), held=(held(1), held(2, expires_at=None)))
    third = track(OLD, SOME, version="3.0")
    assert need(third, OLD, facts, TODAY).kind is NeedKind.WHOLE
    assert need(third, SOME, facts, TODAY).kind is NeedKind.CREDITED


def test_credited_passes_count_on() -> None:
    """A course passed in version 1 that was credited to 2 counts in 3, and so on."""
    facts = Facts(
        passes=(passed("old", 1),),
        credits=(Credit(course="basics/old", major=2),),
        held=(held(1), held(2, expires_at=None)),
    )
    assert need(track(OLD, version="3.0"), OLD, facts, TODAY).kind is NeedKind.CREDITED


def test_a_waived_course_was_not_passed() -> None:
    """What was waived in the former version is whole in the new one, unless it is waived again."""
    facts = msgspec.structs.replace(HOLDER, passes=(passed("some"),))
    assert kinds(facts)["old"] == "WHOLE"


def test_passes_in_the_present_version() -> None:
    """A whole pass counts for everybody; a pass of the new questions only for a holder."""
    whole, part = passed("some", 2), passed("some", 2, scope="RENEWAL")
    assert kinds(add(NEWCOMER, passes=whole))["some"] == "PASSED"
    assert kinds(add(HOLDER, passes=whole))["some"] == "PASSED"
    assert kinds(add(HOLDER, passes=part))["some"] == "PASSED"
    assert kinds(add(NEWCOMER, passes=part))["some"] == "WHOLE"


def test_the_new_questions_are_not_enough_for_a_course_that_changed() -> None:
    """What must be passed whole is not passed by a part of it."""
    assert kinds(add(HOLDER, passes=passed("changed", 2, scope="RENEWAL")))["changed"] == "WHOLE"


def test_a_course_that_was_never_passed() -> None:
    """An optional course that a holder left out is whole."""
    facts = msgspec.structs.replace(HOLDER, passes=(passed("old"),))
    assert need(track(), EXTRA, facts, TODAY).kind is NeedKind.WHOLE


def test_waived() -> None:
    """A waiver of the course counts while it lasts; one of the track or of another course does not."""
    ends = TODAY + timedelta(days=1)
    waived = add(NEWCOMER, waivers=Waiver(course="basics/old", ends_at=ends))
    assert kinds(waived)["old"] == "WAIVED"
    assert kinds(waived, ends - timedelta(microseconds=1))["old"] == "WAIVED"
    assert kinds(waived, ends)["old"] == "WHOLE"
    assert kinds(waived)["some"] == "WHOLE"
    assert kinds(add(NEWCOMER, waivers=Waiver(course=None, ends_at=ends)))["old"] == "WHOLE"


def test_a_pass_is_more_than_a_waiver() -> None:
    """What is passed or credited is not called waived."""
    waivers = tuple(Waiver(course=one.id, ends_at=TODAY + GRACE) for one in (OLD, SOME, CHANGED))
    facts = msgspec.structs.replace(add(HOLDER, passes=passed("changed", 2)), waivers=waivers)
    assert kinds(facts) == {
        "old": "CREDITED",
        "some": "WAIVED",
        "changed": "PASSED",
        "added": "WHOLE",
        "extra": "CREDITED",
    }


def test_marks_of_minor_and_older_versions() -> None:
    """`since=2.1` belongs to version 2, `since=1.4` is old; a mark of a version to come counts as new, too."""
    assert [is_new(mark, 2) for mark in (None, "1.4", "2.0", "2.10", "3.0", "12.0")] == [
        False,
        False,
        True,
        True,
        True,
        True,
    ]


def test_in_the_first_version() -> None:
    """Marks mean nothing to whoever takes the first version: everything is needed."""
    first = track(course("a", "1.0"), course("b", since="1.0"), version="1.0")
    assert {one.kind for one in needs(first, NEWCOMER, TODAY).values()} == {NeedKind.WHOLE}


# Once more, in the same major version.

ISSUED = RELEASE + timedelta(days=5)
ENDS = ISSUED + timedelta(days=730)
CERTIFIED = Facts(passes=(passed("old", 2, at=ISSUED),), held=(held(2, issued_at=ISSUED, expires_at=ENDS),))


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (ISSUED, NeedKind.PASSED),
        (ENDS - GRACE - timedelta(microseconds=1), NeedKind.PASSED),
        (ENDS - GRACE, NeedKind.WHOLE),
        (ENDS + timedelta(days=999), NeedKind.WHOLE),
    ],
)
def test_before_a_certificate_expires_by_the_calendar(moment: datetime, kind: NeedKind) -> None:
    """In its last `grace_days`, and ever after, the track is to be passed once more."""
    assert need(track(months=24), OLD, CERTIFIED, moment).kind is kind


def test_passes_of_the_last_days_count() -> None:
    """A pass from the moment on at which renewing opens counts towards the next certificate."""
    opens = ENDS - GRACE
    for at, kind in ((opens, NeedKind.WHOLE), (opens + timedelta(microseconds=1), NeedKind.PASSED)):
        facts = add(CERTIFIED, passes=passed("old", 2, at=at))
        assert need(track(months=24), OLD, facts, ENDS).kind is kind


def test_a_validity_shorter_than_the_grace() -> None:
    """What earned a certificate does not earn the next one, though renewing opens at once."""
    ends = ISSUED + timedelta(days=31)
    facts = msgspec.structs.replace(CERTIFIED, held=(held(2, issued_at=ISSUED, expires_at=ends),))
    assert counts_from(track(months=1), facts, ISSUED) == ISSUED
    assert need(track(months=1), OLD, facts, ISSUED + timedelta(days=1)).kind is NeedKind.WHOLE


def test_after_a_revocation() -> None:
    """Only what is passed after it counts, and nothing of the former version is credited."""
    revoked = ISSUED + timedelta(days=1)
    facts = msgspec.structs.replace(
        CERTIFIED, passes=(*HOLDER.passes, *CERTIFIED.passes), held=(held(1), held(2, revoked_at=revoked))
    )
    assert need(track(), OLD, facts, revoked + timedelta(days=1)) == Need(kind=NeedKind.WHOLE)
    again = add(facts, passes=passed("old", 2, at=revoked + timedelta(days=2)))
    assert need(track(), OLD, again, revoked + timedelta(days=3)).kind is NeedKind.PASSED


def test_without_an_end() -> None:
    """A certificate without an end keeps its passes."""
    facts = msgspec.structs.replace(CERTIFIED, held=(held(2, issued_at=ISSUED, expires_at=None),))
    assert counts_from(track(), facts, ENDS) is None
    assert need(track(), OLD, facts, ENDS).kind is NeedKind.PASSED
