"""`grader revoke`."""

import click

from grader.cli.confirming import confirmed_change, yes_option
from grader.cli.work import dry_run_option, operator, read, reason_option, utc_now
from grader.settings import Settings


@click.command("revoke")
@click.argument("number", metavar="NUMBER")
@reason_option
@dry_run_option
@yes_option
@click.pass_obj
def revoke_command(settings: Settings, number: str, reason: str, *, dry_run: bool, yes: bool) -> None:
    """Declare that a certificate must not be relied on.

    From then on its facts and its verification page say REVOKED, and there is no PDF of it any more. There is no way
    back but to issue another one: `grader reissue`. Who holds the verification code can read the reason.

    Other certificates of the same person and track that hold are named: they stay, also superseded ones.

    \b
      grader revoke CERT-2026-00001 --reason "Answers were shared in the exam"
    """
    from grader.learning.certificates import list_others_held
    from grader.learning.corrections import revoke

    for other in read(settings, list_others_held, number, now=utc_now()):
        click.echo(f"{other.number} of the same person and track holds as well. It stays until it is revoked, too.")
    confirmed_change(
        settings,
        lambda tx: revoke(tx, number, reason, actor=operator(), now=utc_now()),
        question=f"Revoke {number}? There is no way back.",
        dry_run=dry_run,
        yes=yes,
    )
