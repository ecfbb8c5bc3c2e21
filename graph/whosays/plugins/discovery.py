"""Which plug-ins are installed, found by entry points and loaded one by one.

Only the verbs that use plug-ins look for them: in a large environment the looking alone
takes longer than most answers. A plug-in that cannot be loaded is a fact to be told, and
never in the way of the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

from whosays.errors import OutsideError, UsageError

IMPORTERS = "whosays.importers"
EXPORTERS = "whosays.exporters"
EXTRACTORS = "whosays.extractors"
GROUPS = (IMPORTERS, EXPORTERS, EXTRACTORS)
"""The groups of entry points that packages may register in."""

Result = TypeVar("Result")


class PluginError(OutsideError):
    """A plug-in failed; ``plugin`` is the one."""

    def __init__(self, plugin: Plugin, doing: str, error: BaseException) -> None:
        """Name the plug-in, its package and what it raised."""
        self.plugin = plugin
        said = (str(error).splitlines() or [""])[0]
        reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
        super().__init__(
            f"the plug-in {plugin.name} of {plugin.origin} failed {doing}: {reason}",
            "Ask whoever wrote it; whosays itself goes on without",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One entry point; ``value`` is what it led to, ``fault`` why it led nowhere."""

    group: str
    name: str
    package: str
    version: str
    value: Any = None
    fault: str = ""

    @property
    def kind(self) -> str:
        """Importer, exporter or extractor."""
        return self.group.rpartition(".")[2].removesuffix("s")

    @property
    def origin(self) -> str:
        """The package and its version."""
        return f"{self.package} {self.version}".strip()

    @property
    def suffix(self) -> str:
        """The suffix of the files that it reads or writes, with its dot."""
        given = getattr(self.value, "suffix", None)
        suffix = given if isinstance(given, str) and given else self.name
        return f".{suffix.removeprefix('.')}".lower()

    def call(self, doing: str, work: Callable[[], Result]) -> Result:
        """Let it work; whatever goes wrong inside becomes an error of ours.

        Raises:
            PluginError: it raised something.
        """
        try:
            return work()
        except OutsideError:
            raise  # our own disk, not the plug-in
        except Exception as error:
            raise PluginError(self, doing, error) from error


def found(*groups: str) -> list[Plugin]:
    """Load the plug-ins of some groups, or of all, sorted by kind and name."""
    return [
        _loaded(entry)
        for group in groups or GROUPS
        for entry in sorted(entry_points(group=group), key=lambda one: one.name)
    ]


def _loaded(entry: EntryPoint) -> Plugin:
    dist = entry.dist
    plugin = Plugin(
        group=entry.group,
        name=entry.name,
        package=str(dist.name) if dist else entry.value.partition(":")[0],
        version=str(dist.version) if dist else "",
    )
    try:
        value = entry.load()
        if entry.group == EXTRACTORS:
            value = value()
    except Exception as error:  # noqa: BLE001  (a stranger's module may raise anything)
        said = (str(error).splitlines() or [""])[0]
        return _with(plugin, fault=f"{type(error).__name__}: {said}".rstrip(": "))
    return _with(plugin, value=value, fault=_unusable(entry.group, value))


def _with(plugin: Plugin, *, value: object = None, fault: str = "") -> Plugin:
    return Plugin(
        group=plugin.group,
        name=plugin.name,
        package=plugin.package,
        version=plugin.version,
        value=value,
        fault=fault,
    )


def _unusable(group: str, value: object) -> str:
    """Say why something that could be loaded is no plug-in all the same."""
    if group == EXTRACTORS:
        from whosays.extract.plugins import checked

        try:
            checked(value)
        except UsageError as error:
            return str(error)
        return ""
    if not callable(value):
        return "it cannot be called"
    if group == EXPORTERS and not isinstance(getattr(value, "suffix", None), str):
        return "it has no suffix"
    return ""
