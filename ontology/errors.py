"""Base of every error that carekg raises itself; `graph/errors.py` draws the whole tree."""


class CarekgError(Exception):
    """An error that names the thing, the place and the remedy, so that its text can be shown to a person.

    >>> str(CarekgError("paper.txt", "holds no text", "export it from the PDF again"))
    'paper.txt: holds no text; export it from the PDF again'
    """

    def __init__(self, thing: str, problem: str, remedy: str = "") -> None:
        """Keep the parts and make the sentence."""
        self.thing = thing
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{thing}: {problem}; {remedy}" if remedy else f"{thing}: {problem}")

    def __reduce__(self) -> tuple[type["CarekgError"], tuple[str, str, str]]:
        """Let the error travel between processes with its parts."""
        return type(self), (self.thing, self.problem, self.remedy)


class RecordError(CarekgError):
    """A record does not follow the slot table: a missing value, a wrong type or an unknown kind."""


class SpanError(CarekgError):
    """A span does not hold the words that it claims to hold."""


class VocabularyError(CarekgError):
    """A vocabulary file cannot be read or contradicts itself."""
