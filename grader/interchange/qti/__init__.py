"""IMS/1EdTech QTI 2.1: items, tests and content packages. https://www.imsglobal.org/question/."""

from grader.interchange.qti.archive import Files
from grader.interchange.qti.package_reader import read_qti
from grader.interchange.qti.package_writer import write_qti

__all__ = ["Files", "read_qti", "write_qti"]
