"""Render the pages of a site: whole by themselves, every value escaped, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import resources
from types import MappingProxyType
from typing import Final

from jinja2 import Template
from markupsafe import Markup

from perfeval_docs.templating import environment, plain_text
from perfeval_docs.view.site import SiteView

_FOLDERS: Final = MappingProxyType({"zh": "", "en": "en/"})
"""Where the pages of a language lie; those of the first one that people meet lie on top."""

_CHINESE: Final = MappingProxyType({"zh": "", "en": Markup(' lang="zh-CN"')})
"""What marks the text of a record as Chinese in a page of a language."""

_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{style}'{script}"
)
_STYLES: Final = MappingProxyType({"index": ("index.css",)})
_PROJECT: Final = "projects/{}.html"
_SCRIPTS: Final = MappingProxyType({"index": ("index.js",)})


def page_names(stem: str) -> tuple[str, ...]:
    """Return the names of a project's pages, one in each language, in the site's folder."""
    return tuple(folder + _PROJECT.format(stem) for folder in _FOLDERS.values())


def render_site(site: SiteView) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a site in one language, by their names in the site's folder."""
    yield _page(site, "index", "index.html", site.title)
    yield _page(site, "summary", "summary.html", f"{site.words['summary']} · {site.title}")
    yield from render_projects(site)


def render_projects(site: SiteView) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the projects alone, as `render_site`."""
    for project in site.projects:
        name = _PROJECT.format(project.stem)
        title = f"{project.project} · {site.title}"
        yield _page(site, "project", name, title, address=project.page, project=project)


def _page(
    site: SiteView, page: str, name: str, title: str, *, address: str = "", **values: object
) -> tuple[str, bytes]:
    """Return a page; `name` is its file's below the folder of its language."""
    folder = _FOLDERS[site.language]
    top = "../" * name.count("/")
    root = top + "../" * folder.count("/")
    (other,) = (each for language, each in _FOLDERS.items() if language != site.language)
    text = _template(page).render(
        site=site,
        words=site.words,
        chinese=_CHINESE[site.language],
        page=page,
        title=title,
        top=top,
        year=f"{root}../",
        other=f"{root}{other}{address or name}",
        **values,
    )
    return folder + name, text.encode()


@cache
def _template(page: str) -> Template:
    """Return the template of a kind of page, its style and script inside."""
    style = "\n".join(map(_own, ("site.css", *_STYLES.get(page, ()))))
    script = "\n".join(map(_own, _SCRIPTS.get(page, ())))
    policy = _POLICY.format(
        style=_digest(style), script=f"; script-src '{_digest(script)}'" if script else ""
    )
    parts = {
        "policy": policy,
        "style": _raw(style),
        "main": _own(f"{page}.html.j2"),
        "script": _raw(f"<script>{script}</script>") if script else "",
    }
    source = _own("layout.html.j2")
    for name, text in parts.items():
        source = source.replace(f"@@{name}@@", text)
    return environment(_text, escaping=True).from_string(source)


def _text(value: object) -> str:
    """Return a value's text; only what a template itself wrote is not escaped again."""
    return value if isinstance(value, Markup) else plain_text(value)


def _raw(text: str) -> str:
    return f"{{% raw %}}{text}{{% endraw %}}"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _own(name: str) -> str:
    return (resources.files("perfeval_docs.site") / name).read_text("utf-8").rstrip("\n")
