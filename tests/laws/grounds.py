"""What a certificate of the model hangs on. Imports nothing that applies the rules."""

from datetime import datetime

from tests.laws.editions import GRACE
from tests.laws.things import Attempt, Certificate, Learner


def needed(learner: Learner, held: Certificate, lost: Attempt) -> bool:
    """Did the certificate need what is passed no more, and is nothing in its place?"""
    since = _counted_since(learner, held)
    passed = [one for one in learner.attempts if (one.course, one.status) == (lost.course, "PASSED")]
    if since:  # then the whole quiz was to be passed after that
        later = [one for one in (lost, *passed) if one.ended and one.ended > since]
        return [one for one in later if one.major == held.major and not one.renewal] == [lost]
    taken_over = (_is_taken_over(learner, lost.course, major) for major in range(lost.major + 1, held.major + 1))
    return held.major >= lost.major and all(taken_over) and not _counted_whole(learner, lost.course, held.major)


def _is_taken_over(learner: Learner, course: str, major: int) -> bool:
    """Did it count in this version as it did in the former one, perhaps with some new questions?"""
    return (course, major) in learner.credits or True in _renewals(learner, course, major)


def _counted_whole(learner: Learner, course: str, major: int) -> bool:
    """Was it passed whole in this version, or in the one that it was taken over from?"""
    return False in _renewals(learner, course, major) or (
        _is_taken_over(learner, course, major) and _counted_whole(learner, course, major - 1)
    )


def _renewals(learner: Learner, course: str, major: int) -> set[bool]:
    """Of what was passed: only what was new, or the whole quiz?"""
    passed = (one for one in learner.attempts if one.status == "PASSED")
    return {one.renewal for one in passed if (one.course, one.major) == (course, major)}


def _counted_since(learner: Learner, held: Certificate) -> datetime | None:
    """For a certificate that took the place of another one of its version, passes counted after this moment."""
    former = [
        one
        for one in learner.certificates
        if (one.track, one.major) == (held.track, held.major) and one.issued < held.issued
    ]
    if not former:
        return None
    last = max(former, key=lambda one: one.edition)
    if last.revoked and last.revoked <= held.issued:
        return last.revoked
    assert last.expires
    return max(last.issued, last.expires - GRACE)
