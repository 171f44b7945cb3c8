"""The same histories with operators in them, who revoke, issue anew, waive and regrade."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from grader.learning import corrections, regrading, waivers
from tests.laws.editions import BASICS, CLOCK, EXPERT, EXTRA, INTAKE, SECRETS
from tests.laws.ledger import look
from tests.laws.machine import Machine, lately, someone
from tests.laws.model import REGRADED

PLACES = (BASICS, INTAKE, CLOCK, EXTRA, EXPERT, SECRETS)
"""What may be waived."""

WAIVED = (timedelta(hours=2), timedelta(days=30), timedelta(days=400))

OPERATOR, WHY = "operator:olivia", "So it is"

taking = st.sampled_from(("nothing", "passes", "certificates"))
"""What a regrading may take away; with certificates the passes, too."""


class Operating(Machine):
    @precondition(lambda self: self.certificates)
    @rule(back=lately, reason=st.sampled_from(("Fraud", "Mistake")))
    def revoke(self, back: int, reason: str) -> None:
        who, place = self.certificates[-min(back, len(self.certificates))]
        number = self.world.learners[who].certificates[place].number
        self.both(
            lambda world: world.revoke(world.learners[who].certificates[place], reason, self.now),
            lambda: self.do(corrections.revoke, number, reason, actor=OPERATOR, now=self.now),
        )

    @precondition(lambda self: self.certificates)
    @rule(back=lately)
    def reissue(self, back: int) -> None:
        """With another name."""
        who, place = self.certificates[-min(back, len(self.certificates))]
        number, name = self.world.learners[who].certificates[place].number, f"Zoë {back}"
        self.both(
            lambda world: world.reissue(world.learners[who], world.learners[who].certificates[place], WHY, self.now),
            lambda: self.do(
                corrections.reissue, number, WHY, name=name, organization=None, actor=OPERATOR, now=self.now
            ),
        )

    @rule(who=someone, place=st.sampled_from(PLACES), lasts=st.sampled_from(WAIVED))
    def waive(self, who: int, place: str, lasts: timedelta) -> None:
        track, course = named(place)
        self.both(
            lambda world: world.waive(world.learners[who], track, course, self.now + lasts, self.now),
            lambda: self.do(
                waivers.grant,
                self.people[who].id,
                waivers.find_place(self.library, place),
                reason=WHY,
                ends_at=self.now + lasts,
                actor=OPERATOR,
                now=self.now,
            ),
        )

    @rule(who=someone, place=st.sampled_from(PLACES))
    def withdraw(self, who: int, place: str) -> None:
        track, course = named(place)
        self.both(
            lambda world: world.withdraw(world.learners[who], track, course, self.now),
            lambda: self.do(
                waivers.withdraw,
                self.people[who].id,
                waivers.find_place(self.library, place),
                reason=WHY,
                actor=OPERATOR,
                now=self.now,
            ),
        )

    @precondition(lambda self: any(self.ids))
    @rule(who=someone, taking=taking)
    def regrade(self, who: int, taking: str) -> None:
        """What has the erratum. Rehearsed first, which changes nothing and tells what will happen."""
        lowering, revoking = taking != "nothing", taking == "certificates"
        terms = regrading.Terms(actor=OPERATOR, rehearsal=False, lowering=lowering, revoking=revoking, reason=REGRADED)
        self.both(
            lambda world: world.regrade(world.learners[who], INTAKE, self.now, lowering=lowering, revoking=revoking),
            lambda: self.regraded(self.people[who].id, terms),
        )

    @rule(who=someone, how=st.sampled_from(("right", "early")), taking=taking)
    def put_right(self, who: int, how: str, taking: str) -> None:
        """Somebody passes or fails all that is required by a key that turns out to be wrong."""
        self.answer(who, INTAKE, how)
        self.answer(who, CLOCK, "right")
        self.publish("erratum")
        if any(self.ids):
            self.regrade(who, taking)

    @rule(who=someone, passed=st.sampled_from((INTAKE, CLOCK)), lasts=st.sampled_from(WAIVED))
    def excuse(self, who: int, passed: str, lasts: timedelta) -> None:
        """Somebody passes one course that is required, and is let off the other one."""
        self.answer(who, passed, "right")
        self.waive(who, CLOCK if passed == INTAKE else INTAKE, lasts)

    def regraded(self, learner: str, terms: regrading.Terms) -> None:
        target = self.read(regrading.find_target, INTAKE)
        self.do(regrading.keep_keys, target, self.library, terms=terms, now=self.now)
        for revision in target.revisions:
            if learner in self.read(regrading.list_learners, revision, after="", limit=100):
                work = partial(regrading.regrade_learner, learner=learner, revision=revision, target=target)
                told = self.rehearsed(work, terms)
                assert self.do(work, library=self.library, terms=terms, now=self.now) == told

    def rehearsed(self, work: Callable[..., Any], terms: regrading.Terms) -> Any:
        before = self.read(look)
        try:
            return self.do(work, library=self.library, terms=terms._replace(rehearsal=True), now=self.now)
        except regrading.Rehearsed as rehearsed:
            assert self.read(look) == before
            return rehearsed.changes

    @property
    def certificates(self) -> list[tuple[int, int]]:
        """Whose, and which of theirs; the newest last."""
        found = [
            (one.number, who, place)
            for who, learner in enumerate(self.world.learners)
            for place, one in enumerate(learner.certificates)
        ]
        return [(who, place) for _, who, place in sorted(found)]


def named(place: str) -> tuple[str, str | None]:
    """Track and course; None: the whole track."""
    return place.partition("/")[0], place if "/" in place else None
