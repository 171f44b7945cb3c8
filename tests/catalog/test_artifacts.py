from pathlib import Path

import pytest

from grader.catalog.artifacts import digest_of, read_artifacts, write_artifacts, write_atomically
from grader.catalog.model import AnswerKey, Catalog, CertificationLevel, QuizKey, Track
from grader.errors import SetupError
from grader.questions.model import QuestionKey

CATALOG = Catalog(
    tracks=(
        Track(
            id="basics",
            title="Basics",
            type="PLATFORM_FUNDAMENTALS",
            level=CertificationLevel.FOUNDATION,
            required=True,
            version="1.0",
            url="basics/",
        ),
    )
)
KEY = AnswerKey(quizzes={"r": QuizKey(questions={"q": QuestionKey(right=("a",), feedback={"a": "Yes."})})})

HIDDEN = {"r": {"q": "<fieldset>…</fieldset>"}}


def test_it_works(tmp_path: Path) -> None:
    """What is written is read, and only its owner reads the key."""
    write_artifacts(tmp_path / "build", CATALOG, KEY, HIDDEN)
    found = read_artifacts(tmp_path / "build")
    assert (found.catalog, found.key, found.digest, found.fieldsets) == (CATALOG, KEY, digest_of(CATALOG), HIDDEN)
    for private in ("key.json", "questions.json"):
        assert (tmp_path / "build" / private).stat().st_mode & 0o777 == 0o600
    assert b"Yes." not in (tmp_path / "build" / "catalog.json").read_bytes()
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == [
        "catalog.json",
        "key.json",
        "questions.json",
    ]


@pytest.mark.parametrize("file", ["catalog.json", "key.json", "questions.json"])
def test_the_files_must_fit_one_another(tmp_path: Path, file: str) -> None:
    """The key of another build would grade wrongly, its questions would be others."""
    for name, catalog in (("one", CATALOG), ("other", Catalog())):
        write_artifacts(tmp_path / name, catalog, KEY)
    (tmp_path / "other" / file).replace(tmp_path / "one" / file)
    with pytest.raises(SetupError, match="does not fit"):
        read_artifacts(tmp_path / "one")


def test_a_changed_catalog_is_refused(tmp_path: Path) -> None:
    """Its digest tells."""
    write_artifacts(tmp_path, CATALOG, KEY)
    file = tmp_path / "catalog.json"
    file.write_text(file.read_text("utf-8").replace("Basics", "Other"), "utf-8")
    with pytest.raises(SetupError, match="does not fit"):
        read_artifacts(tmp_path)


@pytest.mark.parametrize(
    ("data", "message"), [(None, "is missing"), (b"{", "is broken"), (b'{"digest": "x"}', "is broken")]
)
def test_missing_and_broken_files_are_told_apart(tmp_path: Path, data: bytes | None, message: str) -> None:
    """Each in one line that says what to do."""
    write_artifacts(tmp_path, CATALOG, KEY)
    (tmp_path / "key.json").unlink()
    if data is not None:
        (tmp_path / "key.json").write_bytes(data)
    with pytest.raises(SetupError, match=rf"key\.json {message}.*grader build"):
        read_artifacts(tmp_path)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither half a file nor a temporary one."""
    (tmp_path / "key.json").mkdir()
    with pytest.raises(OSError, match=r"key\.json"):
        write_atomically(tmp_path / "key.json", b"new", mode=0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]
