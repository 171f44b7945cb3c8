from grader.identity.session import new_token, token_hash


def test_it_works() -> None:
    """A token is stored as a hash that always is the same."""
    assert token_hash("a") == token_hash("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_tokens_cannot_be_guessed() -> None:
    """Each token is new, and holds 256 random bits."""
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}  # 256 bits in Base64
