"""The map: works and claims are held to what is there, and pages say no more than that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.errors import GeneratorError
from generator.project import Project
from generator.read.claims import survey
from generator.read.survey import CELLS
from tests.authorsite import FRONT, build_here, replace, write
from tests.page import Look

ROOT = Path(__file__).parents[1]
KIND = '''"""A dot."""

from generator.figure import FigureOptions, Payload, Still


class Options(FigureOptions):
    """Nothing to set."""


STATES = {}


def payload(options, sources):
    """Draw it."""
    return Payload(still=Still('<svg viewBox="0 0 9 9"><circle r="4"/></svg>'), alt="A dot, alone.")
'''
COLUMNS = """["4.4"]
short = "Teaching"
means = "To let people see."

["7.5"]
short = "Experiments"
means = "One changes something."
"""
WORKS = """[T11]
name = "Node-link view"
by = "Harley"
year = 2015
title = "An Interactive View"
doi = "10.1007/978-3-319-27857-5_77"
cells = ["4.4", "7.5"]

[T14]
name = "Cells"
by = "Karpathy et al."
year = 2015
title = "Visualizing Networks"
arxiv = "1506.02078"
cells = ["4.4"]

[N06]
name = "Feature visualization"
by = "Olah et al."
year = 2017
title = "Feature Visualization"
doi = "10.23915/distill.00007"
group = "text"
"""
CLAIM = """figure = "one/fig-dot"
was = "A page with a <b>dot</b>."
showed = "That a dot is *round*."
here = "Look at it."
differs = "Ours is larger."

[checks.C1]
shows = "It is round."
tests = ["tests/test_dot.py::test_it_is_round"]

[checks.C2]
shows = "It moves."
missing = "It stands still."

[checks.C3]
shows = "It can be moved."
tests = ["tests/test_dot.py::test_it_is_round"]
missing = "By keys alone."
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site with one figure, a survey of three works and a claim on the first."""
    write(tmp_path, "explorable.toml", 'name = "A"\nmap = "survey"\n')
    write(tmp_path, "figures/dot/dot.py", KIND)
    write(tmp_path, "figures/dot/dot.html", "{{ still }}\n")
    write(tmp_path, "figures/dot/dot.js", "export default function mount() {}\n")
    front = FRONT.replace("title: T\n", "title: One\nsurvey: {cells: ['4.4'], rows: [T14]}\n")
    write(tmp_path, "articles/one/index.md", f"{front}:::{{dot}}\n:name: fig-dot\nA dot.\n:::\n")
    write(tmp_path, "survey/works.toml", WORKS)
    write(tmp_path, "survey/columns.toml", COLUMNS)
    write(tmp_path, "survey/T11.toml", CLAIM)
    write(tmp_path, "tests/test_dot.py", "def test_it_is_round() -> None: ...\n")
    return tmp_path


def text(html: str) -> str:
    """What a reader reads, marks and line ends apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_pages_say_what_is_there_and_what_is_not(project: Path) -> None:
    build_here(project)
    home = (project / "site/index.html").read_text("utf8")
    rows = re.findall(r'<tr id="(\w+)".*?</tr>', home, re.DOTALL)
    assert rows == ["T11", "T14"]  # N06 has no row of its own, and nothing is claimed of it
    said = text(home)
    assert "Node-link view Harley, 2015 Live in part Teaching Experiments" in said
    assert "Cells Karpathy et al., 2015 · see One Not yet Teaching" in said
    assert "Teaching 2 Experiments 1" in said
    links = Look(home).links
    assert "survey/T11/index.html" in links
    assert "https://arxiv.org/abs/1506.02078" in links
    assert 'data-cells="4.4"' in home
    page = (project / "site/survey/T11/index.html").read_text("utf8")
    said = text(page)
    assert "A page with a &lt;b&gt;dot&lt;/b&gt;. What it showed That a dot is round ." in said
    assert "There. It is round. 1 test tests/test_dot.py::test_it_is_round" in said
    assert "Missing. It moves. It stands still." in said
    assert "In part. It can be moved. By keys alone. 1 test" in said
    assert "Harley 2015. An Interactive View . doi:10.1007/978-3-319-27857-5_77" in said
    assert re.search(r'<figure id="fig-dot" .*data-payload="../../assets/', page)
    links = Look(page).links
    assert "../../articles/one/index.html#fig-dot" in links
    assert "../../figures/one/fig-dot/index.html" in links  # what "Share" gives to embed
    assert not (project / "site/survey/T14").exists()


def test_a_site_without_the_setting_has_no_map(project: Path) -> None:
    write(project, "explorable.toml", 'name = "A"\n')
    build_here(project)
    home = (project / "site/index.html").read_text("utf8")
    assert 'id="map"' not in home
    assert "map.css" not in home
    assert "T14" not in home
    assert not (project / "site/survey").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("works.toml", "year = 2015\ntitle = \"An", "year = \"long ago\"\ntitle = \"An",
         "survey/works.toml:4: year: Input should be a valid integer, unable to parse string as an "
         "integer\n  hint: of the paper"),
        ("works.toml", "[T14]", "[T14",
         "survey/works.toml:9: not TOML: Expected ']' at the end of a table declaration"),
        ("works.toml", "[T14]", "[Karpathy]",
         "survey/works.toml:9: 'Karpathy' is no catalogue row; rows are named like T11, L1, N06 or "
         "B02"),
        ("works.toml", '["4.4", "7.5"]', '["4.4", "7.9"]',
         "survey/works.toml:7: cells.1: '7.9' is no cell of the survey; they run from 4.1 to 8.2: "
         + ", ".join(CELLS)),
        ("works.toml", '["4.4", "7.5"]', '["4.4", "6.1"]',
         "survey/works.toml:7: T11 has a mark in 6.1, and columns.toml does not say what that is"),
        ("works.toml", '["4.4", "7.5"]', '["4.4", "4.4"]',
         "survey/works.toml:7: T11 has two marks in 4.4"),
        ("works.toml", 'arxiv = "1506.02078"\n', "",
         "survey/works.toml:9: one of doi, arxiv and url says where the paper is"),
        ("works.toml", "1506.02078", "150602078",
         "survey/works.toml:9: '150602078' is no arXiv id"),
        ("works.toml", 'arxiv = "1506.02078"', 'doi = "10.1007/978-3-319-27857-5_77"',
         "survey/works.toml:9: T14 and T11 are the same paper, doi:10.1007/978-3-319-27857-5_77"),
        ("works.toml", "name", "nmae",
         "survey/works.toml:2: there is no field 'nmae'\n  hint: did you mean 'name'?"),
        ("columns.toml", '["7.5"]', '["7.7"]',
         "survey/columns.toml:5: '7.7' is no column of the survey\n  hint: did you mean '7.6'?"),
        ("columns.toml", 'means = "One changes something."\n', "",
         "survey/columns.toml:5: 'means' is missing: what works with a mark here have in common"),
        ("T11.toml", "one/fig-dot", "one/fig-dit",
         "survey/T11.toml:1: there is no figure 'one/fig-dit'\n"
         "  hint: did you mean 'one/fig-dot'?"),
        ("T11.toml", "one/fig-dot", "fig-dot",
         "survey/T11.toml:1: figure: 'fig-dot' is not of the form ARTICLE/FIGURE"),
        ("T11.toml", "test_it_is_round", "test_it_is_square",
         "survey/T11.toml:9: tests/test_dot.py has no test 'test_it_is_square'\n"
         "  hint: did you mean 'test_it_is_round'?"),
        ("T11.toml", "tests/test_dot.py", "tests/test_dit.py",
         "survey/T11.toml:9: there is no file tests/test_dit.py with tests"),
        ("T11.toml", 'missing = "It stands still."\n', "",
         "survey/T11.toml:11: checks.C2: name the tests that show it, or say in 'missing' what is "
         "not there"),
        ("T11.toml", "checks.C2", "checks.C5",
         "survey/T11.toml:11: check 'C5' stands where C2 should"),
        ("T11.toml", 'was = "A page with a <b>dot</b>."\n', "",
         "survey/T11.toml:1: 'was' is missing: what the work was, in CommonMark"),
    ],
)  # fmt: skip
def test_one_message_says_what_is_wrong_and_where(
    project: Path, file: str, old: str, new: str, message: str
) -> None:
    text = (project / "survey" / file).read_text("utf8")
    write(project, f"survey/{file}", text.replace(old, new, 1))
    with pytest.raises(GeneratorError) as problem:
        checked(project)
    assert str(problem.value) == message


def checked(project: Path) -> None:
    """Read the map as a build does whose only figure is the dot."""
    found = survey(Project(project))
    assert found is not None
    found.check({"one/fig-dot"})


def test_a_claim_on_a_row_that_is_not_there_and_a_folder_that_is_not_there(project: Path) -> None:
    (project / "survey/T11.toml").rename(project / "survey/T12.toml")
    with pytest.raises(GeneratorError, match=r"survey/T12.toml: works.toml has no row 'T12'"):
        survey(Project(project))
    write(project, "explorable.toml", 'map = "elsewhere"\n')
    with pytest.raises(GeneratorError, match="elsewhere/columns.toml: columns.toml is missing"):
        survey(Project(project))


def test_what_no_test_holds_is_no_re_creation(project: Path) -> None:
    tested = 'tests = ["tests/test_dot.py::test_it_is_round"]\n'
    claim = CLAIM.replace(tested, 'missing = "It is square."\n', 1).replace(tested, "")
    write(project, "survey/T11.toml", claim)
    with pytest.raises(GeneratorError, match="survey/T11.toml: no test holds any part of it"):
        survey(Project(project))


def test_a_broken_map_stops_a_build_before_anything_is_computed(project: Path) -> None:
    write(project, "site/index.html", "old")
    replace(project, "survey/T11.toml", "one/fig-dot", "one/fig-dit")
    replace(project, "figures/dot/dot.py", "return Payload(", "return 1 / 0, Payload(")
    with pytest.raises(GeneratorError, match="there is no figure 'one/fig-dit'"):
        build_only(project)
    assert (project / "site/index.html").read_text("utf8") == "old"


def build_only(project: Path) -> None:
    from generator.build import build
    from generator.report import Report

    build(Project(project), Report())


def test_our_own_table_is_the_survey_s() -> None:
    """Totals of the 38 rows of Table II, column by column, counted in the survey itself."""
    found = survey(Project(ROOT))
    assert found is not None
    rows = [work for work in found.table.works if work.group == "table"]
    assert (len(rows), sum(work.group == "later" for work in found.table.works)) == (38, 7)
    assert [sum(number in work.cells for work in rows) for number in CELLS] == [
        36, 21, 7, 9, 30, 14, 11, 12, 13, 27, 14, 25, 9, 12, 9, 33, 11, 11, 14, 28,
    ]  # fmt: skip
    assert [column.number for column in found.table.columns] == list(CELLS)


# How many traits make a work what it is; a claim that left one out would claim too much.
TRAITS = {"N06": 6, "N07": 11, "N14": 4, "N22": 2, "N24": 1, "T10": 5, "T11": 5, "T19": 6,
          "T23": 5, "T26": 6, "T27": 9, "T29": 5, "T33": 5}  # fmt: skip


def test_our_own_claims_name_every_trait_and_their_figures_are_there() -> None:
    """That their tests are there is part of reading them, and so of every build."""
    found = survey(Project(ROOT))
    assert found is not None
    counted = {name: len(claim.checks) for name, claim in found.claims.items()}
    assert {name: counted.get(name) for name in TRAITS} == TRAITS
    for claim in found.claims.values():
        for name in (claim.figure, *claim.more):
            article, _, figure = name.partition("/")
            written = (ROOT / "articles" / article / "index.md").read_text("utf8")
            assert f":name: {figure}\n" in written, name
