"""The site is always whole: the old one or the new one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.links import check_links
from generator.site import asset, staged


def test_success_replaces_everything_and_leaves_no_litter(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for word in ("old", "new"):
        with staged(site) as fresh:
            (fresh / f"{word}.html").write_text(word)
    assert sorted(path.name for path in site.iterdir()) == [".gitignore", "new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_failure_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with staged(site) as fresh:
        (fresh / "index.html").write_text("old")
    with pytest.raises(ZeroDivisionError), staged(site) as fresh:
        (fresh / "index.html").write_text(str(1 / 0))
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_killed_build_leaves_the_old_site_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with staged(site) as fresh:
        (fresh / "index.html").write_text("old")
    program = (
        "import time; from pathlib import Path; from generator.site import staged\n"
        f"with staged(Path({str(site)!r})) as fresh:\n"
        "    (fresh / 'half').write_text(''); print('here', flush=True); time.sleep(60)\n"
    )
    build = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    build.stdout.readline()
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    build.stdout.close()
    assert (site / "index.html").read_text() == "old"
    with staged(site) as fresh:
        (fresh / "index.html").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_another_build_at_work_keeps_its_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with staged(site) as one, staged(site) as other:
        (one / "one").touch()
        (other / "other").touch()
        assert one.is_dir()
    assert (site / "one").is_file()


def test_the_same_content_is_one_asset(tmp_path: Path) -> None:
    assert asset(tmp_path, b"weights", ".bin") == asset(tmp_path, b"weights", ".bin")
    assert asset(tmp_path, b"others", ".bin") != asset(tmp_path, b"weights", ".bin")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<a href="gone.html">', "index.html:2: the link 'gone.html' leads to no page or file"),
        ('<a href="#gone">', "index.html:2: the link '#gone' leads to no anchor"),
        ('<img src="assets/gone.webp">', "index.html:2: the link 'assets/gone.webp' leads to no"),
        ("<A HREF = gone.html>", "index.html:2: the link 'gone.html' leads to no page or file"),
        ("<a title=\"a > b\" href='a&amp;b'>", "index.html:2: the link 'a&b' leads to no"),
        ('<script src="gone.js">"<!--</script>', "index.html:2: the link 'gone.js' leads to no"),
        ('<a href="#no">x</a><!-- id="no" -->', "index.html:2: the link '#no' leads to no anchor"),
        ('<a href="../">', "index.html:2: the link '../' leads to no page or file"),
    ],
)
def test_a_broken_link_fails_the_build(tmp_path: Path, body: str, complaint: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "index.html").touch()  # outside the site
    (site / "index.html").write_text(f"<p>\n{body}")
    with pytest.raises(SiteError) as problem:
        check_links(site)
    assert str(problem.value).startswith(complaint)


def test_links_that_lead_somewhere_pass(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/index.html").write_text('<p id="here"><a href="../#top">')
    (tmp_path / "index.html").write_text(
        '<p id="top"><a href="more/#here~a=1"><a href="https://example.org/x"><a href="more">'
        '<!-- <a href="gone"> --><script>"<a href=gone>"</script>&lt;a href="gone"> <a id=a&b>'
        "<a href='#a%26b'>"
    )
    check_links(tmp_path)


def test_a_full_disk_is_said_and_the_old_site_stays(tmp_path: Path) -> None:
    """A size limit on files stands for the full disk: writing fails in the middle."""
    site = tmp_path / "site"
    with staged(site) as fresh:
        (fresh / "index.html").write_text("old")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from generator.errors import SiteError; from generator.site import staged\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        f"    with staged(Path({str(site)!r})) as fresh:\n"
        "        (fresh / 'big').write_bytes(bytes(200_000))\n"
        "except SiteError as problem:\n"
        "    print(problem); sys.exit(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "site: a file would grow over the size limit; the old site is untouched" in done.stdout
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
