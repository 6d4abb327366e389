"""A site says what it is in explorable.toml, and a mistake there has its line."""

from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.settings import Settings, settings


def read(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "explorable.toml").write_text(text, "utf8")
    return settings(tmp_path)


def test_without_the_file_every_field_has_a_default(tmp_path: Path) -> None:
    assert settings(tmp_path) == Settings()


def test_a_known_licence_brings_its_address_and_an_own_one_none(tmp_path: Path) -> None:
    assert read(tmp_path, 'license = "CC0 1.0"').license_url.endswith("/zero/1.0/")
    assert read(tmp_path, 'license = "ask us"').license_url == ""


def test_every_field_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "A"\n\ntaglin = "B"\n',
         "explorable.toml:3: there is no setting 'taglin'\n  hint: did you mean 'tagline'?"),
        ('name = "A"\n\n[licence]\nx = 1\n',
         "explorable.toml:3: there is no setting 'licence'\n  hint: did you mean 'license'?"),
        ('name = "A"\nsummary = 3\n',
         "explorable.toml:2: setting 'summary': Input should be a valid string"),
        ('language = "<b>"\n', "explorable.toml:1: setting 'language': "),
        ('name = ""\n', "explorable.toml:1: setting 'name': "),
        ('name = "A"\nsummary = \n', "explorable.toml:2: not TOML: "),
        ('name = "A\n', "explorable.toml:1: not TOML: "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_settings_has_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SiteError) as problem:
        read(tmp_path, text)
    assert str(problem.value).startswith(message)
