"""Learners as operators name them: by e-mail address, or by id where an address is not enough."""

from collections.abc import Sequence
from datetime import datetime

from grader.errors import ForbiddenError, GraderError, NotFoundError
from grader.learning import audit
from grader.store.base import Tx
from grader.store.rows import Learner, Role


class AmbiguousLearnerError(GraderError):
    """Several issuers know the address: a person is (issuer, subject), never the e-mail."""

    def __init__(self, email: str, found: Sequence[Learner]) -> None:
        listed = "; ".join(f"{one.id} ({one.name}, signed in by {one.issuer})" for one in found)
        super().__init__(f"{len(found)} learners have the address {email}. Name one by the id instead: {listed}.")
        self.found = found


def get_person(tx: Tx, name: str) -> Learner:
    """`name` is an e-mail address or an id. Raises NotFoundError and AmbiguousLearnerError."""
    by_id = tx.find(Learner, "find_learner", id=name)
    found = [by_id] if by_id else tx.list(Learner, "list_learners_by_email", email=name.strip())
    if not found:
        raise NotFoundError("learner", name, hint="whoever has signed in once is known here")
    if len(found) > 1:
        raise AmbiguousLearnerError(name, found)
    return found[0]


def check_operator(learner: Learner) -> None:
    """Raises ForbiddenError."""
    if learner.role != "operator":
        raise ForbiddenError("This is for operators. An operator makes others so: grader role EMAIL operator")


def give_role(tx: Tx, name: str, role: Role, *, actor: str, now: datetime) -> Learner:
    """The person with the new role. Raises NotFoundError and AmbiguousLearnerError."""
    learner = get_person(tx, name)
    if learner.role != role:
        tx.run("set_learner_role", id=learner.id, role=role, now=now)
        audit.record(
            tx,
            "learner.role-changed",
            actor=actor,
            subject=("learner", learner.id),
            now=now,
            role=role,
            earlier={"role": learner.role},
            email=learner.email,
        )
    return learner
