"""The exceptions of whosays.

Bad *data* are reported as problems; an exception means that the caller cannot go on.
Each class also derives from the closest builtin and knows its exit code::

    WhosaysError
    ├─ DataError(problems)               ValueError         1
    ├─ OntologyError(term, path, line)   ValueError         1
    ├─ NothingFound(question)            LookupError        1
    ├─ UnknownName(kind, given, nearest) LookupError        2
    ├─ NotAProject(path)                 FileNotFoundError  2
    ├─ MissingFile(path)                 FileNotFoundError  2
    ├─ UsageError(message)               ValueError         2
    ├─ QueryError(message, line, column) ValueError         2
    ├─ RdfError(message, path, line)     ValueError         1
    ├─ MissingExtra(extra, purpose)      ImportError        2
    └─ OutsideError(message)             OSError            3
       └─ LimitReached(message)          TimeoutError       3
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.problems import Problem


class WhosaysError(Exception):
    """Everything that whosays raises on purpose.

    ``message`` says what and where; ``hint`` says how to go on; ``code`` is the
    WS code that ``whosays explain`` knows, or an empty string.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        """Keep the facts as attributes, so that callers need not parse the text."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        """Join message and hint, in the order a reader needs them."""
        return f"{self.message}. {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive pickling whatever the signature of the subclass."""
        return (_revive, (type(self), self.args, self.__dict__.copy()))


def _revive(
    kind: type[WhosaysError], args: tuple[Any, ...], state: dict[str, Any]
) -> WhosaysError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class DataError(WhosaysError, ValueError):
    """The project's data have errors, so that nothing can be built from them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Name the first problem and count the rest."""
        self.problems = tuple(problems)
        first = self.problems[0]
        more = len(self.problems) - 1
        hint = f"and {more} more" if more else ""
        super().__init__(str(first), hint, first.code)


class OntologyError(WhosaysError, ValueError):
    """A vocabulary file is broken or contradicts itself.

    ``others`` are further errors of the same file, so that all can be told at once.
    """

    def __init__(
        self,
        message: str,
        path: str = "",
        line: int | None = None,
        hint: str = "",
        code: str = "WS601",
    ) -> None:
        """Put the place in front, as compilers do."""
        self.path = path
        self.line = line
        self.others: tuple[OntologyError, ...] = ()
        place = f"{path}:{line}: " if line else f"{path}: " if path else ""
        super().__init__(f"{place}{message}", hint, code)


class NothingFound(WhosaysError, LookupError):
    """A finding was demanded and there is none."""


class UnknownName(WhosaysError, LookupError):
    """A name that the project does not know."""

    exit_code = 2

    def __init__(self, kind: str, given: str, nearest: Sequence[str] = ()) -> None:
        """Suggest, never take, the nearest names (each as it should be shown)."""
        self.kind = kind
        self.given = given
        self.nearest = tuple(nearest)
        hint = f"Did you mean: {', '.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"no {kind} “{given}”", hint)


class NotAProject(WhosaysError, FileNotFoundError):
    """No ``whosays.toml`` where one is needed."""

    exit_code = 2


class MissingFile(WhosaysError, FileNotFoundError):
    """A file that the user named is not there or cannot be read."""

    exit_code = 2


class UsageError(WhosaysError, ValueError):
    """A question that cannot be asked like this."""

    exit_code = 2


class QueryError(WhosaysError, ValueError):
    """A SPARQL text that is refused; line and column are counted from 1."""

    exit_code = 2

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
        code: str = "WS702",
        excerpt: str = "",
    ) -> None:
        """Keep the place and the line with a caret under it (``excerpt``)."""
        self.line = line
        self.column = column
        self.excerpt = excerpt
        super().__init__(message, hint, code)


class RdfError(WhosaysError, ValueError):
    """A foreign RDF file that is refused; nothing of it was taken."""

    def __init__(
        self,
        message: str,
        path: str = "",
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
        code: str = "",
    ) -> None:
        """Put the place in front, as compilers do."""
        self.path = path
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (path, line, column) if part)
        super().__init__(f"{place}: {message}" if place else message, hint, code)


class MissingExtra(WhosaysError, ImportError):
    """An optional package is needed and not installed."""

    exit_code = 2

    def __init__(self, extra: str, purpose: str, package: str = "") -> None:
        """Name what to install, and the package that is missed if it is not the extra."""
        self.extra = extra
        needed = package or extra
        super().__init__(f'{purpose} needs {needed}: install "whosays[{extra}]"')


class OutsideError(WhosaysError, OSError):
    """The world failed: disk, lock, network, server."""

    exit_code = 3


class LimitReached(OutsideError, TimeoutError):
    """A limit of time, memory or size ended the work."""
