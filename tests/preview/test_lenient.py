from grader.catalog.model import Catalog, CertificationLevel, Course, CourseType, Quiz, QuizRules, Track
from grader.preview.lenient import lenient

RULES = QuizRules(passing_score=0.9, attempts=2, cooldown=(60,), time_limit=600, draw=3)


def test_it_works() -> None:
    """Nothing keeps an author from trying again; what is asked, how long, and how much is right stays."""
    quiz = Quiz(revision="r", rules=RULES, questions=())
    courses = (
        Course(id="b/one", title="One", type=CourseType.TEXT, minutes=1, required=True, url="b/one/", quiz=quiz),
        Course(id="b/two", title="Two", type=CourseType.TEXT, minutes=1, required=False, url="b/two/"),
    )
    track = Track(
        id="b",
        title="B",
        type="T",
        level=CertificationLevel.FOUNDATION,
        required=True,
        version="1.0",
        url="b/",
        prerequisites=("a",),
        courses=courses,
    )
    [made] = lenient(Catalog(tracks=(track,))).tracks
    assert made.prerequisites == ()
    assert made.courses[1] == courses[1]
    assert made.courses[0].quiz
    assert made.courses[0].quiz.rules == QuizRules(passing_score=0.9, time_limit=600, draw=3)
