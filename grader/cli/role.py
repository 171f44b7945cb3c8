"""`grader role`."""

import click

from grader.cli.work import change, dry_run_option, operator, utc_now
from grader.settings import Settings
from grader.store.rows import Role


@click.command("role", short_help="Make somebody an operator, a manager or a learner.")
@click.argument("learner", metavar="EMAIL")
@click.argument("role", type=click.Choice(["operator", "manager", "learner"]))
@dry_run_option
@click.pass_obj
def role_command(settings: Settings, learner: str, role: Role, *, dry_run: bool) -> None:
    """Say what somebody may do: be an operator, a manager of their organization, or a learner.

    Operators may revoke certificates. EMAIL is the address of somebody who has signed in at least once; where several
    people have it, the answer lists their ids, and an id is taken in its place.

    \b
      grader role alice@example.org operator
    """
    from grader.cli.events import show_changes
    from grader.learning.people import give_role

    events = change(settings, lambda tx: give_role(tx, learner, role, actor=operator(), now=utc_now()), dry_run=dry_run)
    show_changes(events, dry_run=dry_run)
