from grader.learning.certificates import CODE_LETTERS, new_code


def test_it_works() -> None:
    """A verification code is twelve letters in three groups, none of which looks like another in print."""
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(CODE_LETTERS)
    assert not set("01ILOU") & set(CODE_LETTERS)


def test_codes_cannot_be_guessed() -> None:
    """Each code is new."""
    assert len({new_code() for _ in range(1000)}) == 1000
