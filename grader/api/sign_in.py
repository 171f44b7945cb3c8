"""The development sign-in's page and the session cookie. Other ways to sign in end with `open_session`, too."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from grader.api.context import AnyRequest, Context, Now, Parts
from grader.errors import ForbiddenError
from grader.identity import development
from grader.identity.person import Person
from grader.identity.session import COOKIE, new_token
from grader.learning import learners
from grader.pages import render as pages
from grader.settings import LOOPBACK, Settings, host_name

Form = URLEncodedBody[dict[str, Any]]


@get("/sign-in", media_type=MediaType.HTML, include_in_schema=False, sync_to_thread=False)
def sign_in_page(
    request: AnyRequest,
    context: Parts,
    next: FromQuery[str] = "/",  # noqa: A002 - the parameter's public name
) -> str:
    check_loopback(request, context.settings)
    return pages.sign_in_page(next_url=local(next), errors={})


@post("/sign-in", include_in_schema=False)
async def sign_in(request: AnyRequest, data: Form, context: Parts, now: Now) -> Response[str]:
    check_loopback(request, context.settings)
    form = {name: value for name, value in data.items() if isinstance(value, str)}
    try:
        person = development.person(form)
    except development.SignInError as error:
        page = pages.sign_in_page(
            next_url=local(form.get("next", "/")),
            name=form.get("name", ""),
            email=form.get("email", ""),
            organization=form.get("organization", ""),
            errors=error.fields,
        )
        return Response(page, status_code=422, media_type=MediaType.HTML)
    return await open_session(request, person, context, to=local(form.get("next", "/")), now=now)


@post("/sign-out", include_in_schema=False)
async def sign_out(request: AnyRequest, context: Parts, now: Now, next: FromQuery[str] = "/") -> Redirect:  # noqa: A002
    token = request.cookies.get(COOKIE)
    if token:
        await context.store.transact(learners.sign_out, token, now=now)
    form = await request.form()
    answer = Redirect(local(str(form.get("next") or next)), status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


async def open_session(request: AnyRequest, person: Person, context: Context, *, to: str, now: datetime) -> Redirect:
    """A new token at every sign-in: a session that was there before is never adopted, and ends."""
    token = new_token()
    hours = context.settings.session_hours
    former = request.cookies.get(COOKIE)
    await context.store.transact(learners.sign_in, person, token, now=now, hours=hours, former=former)
    cookie = Cookie(
        key=COOKIE,
        value=token,
        max_age=hours * 3600,
        path="/",
        httponly=True,
        secure=context.settings.url.startswith("https:"),
        samesite="lax",
    )
    return Redirect(to, status_code=303, cookies=[cookie])


def local(target: str) -> str:
    """A path of this origin, or `/`: nobody is sent elsewhere after signing in."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if safe and "\\" not in target else "/"


def check_loopback(request: AnyRequest, settings: Settings) -> None:
    """Raises ForbiddenError for a grader that others reach, by its settings, through a proxy or by a name of theirs."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host"))
    host = host_name(f"//{request.headers.get('host', '')}")
    if not settings.loopback or forwarded or host not in LOOPBACK:
        raise ForbiddenError("The development sign-in serves this machine only. Set up a real way to sign in.")
