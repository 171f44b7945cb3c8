"""What a site engine finds wrong."""

from grader.errors import GraderError


class SiteError(GraderError):
    """The engine refused the pages. Carries its complaints, one a line."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints) or "The site could not be built.")
        self.complaints = complaints
