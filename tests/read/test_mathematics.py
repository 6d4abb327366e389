"""TeX becomes MathML that the page may show, or a message at the line of what is wrong."""

import re
from pathlib import Path

import pytest
from math_core import LatexError, LatexToMathML

from generator.read.tex import COLOURS, COMMANDS, ENVIRONMENTS
from tests.writing import Desk

ROOT = Path(__file__).parents[2]
# What writers on networks write, one formula a line.
FORMULAS = r"""
\mathrm{relu}(z) = \max(0, z)
\hat{y} = \operatorname{softmax}(\mathbf{W} \mathbf{x} + \mathbf{b})
p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}
\mathcal{L} = -\frac{1}{N} \sum_{n} \log p_\theta(t_n \mid \mathbf{x}_n)
\nabla_{\theta} \mathcal{L} = \mathbb{E}_{x \sim p}\left[ \nabla_\theta \log p_\theta(x) \right]
\theta \leftarrow \theta - \eta \frac{\partial \mathcal{L}}{\partial \theta}
\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V
D_{\mathrm{KL}}(p \,\|\, q) = \int p(x) \log \frac{p(x)}{q(x)} \, \mathrm{d}x
\min_G \max_D \; \mathbb{E}_x[\log D(x)] + \mathbb{E}_z[\log(1 - D(G(z)))]
\mathbf{h}_t = \tanh(\mathbf{W}_{hh} \mathbf{h}_{t-1} + \mathbf{W}_{xh} \mathbf{x}_t)
f \colon \mathbb{R}^{C \times H \times W} \to [0, 1]^K
\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{bmatrix} 1 \\ 0 \end{bmatrix}
\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}
\begin{aligned} a &= b + c \\ &= d \end{aligned}
\begin{array}{l|c} \text{in} & \text{out} \\ \hline 1 & 2 \end{array}
\underbrace{x + y}_{\text{sum}} \overbrace{a b}^{2} \overline{z} \widehat{xyz} \widetilde{abc}
\|x\|_2 \quad \lVert x \rVert \quad \lfloor x \rfloor \quad \langle a, b \rangle
\arg\max_i \; x_i, \quad \operatorname*{arg\,min}_{\theta} f(\theta)
\bigl( \Bigl[ \biggl\{ \Biggl| x \Biggr| \biggr\} \Bigr] \bigr)
x \in A \cup B \setminus C \subseteq \varnothing, \; \forall \epsilon > 0 \, \exists \delta
\mathsf{T} \mathtt{code} \mathfrak{g} \mathscr{F} \boldsymbol{\mu} \bm{\Sigma}
\color{red} a \color{blue} b {\color{teal} c}
\cancel{x} \boxed{E = m c^2} \overset{!}{=} \xrightarrow{n \to \infty}
\sqrt[3]{x} \binom{n}{k} \dfrac{1}{2} \tfrac{1}{2} x^{\prime} f'' \ddot{x} \vec{v}
\sum_{\begin{subarray}{l} i < j \\ j < k \end{subarray}} a_{ij} \cdots \ldots \vdots \ddots
\begin{gather} a \\ b \end{gather}
\begin{equation} a \tag{$*$} \end{equation}
\begin{multline} a \\ + b \\ + c \end{multline}
\text{\textsc{Small}} \text{\textbf{bold}} \cramped{x^2} a \! b \hspace{-0.5em} c
""".strip().replace("\\tag{$*$}", "\\tag{A}").split("\n")  # fmt: skip


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_has_no_inline_style_and_only_classes_that_css_knows(
    desk: Desk, tex: str
) -> None:
    html = desk.html(f"$$\n{tex}\n$$\n")
    assert html.startswith('<div class="equation"><div class="formula"><math display="block">')
    assert " style=" not in html
    sheet = (ROOT / "templates/css/math.css").read_text("utf8")
    classes = {name for found in re.findall(r'class="([^"]*)"', html) for name in found.split()}
    for name in classes - {"equation", "formula"}:
        assert f".{name}" in sheet or f'"{name.removeprefix("menclose-")}"' in sheet, name


@pytest.mark.parametrize("tex", FORMULAS)
def test_only_style_and_class_are_changed_in_what_the_converter_writes(
    desk: Desk, tex: str
) -> None:
    """Tags and text are math-core's, but for a script alphabet's selector and where sizes stand."""
    converter = LatexToMathML(allow_unreliable_rendering=True)
    expected = converter.convert_with_local_state(tex, displaystyle=True)
    bare = re.compile(
        r' (?:class|style|displaystyle|scriptlevel)="[^"]*"|</?mstyle[^>]*>'
        "|(?<=[\u2112\u2131])[\ufe00\ufe01]"
    )
    found = re.search(r"<math.*</math>", desk.html(f"$$\n{tex}\n$$\n"), re.DOTALL)
    assert found is not None
    assert bare.sub("", found.group(0)) == bare.sub("", expected)


@pytest.mark.parametrize("tex", FORMULAS)
def test_sizes_stand_where_the_standard_s_checker_allows_them(desk: Desk, tex: str) -> None:
    html = desk.html(f"$$\n{tex}\n$$\n")
    assert set(re.findall(r"<(\w+)[^>]* scriptlevel=", html)) <= {"mstyle"}
    assert set(re.findall(r"<(\w+)[^>]* displaystyle=", html)) <= {"math", "mstyle", "mtable"}


def test_a_large_fraction_and_a_matrix_above_a_letter_keep_their_size(desk: Desk) -> None:
    assert '<mstyle displaystyle="true"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>' in (
        desk.html("$x + \\dfrac12$\n")
    )
    raised = desk.html("$x^{\\begin{matrix} a \\end{matrix}}$\n")
    assert re.search(r'<mstyle scriptlevel="0"><mtable.*</mtable></mstyle>', raised), raised
    assert "scriptlevel" not in desk.html("$\\begin{matrix} a \\end{matrix}$\n")


def refusal(tex: str) -> str:
    """What the converter itself says against a formula."""
    try:
        LatexToMathML(fancy_error=False, allow_unreliable_rendering=True).convert_with_local_state(
            tex, displaystyle=True
        )
    except LatexError as problem:
        return str(problem)
    return ""


def test_every_listed_command_environment_and_colour_is_known() -> None:
    for name in COMMANDS.split():
        assert "Unknown command" not in refusal(f"\\{name}{{a}}{{b}}")
    for name in ENVIRONMENTS:
        assert "Unknown environment" not in refusal(f"\\begin{{{name}}}{{c}}a\\end{{{name}}}")
    converter = LatexToMathML()
    for value, name in COLOURS.items():
        mathml = converter.convert_with_local_state(f"\\color{{{name}}}x", displaystyle=False)
        assert value in mathml


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("one\ntwo $x + \\nosuch$ three\n", '7: mathematics: Unknown command "\\nosuch".'),
        ("$a +\n\\frc{1}{2}$\n", '7: mathematics: Unknown command "\\frc".\n  hint: did you mean '),
        ("$$\na\n\\alhpa\n$$\n", "8: mathematics: Unknown command \"\\alhpa\".\n  hint: did you m"),
        ("> x\n>\n> $$\n> a\n> \\nosuch\n> $$\n", '10: mathematics: Unknown command'),
        ("- x\n\n  $$\n  a \\nosuch\n  $$\n", '9: mathematics: Unknown command'),
        ("\\begin{align}\na \\\\\n\\nosuch\n\\end{align}\n", '8: mathematics: Unknown command'),
        (":::{math}\n:label: a\na\n\\nosuch\n:::\n", '9: mathematics: Unknown command'),
        ("| a | $\\nosuch$ |\n|---|---|\n| b | $\\nosuch$ |\n", '6: mathematics: Unknown command'),
        ("| a | b |\n|---|---|\n| b | $\\nosuch$ |\n", '8: mathematics: Unknown command'),
        ("x[^a]\n\n[^a]: one\n    two $\\nosuch$\n", '9: mathematics: Unknown command'),
        ("a^[note\n$\\nosuch$]\n", '7: mathematics: Unknown command'),
        ("a\n: b\n  c $\\nosuch$\n", '8: mathematics: Unknown command'),
        ("$\\color{pink} x$\n", "6: mathematics: a formula's colours are black, red, green"),
        ("$\\begin{pmatrx} x \\end{pmatrx}$\n",
         "6: mathematics: Unknown environment \"pmatrx\".\n  hint: did you mean 'pmatrix'?"),
        ("$\\hspace{-9em}$\n", "6: mathematics: the page cannot show this (margin-left: -9em)"),
        ("$\\def\\a{\\a\\a}\\a$\n", "6: mathematics: Too many expansions"),
        ("$$a$$ (x)\n\n:::{math}\n:label: x\nb\n:::\n", "9: the name 'x' is taken by the equation"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_formula_is_said_with_its_own_line(
    desk: Desk, body: str, message: str
) -> None:
    assert desk.complaint(body).startswith(f"articles/slug/index.md:{message}")


def test_numbers_of_an_environment_go_on_where_the_article_is(desk: Desk) -> None:
    html = desk.html(
        "$$a$$ (one)\n\n\\begin{align}\nb \\label{two} \\\\\nc \\notag \\\\\n"
        "d &= \\eqref{one} + \\eqref{four}\n\\end{align}\n\n$$e$$ (four)\n"
    )
    assert re.findall(r"<mtext>(\(\d\))</mtext>", html) == ["(2)", "(3)"]
    assert '<a href="#one">(1)</a>' in html
    assert '<a href="#four">(4)</a>' in html
    assert 'aria-label="Equation 4">(4)</a>' in html


def test_text_in_a_formula_is_escaped(desk: Desk) -> None:
    html = desk.html("$\\text{<b onclick=x>}$\n")
    assert "&lt;b\u00a0onclick=x&gt;" in html
