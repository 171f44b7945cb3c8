import pytest

from grader.catalog.model import CertificationLevel, Course, CourseType, Track
from grader.certification.progress import Progress, progress


def track(*required: bool) -> Track:
    return Track(
        id="basics",
        title="Basics",
        type="PLATFORM_FUNDAMENTALS",
        level=CertificationLevel.FOUNDATION,
        required=True,
        version="1.0",
        url="basics/",
        courses=tuple(
            Course(id=f"basics/{n}", title=str(n), type=CourseType.TEXT, minutes=5, required=needed, url=f"basics/{n}/")
            for n, needed in enumerate(required)
        ),
    )


def test_it_works() -> None:
    """A track is complete when all required courses are passed; optional ones and other tracks do not count."""
    assert progress(track(True, True, False), {"basics/0", "basics/2", "else/1"}) == Progress(required=2, passed=1)
    assert progress(track(True, True, False), {"basics/0", "basics/1"}).complete


@pytest.mark.parametrize("passed", [set[str](), {"basics/0"}])
def test_a_track_without_required_courses_completes_nobody(passed: set[str]) -> None:
    """There is nothing to certify."""
    assert not progress(track(False), passed).complete


def test_the_minutes_of_a_track_are_those_of_its_required_courses() -> None:
    """What is optional takes no time."""
    assert track(True, True, False).minutes == 10
