import pytest

from grader.identity.development import SignInError, person

FORM = {"name": "Alice Liddell", "email": "alice@example.org", "organization": "Acme"}


def test_it_works() -> None:
    """A form becomes a person of the issuer `development`, known by the e-mail address."""
    made = person(FORM)
    assert (made.issuer, made.subject) == ("development", "alice@example.org")
    assert (made.name, made.email, made.organization) == ("Alice Liddell", "alice@example.org", "Acme")


def test_staff() -> None:
    """Without an organization one is of the staff."""
    assert person(FORM | {"organization": " "}).organization is None


def test_white_space() -> None:
    """White space around and within is folded, and letters are composed."""
    made = person({"name": "  Zoe\u0308 \n Liddell ", "email": " Zoe@Example.org "})
    assert (made.name, made.email, made.subject) == ("Zo\u00eb Liddell", "Zoe@Example.org", "zoe@example.org")


def test_every_mistake() -> None:
    """All mistakes are told at once, by field."""
    with pytest.raises(SignInError) as caught:
        person({"name": "", "email": "nobody", "organization": "x" * 81})
    assert set(caught.value.fields) == {"name", "email", "organization"}


@pytest.mark.parametrize("email", ["a@b.c", "o'hara+x@mail.example.co.uk", "ü@exämple.org"])
def test_addresses(email: str) -> None:
    """What may be an address is taken for one."""
    assert person(FORM | {"email": email}).email == email
