"""`grader build`."""

import click
import msgspec

from grader.settings import Engine, Settings
from grader.site.build import build
from grader.site.project import project_of


@click.command("build")
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    help="What makes the pages.  [default: as in grader.toml, mkdocs]",
)
@click.pass_obj
def build_command(settings: Settings, engine: str | None) -> None:
    """Build the site, the catalog and the answer key into build/.

    The site's engine only sees pages whose answers are cut out. With mistakes in the content, or broken links,
    nothing is replaced.
    """
    project = project_of(settings)
    build(msgspec.structs.replace(project, engine=Engine(engine) if engine else project.engine), say=click.echo)
