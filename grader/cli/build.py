"""`grader build`."""

import click

from grader.cli.project import project_of
from grader.settings import Settings
from grader.site.build import build


@click.command("build")
@click.pass_obj
def build_command(settings: Settings) -> None:
    """Build the site, the catalog and the answer key into build/.

    The site's engine only sees pages whose answers are cut out. With mistakes in the content, or broken links,
    nothing is replaced.
    """
    build(project_of(settings), say=click.echo)
