"""Certificates: facts, the PDF, and the page for third parties."""

import hmac
from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.enums import MediaType
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.response import File

from grader.api.context import Now, Parts, Visitor
from grader.api.openapi import refusals
from grader.catalog.model import Record
from grader.certificates.model import Certificate, status
from grader.certification.status import CertificateStatus
from grader.errors import ForbiddenError
from grader.learning import certificates
from grader.pages import render as pages

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
    superseded_by: str | None
    name: str | None
    organization: str | None


@get(
    "/certificates/{number:str}",
    operation_id="get_certificate",
    summary="Facts and status of a certificate",
    responses=refusals(404),
)
async def facts(number: FromPath[str], context: Parts, now: Now, code: Code = "") -> CertificateFacts:
    found = await context.store.read(certificates.get_certificate, number)
    known = fits(found, code)
    return CertificateFacts(
        number=found.number,
        status=status(found, now),
        track_title=found.track_title,
        level=found.level,
        version=found.version,
        issued_at=found.issued_at,
        expires_at=found.expires_at,
        superseded_by=found.superseded_by,
        name=found.name if known else None,
        organization=found.organization if known else None,
    )


@get(
    "/certificates/{file:str}",
    operation_id="get_certificate_pdf",
    summary="The certificate as PDF: for its owner, or with its code",
    responses={200: ResponseSpec(bytes, description="The document", media_type="application/pdf")} | refusals(403, 404),
)
async def document(file: FromPath[str], context: Parts, visitor: Visitor, code: Code = "") -> File:
    """`/certificates/CERT-2026-00001.pdf`. Made now when it is not there yet."""
    found = await context.store.read(certificates.get_certificate, file.removesuffix(".pdf"))
    if not fits(found, code) and (visitor is None or visitor.id != found.learner):
        raise ForbiddenError(
            "A certificate's document is for its owner, who has to sign in, or for who has its verification code."
        )
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
