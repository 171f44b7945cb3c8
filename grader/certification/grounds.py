"""What a certificate rests on: whether it still has its grounds when a pass is taken away."""

from datetime import datetime

import msgspec

from grader.certification.facts import Facts, Held, Pass
from grader.certification.needs import opens_at


def counted_from(held: Held, former: Held | None, grace_days: int) -> datetime | None:
    """Passes counted for a certificate after this moment only; None: all of its major version did.

    `former`: the one of the same version whose place it took, if there is one; none that was only issued anew.
    """
    if former is None:
        return None
    if former.revoked_at and former.revoked_at > held.issued_at:
        former = msgspec.structs.replace(former, revoked_at=None)  # it was not revoked then
    return opens_at(former, grace_days, held.issued_at) or former.issued_at


def needed(held: Held, lost: Pass, facts: Facts, start: datetime | None) -> bool:
    """Did the certificate need this pass, and is there nothing in its place?

    `facts` are without the pass, `start` is what `counted_from` says. The certificate of a later version needs it where
    the course was credited, or passed in its new questions only.
    """
    if start is None:
        return lost.major <= held.major and _rests_on(lost, held.major, facts)
    others = [one for one in facts.passes if (one.course, one.major) == (lost.course, lost.major)]
    return (
        (lost.major, lost.scope) == (held.major, "FULL")
        and lost.at > start
        and not any(one.scope == "FULL" and one.at > start for one in others)
    )


def _rests_on(lost: Pass, major: int, facts: Facts) -> bool:
    """Down from a major version to the one in which the course was passed whole."""
    scopes = {one.scope for one in facts.passes if (one.course, one.major) == (lost.course, major)}
    credited = any((one.course, one.major) == (lost.course, major) for one in facts.credits)
    if "FULL" in scopes:
        return False
    if credited or "RENEWAL" in scopes:
        return _rests_on(lost, major - 1, facts)
    return major <= lost.major
