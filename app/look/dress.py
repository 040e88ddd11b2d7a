"""What Qt's own widgets wear: a palette and a short stylesheet, both made from the tokens."""

from string import Template

from PySide6.QtGui import QColor, QPalette

from app.look.tokens import Tokens

_ROLES = {
    QPalette.ColorRole.Window: "chrome",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "hint",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "fill",
    QPalette.ColorRole.HighlightedText: "on_fill",
    QPalette.ColorRole.Accent: "fill",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "canvas",
}
_DISABLED = {
    QPalette.ColorRole.WindowText: "off",
    QPalette.ColorRole.Text: "off",
    QPalette.ColorRole.ButtonText: "off",
    QPalette.ColorRole.PlaceholderText: "off",
    QPalette.ColorRole.HighlightedText: "off",
    QPalette.ColorRole.Highlight: "hover",
    QPalette.ColorRole.Accent: "track",
}

# Only what the palette cannot say. Bare classes of editors are never named here: such a rule
# would also reach the editors inside spin boxes and combo boxes. No fonts: a size in a stylesheet
# beats setFont everywhere below it.
_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 4px 6px; }
QMenuBar { border: 0; }
QMenuBar::item { padding: 5px 10px; }
QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { background: transparent; padding: 5px 24px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $off; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::right-arrow { width: 16px; height: 16px; }
QLineEdit[bare="true"] { background: transparent; border: 0; }
QComboBox { combobox-popup: 0; }
QListView#choices { background: $raised; border: 1px solid $edge; padding: 2px; outline: 0; }
QListView#choices::item { color: $text; min-height: 28px; padding-left: 6px; border-radius: 4px; }
QListView#choices::item:hover { background: $hover; }
QListView#choices::item:selected { background: $fill; color: $on_fill; }
""")


def palette(tokens: Tokens) -> QPalette:
    """Every role of Qt's palette, in the tokens' colours."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(tokens, name)))
    for role, name in _DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(getattr(tokens, name)))
    return made


def stylesheet(tokens: Tokens) -> str:
    """The application's stylesheet."""
    return _SHEET.substitute(tokens._asdict())
