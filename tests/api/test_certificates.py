import asyncio

from tests.api.parts import Grader, Person
from tests.databases import on_both

pytestmark = on_both

NUMBER = "CERT-2026-00001"
PDF = f"/certificates/{NUMBER}.pdf"


async def code_of(person: Person) -> str:
    """Certifies, and tells the verification code."""
    return str((await person.certify())["verify_url"]).partition("code=")[2]


async def test_it_works(alice: Person) -> None:
    """With its code a certificate tells whose it is and what was reached."""
    code = await code_of(alice)
    response = await alice.http.get(f"/api/v1/certificates/{NUMBER}", params={"code": code})
    assert response.status_code == 200
    assert response.json() == {
        "number": NUMBER,
        "status": "ACTIVE",
        "track_title": "Basics",
        "level": "FOUNDATION",
        "version": "1.0",
        "issued_at": "2026-11-23T12:00:00Z",
        "expires_at": None,
        "revoked_at": None,
        "superseded_by": None,
        "revoked_reason": None,
        "name": "Alice Liddell",
        "organization": "Acme",
    }


WRONG_CODES = ["", "AAAA-BBBB-CCCC", "é", "\x00", "A" * 5000]


async def test_names_nobody_without_the_code(alice: Person, stranger: Person) -> None:
    """Numbers can be counted through, so without the right code neither facts nor page name a person: to nobody."""
    await alice.certify()
    for code in WRONG_CODES:
        for person in (stranger, alice):
            facts = await person.http.get(f"/api/v1/certificates/{NUMBER}", params={"code": code})
            page = await person.http.get(f"/verify/{NUMBER}", params={"code": code})
            assert (facts.status_code, page.status_code) == (200, 200)
            assert (facts.json()["name"], facts.json()["organization"]) == (None, None)
            assert "Alice" not in page.text
            assert "Acme" not in page.text
            assert "Basics" in page.text


async def test_typed_code(alice: Person, stranger: Person) -> None:
    """A code may be typed in small letters, and without its dashes."""
    code = await code_of(alice)
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        page = await stranger.http.get(f"/verify/{NUMBER}", params={"code": typed})
        assert "Alice Liddell" in page.text


UNKNOWN = ["CERT-2026-99999", "x", "%00", "..%2f..%2fgrader", "%3Cscript%3E"]


async def test_unknown_number(stranger: Person) -> None:
    """An unknown number is not found: as a page, as facts, as a document."""
    for number in UNKNOWN:
        facts = await stranger.http.get(f"/api/v1/certificates/{number}")
        page = await stranger.http.get(f"/verify/{number}")
        document = await stranger.http.get(f"/certificates/{number}.pdf")
        assert [number, facts.status_code, page.status_code, document.status_code] == [number, 404, 404, 404]
        assert "<script>" not in page.text


async def test_verify_page(alice: Person, stranger: Person) -> None:
    """The page for third parties needs neither sign-in nor script, and is kept by no cache and no search engine."""
    code = await code_of(alice)
    page = await stranger.http.get(f"/verify/{NUMBER}", params={"code": code})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert 'content="noindex"' in page.text
    for fact in ("Alice Liddell", "Acme", "Basics", "ACTIVE", NUMBER):
        assert fact in page.text


async def test_document_for_its_owner(grader: Grader, alice: Person) -> None:
    """Its owner gets the PDF, shown in the browser under its number."""
    await alice.certify()
    response = await alice.http.get(PDF)
    assert (response.status_code, response.content) == (200, b"%PDF-fake")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == f'inline; filename="{NUMBER}.pdf"'
    assert "no-cache" in response.headers["cache-control"]
    assert "Alice Liddell" in grader.printer.printed[0]


async def test_document_with_the_code(alice: Person, stranger: Person) -> None:
    """Whoever has the code gets the PDF without signing in."""
    code = await code_of(alice)
    assert (await stranger.http.get(PDF, params={"code": code})).content == b"%PDF-fake"


async def test_document_for_nobody_else(alice: Person, charlie: Person, stranger: Person) -> None:
    """Another learner and a stranger are refused, with a wrong code too."""
    await alice.certify()
    for person in (charlie, stranger):
        for code in ("", "AAAA-BBBB-CCCC"):
            response = await person.http.get(PDF, params={"code": code})
            assert response.status_code == 403
            assert response.json()["type"].endswith("/forbidden")


async def test_refusal_leads_to_the_sign_in(alice: Person, stranger: Person) -> None:
    """A browser gets the refusal as a page with the way to sign in and come back."""
    await alice.certify()
    response = await stranger.http.get(PDF, headers={"accept": "text/html,*/*"})
    assert (response.status_code, response.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert f"/sign-in?next={PDF}" in response.text


async def test_printed_without_being_asked(grader: Grader, alice: Person) -> None:
    """After the grade the certificate is printed once, and kept where only its user may read."""
    await alice.certify()
    await grader.at_rest()
    await alice.http.get(PDF)
    [file] = (grader.root / "data" / "certificates").iterdir()
    assert len(grader.printer.printed) == 1
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"%PDF-fake", 0o600)


async def test_made_again(grader: Grader, alice: Person) -> None:
    """A document that is gone is made again, the same for all who ask at once."""
    await alice.certify()
    await grader.at_rest()
    for file in (grader.root / "data" / "certificates").iterdir():
        file.unlink()
    responses = await asyncio.gather(*(alice.http.get(PDF) for _ in range(16)))
    assert {response.content for response in responses} == {b"%PDF-fake"}
    assert len(grader.printer.printed) == 2


async def test_printing_fails(grader: Grader, alice: Person) -> None:
    """A document that cannot be printed now is worth another try; the grade and the certificate stand."""
    grader.printer.jam_now()
    certificate = await alice.certify()
    response = await alice.http.get(PDF)
    assert (certificate["number"], response.status_code) == (NUMBER, 503)
    assert response.headers["retry-after"] == "2"
    assert response.json()["type"].endswith("/unavailable")
    grader.printer.jam = None
    assert (await alice.http.get(PDF)).status_code == 200


async def test_address_on_the_document(grader: Grader, alice: Person) -> None:
    """The document names the page where it can be checked."""
    await alice.certify()
    await grader.at_rest()
    assert f"http://127.0.0.1:8000/verify/{NUMBER}" in grader.printer.printed[0]


async def test_revoked(grader: Grader, alice: Person) -> None:
    """A revoked certificate says so to everybody."""
    await alice.certify()
    await grader.execute("UPDATE certificates SET revoked_at = '2026-11-23T13:00:00.000000Z', revoked_reason = 'fraud'")
    facts = (await alice.http.get(f"/api/v1/certificates/{NUMBER}")).json()
    page = await alice.http.get(f"/verify/{NUMBER}")
    assert facts["status"] == "REVOKED"
    assert "REVOKED" in page.text
    assert "fraud" not in page.text


async def test_expired(grader: Grader, alice: Person) -> None:
    """A certificate is expired from the second on that is printed on it."""
    await alice.certify()
    await grader.execute("UPDATE certificates SET expires_at = '2026-11-24T12:00:00.000000Z'")
    for expected in ("ACTIVE", "EXPIRED"):
        assert (await alice.http.get(f"/api/v1/certificates/{NUMBER}")).json()["status"] == expected
        grader.clock.move(hours=24)
