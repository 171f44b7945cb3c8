import pytest

from grader.errors import SetupError
from grader.store.postgresql.address import parse


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://me:secret@db.example:5433/learning", "postgresql://me@db.example:5433/learning"),
        ("postgresql://me:p%40ss%2F@db/learning?sslmode=require", "postgresql://me@db/learning"),
        ("postgresql:///learning?host=/run/postgresql&password=secret", "postgresql:///run/postgresql/learning"),
        ("postgresql://one:5432,other:5433/learning", "postgresql://one,other:5432,5433/learning"),
    ],
)
def test_it_works(url: str, name: str) -> None:
    """An address is named without its password, however it is looked at."""
    address = parse(url)
    assert (url, name) == (address.url, str(address))
    assert "secret" not in f"{address!r} {address} {[address]}"


@pytest.mark.parametrize("password", ["SEN@TINEL", "SEN/TINEL", "SEN#TINEL", "SEN%TINEL", "SEN TINEL", "SEN/12@TINEL"])
def test_unreadable(password: str) -> None:
    """A password with characters that an address gives a meaning is refused by a line that repeats none of it."""
    with pytest.raises(SetupError, match="%40") as caught:
        parse(f"postgresql://me:{password}@db/learning")
    assert "SEN" not in str(caught.value)
    assert "TINEL" not in str(caught.value)
