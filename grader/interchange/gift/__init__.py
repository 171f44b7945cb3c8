"""Moodle's GIFT, a text file of questions: https://docs.moodle.org/en/GIFT_format."""

from grader.interchange.gift.reader import read_gift
from grader.interchange.gift.writer import write_gift

__all__ = ["read_gift", "write_gift"]
