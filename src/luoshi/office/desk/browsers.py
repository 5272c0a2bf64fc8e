"""A browser in words, from the name it gives itself."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# In this order: most browsers also name those they descend from.
BROWSERS: tuple[tuple[str, str | Promise], ...] = (
    ("DingTalk", gettext_lazy("钉钉")),
    ("MicroMessenger", gettext_lazy("微信")),
    ("QQBrowser", gettext_lazy("QQ 浏览器")),
    ("UCBrowser", gettext_lazy("UC 浏览器")),
    ("Quark", gettext_lazy("夸克")),
    ("ArkWeb", gettext_lazy("华为浏览器")),
    ("HuaweiBrowser", gettext_lazy("华为浏览器")),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Trident", "Internet Explorer"),
    ("Safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, str | Promise], ...] = (
    ("OpenHarmony", gettext_lazy("鸿蒙")),
    ("HarmonyOS", gettext_lazy("鸿蒙")),
    ("Android", gettext_lazy("安卓手机")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    """Browser and system, as far as they are known."""
    browser, system = (_first(agent, names) for names in (BROWSERS, SYSTEMS))
    if browser and system:
        return _("%(browser)s（%(system)s）") % {"browser": browser, "system": system}
    return browser or system or _("别的浏览器")


def _first(agent: str, names: tuple[tuple[str, str | Promise], ...]) -> str:
    return next((str(name) for mark, name in names if mark in agent), "")
