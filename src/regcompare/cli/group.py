"""The command ``regcompare`` itself, whose commands are loaded when they are asked for."""

from __future__ import annotations

import copy
import io
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import click

from regcompare.errors import RegcompareError, UsageError, did_you_mean, nearest
from regcompare.plugins.builtin import BUILTIN
from regcompare.plugins.features import COMMANDS, Feature, is_shipped

from .streams import echo, orderly


class _Group(click.Group):
    """Loads a command on demand, and ends a refusal with a message and status 2, without a traceback."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        with orderly():
            try:
                status = super().main(args, standalone_mode=False, **extra)
            except click.ClickException as error:
                error.show(message := io.StringIO())
                echo(message.getvalue().rstrip("\n"), err=True)
                status = error.exit_code
        sys.exit(status)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_commands(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        feature = BUILTIN[COMMANDS].get(cmd_name) or _commands(ctx).get(cmd_name)
        if not feature:
            return None
        command = feature.load()
        if not isinstance(command, click.Command):
            raise UsageError(
                f"{feature.owner}: RC421 {feature.place} is not a command. Expected @click.command."
            )
        return command if is_shipped(feature.owner) else _held(command, feature)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands, left = _commands(ctx), self.list_commands(ctx)
        for heading, names in (*_GROUPS.items(), ("Others", tuple(left))):
            rows = [(name, commands[name].help) for name in names if name in left]
            left = [name for name in left if name not in names]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in BUILTIN[COMMANDS] and not args[0].startswith("-"):
            names = self.list_commands(ctx)
            if args[0] not in names:
                hint = did_you_mean(nearest(args[0], names)) or f" Expected one of {', '.join(names)}."
                ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegcompareError as error:
            echo(str(error), err=True)
            ctx.exit(2)


def _held(command: click.Command, feature: Feature) -> click.Command:
    """A command of a plugin that does not ship, whose faults are charged to it."""
    passes = (*(SystemExit, BrokenPipeError, click.ClickException, click.exceptions.Exit, click.Abort),)
    with feature.guard():
        held = copy.copy(command)

    def run(name: str, *arguments: Any, **options: Any) -> Any:
        with feature.guard(is_command=True, passes=passes):
            return getattr(type(command), name)(held, *arguments, **options)

    held.make_context = partial(run, "make_context")  # type: ignore[method-assign]
    held.invoke = partial(run, "invoke")  # type: ignore[method-assign]
    return held


def _commands(ctx: click.Context) -> Mapping[str, Feature]:
    with ctx.scope(cleanup=False):
        from ._installed import installed

        return installed().features[COMMANDS]


_GROUPS = {
    "Compare": ("compare", "count", "timeline", "gaps", "safeguards", "owed", "mirror", "shopping"),
    "Ask why": ("explain", "whatif", "evidence"),
    "Over all possible cases": ("standards", "map", "correlate", "evaluation"),
    "Count": ("message", "populations", "history", "licences"),
    "Registers": ("screen", "cases"),
    "Publish": ("brief", "cite", "page", "site"),
    "Write rulesets": (
        *("show", "facts", "check", "lint", "new", "clinic", "plugins", "export", "catalogues"),
    ),
}
"""The commands by what they are for, the ten that come first before the others."""


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="regcompare")
@click.pass_context
def main(context: click.Context) -> None:
    """Put an export of surveillance technology under several legal regimes and see where they differ.

    Without a command it prints the main finding of the comparison of documented sales.
    """
    if context.invoked_subcommand is None:
        from .cases import start

        start()
