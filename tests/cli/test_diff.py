"""`grader diff` and `grader check --since`, in real repositories."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.history import commit, edit, git, repository
from tests.cli.running import Command, refusal
from tests.versions.editions import PAGES

REWORDED = ("basics/intake.md", "When does the clock start?", "What starts the clock?")


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    return repository(tmp_path, PAGES)


def test_it_works(grader: Command) -> None:
    """What changed in the working tree since a revision, committed or not, and which version that needs."""
    edit(grader, *REWORDED)
    done = grader.run("diff", "v1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Basics (basics/): 1.4 -> 1.4, needs 1.5 (minor)\n"
        "  minor  intake: question `clock` is reworded\n"
        "           - When does the clock start?\n"
        "           + What starts the clock?\n"
    )
    commit(grader.root, "After")
    assert grader.run("diff", "v1").stdout == done.stdout
    assert grader.run("diff", "HEAD").stdout == "Nothing changed in 1 track.\n"


def test_the_working_tree_stays_as_it_is(grader: Command) -> None:
    """Old content is read from git's objects: no file, no index and no branch changes."""
    edit(grader, *REWORDED)
    (grader.root / "content" / "note.txt").write_text("mine", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in grader.root.rglob("*")}, git(grader.root, "status", "--short")
    grader.run("diff", "v1")
    after = {path: path.stat().st_mtime_ns for path in grader.root.rglob("*")}, git(grader.root, "status", "--short")
    assert after == before


def test_json(grader: Command) -> None:
    """The same for programs."""
    edit(grader, *REWORDED)
    [track] = json.loads(grader.run("diff", "v1", "--format", "json").stdout)
    [change] = track.pop("changes")
    assert track == {
        "track": "basics",
        "title": "Basics",
        "before": "1.4",
        "after": "1.4",
        "wanted": "1.5",
        "needed": "minor",
        "made": "none",
        "enough": False,
        "notes": [],
    }
    assert change == {
        "bump": "minor",
        "course": "intake",
        "question": "clock",
        "fresh": False,
        "what": "question `clock` is reworded",
        "before": REWORDED[1],
        "after": REWORDED[2],
    }


def test_check_refuses_a_version_that_is_too_low(grader: Command) -> None:
    """At its place, until it is raised; and so for a gate, in every format."""
    edit(grader, *REWORDED)
    done = grader.run("check", "--since", "v1")
    assert done.returncode == 1
    assert done.stderr.startswith("content/basics/index.md:3:82: error[version-too-low]: ")
    assert [one["code"] for one in json.loads(grader.run("check", "--since", "v1", "--format", "json").stdout)] == [
        "version-too-low"
    ]
    edit(grader, "basics/index.md", '"1.4"', '"1.5"')
    done = grader.run("check", "--since", "v1")
    assert (done.returncode, done.stderr) == (0, "")


def test_other_mistakes_come_first(grader: Command) -> None:
    """A question that cannot be read is not gone: versions are compared when all else is well."""
    edit(grader, "basics/intake.md", "- [x] On receipt", "- [ ] On receipt")
    assert "[version-too-low]" not in grader.run("check", "--since", "v1").stderr
    assert "[no-right-option]" in grader.run("diff", "v1").stderr


def test_since_a_branch_began(grader: Command) -> None:
    """`main...` is where this branch left main: what others did there meanwhile is not its change."""
    git(grader.root, "switch", "--quiet", "--create", "mine")
    edit(grader, *REWORDED)
    commit(grader.root, "Mine")
    git(grader.root, "switch", "--quiet", "main")
    edit(grader, "basics/intake.md", "attempts: 3", "attempts: 2")
    commit(grader.root, "Theirs")
    git(grader.root, "switch", "--quiet", "mine")
    assert grader.run("diff", "main").stdout.count("minor  ") == 2
    assert grader.run("diff", "main...").stdout.count("minor  ") == 1


def test_what_the_past_was_called(grader: Command) -> None:
    """Content in another folder then, settings and types of tracks that are gone, no nav."""
    root = grader.root
    (root / "content").rename(root / "pages")
    (root / "mkdocs.yml").write_text("nav: [", "utf-8")
    (root / "grader.toml").write_text('content = "pages"\ngone = 1\nextra_track_types = ["SALES"]\n', "utf-8")
    index = root / "pages" / "basics" / "index.md"
    index.write_text(index.read_text("utf-8").replace("PLATFORM_FUNDAMENTALS", "SALES"), "utf-8")
    commit(root, "Elsewhere")
    git(root, "checkout", "--quiet", "v1", "--", "content", "mkdocs.yml")
    shutil.rmtree(root / "pages")
    (root / "grader.toml").unlink()
    told = grader.run("diff", "HEAD").stdout
    assert "  none   the track's `type` changed: SALES -> PLATFORM_FUNDAMENTALS\n" in told


def test_names_of_any_kind(grader: Command) -> None:
    """Pages whose names hold spaces or other scripts; links are no pages."""
    name = "basics/été à la une.md"
    page = grader.root / "content" / name
    page.write_text(PAGES["basics/intake.md"].replace("Intake\n", "Other\n"), "utf-8")
    (grader.root / "content" / "basics" / "link.md").symlink_to("index.md")
    commit(grader.root, "Names")
    page.unlink()
    (grader.root / "content" / "basics" / "link.md").unlink()
    assert "été à la une: the course is gone" in grader.run("diff", "HEAD").stdout


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("v2", "git knows no revision 'v2'. Name a branch, a tag or a commit"),
        ("v2...", "git knows no revision 'v2'."),
        ("HEAD:learning", "git knows no revision"),
        ("", "git knows no revision ''."),
    ],
)
def test_an_unknown_revision(grader: Command, revision: str, message: str) -> None:
    """One line says so, and what to do; a file or folder is none."""
    assert message in refusal(grader.run("diff", revision))
    assert message in refusal(grader.run("check", "--since", revision))


def test_an_option_of_git_is_no_revision(grader: Command) -> None:
    """Whatever stands there, git takes it for a name."""
    assert "git knows no revision '--all'" in refusal(grader.run("diff", "--", "--all"))


def test_before_there_was_content(grader: Command, tmp_path: Path) -> None:
    """The first commits of a repository may hold none."""
    git(tmp_path, "switch", "--quiet", "--orphan", "empty")
    (tmp_path / "README.md").write_text("# Nothing yet\n", "utf-8")
    commit(tmp_path, "Empty")
    git(tmp_path, "switch", "--quiet", "main")
    assert "At empty there was no page in content/." in refusal(grader.run("diff", "empty"))
    assert "no common past of empty... and HEAD" in refusal(grader.run("diff", "empty..."))


def test_outside_of_a_repository(grader: Command, tmp_path: Path) -> None:
    """It says what is missing."""
    shutil.rmtree(tmp_path / ".git")
    said = refusal(grader.run("diff", "v1", GIT_CEILING_DIRECTORIES=str(tmp_path.parent)))
    assert "Older content is read with git, but it says of" in said
    assert "not a git repository" in said


def test_without_git(grader: Command, tmp_path: Path) -> None:
    """It says what is missing."""
    assert "git, which is not installed" in refusal(grader.run("diff", "v1", PATH=str(tmp_path)))


def test_a_clone_without_its_past(grader: Command, tmp_path: Path) -> None:
    """As automatic builds make it: how to get the rest is said."""
    edit(grader, *REWORDED)
    commit(grader.root, "After")
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-tags", tmp_path.as_uri(), str(tmp_path / "clone"))
    said = refusal(Command(tmp_path / "clone" / "learning").run("diff", "v1"))
    assert "This clone holds only the last commits: fetch with `git fetch --unshallow`." in said
