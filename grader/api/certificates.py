"""Certificates: facts, the PDF, and the page for third parties."""

import hmac
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import File

from grader.api.context import CalledBy, Now, Parts, Visitor
from grader.api.openapi import SIGNED_IN, refusals
from grader.catalog.model import Record
from grader.certificates.model import Certificate, status
from grader.certification.status import CertificateStatus
from grader.errors import ForbiddenError
from grader.learning import certificates, corrections
from grader.learning.people import check_operator
from grader.pages import render as pages
from grader.store.base import Tx
from grader.store.rows import Learner

Code = Annotated[str, QueryParameter(description="The verification code printed on the certificate")]


class CertificateFacts(Record, frozen=True):
    """What anybody may know of a number. Numbers can be counted through, so a person only with the code."""

    number: str
    status: CertificateStatus
    track_title: str
    level: str
    version: str
    issued_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    superseded_by: str | None  # the one to look at instead
    revoked_reason: str | None  # with the code, as it may tell of the person
    name: str | None
    organization: str | None


class Revocation(Record, frozen=True):
    reason: str


class RevokedFacts(CertificateFacts, frozen=True):
    others_held: tuple[str, ...]  # numbers of the same person's other certificates of the track that hold


@get(
    "/certificates/{number:str}",
    operation_id="get_certificate",
    summary="Facts and status of a certificate",
    responses=refusals(404),
)
async def facts(number: FromPath[str], context: Parts, now: Now, code: Code = "") -> CertificateFacts:
    found = await context.store.read(certificates.get_certificate, number)
    return view_facts(found, now, known=fits(found, code))


@post(
    "/certificates/{number:str}/revocation",
    status_code=200,
    operation_id="revoke_certificate",
    summary="Revoke a certificate, for operators; twice for the same reason is once",
    responses=refusals(401, 403, 404, 409, 413, 422),
    security=SIGNED_IN,
)
async def revoke(number: FromPath[str], data: JSONBody[Revocation], caller: CalledBy, now: Now) -> RevokedFacts:
    return await caller.transact(_revoke, number, data.reason, now=now)


def _revoke(tx: Tx, learner: Learner, number: str, reason: str, *, now: datetime) -> RevokedFacts:
    check_operator(learner)
    found = corrections.revoke(tx, number, reason, actor=learner.id, now=now)
    others = certificates.list_others_held(tx, number, now=now)
    facts = msgspec.structs.asdict(view_facts(found, now, known=True))
    return RevokedFacts(**facts, others_held=tuple(one.number for one in others))


def view_facts(certificate: Certificate, now: datetime, *, known: bool) -> CertificateFacts:
    """`known`: whoever asks may see whose it is."""
    return CertificateFacts(
        number=certificate.number,
        status=status(certificate, now),
        track_title=certificate.track_title,
        level=certificate.level,
        version=certificate.version,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        revoked_at=certificate.revoked_at,
        superseded_by=certificate.superseded_by,
        revoked_reason=certificate.revoked_reason if known else None,
        name=certificate.name if known else None,
        organization=certificate.organization if known else None,
    )


@get(
    "/certificates/{file:str}",
    operation_id="get_certificate_pdf",
    summary="The certificate as PDF: for its owner, or with its code",
    responses={200: ResponseSpec(bytes, description="The document", media_type="application/pdf")}
    | refusals(403, 404, 410),
)
async def document(file: FromPath[str], context: Parts, visitor: Visitor, code: Code = "") -> File:
    """`/certificates/CERT-2026-00001.pdf`. Made now when it is not there yet; of a revoked one there is none."""
    found = await context.store.read(certificates.get_certificate, file.removesuffix(".pdf"))
    if not fits(found, code) and (visitor is None or visitor.id != found.learner):
        raise ForbiddenError(
            "A certificate's document is for its owner, who has to sign in, or for who has its verification code."
        )
    if found.revoked_at:
        raise certificates.WithdrawnError(found)
    path = await context.press.pdf(found)
    return File(
        path,
        filename=f"{found.number}.pdf",
        media_type="application/pdf",
        content_disposition_type="inline",
        headers={"Cache-Control": "private, no-cache", "Content-Security-Policy": "frame-ancestors 'self'"},
    )


@get(
    "/verify/{number:str}",
    media_type=MediaType.HTML,
    operation_id="verify_certificate",
    summary="The page for third parties",
    responses=refusals()
    | {
        404: ResponseSpec(str, description="The page that says that there is no such number", media_type=MediaType.HTML)
    },
)
async def verify(number: FromPath[str], context: Parts, now: Now, code: Code = "") -> Response[str]:
    """With the code it repeats every printed fact, without it no person. Needs no script and no sign-in."""
    found = await context.store.read(certificates.find_certificate, number)
    right = found is not None and fits(found, code)
    page = pages.verify_page(found, number=number, now=now, code_ok=right, code_wrong=bool(code) and not right)
    return Response(
        page,
        status_code=200 if found else 404,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "no-store"},
    )


def fits(certificate: Certificate, code: str) -> bool:
    """Compared in constant time, as it may have been typed: without regard to case, dashes and spaces."""
    return hmac.compare_digest(_bare(code).encode(), _bare(certificate.code).encode())


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
