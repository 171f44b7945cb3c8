"""A learner's record: what the rules of certification look at, read from the store."""

from collections import defaultdict
from datetime import datetime
from typing import Literal

import msgspec

from grader.certification.facts import Credit, Facts, Held, Pass, Waiver
from grader.store.base import Tx


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["HELD", "PASS", "CREDIT", "WAIVER"]
    track: str
    major: int | None
    number: str | None
    course: str | None
    scope: Literal["FULL", "RENEWAL"] | None
    at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def fact(self) -> Held | Pass | Credit | Waiver:
        match self.kind:
            case "HELD":
                return Held(
                    number=str(self.number),
                    major=int(self.major or 0),
                    issued_at=self.at,
                    expires_at=self.expires_at,
                    revoked_at=self.revoked_at,
                )
            case "PASS":
                return Pass(course=str(self.course), major=int(self.major or 0), scope=self.scope or "FULL", at=self.at)
            case "CREDIT":
                return Credit(course=str(self.course), major=int(self.major or 0))
            case "WAIVER":
                assert self.expires_at
                return Waiver(course=self.course, ends_at=self.expires_at)


def records(tx: Tx, learner: str) -> dict[str, Facts]:
    """By track; one of which nothing is on record is absent."""
    rows: defaultdict[str, list[FactRow]] = defaultdict(list)
    for row in tx.list(FactRow, "list_learner_facts", learner=learner, track=""):
        rows[row.track].append(row)
    return {track: _facts(found) for track, found in rows.items()}


def record(tx: Tx, learner: str, track: str) -> Facts:
    return _facts(tx.list(FactRow, "list_learner_facts", learner=learner, track=track))


def _facts(rows: list[FactRow]) -> Facts:
    found = [row.fact() for row in rows]
    return Facts(
        passes=tuple(one for one in found if isinstance(one, Pass)),
        credits=tuple(one for one in found if isinstance(one, Credit)),
        held=tuple(one for one in found if isinstance(one, Held)),
        waivers=tuple(one for one in found if isinstance(one, Waiver)),
    )
