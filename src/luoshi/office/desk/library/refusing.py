"""Why an upload or an activation was refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.editions.errors import NotNow, Unusable

UPLOADS: Mapping[str, str | Promise] = {
    "archive": _("这个文件不是完好的 zip 压缩包。请重新压缩政策包的文件夹，再上传。"),
    "locked": _("压缩包设了密码，读不出来。请不设密码重新压缩。"),
    "path": _("压缩包里的 {name} 指向文件夹以外，已拒收。请重新压缩政策包的文件夹。"),
    "link": _("压缩包里的 {name} 是链接而不是文件，已拒收。请换成文件本身。"),
    "count": _("里面有 {seen} 个文件，最多 {most} 个。请只放政策包的文件。"),
    "size": _("{name} 太大：政策包的文件和整包各有上限，这里最多 {most} 字节。"),
    "policy": _("里面应当正好有一个 policy.yaml，现在有 {seen} 个。请选一个政策包的文件夹。"),
    "twice": _("里面有两个文件都叫 {name}。请留下一个。"),
    "library": _("这个包没有写明适用的地区，只供别的包引用，不能上传到政策库。"),
    "name": _("包名 {name} 是系统自用的，请改 policy.yaml 里的 id。"),
    "jurisdiction": _("这个包写的地区是 {area}，而已有各版的地区是 {wanted}。同一个包的地区不能变。"),
    "scope": _("这个包适用于 {area}，超出您的管辖范围。请由那里的同事上传。"),
    "nothing": _("请选一个 zip 文件，或者选一个文件夹。"),
    "both": _("zip 文件和文件夹请只选一样。"),
    "paths": _("浏览器没有告诉文件在哪个子文件夹里。请改用 zip 上传。"),
}
ACTIVATIONS: Mapping[str, str | Promise] = {
    "state": _("这一版还没有检查通过，不能起用。"),
    "uploader": _("上传人不能起用自己上传的版本，请另一位同事起用。"),
    "day": _("起用日不能早于今天。"),
    "held": _("这一版已经作过依据，不能撤回；要换回别的版本，请起用那一版。"),
    "adoption": _("这是征求意见稿，起用须写明通过它的文件。"),
    "local": _("有本地设定不符合这一版，请先调整，再重新检查。"),
}


def upload_words(refused: Unusable) -> str:
    """Why files were refused."""
    return str(UPLOADS[refused.kind]).format_map(refused.facts)


def activation_words(refused: NotNow) -> str:
    """Why a step with an edition was refused."""
    return str(ACTIVATIONS[refused.kind])
