"""`grader serve`."""

import click

from grader.settings import Settings


@click.command("serve")
@click.pass_obj
def serve_command(settings: Settings) -> None:
    """Serve the site and the grading API on one address, until Ctrl-C.

    The database and its folder are made at the first start. The address is host and port of grader.toml, or
    GRADER_HOST and GRADER_PORT.
    """
    from grader.api.serve import serve

    serve(settings)
