"""The letters of a case: which can be made, and what stands in each, always in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.casework.models import Case, Claim, Decision
from luoshi.office.casework.paying import reference
from luoshi.office.desk import numbering
from luoshi.office.desk.casework.known import Known
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.keeping import find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.letters import contents as c
from luoshi.office.letters import queries
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Letter
from luoshi.office.registry.areas import area

APPEAL = "如不服本决定，可以自收到之日起六十日内申请行政复议，也可以自收到之日起六个月内提起行政诉讼。"
OBJECTION = "认为决定有误的，可以向本单位提出异议，要求重新核对；也可以在网上办理页面提出。"
STATES = {"met": "满足", "unmet": "不满足", "unknown": "缺资料", "not_applicable": "不适用"}
RESULTS = {"granted": "批准", "refused": "不批准", "keep": "保留", "rectify": "限期整改", "withdraw": "撤销"}
OUTCOMES = {
    "eligible": "符合",
    "ineligible": "不符合",
    "undetermined": "资料不全，无法判定",
    "not_in_force": "不在施行期",
}
OPINIONS = {"for": "同意", "against": "不同意", "in_order": "核对无误", "not_in_order": "核对不符"} | RESULTS


@dataclass(frozen=True)
class Letters:
    """What was issued about a case, and what can be made of it now."""

    issued: Sequence[Letter]
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Given:
    """What the office says besides what the case knows."""

    office: str
    contact: str = ""
    until: date | None = None


def letters_of(seat: Seat, known: Known) -> Letters | None:
    """The letters of a case; None for who does not see letters, and for a draft."""
    if not seat.may("letters") or known.case.state == Case.State.DRAFT:
        return None
    issued = queries.list_about(reference(known.case), seat.scope)
    kinds = kinds_of(known) if seat.may("case-letter") else ()
    return Letters(issued, tuple((kind.value, str(kind.label)) for kind in kinds))


def office_of(known: Known) -> str:
    """How the office of whoever asks is called, as far as the registers know it."""
    actor = known.seat.actor
    place, branch = area(actor.area), known.pack.departments.get(actor.department)
    return f"{place.name if place else ''}{branch.title.zh if branch else ''}"


def kinds_of(known: Known) -> Iterator[Kind]:
    """The kinds of letters that there is something to say in."""
    yield Kind.APPLICATION
    yield Kind.REVIEW
    results = {one.result for one in known.decisions}
    if any(vote.result == "sent_back" for vote in known.votes):
        yield Kind.SUPPLEMENT
    if "granted" in results:
        yield Kind.DECISION
    if "refused" in results:
        yield Kind.REFUSAL
    if hasattr(known.case, "given"):
        yield Kind.CERTIFICATE


def content_of(kind: Kind, known: Known, given: Given) -> c.Content:
    """What stands in a letter of a kind."""
    return MAKERS[kind](Writer(known, given))


@dataclass(frozen=True)
class Writer:
    """Writes the letters of one case."""

    known: Known
    given: Given

    def application(self) -> c.Application:
        """The form as it was handed in; ids and accounts are masked."""
        known = self.known
        kept = find_kept(self._names, known.case.register, str(known.case.row_id))
        entries = tuple(c.Entry(name=one.title, value=one.words or None) for one in kept.values) if kept else ()
        there = {paper.item for paper in known.papers}
        evidence = tuple(
            c.Evidence(name=words.zh, state="已交" if f"measure:{claim.measure}:{place}" in there else "缺")
            for claim in known.claims
            for place, words in enumerate(known.pack.measures[claim.measure].evidence)
        )
        takes_in = known.case.channel != Case.Channel.PORTAL
        return c.Application(
            title=f"{known.procedure.title.zh}申请表",
            applicant=self._subject,
            matter=self._matter,
            entries=entries,
            evidence=evidence,
            proxy=self._person(known.case.opened_by) if known.case.channel == Case.Channel.PROXY else "",
            taken_by=self._person(known.case.opened_by) if takes_in else "",
            taken_on=known.case.filed_on,
            office=self.given.office,
            basis=self._basis,
            contact=self.given.contact,
        )

    def review(self) -> c.Review:
        """Every condition with clause and state, and what each office said."""
        known = self.known
        reports = list(self._reports())
        conditions = tuple(
            c.Condition(
                title=one["title"]["zh"],
                clause=numbering.number(told["clause"], "zh"),
                state=STATES[one["state"]],
                reason=one["reason"]["zh"] or None,
            )
            for told in reports
            for one in told["conditions"]
        )
        opinions = tuple(
            c.Opinion(
                office=known.pack.offices[vote.task.office].title.zh,
                opinion="：".join(filter(None, (OPINIONS[vote.result], vote.reason))),
                by=self._person(vote.person),
                day=vote.at.date(),
            )
            for vote in known.votes
            if vote.result in OPINIONS
        )
        return c.Review(
            title=f"{known.procedure.title.zh}审核表",
            applicant=self._subject,
            matter=self._matter,
            amount=self._amount(known.claims),
            proposed="；".join(f"{told['title']['zh']}：{OUTCOMES[told['outcome']]}" for told in reports),
            conditions=conditions,
            opinions=opinions,
            concluded="；".join(self._decided()),
            office=self.given.office,
            basis=self._basis,
        )

    def supplement(self) -> c.Supplement:
        """What is still to be brought: what the office wrote when it sent the case back."""
        reasons = [vote.reason for vote in self.known.votes if vote.result == "sent_back"][-1:]
        lines = [line.strip() for reason in reasons for line in reason.splitlines() if line.strip()]
        return c.Supplement(
            title="补正通知书",
            office=self.given.office,
            addressee=self._subject,
            matter=self._matter,
            missing=tuple(c.Missing(name=line) for line in lines),
            until=self.given.until,
            where=self.given.contact,
            basis=self._basis,
        )

    def decision(self) -> c.Decision:
        """What is granted."""
        granted = [claim for claim in self.known.claims if claim.state == Claim.State.GRANTED]
        return c.Decision(
            title=f"{self.known.procedure.title.zh}决定书",
            office=self.given.office,
            addressee=self._subject,
            matter=self._matter,
            decided=tuple(self._decided()),
            amount=self._amount(granted),
            basis=self._basis,
            contact=self.given.contact,
            appeal=APPEAL,
        )

    def refusal(self) -> c.Refusal:
        """Why not, and what one can do about it."""
        refused = [one for one in self.known.decisions if one.result == "refused"]
        reasons = tuple(reason for one in refused for reason in _reasons(one))
        return c.Refusal(
            title="不予支持告知书",
            office=self.given.office,
            addressee=self._subject,
            matter=self._matter,
            reasons=reasons,
            objection=OBJECTION,
            appeal=APPEAL,
            basis=self._basis,
            contact=self.given.contact,
        )

    def certificate(self) -> c.Certificate:
        """The certificate, with the number that it was given."""
        known = self.known
        return c.Certificate(
            title="证书",
            office=self.given.office,
            holder=self._subject,
            honour=known.procedure.title.zh,
            body=f"编号 {known.case.given.number}",
            basis=self._basis,
        )

    @property
    def _names(self) -> Names:
        return Names(self.known.pack, self.known.seat.actor.area, "zh")

    @property
    def _subject(self) -> str:
        case = self.known.case
        return self._names.of(case.register, [case.row_id]).get(case.row_id) or ""

    @property
    def _matter(self) -> str:
        titles = [self.known.pack.measures[claim.measure].title.zh for claim in self.known.claims]
        return "、".join(dict.fromkeys(titles)) or self.known.procedure.title.zh

    @property
    def _basis(self) -> tuple[str, ...]:
        policy = self.known.pack.policy
        clause = numbering.number(self.known.procedure.clause, "zh")
        return (f"《{policy.title.zh}》{f'（{policy.number}）' if policy.number else ''}{clause}",)

    def _person(self, name: str) -> str:
        return self.known.people.get(name, name)

    def _reports(self) -> Iterator[Mapping[str, Any]]:
        """Of each claim what the system found: as it was decided, else as it is now."""
        decided = {one.claim_id: one.receipt for one in reversed(self.known.decisions)}
        waiting = [claim for claim in self.known.claims if claim.id not in decided]
        now = {view.claim.id: view.found.receipt for view in self.known.claims_maker.views(waiting, ()) if view.found}
        for claim in self.known.claims:
            yield from (decided.get(claim.id) or now.get(claim.id) or {}).get("measures", ())

    def _decided(self) -> Iterator[str]:
        """What was decided last about each claim."""
        newest = {one.claim_id: one for one in reversed(self.known.decisions)}
        for one in newest.values():
            title = self.known.pack.measures[one.claim.measure].title.zh if one.claim else self.known.procedure.title.zh
            amount = f"，{one.amount:,.2f} 元" if one.amount is not None else ""
            yield f"{title}：{RESULTS.get(one.result, one.result)}{amount}"

    def _amount(self, claims: Sequence[Claim]) -> Decimal | None:
        amounts = [claim.amount for claim in claims if claim.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None


MAKERS: Mapping[Kind, Callable[[Writer], c.Content]] = {
    Kind.APPLICATION: Writer.application,
    Kind.REVIEW: Writer.review,
    Kind.SUPPLEMENT: Writer.supplement,
    Kind.DECISION: Writer.decision,
    Kind.REFUSAL: Writer.refusal,
    Kind.CERTIFICATE: Writer.certificate,
}


def _reasons(one: Decision) -> Iterator[c.Reason]:
    """The conditions that are not met, with what was seen, and what the office wrote."""
    for told in one.receipt.get("measures", ()):
        for condition in told["conditions"]:
            if condition["state"] == "unmet":
                clause = numbering.number(told["clause"], "zh")
                yield c.Reason(
                    condition=condition["title"]["zh"], clause=clause, seen=condition["reason"]["zh"] or None
                )
    yield c.Reason(condition="决定的理由", seen=one.reason)
