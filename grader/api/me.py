"""Whoever is signed in."""

from litestar import get

from grader.api.context import Now, Parts, Published, SignedIn, Visitor
from grader.api.openapi import SIGNED_IN, refusals
from grader.api.views import CertificateView, CertificationView, view_certificate, view_standing
from grader.catalog.model import Record
from grader.learning.certificates import list_certificates
from grader.learning.overview import standings
from grader.store.rows import Learner


class LearnerView(Record, frozen=True):
    id: str
    name: str
    email: str
    kind: str
    organization: str | None
    role: str


class MeView(Record, frozen=True):
    learner: LearnerView | None  # None: nobody is signed in
    sign_in: str


class CertificationsView(Record, frozen=True):
    certifications: tuple[CertificationView, ...]


class CertificatesView(Record, frozen=True):
    certificates: tuple[CertificateView, ...]


@get("/me", operation_id="get_me", summary="Who is signed in", responses=refusals())
async def me(visitor: Visitor) -> MeView:
    return MeView(learner=_view(visitor) if visitor else None, sign_in="/sign-in")


@get(
    "/me/certifications",
    operation_id="list_certifications",
    summary="Progress in every track, and certificates",
    responses=refusals(401),
    security=SIGNED_IN,
)
async def certifications(learner: SignedIn, library: Published, context: Parts, now: Now) -> CertificationsView:
    found = await context.store.read(standings, learner, library, now=now)
    return CertificationsView(certifications=tuple(view_standing(one, now) for one in found))


@get(
    "/me/certificates",
    operation_id="list_certificates",
    summary="Every certificate that one ever got, the newest first",
    responses=refusals(401),
    security=SIGNED_IN,
)
async def certificates(learner: SignedIn, context: Parts, now: Now) -> CertificatesView:
    found = await context.store.read(list_certificates, learner.id)
    return CertificatesView(certificates=tuple(view_certificate(one, now) for one in found))


def _view(learner: Learner) -> LearnerView:
    return LearnerView(
        id=learner.id,
        name=learner.name,
        email=learner.email,
        kind=learner.kind,
        organization=learner.organization_name,
        role=learner.role,
    )
