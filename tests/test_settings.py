from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.settings import Settings, is_origin, read_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "grader.toml").write_text('host = "127.0.0.1"\nport = 9000\n', "utf-8")
    return tmp_path


def test_it_works(root: Path) -> None:
    """What grader.toml says counts, and the environment overrules it."""
    assert read_settings(root, {}).port == 9000
    assert read_settings(root, {"GRADER_PORT": "80", "PORT": "7"}).port == 80


def test_nothing_said(tmp_path: Path) -> None:
    """Without any settings everything stays on this machine."""
    settings = read_settings(tmp_path, {})
    assert settings == Settings(root=str(tmp_path))
    assert settings.loopback
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.folder == tmp_path.resolve()


def test_secret_from_a_file(root: Path) -> None:
    """A secret may stand in a file that the environment names."""
    secret = root / "secret"
    secret.write_text("sqlite:///elsewhere.db\n", "utf-8")
    assert read_settings(root, {"GRADER_DATABASE_FILE": str(secret)}).database == "sqlite:///elsewhere.db"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://a.example,https://b.example", ("https://a.example", "https://b.example")),
        (" https://a.example , ", ("https://a.example",)),
        ("", ()),
    ],
)
def test_list_in_the_environment(root: Path, given: str, expected: tuple[str, ...]) -> None:
    """The environment separates the members of a list by commas."""
    assert read_settings(root, {"GRADER_ALLOWED_ORIGINS": given}).allowed_origins == expected


def test_list_in_the_file(tmp_path: Path) -> None:
    """grader.toml writes lists as TOML does."""
    (tmp_path / "grader.toml").write_text('extra_track_types = ["SALES"]', "utf-8")
    assert read_settings(tmp_path, {}).track_types[-1] == "SALES"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("prot = 80", "has a setting `prot` that does not exist: did you mean `port`?"),
        ('root = "/"', "has a setting `root` that does not exist"),
        ("port = 0", "The port 0 is not possible: write one from 1 to 65535."),
        ("port = 65536", "The port 65536 is not possible"),
        ('port = "http"', "A setting is not possible: Expected `int`, got `str` - at `$.port`"),
        ('host = ""', "The host is empty"),
        ("session_hours = 0", "session_hours 0 is not possible"),
        ('allowed_origins = ["*"]', "allowed_origins: '*' is not possible"),
        ('allowed_origins = ["null"]', "allowed_origins: 'null' is not possible"),
        ('allowed_origins = ["https://a.example/"]', "without a path"),
        ('allowed_origins = "https://a.example"', "Expected `array`, got `str` - at `$.allowed_origins`"),
        ('public_url = "learn.example.org"', "public_url 'learn.example.org' is not possible"),
        ('public_url = "https://learn.example.org/"', "without a path"),
        ("port = ", "is no TOML"),
    ],
)
def test_impossible_in_the_file(tmp_path: Path, toml: str, message: str) -> None:
    """What is unknown or impossible stops the start, with one line that says what to do."""
    (tmp_path / "grader.toml").write_text(toml, "utf-8")
    with pytest.raises(SetupError) as caught:
        read_settings(tmp_path, {})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"GRADER_PROT": "80"}, "GRADER_PROT names no setting: did you mean `port`?"),
        ({"GRADER_ROOT": "/"}, "GRADER_ROOT names no setting"),
        ({"GRADER_PORT": ""}, "A setting is not possible"),
        ({"GRADER_DATABASE_FILE": "/nowhere"}, "GRADER_DATABASE_FILE: /nowhere cannot be read: No such file"),
        ({"GRADER_DATABASE_FILE": "/"}, "GRADER_DATABASE_FILE: / cannot be read: Is a directory"),
        ({"GRADER_DATABASE": "y", "GRADER_DATABASE_FILE": "/x"}, "Both GRADER_DATABASE and GRADER_DATABASE_FILE"),
    ],
)
def test_impossible_in_the_environment(root: Path, environment: dict[str, str], message: str) -> None:
    """The same holds for the environment: a typing error is not passed over."""
    with pytest.raises(SetupError) as caught:
        read_settings(root, environment)
    assert message in str(caught.value)


def test_secret_is_not_told(root: Path) -> None:
    """A secret that cannot be read as text does not end up in the message."""
    secret = root / "secret"
    secret.write_bytes(b"hunter2\xff")
    with pytest.raises(SetupError, match="no text in UTF-8") as caught:
        read_settings(root, {"GRADER_DATABASE_FILE": str(secret)})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("damage", ["folder", "bytes"])
def test_unreadable_file(tmp_path: Path, damage: str) -> None:
    """A grader.toml that cannot be read is no grader.toml."""
    file = tmp_path / "grader.toml"
    file.mkdir() if damage == "folder" else file.write_bytes(b"\xff")
    with pytest.raises(SetupError, match=r"grader\.toml"):
        read_settings(tmp_path, {})


@pytest.mark.parametrize(
    ("settings", "loopback"),
    [
        (Settings(), True),
        (Settings(host="::1"), True),
        (Settings(host="localhost", public_url="http://localhost:9000"), True),
        (Settings(host="0.0.0.0"), False),
        (Settings(host="127.0.0.1", public_url="https://learn.example.org"), False),
    ],
)
def test_loopback(settings: Settings, *, loopback: bool) -> None:
    """A grader that others reach is not on loopback, even if it only listens there behind a proxy."""
    assert settings.loopback is loopback


@pytest.mark.parametrize("text", ["https://a.example", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_origins(text: str) -> None:
    """An origin is scheme, host and perhaps a port."""
    assert is_origin(text)


@pytest.mark.parametrize(
    "text", ["", "*", "null", "a.example", "https://", "ftp://a.example", "https://a.example/x", "HTTPS://A.example"]
)
def test_no_origins(text: str) -> None:
    """Browsers write origins in small letters and without a path; nothing else would ever match."""
    assert not is_origin(text)


def test_ipv6() -> None:
    """The address of an IPv6 host stands in brackets."""
    assert Settings(host="::1", port=9000).url == "http://[::1]:9000"
