"""The faces at hand: which stands in for which, and what characters they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pylopdf_fonts_zh_cn
import typst

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import MachineError

SERIF: Final = "Noto Serif SC"
SANS: Final = "Noto Sans SC"

# Faces as Word names them → the name in the font files, where that is another.
_FAMILY_NAMES: Final = MappingProxyType(
    {
        "宋体": "SimSun", "新宋体": "NSimSun", "黑体": "SimHei", "楷体": "KaiTi",
        "楷体_GB2312": "KaiTi_GB2312", "仿宋": "FangSong", "仿宋_GB2312": "FangSong_GB2312",
        "微软雅黑": "Microsoft YaHei", "等线": "DengXian", "华文中宋": "STZhongsong",
        "华文仿宋": "STFangsong", "华文楷体": "STKaiti", "华文宋体": "STSong",
        "方正小标宋简体": "FZXiaoBiaoSong-B05S", "方正小标宋_GBK": "FZXiaoBiaoSong-B05",
        "方正黑体_GBK": "FZHei-B01", "方正仿宋_GBK": "FZFangSong-Z02", "方正楷体_GBK": "FZKai-Z03",
    }
)  # fmt: skip
_SANS_LIKE: Final = (
    "黑", "等线", "雅黑", "hei", "dengxian", "arial", "helvetica", "calibri", "verdana", "tahoma",
    "segoe", "sans", "yahei",
)  # fmt: skip
_BOLD: Final = 600


@dataclass(frozen=True, slots=True)
class Substitution:
    """A face that the template names, and the one that stood in for it."""

    wanted: str
    used: str

    def message(self) -> Message:
        """Say so."""
        return msg(
            "the PDF uses {used} where the template says {wanted}, which this machine lacks",
            used=self.used,
            wanted=self.wanted,
        )


@dataclass(frozen=True)
class FontBook:
    """Typst's fonts, the families among them, and the files of the user's own folders.

    `bold` are the families that have a bold cut.
    """

    fonts: typst.Fonts
    families: frozenset[str]
    bold: frozenset[str]
    added: tuple[str, ...]
    added_files: tuple[str, ...]

    @staticmethod
    def load(folders: tuple[Path, ...] = (), *, system: bool = True) -> FontBook:
        """Find the fonts: the wheel's, those of the folders, the machine's own if `system`.

        Raises `MachineError` where a folder does not exist or the wheel's fonts
        are not there.
        """
        missing = next((folder for folder in folders if not folder.is_dir()), None)
        if missing is not None:
            raise MachineError(msg("there is no folder {folder}", folder=str(missing)))
        wheel = Path(pylopdf_fonts_zh_cn.serif_path()).parent
        paths = [wheel, Path(pylopdf_fonts_zh_cn.sans_path()).parent, *folders]
        fonts = typst.Fonts(
            include_system_fonts=system,
            include_embedded_fonts=False,
            font_paths=list(dict.fromkeys(paths)),
        )
        families = frozenset(fonts.families())
        if not {SERIF, SANS} <= families:
            raise MachineError(
                msg(
                    "the fonts {serif} and {sans} are missing; install again",
                    serif=SERIF,
                    sans=SANS,
                )
            )
        infos = fonts.fonts()
        own = sorted((i.path or "", i.family) for i in infos if _is_in(i.path, folders))
        return FontBook(
            fonts=fonts,
            families=families,
            bold=frozenset(i.family for i in infos if i.weight >= _BOLD),
            added=tuple(dict.fromkeys(family for _, family in own)),
            added_files=tuple(dict.fromkeys(path for path, _ in own)),
        )

    def face(self, wanted: str) -> str:
        """Return the family that a face of the template is set in."""
        name = _FAMILY_NAMES.get(wanted, wanted)
        if name in self.families:
            return name
        if wanted in self.families:
            return wanted
        lowered = wanted.casefold()
        return SANS if any(part in lowered for part in _SANS_LIKE) else SERIF

    def substitution(self, wanted: str) -> Substitution | None:
        """Return what stands in for a face, None where the face itself is at hand."""
        used = self.face(wanted)
        is_itself = used in (wanted, _FAMILY_NAMES.get(wanted))
        return None if is_itself else Substitution(wanted, used)

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that no font at hand can print, each once, in order.

        The wheel's two fonts have all of GB 2312 (a test holds them to it), so most texts
        need no look into a font file.
        """
        try:
            text.encode("gb2312")
        except UnicodeEncodeError:
            return tuple(dict.fromkeys(c for c in text if not self._has(c)))
        return ()

    def _has(self, char: str) -> bool:
        return char in "\n\r\t" or ord(char) in self._characters

    @cached_property
    def _characters(self) -> frozenset[int]:
        """Return the code points that both fonts of the wheel have, and those of added files."""
        serif, sans = (
            _characters_of(str(path))
            for path in (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path())
        )
        return frozenset(serif & sans).union(*map(_characters_of, self.added_files))


def _characters_of(path: str) -> set[int]:
    """Return the code points that a font file, or any font of a collection, has."""
    # Only rare characters need it, and it takes 0.2 s.
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415

    if path.lower().endswith((".ttc", ".otc")):
        with TTCollection(path) as collection:
            return {code for font in collection.fonts for code in font.getBestCmap() or ()}
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap() or ())


def _is_in(path: str | None, folders: Iterable[Path]) -> bool:
    return path is not None and any(
        Path(path).is_relative_to(f.resolve()) or Path(path).is_relative_to(f) for f in folders
    )
