"""Languages of messages."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import perfeval_docs
from perfeval_docs.diagnostic import msg
from perfeval_docs.i18n import LANGUAGES, translator

PACKAGE = Path(perfeval_docs.__file__).parent


def placeholders(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def templates() -> list[str]:
    """Return the first argument of every `msg(…)` of the package, which must be literal."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "msg":
                template = ast.literal_eval(call.args[0])
                assert isinstance(template, str)
                found.append(template)
    return found


TEMPLATES = templates()


def test_templates_are_found() -> None:
    assert "{key} is missing" in TEMPLATES


def test_english_is_what_was_written() -> None:
    assert translator("en")("{key} is missing") == "{key} is missing"


def test_chinese_is_translated() -> None:
    assert msg("{key} is missing", key="得分").translated(translator("zh")) == "缺少 得分"


def test_a_template_without_translation_stays_english() -> None:
    assert translator("zh")("no such template") == "no such template"


def test_an_empty_template_is_not_the_header_of_the_catalogue() -> None:
    assert [translator(language)("") for language in LANGUAGES] == ["", ""]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        translator("fr")


def test_the_environment_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    assert translator("en")("delete it") == "delete it"
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C")
    assert translator("zh")("delete it") == "请删除"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_placeholders_of_its_template(language: str) -> None:
    translate = translator(language)
    different = [t for t in TEMPLATES if placeholders(translate(t)) != placeholders(t)]
    assert different == []


def test_every_template_can_be_filled_in_each_language() -> None:
    for language in LANGUAGES:
        for template in TEMPLATES:
            values = dict.fromkeys(placeholders(template), "值")
            assert "值" in msg(template, **values).translated(translator(language)) or not values
