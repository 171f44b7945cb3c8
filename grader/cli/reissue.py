"""`grader reissue`."""

import click

from grader.cli.confirming import confirmed_change, yes_option
from grader.cli.work import dry_run_option, operator, reason_option, utc_now
from grader.settings import Settings


@click.command("reissue", short_help="Issue a certificate anew, with a corrected name or a new code.")
@click.argument("number", metavar="NUMBER")
@click.option("--name", help="As it shall be printed.  [default: as it is]")
@click.option("--organization", help="As it shall be printed; '' for none.  [default: as it is]")
@reason_option
@dry_run_option
@yes_option
@click.pass_obj
def reissue_command(
    settings: Settings,
    number: str,
    name: str | None,
    organization: str | None,
    reason: str,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Issue a certificate anew, with a corrected name or organization, or because its code got into wrong hands.

    The new one has a number and a verification code of its own; date of issue and end stay. The old one is revoked, and
    whoever looks it up is led to the new one. What is printed on the next certificate is the name that the way of
    signing in gives: have it corrected there, too.

    \b
      grader reissue CERT-2026-00001 --name "Zoë Ångström" --reason "The name was misspelt"
    """
    from grader.learning.corrections import reissue

    confirmed_change(
        settings,
        lambda tx: reissue(tx, number, reason, name=name, organization=organization, actor=operator(), now=utc_now()),
        question=f"Issue {number} anew, and revoke the old one?",
        dry_run=dry_run,
        yes=yes,
    )
