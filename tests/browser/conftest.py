"""A real Chromium, our own built site, and a page that fails the test on any complaint."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.server import Host
from tests.building import build as built_aside

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP classroom.test 127.0.0.1",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the quick run each test sees one width, drawn by its name; in the trial, both.

    One that also has two schemes sees each of them once: light when wide, dark when narrow.
    """
    if os.environ.get("EXPLORABLE_TRIAL"):
        return
    left = []
    for item in items:
        spec = getattr(item, "callspec", None)
        params = spec.params if spec else {}
        if "window" not in params:
            continue
        wide = params["window"][0] > 1000
        name = item.nodeid.partition("[")[0]
        kept = params["scheme"] == "light" if "scheme" in params else crc32(name.encode()) % 2
        if wide != bool(kept):
            left.append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium on the PATH, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


def program() -> str | None:
    """Where Chromium is; None lets Playwright look for its own."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def site() -> Iterator[Host]:
    """Our own site, as `make site` built it."""
    host = Host(ROOT / "site")
    yield host
    host.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Host]]:
    """Build the project folder that a test names, in a copy, and serve it; once per folder."""
    hosts: dict[Path, Host] = {}

    def build(project: Path) -> Host:
        if project not in hosts:
            copy = tmp_path_factory.mktemp(project.name) / project.name
            shutil.copytree(project, copy, symlinks=False)
            built_aside(copy)
            hosts[project] = Host(copy / "site")
        return hosts[project]

    yield build
    for host in hosts.values():
        host.close()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def window(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Width and height of the reader's window."""
    size: tuple[int, int] = request.param
    return size


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a context of its own; complaints in the console fail the test at its end.

    Keyword arguments go to the browser's context; `complaints=False` for tests that break something
    on purpose.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_(url: str, *, complaints: bool = True, **options: object) -> Page:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if complaints:
            page.on("console", lambda m: said.append(m.text) if m.type != "log" else None)
            page.on("pageerror", lambda e: said.append(str(e)))
            page.on("request", lambda r: _stays(r.url, url, said))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []


def _stays(asked: str, page: str, said: list[str]) -> None:
    """Note every request that leaves the page's own host."""
    own = "/".join(page.split("/")[:3])
    if not asked.startswith((own, "data:", "blob:")):
        said.append(f"a request to another host: {asked}")


@pytest.fixture(scope="session")
def reading(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with everything that moves with sentences."""
    project = tmp_path_factory.mktemp("reading")
    shutil.copytree(ROOT / "tests/sites" / "reading/articles", project / "articles")
    for part in ("plain-mlp", "datasets/small-digits"):
        shutil.copytree(ROOT / "tests/sites" / "foreign/models" / part, project / "models" / part)
    return built(project).url + "articles/moving-sentences/"


@pytest.fixture
def moving(open_page: Callable[..., Page], reading: str) -> Callable[..., Page]:
    """Open that page, wait until its sentences move; an argument goes behind the address."""

    def open_(view: str = "", **options: object) -> Page:
        page = open_page(reading + view, **options)
        page.locator(".variable.live").first.wait_for()
        return page

    return open_
