"""What stands around the words of an article: citations and where they lead, words, versions."""

import re
from pathlib import Path

import pytest

from generator.errors import ArticleError, FigureError
from generator.project import Project
from generator.read import article, read
from generator.read.article import Article
from generator.read.glossary import Glossary, Term, load
from generator.read.language import direction
from generator.render.apparatus import Apparatus
from generator.render.contents import contents
from generator.render.prose import Prose
from generator.render.selfcite import key
from generator.render.words import Words
from generator.settings import Settings

ROOT = Path(__file__).parents[2]
WORDS = sorted(path.stem for path in (ROOT / "templates/words").glob("*.toml"))
ABOUT = Settings(name="Site")
HEAD = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n{}---\n"
BIB = (
    "@misc{a, title = {A}, author = {Olah, Chris}}\n@misc{b, title = {B}, author = {Li, Fei-Fei}}\n"
)


def written(tmp_path: Path, body: str, front: str = "", slug: str = "slug") -> Article:
    folder = tmp_path / "articles" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(HEAD.format(front) + body, "utf8")
    (folder / "references.bib").write_text(BIB, "utf8")
    return article(folder)


def prose_of(found: Article, style: str = "numbered") -> Prose:
    return Prose(found, lambda block, caption: caption, lambda role: "", style=style)


def rendered(found: Article, style: str = "numbered") -> tuple[str, Prose]:
    prose = prose_of(found, style)
    return prose.whole(), prose


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


@pytest.mark.parametrize(
    ("text", "numbered", "dated"),
    [
        ("A {cite}`b`.", "A [1].", "A (Li n.d.)."),
        ("A {cite}`a, b`.", "A [1, 2].", "A (Olah n.d.; Li n.d.)."),
        ("A {cite:p}`see b, p. 3; a`.", "A [see 1, p. 3, 2].", "A (see Li n.d., p. 3; Olah n.d.)."),
        ("{cite:t}`b, p. 3` says.", "Li [1, p. 3] says.", "Li (n.d., p. 3) says."),
        ("{cite:t}`a; b` say.", "Olah [1] and Li [2] say.", "Olah (n.d.) and Li (n.d.) say."),
    ],
)
def test_citations_read_as_prose(tmp_path: Path, text: str, numbered: str, dated: str) -> None:
    found = written(tmp_path, text + "\n")
    assert plain(rendered(found)[0]) == numbered
    assert plain(rendered(found, "author-date")[0]) == dated


def test_the_list_and_the_text_lead_to_each_other(tmp_path: Path) -> None:
    body = (
        "One {cite}`a`, two {cite}`a, b`.[^n]\n\n[^n]: Note {cite}`a`.\n\n"
        ":::{network}\n:name: f\nCaption {cite:t}`b`.\n:::\n"
    )
    html, prose = rendered(written(tmp_path, body))
    listed = {one["key"]: one["places"] for one in prose.cite.entries()}
    assert listed == {"a": ["cite-a-1", "cite-a-2", "cite-a-3"], "b": ["cite-b-1", "cite-b-2"]}
    for key_, places in listed.items():
        for place in places:
            assert html.count(f'id="{place}" href="#ref-{key_}"') == 1


def test_a_caption_rendered_twice_cites_once(tmp_path: Path) -> None:
    found = written(tmp_path, ":::{network}\n:name: f\nCaption {cite}`a`.\n:::\n")
    prose = prose_of(found)
    assert prose.html(found.blocks[0].caption) == prose.html(found.blocks[0].caption)
    assert prose.cite.entries()[0]["places"] == ["cite-a-1"]


def test_a_term_is_marked_where_it_is_first_used_and_explained_below(tmp_path: Path) -> None:
    found = written(
        tmp_path, "{term}`Neurons`, a {term}`unit` and {term}`small steps <gradient>`.\n"
    )
    html, prose = rendered(found)
    assert html == (
        '<p><a class="term first" href="#term-neuron">Neurons</a>, '
        'a <a class="term" href="#term-neuron">unit</a> '
        'and <a class="term first" href="#term-gradient">small steps</a>.</p>\n'
    )
    below = Apparatus(prose, ABOUT).context("", "../../")["terms"]
    assert [one["term"].name for one in below] == ["neuron", "gradient"]
    # A word that the article uses is explained on its page, any other one in the glossary.
    assert '<a href="../../glossary.html#term-weight">weight</a>' in below[0]["html"]


def test_an_unknown_term_is_a_mistake_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as problem:
        written(tmp_path, "\nA {term}`nueron`.\n")
    assert str(problem.value) == (
        "articles/slug/index.md:7: the glossary has no term 'nueron'\n"
        "  hint: did you mean 'neuron'?"
    )


SURVEYED = {
    "neural network": ["artificial neural network", "network"],
    "neuron": ["computational unit", "node"],
    "weight": ["edge"],
    "layer": ["hidden layer"],
    "computational graph": ["dataflow graph"],
    "activation function": ["transfer function"],
    "activation": ["internal representation"],
    "convolutional neural network": ["CNN", "convnet"],
    "long short-term memory": ["LSTM"],
    "loss function": ["objective function", "cost function", "error"],
    "embedding": ["encoding"],
    "recurrent neural network": ["RNN"],
    "generative adversarial network": ["GAN"],
    "epoch": ["data pass"],
}


@pytest.mark.parametrize("name", SURVEYED)
def test_the_glossary_has_every_term_of_the_survey_s_table(name: str) -> None:
    glossary = load(ROOT, "en")
    found = glossary.find(name)
    assert found is not None
    assert found.name == name
    assert all(glossary.find(other) is found for other in SURVEYED[name])


def test_no_two_entries_claim_one_name_or_anchor() -> None:
    terms = load(ROOT, "en").terms
    names = [name.casefold() for term in terms for name in (term.name, *term.also)]
    assert sorted(names) == sorted(set(names))
    anchors = [term.anchor for term in terms]
    assert sorted(anchors) == sorted(set(anchors))


def test_a_project_adds_terms_and_says_them_in_another_language(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(
        '[logit]\nmeans = "Ours, of {term}`neurons`."\n["pen up"]\nmeans = "No ink."\n'
    )
    (tmp_path / "glossary.de.toml").write_text('[Gewicht]\nalso = ["Gewichte"]\nmeans = "Zahl."\n')
    english, german = load(tmp_path, "en"), load(tmp_path, "de-AT")
    for glossary in (english, german):
        logit = glossary.find("Logits")
        assert logit is not None
        assert (logit.means, logit.language) == ("Ours, of {term}`neurons`.", "en")
        assert glossary.find("pen up") is not None
    weight = german.find("Gewichte")
    assert weight is not None
    assert weight.language == "de"
    assert english.find("Gewicht") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n[a", "glossary.toml:2: not TOML: "),
        ("\n[a]\nalso = []", "glossary.toml:2: 'means' is missing: in plain words"),
        ("[a]\nmeans = ''", "glossary.toml:2: means: "),
        ("[a]\nmeans = 'x'\nalos = []", "glossary.toml:3: there is no field 'alos'"),
        ("a = 1", "glossary.toml:1: 'a' is no table"),
        (
            "[a]\nmeans = 'x'\n[\"dogs'\"]\nmeans = 'see {term}`nueron`'",
            "glossary.toml:4: the glossary has no term 'nueron'",
        ),
    ],
)
def test_each_mistake_in_a_project_s_glossary_is_said(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "glossary.toml").write_text(text)
    with pytest.raises(ArticleError) as problem:
        load(tmp_path, "en")
    assert str(problem.value).startswith(message)


def test_a_name_in_another_script_has_an_anchor_of_its_own() -> None:
    one, other = Term("الطبقة", "", (), "ar"), Term("الوزن", "", (), "ar")
    assert one.anchor != other.anchor
    assert Glossary([one]).find("الطبقة") is one


def test_older_versions_keep_their_address_and_know_the_newest(tmp_path: Path) -> None:
    written(tmp_path, "Now.\n", "updated: 2026-03-04\n")
    written(tmp_path, "Then {term}`logit`.\n", slug="slug/v/1")
    written(tmp_path, "Later.\n", slug="slug/v/2")
    written(tmp_path, "Alone.\n", slug="alone")
    found = {one.slug: one for one in read(Project(tmp_path))}
    assert {slug: one.version for slug, one in found.items()} == {
        "slug": 3, "slug/v/1": 1, "slug/v/2": 2, "alone": 0,
    }  # fmt: skip
    assert [one.slug for one in found.values() if one.current] == ["alone", "slug"]
    for one in ("slug", "slug/v/1", "slug/v/2"):
        assert [(v.number, v.slug, str(v.date)) for v in found[one].versions] == [
            (3, "slug", "2026-03-04"), (2, "slug/v/2", "2026-01-02"), (1, "slug/v/1", "2026-01-02"),
        ]  # fmt: skip
    assert found["alone"].versions == ()
    assert found["slug/v/1"].source == "articles/slug/v/1/index.md"


def test_a_version_is_a_number(tmp_path: Path) -> None:
    written(tmp_path, "Now.\n")
    written(tmp_path, "Then.\n", slug="slug/v/one")
    with pytest.raises(ArticleError, match="'one' is no number of a version"):
        read(Project(tmp_path))


def test_a_picture_has_a_maker_and_a_licence_of_its_own(tmp_path: Path) -> None:
    body = ":::{network}\n:name: f\n:credit: Ada Example\n:license: cc by-sa 4.0\n:model: m\n:::\n"
    (block,) = written(tmp_path, body).blocks
    assert block.rights is not None
    assert block.rights.license is not None
    assert (block.rights.credit, block.rights.license.name) == ("Ada Example", "CC BY-SA 4.0")
    assert list(block.options) == ["model"]
    (figure,) = rendered(written(tmp_path, f"{body[:-4]}Some words.\n:::\n"))[0].splitlines()
    assert figure == (
        '<p>Some words. <span class="credit">Picture: Ada Example, <a href="https://'
        'creativecommons.org/licenses/by-sa/4.0/" rel="license">CC BY-SA 4.0</a>.</span></p>'
    )
    with pytest.raises(FigureError) as problem:
        written(tmp_path, body.replace("cc by-sa 4.0", "CC-BY-9"))
    assert str(problem.value).startswith(
        "articles/slug/index.md:9: option 'license': 'CC-BY-9' is no SPDX licence identifier; did"
    )


def test_contents_are_the_headings_with_their_anchors(tmp_path: Path) -> None:
    body = (
        "### Small\n\n## A *b* `c`\n\n### D\n\n#### E\n\n:::{note}\n### F\n:::\n\n"
        "## The {term}`unit` {cite}`a` & $x$\n"
    )
    html, prose = rendered(written(tmp_path, body))
    assert [(one.title, [part.title for part in one.parts])
            for one in contents(html, prose.article.tokens)] == [
        ("Small", []),
        ("A <em>b</em> <code>c</code>", ["D"]),
        ("The unit  &amp; <math><mi>x</mi></math>", []),
    ]  # fmt: skip
    # Every anchor is there.
    assert all(f'id="{one.anchor}"' in html for one in contents(html, prose.article.tokens))


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("en", "ltr"),
     ("ar-Latn", "ltr"), ("zh-Hant-TW", "ltr"), ("ks-Deva", "ltr"), ("ur", "rtl")],
)  # fmt: skip
def test_the_direction_follows_from_the_language_or_its_script(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_every_word_with_the_same_blanks(language: str) -> None:
    def blanks(name: str) -> dict[str, list[str]]:
        words = dict(Words(name)._words)
        words |= words["numbers"]
        return {one: sorted(re.findall(r"\{\w+\}", str(value))) for one, value in words.items()}

    assert blanks(language) == blanks("en")
    assert len(Words(language).months) == 12


def test_figures_are_called_in_the_language_of_the_article(tmp_path: Path) -> None:
    body = "{numref}`f`\n\n:::{network}\n:name: f\n:::\n"
    for language, called in (("de", "Abbildung"), ("ar", "الشكل"), ("tlh", "Figure")):
        html, _ = rendered(written(tmp_path, body, f"language: {language}\n"))
        assert f">{called}&nbsp;1</a>" in html


def test_words_of_another_language_are_marked_as_such() -> None:
    assert Words("de-AT").references == "Literatur"
    assert Words("de-AT").marks == ""
    assert Words("fa").marks == ' lang="en" dir="ltr"'
    assert Words("en").marks == ""


@pytest.mark.parametrize(
    ("authors", "slug", "expected"),
    [
        ("[{name: Ada van der Berg}]", "on-naming", "berg2026on"),
        ("[{name: Jéan Erdős}]", "x", "erds2026x"),
        ("[{name: مريم المثال}]", "qiraat-raqm", "qiraat2026"),
        ("[]", "on-naming", "anonymous2026on"),
    ],
)
def test_the_article_has_a_key_that_bibtex_takes(
    tmp_path: Path, authors: str, slug: str, expected: str
) -> None:
    assert key(written(tmp_path, "", f"authors: {authors}\n", slug)) == expected


def test_the_licence_is_the_article_s_or_the_site_s(tmp_path: Path) -> None:
    own, none = written(tmp_path, "", "license: MIT\n", "a"), written(tmp_path, "", "", "b")
    for about, names in (
        (Settings(license="CC BY 4.0"), ["MIT", "CC BY 4.0"]),
        (Settings(license="Ask us"), ["MIT", "Ask us"]),
        (Settings(license=""), ["MIT", ""]),
    ):
        contexts = [Apparatus(prose_of(one), about).context("", "") for one in (own, none)]
        assert [context["license"].name for context in contexts] == names


def test_works_that_nobody_cites_are_known_with_their_lines(tmp_path: Path) -> None:
    found = written(tmp_path, "As {cite:t}`b` says.\n")
    assert [(one.key, one.where) for one in found.found["cite"].unused] == [
        ("a", "articles/slug/references.bib:1"),
    ]
