from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from grader.certificates.model import Certificate
from grader.pages.render import CSS, message_page, sign_in_page, verify_page

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def certificate() -> Certificate:
    return Certificate(
        number="CERT-2026-00001",
        code="K7QM-2XPA",
        certification="019ab1",
        learner="019ab2",
        name="Ada Lovelace",
        organization="Analytical Engines Ltd.",
        track="platform-fundamentals",
        edition=1,
        major=1,
        track_title="Platform Fundamentals",
        level="FOUNDATION",
        version="1.2",
        courses=("Confidentiality", "Receiving a report"),
        issued_at=datetime(2026, 11, 23, 10, tzinfo=UTC),
    )


def verify(certificate: Certificate | None, *, code_ok: bool = False, code_wrong: bool = False) -> str:
    return verify_page(certificate, number="CERT-2026-00001", now=NOW, code_ok=code_ok, code_wrong=code_wrong)


def test_with_the_code_it_repeats_every_printed_fact(certificate: Certificate) -> None:
    """Whoever holds the document can compare all of it."""
    html = verify(replace(certificate, expires_at=NOW + timedelta(days=1)), code_ok=True)
    for fact in (
        "ACTIVE",
        "CERT-2026-00001",
        "Ada Lovelace",
        "Analytical Engines Ltd.",
        "Platform Fundamentals",
        "Foundation",
        "1.2",
        "Confidentiality",
        "Receiving a report",
        "23 November 2026",
        "Until 2 June 2027",
    ):
        assert fact in html
    assert "<form" not in html


@pytest.mark.parametrize("code_wrong", [False, True])
def test_without_the_code_it_names_nobody(certificate: Certificate, *, code_wrong: bool) -> None:
    """Numbers can be counted through: track, status and dates are public; person, reason and code are not."""
    revoked = replace(certificate, revoked_at=NOW, revoked_reason="Ada left")
    html = verify(revoked, code_wrong=code_wrong)
    assert "Platform Fundamentals" in html
    assert "REVOKED" in html
    for secret in ("Ada", "Analytical", "Confidentiality", "K7QM", "019ab"):
        assert secret not in html
    assert '<form method="get"' in html
    assert ("That is not the code" in html) is code_wrong


def test_expired(certificate: Certificate) -> None:
    """An expired certificate says since when."""
    html = verify(replace(certificate, expires_at=NOW))
    assert "EXPIRED" in html
    assert "It expired on 1 June 2027" in html


def test_revoked_and_superseded(certificate: Certificate) -> None:
    """A revoked certificate says when, with the code why, and leads to its successor."""
    revoked = replace(certificate, revoked_at=NOW, revoked_reason="Wrong name", superseded_by="CERT-2027-00007")
    html = verify(revoked, code_ok=True)
    assert "was revoked on 1 June 2027" in html
    assert "Wrong name" in html
    assert '<a href="/verify/CERT-2027-00007">' in html


def test_an_unknown_number() -> None:
    """A number that was never issued is repeated as text, and offers nothing to try codes on."""
    html = verify_page(None, number="CERT-<script>", now=NOW, code_ok=False, code_wrong=False)
    assert "UNKNOWN" in html
    assert "CERT-&lt;script&gt;" in html
    assert "<form" not in html


def test_sign_in() -> None:
    """The form has the fields of the sign-in, keeps where to go next, and says that it is for development."""
    html = sign_in_page(next_url="/case-management/", errors={})
    for name in ("name", "email", "organization"):
        assert f'<label for="{name}">' in html
        assert f'name="{name}"' in html
    assert '<input type="hidden" name="next" value="/case-management/">' in html
    assert "Development sign-in" in html
    assert "aria-invalid" not in html


def test_sign_in_again() -> None:
    """What was typed is kept, and each field carries its own message."""
    html = sign_in_page(next_url="/", name='"Ada"', email="ada", organization="", errors={"email": "No @ in it."})
    assert 'value="&#34;Ada&#34;"' in html
    assert '<p class="error" id="email-error" role="alert">No @ in it.</p>' in html
    assert html.count('aria-invalid="true"') == 1
    assert 'aria-describedby="email-error"' in html


def test_message() -> None:
    """A message is text and one way on."""
    html = message_page(title="Not allowed", text="Ask <somebody>.", link="/", link_text="To the catalogue")
    assert "<h1>Not allowed</h1>" in html
    assert "Ask &lt;somebody&gt;." in html
    assert 'href="/">To the catalogue</a>' in html


def test_no_scripts_and_nothing_inline(certificate: Certificate) -> None:
    """The pages keep to the strictest content security policy: one stylesheet, no script, no inline style."""
    for html in (
        verify(certificate),
        verify(None),
        sign_in_page(next_url="/", errors={}),
        message_page(title="", text="", link="/", link_text=""),
    ):
        assert "<script" not in html
        assert "style=" not in html
        assert "<style" not in html
        assert '<link rel="stylesheet" href="/pages/pages.css">' in html
    assert "prefers-color-scheme: dark" in CSS
