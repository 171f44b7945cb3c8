from hypothesis import given
from hypothesis import strategies as st

from grader.versions.alike import pairs, without

WORDS = st.lists(st.text(alphabet="ab", max_size=8), max_size=6)


def test_it_works() -> None:
    """The most alike are pairs; what is like nothing is none."""
    assert [*pairs(["the clock", "a case"], ["another thing", "that clock"], str)] == [("the clock", "that clock")]
    assert [*pairs(["same", "sane"], ["sane"], str)] == [("sane", "sane")]


@given(WORDS, WORDS)
def test_each_is_in_one_pair_at_most(gone: list[str], new: list[str]) -> None:
    """However alike they are; and what is equal finds its like."""
    found = [*pairs([*enumerate(gone)], [*enumerate(new)], lambda one: one[1])]
    assert len({left for left, _ in found}) == len({right for _, right in found}) == len(found)
    if gone and gone == new:
        assert len(found) == len(gone)


def test_without() -> None:
    """It goes by the thing itself, not by what it is equal to."""
    one, other = ["a"], ["a"]
    [left] = without([one, other], [one])
    assert left is other
