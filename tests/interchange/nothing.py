"""No file beside."""


class Nothing:
    def find(self, path: str) -> bytes | None:
        return None


NOTHING = Nothing()
