"""Verbs that are loaded when they are asked for: `grader check` need not wait for what only others import."""

import gc
from collections.abc import Mapping
from importlib import import_module

import click


class Verbs(click.Group):
    """A group whose commands stand in modules of their own: `name -> "module:object"`."""

    verbs: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *self.verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.verbs[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"grader.cli.{module}"), name)
        gc.freeze()  # what was imported stays, so the collector need not look at it again and again
        return command
