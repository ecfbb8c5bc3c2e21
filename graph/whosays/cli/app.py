"""The Typer application that the verbs register with, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Optional, TypeVar

import typer
from typer.core import TyperCommand, TyperOption
from typer.main import get_click_type

from whosays.cli.manner import NARROWEST, WIDEST, manner
from whosays.errors import UsageError

app = typer.Typer(
    name="whosays",
    help="Who affirms, denies or questions a relation of two actors, and where.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ProjectOption = Annotated[
    Optional[Path],  # noqa: UP045  (Typer reads this annotation at run time)
    typer.Option(
        "--project",
        "-p",
        metavar="DIR",
        help="The project; default: the nearest whosays.toml upwards, else the "
        "bundled one.",
        show_default=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr.")]
OutputOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output", "-o", metavar="FILE", help="Where to; the suffix is the format."
    ),
]


class Verb(TyperCommand):
    """A verb with the options that all share: how its answer is laid out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (click's)
        """Add the shared options to those of the verb."""
        own = kwargs.get("params") or []
        has_format = any(one.name == "format" for one in own)
        kwargs["params"] = [*own, *_shared(json=has_format)]
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Take the shared options out of what the verb is called with."""
        rest: list[str] = super().parse_args(ctx, args)
        given = ctx.params
        given.pop("no_color")
        manner.adopt(**{name: given.pop(name) for name in ("ascii", "width")})
        manner.verbose = given.pop("verbose")
        if given.pop("json", False):
            if given["format"] not in ("", "text", "json"):
                raise UsageError(f"--json and -f {given['format']} at once")
            given["format"] = "json"
        return rest


def _shared(*, json: bool) -> list[TyperOption]:
    """Make the shared options anew: click binds each to its command."""
    options = [
        TyperOption(
            param_decls=["--json"], is_flag=True, default=False, help="Same as -f json."
        ),
        TyperOption(
            param_decls=["--width"],
            type=_integer(NARROWEST, WIDEST),
            metavar="N",
            help="Columns of a line.",
        ),
        TyperOption(
            param_decls=["--ascii"],
            is_flag=True,
            default=False,
            help="Marks in plain ASCII.",
        ),
        TyperOption(
            param_decls=["--no-color"],
            is_flag=True,
            default=False,
            help="Plain text, which it is in any case.",
        ),
        TyperOption(
            param_decls=["--verbose", "-v"],
            count=True,
            type=_integer(),
            default=0,
            help="More notes on stderr.",
        ),
    ]
    return options if json else options[1:]


def _integer(low: int | None = None, high: int | None = None) -> Any:  # noqa: ANN401
    bounds = typer.Option(min=low, max=high)
    return get_click_type(annotation=int, parameter_info=bounds)


F = TypeVar("F", bound=Callable[..., Any])


def group(name: str, help: str, *, epilog: str) -> typer.Typer:
    """Register a verb that only gathers others, as in ``whosays actor add``."""
    made = typer.Typer(
        name=name,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def gathered(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            print(context.get_help())

    gathered.__doc__ = help
    made.callback(invoke_without_command=True)(gathered)
    app.add_typer(made, name=name, epilog=epilog)
    return made


def verb(
    name: str | None = None,
    *,
    epilog: str,
    of: typer.Typer = app,
    cls: type[Verb] = Verb,
) -> Callable[[F], F]:
    """Register a function as a verb, by its own name or another, maybe in a group."""
    return of.command(name, cls=cls, epilog=epilog)


def example(*lines: str) -> str:
    """Write the examples that stand at the end of a verb's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.")
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion", help="Complete words in your shell, and end."
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option("--show-completion", help="Print what would be installed."),
    ] = False,
) -> None:
    """Who affirms, denies or questions a relation of two actors, and where."""
    from whosays.cli import plain

    if context.invoked_subcommand is None:
        if version:
            plain.version()
        elif install_completion or show_completion:
            from whosays.cli.completion.install import install, show

            (install if install_completion else show)()
        else:
            plain.welcome()
