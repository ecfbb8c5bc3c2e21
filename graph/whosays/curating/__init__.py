"""From a curator's sheet to accepted statements: add, mend, mark, and templates."""

from whosays.curating.adding import Added, RowsRefused, add
from whosays.curating.effects import Effect, Effects, effects

__all__ = ["Added", "Effect", "Effects", "RowsRefused", "add", "effects"]
