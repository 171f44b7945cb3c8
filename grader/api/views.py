"""What the API shows of certificates and certifications."""

from datetime import datetime

from grader.catalog.model import CertificationLevel, CourseType, Record
from grader.certificates.model import Certificate, status
from grader.certification.progress import CertificationStatus
from grader.certification.standing import Renewal
from grader.certification.status import CertificateStatus
from grader.learning.overview import CourseStanding, Standing


class CertificateView(Record, frozen=True):
    number: str
    status: CertificateStatus
    name: str
    organization: str | None
    track: str
    track_title: str
    version: str
    level: str
    issued_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    superseded_by: str | None  # number
    pdf_url: str | None  # None: revoked, so there is none
    verify_url: str


class CourseView(Record, frozen=True):
    course: str
    title: str
    url: str
    type: CourseType
    minutes: int
    required: bool
    status: str  # NOT_STARTED, IN_PROGRESS, PASSED, FAILED; CREDITED (passed in the former version) or WAIVED
    waived_until: datetime | None  # this course
    score: float | None
    new_questions: tuple[str, ...]  # the ids of those that are left to who renews; none: the whole quiz, or nothing


class RenewalView(Record, frozen=True):
    """What somebody who is certified has to do to stay so. `left`: required courses, in the order of the track."""

    certificate: str  # number
    needed_by: datetime | None  # when the certificate expires
    left: tuple[str, ...]  # ids of courses


class CertificationView(Record, frozen=True):
    track: str
    title: str
    url: str
    level: CertificationLevel
    version: str
    required: bool
    status: CertificationStatus
    required_courses: int
    passed_courses: int
    courses: tuple[CourseView, ...]
    certificate: CertificateView | None  # the one that holds, of whichever version; or the last one
    due: bool  # required, and lacking: neither certified nor waived
    renewal: RenewalView | None
    waived_until: datetime | None  # the whole track


def view_certificate(certificate: Certificate, now: datetime) -> CertificateView:
    """For its owner: the addresses hold the verification code."""
    return CertificateView(
        number=certificate.number,
        status=status(certificate, now),
        name=certificate.name,
        organization=certificate.organization,
        track=certificate.track,
        track_title=certificate.track_title,
        version=certificate.version,
        level=certificate.level,
        issued_at=certificate.issued_at,
        expires_at=certificate.expires_at,
        revoked_at=certificate.revoked_at,
        superseded_by=certificate.superseded_by,
        pdf_url=None if certificate.revoked_at else f"/certificates/{certificate.number}.pdf",
        verify_url=f"/verify/{certificate.number}?code={certificate.code}",
    )


def view_standing(standing: Standing, now: datetime) -> CertificationView:
    track = standing.track
    return CertificationView(
        track=track.id,
        title=track.title,
        url=track.url,
        level=track.level,
        version=track.version,
        required=track.required,
        status=standing.status,
        required_courses=standing.progress.required,
        passed_courses=standing.progress.passed,
        courses=tuple(_course(one) for one in standing.courses),
        certificate=view_certificate(standing.certificate, now) if standing.certificate else None,
        due=standing.due,
        renewal=_renewal(standing.renewal) if standing.renewal else None,
        waived_until=standing.waived_until,
    )


def _renewal(renewal: Renewal) -> RenewalView:
    return RenewalView(certificate=renewal.number, needed_by=renewal.by, left=tuple(renewal.left))


def _course(standing: CourseStanding) -> CourseView:
    course, result = standing.course, standing.result
    return CourseView(
        course=course.id,
        title=course.title,
        url=course.url,
        type=course.type,
        minutes=course.minutes,
        required=course.required,
        status=standing.status,
        waived_until=standing.waived_until,
        score=result.score if result else None,
        new_questions=standing.need.questions,
    )
