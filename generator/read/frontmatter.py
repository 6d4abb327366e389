"""The YAML at the head of an article to a checked `FrontMatter`, with line numbers in errors."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from generator.errors import ArticleError, nearest
from generator.read.article import FrontMatter


def front_matter(text: str, source: str) -> FrontMatter:
    """Check the front matter; `text` is the YAML between the dashes, which start on line 1.

    Raises:  ArticleError with file and line for broken YAML and for an unknown, missing or
             ill-typed field.
    """
    try:
        fields = YAML(typ="rt").load(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 2 if mark else 1
        raise ArticleError(f"YAML: {problem.problem}", where=f"{source}:{line}") from None
    if not isinstance(fields, CommentedMap):
        raise ArticleError(
            "the front matter is no list of 'field: value' lines", where=f"{source}:1"
        )
    try:
        return FrontMatter.model_validate(fields)
    except ValidationError as problem:
        first = problem.errors()[0]
        path = first["loc"]
        key = ".".join(str(part) for part in path)
        hint = ""
        if first["type"] == "extra_forbidden":
            hint = nearest(str(path[-1]), _fields_at(path[:-1]))
        what = f"front matter field {key!r}: {first['msg']}"
        raise ArticleError(what, where=f"{source}:{_line(fields, path)}", hint=hint) from None


def _fields_at(path: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = FrontMatter
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            inner = [kind for kind in (annotation, *get_args(annotation)) if _is_model(kind)]
            if inner:
                model = inner[0]
    return list(model.model_fields)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _line(fields: Any, path: tuple[int | str, ...]) -> int:
    """Line of the deepest part of `path` that the YAML has; the opening dashes are line 1."""
    line = 0
    for part in path:
        if isinstance(fields, CommentedMap) and part in fields:
            line = fields.lc.key(part)[0] + 1
        elif isinstance(fields, CommentedSeq) and isinstance(part, int) and part < len(fields):
            line = fields.lc.item(part)[0] + 1
        else:
            break
        fields = fields[part]
    return line + 1
