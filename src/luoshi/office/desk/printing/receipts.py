"""Where the figures of a paper come from: the run, the edition of the policy, the rows that were read."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.office.desk.reading import Reading
from luoshi.office.desk.templatetags.desk import count


def receipt_of(reading: Reading) -> tuple[str, ...]:
    """Lines that let anybody find the same figures again."""
    run = reading.run
    if run is None:
        return (_("这一天还没有算过，所以没有数字。"),)
    done = timezone.localtime(run.finished_at).strftime("%Y-%m-%d %H:%M") if run.finished_at else ""
    facts = {"number": run.id, "day": run.on.isoformat(), "done": done, "rows": count(sum(run.rows_read.values()))}
    return (
        _("数据来源：第 %(number)s 次计算，截至 %(day)s，%(done)s 算出，读入台账 %(rows)s 行。") % facts,
        _("文件版本校验值：%(hash)s") % {"hash": run.pack_hash},
        _("数字由系统按文件和台账算出，供办理人参考，由人决定。"),
    )
