"""Names as people write them: white space folded, letters composed, nothing that cannot be printed."""

import unicodedata

LONGEST_NAME = 80

_JOINERS = str.maketrans("", "", "\u200c\u200d")  # Persian and Indic names need them, though they print nothing


def folded(text: str) -> str:
    """What looks the same is the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def fits(text: str, longest: int) -> bool:
    return len(text) <= longest and text.translate(_JOINERS).isprintable()
