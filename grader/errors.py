"""Every error of ours: it carries what it is about, and its message is made from that."""


class GraderError(Exception):
    """The base. Never raised itself."""


class NotFoundError(GraderError):
    """Something named in the request or on the command line does not exist."""

    def __init__(self, noun: str, name: str, *, hint: str = "") -> None:
        super().__init__(f"There is no {noun} {name!r}{f': {hint}' if hint else '.'}")
        self.noun = noun
        self.name = name


class ConflictError(GraderError):
    """The request is understood, but the state of things forbids it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class InvalidValueError(GraderError):
    """A value that is of the right type and possible nowhere. `field` is its name, in the request or in an option."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.path = f"$.{field}"


class InvalidResponseError(GraderError):
    """A submission names what the quiz does not hold. `path` is its place, as in `$.responses[1].response[0]`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{message} - at `{path}`")
        self.path = path


class SignInRequiredError(GraderError):
    def __init__(self) -> None:
        super().__init__("Sign in first.")


class ForbiddenError(GraderError):
    """Signed in, but not allowed. The message says what it takes."""


class SetupError(GraderError):
    """What stops a command before it starts: one clear line that says what to do."""


class StoreUnavailableError(GraderError):
    """The database cannot take the work now; trying again later may help."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database is not available: {reason}")
        self.reason = reason
