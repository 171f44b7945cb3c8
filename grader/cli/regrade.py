"""`grader regrade`."""

import click

from grader.cli.work import operator
from grader.settings import Settings


@click.command("regrade")
@click.argument("target", metavar="COURSE|REVISION")
@click.option("--apply", is_flag=True, help="Write it. Without this, nothing is changed.")
@click.option("--allow-lowering", is_flag=True, help="Also take away what the corrected key does not give.")
@click.option(
    "--revoke-certificates",
    is_flag=True,
    help="With --allow-lowering: revoke a certificate that needed a pass taken away.",
)
@click.option("--reason", default="", help="Why, for the audit trail; who holds a revoked certificate reads it, too.")
@click.pass_obj
def regrade_command(
    settings: Settings, target: str, *, apply: bool, allow_lowering: bool, revoke_certificates: bool, reason: str
) -> None:
    """Grade finished attempts anew after a key was corrected.

    Correct the key (or mark an option with {void} or {always}), build, and look what would change:

    \b
      grader regrade basics/privacy
      grader regrade basics/privacy --apply --reason "Question 2 had the wrong option marked"

    Each attempt is graded by the questions that it showed. What gets better is written; what would get worse stays,
    and is listed as kept, unless --allow-lowering is given. Whoever completes a track that way gets the certificate.
    A grader may run meanwhile.
    """
    if revoke_certificates and not allow_lowering:
        raise click.UsageError("--revoke-certificates needs --allow-lowering.")
    if apply and not reason.strip():
        raise click.UsageError("--apply needs a --reason: it stands in the audit trail.")
    from grader.cli.regrading import checked_reason, regrade
    from grader.learning.regrading import Terms

    terms = Terms(
        rehearsal=not apply,
        lowering=allow_lowering,
        revoking=revoke_certificates,
        reason=checked_reason(reason),
        actor=operator(),
    )
    regrade(settings, target, terms)
