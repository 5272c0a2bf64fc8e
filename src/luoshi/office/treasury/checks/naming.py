"""The checks by name, with what they are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TWICE, PAID_ALREADY, STACKING, SHARED_ACCOUNT = "twice", "paid-already", "stacking", "shared-account"
WRONG_PAYEE, ID_NUMBER, NO_ACCOUNT, REGISTER_FINDING = "wrong-payee", "id-number", "no-account", "register-finding"
DEAD, MOVED, DETAINED, CADRE = "dead", "moved", "detained", "cadre"
OFFICIAL = "official"

TITLES: dict[str, str | Promise] = {
    TWICE: _("同一享受人在本批出现两次"),
    PAID_ALREADY: _("同一措施同一期间已经列支"),
    STACKING: _("与不得或未明确可同时享受的措施重复"),
    SHARED_ACCOUNT: _("几个人用同一个账户"),
    WRONG_PAYEE: _("收款人不是本人，也不是同户户主"),
    OFFICIAL: _("享受人或收款人是经办本批的人"),
    ID_NUMBER: _("身份证号或信用代码有误"),
    NO_ACCOUNT: _("缺银行账号"),
    REGISTER_FINDING: _("台账核查发现未处理"),
    DEAD: _("在死亡人员名单上"),
    MOVED: _("在迁出人员名单上"),
    DETAINED: _("在服刑人员名单上"),
    CADRE: _("村干部或其近亲属"),
}
LISTS = (DEAD, MOVED, DETAINED, CADRE)
"""The checks against lists that other offices give."""
