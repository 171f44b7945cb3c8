import pytest

from grader.catalog.model import Track
from grader.certification.needs import Need, NeedKind
from grader.certification.progress import Progress, progress
from tests.certification.tracks import course, track

THREE = track(course("a"), course("b"), course("c", required=False))


def reached(made: Track, *kinds: NeedKind) -> Progress:
    return progress(made, {one.id: Need(kind=kind) for one, kind in zip(made.courses, kinds, strict=True)})


def test_it_works() -> None:
    """A track is complete when all required courses are done; optional ones do not count."""
    assert reached(THREE, NeedKind.PASSED, NeedKind.WHOLE, NeedKind.PASSED) == Progress(required=2, passed=1, earned=1)
    assert reached(THREE, NeedKind.PASSED, NeedKind.PASSED, NeedKind.WHOLE).complete


@pytest.mark.parametrize("kind", [NeedKind.WHOLE, NeedKind.QUESTIONS])
def test_open(kind: NeedKind) -> None:
    """What is left of a required course keeps the track open."""
    assert not reached(THREE, NeedKind.PASSED, kind, NeedKind.PASSED).complete


@pytest.mark.parametrize("kind", [NeedKind.CREDITED, NeedKind.WAIVED])
def test_other_ways(kind: NeedKind) -> None:
    """What is credited or waived counts as done."""
    assert reached(THREE, NeedKind.PASSED, kind, NeedKind.WHOLE).complete


@pytest.mark.parametrize("kind", NeedKind)
def test_a_track_without_required_courses_completes_nobody(kind: NeedKind) -> None:
    """There is nothing to certify."""
    assert not reached(track(course("c", required=False)), kind).complete


def test_waivers_alone_complete_nobody() -> None:
    """A certificate says that something was learnt; who need learn nothing has the whole track waived."""
    assert not reached(THREE, NeedKind.WAIVED, NeedKind.WAIVED, NeedKind.PASSED).complete


def test_credits_alone_complete() -> None:
    """A new version that holds nothing new is completed by what was passed before."""
    assert reached(THREE, NeedKind.CREDITED, NeedKind.CREDITED, NeedKind.WHOLE).complete


def test_the_minutes_of_a_track_are_those_of_its_required_courses() -> None:
    """What is optional takes no time."""
    assert THREE.minutes == 10
