"""`grader preview`."""

import click
import msgspec

from grader.settings import Engine, Settings


@click.command("preview")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to serve it.  [default: as in grader.toml, 8000]")
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    help="What makes the pages.  [default: as in grader.toml, mkdocs]",
)
@click.pass_obj
def preview_command(settings: Settings, port: int | None, engine: str | None) -> None:
    """Show the content while you write it, until Ctrl-C.

    Save a file, and the page in the browser shows it. Mistakes stand in the page and here. Drafts are shown. Quizzes
    are graded: sign in with any name. The database is a new one each time, so nothing is kept, and attempts are not
    limited. Only this machine can open it.
    """
    from grader.preview.serve import preview

    chosen = msgspec.structs.replace(
        settings, port=port or settings.port, engine=Engine(engine) if engine else settings.engine
    )
    preview(chosen)
