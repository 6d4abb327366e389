"""Names that TeX's mathematics is written with, to tell a misspelt one from its kin."""

COMMANDS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi
Psi Omega nabla partial infty ell hbar Re Im aleph emptyset forall exists neg top bot frac dfrac
tfrac cfrac sqrt binom sum prod int iint oint coprod bigcup bigcap bigoplus bigotimes lim limsup
liminf sup inf max min argmax argmin arg det dim exp log ln sin cos tan sinh cosh tanh gcd ker
deg Pr operatorname limits nolimits left right middle big Big bigg Bigg bigl bigr langle rangle
lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert mathbf mathbb mathcal mathscr
mathfrak mathsf mathtt mathrm mathit boldsymbol bm text textbf textit texttt mathop mathrel
mathbin hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute grave
mathring overbrace underbrace overset underset stackrel boxed cancel phantom color cdot cdots
ldots dots vdots ddots times div pm mp ast star circ bullet odot oplus otimes wedge vee cap cup
setminus leq geq le ge neq ne approx equiv sim simeq cong propto ll gg subset supset subseteq
supseteq in ni notin mid parallel perp prec succ models coloneqq triangleq to gets mapsto
leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longrightarrow
longmapsto uparrow downarrow implies iff xrightarrow xleftarrow quad qquad hspace begin end
label tag nonumber notag displaystyle textstyle scriptstyle prime not pmod bmod mathchoice
newcommand hline
"""
ENVIRONMENTS = (
    "align", "align*", "aligned", "array", "Bmatrix", "bmatrix", "cases", "equation", "equation*",
    "gather", "gather*", "gathered", "matrix", "multline", "pmatrix", "rcases", "subarray",
    "Vmatrix", "vmatrix",
)  # fmt: skip
COLOURS = {
    "#000000": "black", "#FF0000": "red", "#03FF00": "green", "#0000FF": "blue",
    "#00B9F2": "cyan", "#FB3199": "magenta", "#FF8001": "orange", "#BF0140": "purple",
    "#800080": "violet", "#BF803F": "brown", "#008080": "teal", "#808080": "gray",
}  # fmt: skip
