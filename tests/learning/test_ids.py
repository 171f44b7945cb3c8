from grader.learning.ids import new_id


def test_it_works() -> None:
    """Ids are new, and sort in the order in which they were made."""
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(set(ids))
    assert {len(one) for one in ids} == {36}
