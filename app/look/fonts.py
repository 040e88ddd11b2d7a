"""The families that text is set in, best first, with one for Chinese, Japanese and Korean."""

import sys

from PySide6.QtGui import QFontDatabase

WINDOWS = (
    "Segoe UI Variable Text", "Segoe UI", "Microsoft YaHei UI", "Microsoft JhengHei UI",
    "Yu Gothic UI", "Malgun Gothic",
)  # fmt: skip
MACOS = ("PingFang SC", "PingFang TC", "Hiragino Sans", "Apple SD Gothic Neo")
LINUX = (
    "Inter", "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
    "DejaVu Sans",
)  # fmt: skip


def families(platform: str = sys.platform) -> list[str]:
    """The stack for `platform`; on macOS the system's own face leads, which has no fixed name."""
    if platform == "darwin":
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        return [*system.families(), *MACOS]
    return list(WINDOWS if platform == "win32" else LINUX)
