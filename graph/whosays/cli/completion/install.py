"""Showing and installing the scripts that make a shell ask for completions."""

from __future__ import annotations

import os
from pathlib import Path

from whosays.cli.output import say
from whosays.errors import UsageError

SHELLS = ("bash", "zsh", "fish")

_AFTER = {
    "bash": "It is loaded by bash-completion in the next shell.",
    "zsh": "In ~/.zshrc, before compinit:  fpath=(~/.zfunc $fpath)",
    "fish": "It is loaded in the next shell.",
}


def show(shell: str = "") -> None:
    """Print the script of a shell, by default of the one that is in use."""
    say(_script(_chosen(shell)).rstrip("\n"))


def install(shell: str = "") -> None:
    """Write the script where the shell looks for it, and say so before."""
    from whosays.files import write_atomic

    chosen = _chosen(shell)
    path = _place(chosen)
    say(f"writing the completion for {chosen} to {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, _script(chosen))
    say(_AFTER[chosen])


def _script(shell: str) -> str:
    return (Path(__file__).parent / f"whosays.{shell}").read_text("utf-8")


def _chosen(shell: str) -> str:
    """Take the shell that was named, else that of the environment."""
    from whosays.cli.formats import chosen

    if shell:
        return chosen("shell", shell, SHELLS)
    found = Path(os.environ.get("SHELL", "")).name
    if found not in SHELLS:
        hint = f"Name one: whosays --show-completion {'|'.join(SHELLS)}"
        raise UsageError("SHELL names no shell that is known here", hint)
    return found


def _place(shell: str) -> Path:
    home = Path.home()
    match shell:
        case "bash":
            data = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
            return Path(data) / "bash-completion" / "completions" / "whosays"
        case "zsh":
            return Path(os.environ.get("ZDOTDIR") or home) / ".zfunc" / "_whosays"
        case _:
            config = os.environ.get("XDG_CONFIG_HOME") or home / ".config"
            return Path(config) / "fish" / "completions" / "whosays.fish"
