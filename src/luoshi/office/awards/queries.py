"""Everything that is read of rounds, within what somebody sees."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from luoshi.office.accounts.roles import Scope
from luoshi.office.awards.models import Ballot, Choice, Member, Nomination, Receipt, Round
from luoshi.office.awards.rules import Rules
from luoshi.office.awards.standing import Entrant, Standing, in_order, standings

ELIGIBLE = "eligible"
STANDING = (Nomination.State.WAITING, Nomination.State.VERIFIED)


def list_rounds(pack_id: str, scope: Scope) -> list[Round]:
    """The rounds of a policy in areas that somebody sees or lies in, the newest year first, cancelled ones too."""
    found = Round.objects.filter(pack_id=pack_id).order_by("-year", "measure", "-id")
    return [one for one in found if is_seen(one, scope)]


def find_round(number: int, scope: Scope) -> Round | None:
    """The round of a number; None for one that somebody has nothing to do with."""
    found = Round.objects.filter(id=number).first()
    return found if found is not None and is_seen(found, scope) else None


def is_seen(found: Round, scope: Scope) -> bool:
    """Whether a round concerns an area: it lies in it, or around it."""
    return scope.covers(found.area) or (scope.area != "" and scope.area.startswith(found.area))


def list_nominations(found: Round, scope: Scope) -> list[Nomination]:
    """The nominations that somebody sees, in the order in which they were made."""
    return list(found.nominations.filter(area__startswith=scope.area).order_by("id"))


def find_nomination(number: int, scope: Scope) -> Nomination | None:
    """The nomination of a number; None beyond the scope."""
    found = Nomination.objects.select_related("round").filter(id=number, area__startswith=scope.area).first()
    return found if found is not None and is_seen(found.round, scope) else None


def list_standing(found: Round, rules: Rules) -> list[Nomination]:
    """The nominations that may be chosen from: checked ones, or all where the procedure asks for no check."""
    states = (Nomination.State.VERIFIED,) if rules.step("check") is not None else STANDING
    return list(found.nominations.filter(state__in=states).order_by("id"))


def newest_receipts(nominations: Sequence[Nomination]) -> dict[int, Receipt]:
    """The newest receipt of each nomination."""
    found = Receipt.objects.filter(nomination__in=nominations).order_by("nomination_id", "-id")
    return {one.nomination_id: one for one in found.distinct("nomination_id")}


def list_entrants(found: Round, rules: Rules) -> list[Entrant]:
    """Who can be chosen, in the order of the award's list: nominations that stand and are eligible by their receipt."""
    nominations = list_standing(found, rules)
    receipts = newest_receipts(nominations)
    return in_order(
        (
            Entrant(one.pk, one.row_id, [key["by"] for key in receipts[one.pk].keys])
            for one in nominations
            if one.pk in receipts and receipts[one.pk].outcome == ELIGIBLE
        ),
        rules.award.order,
    )


def list_members(found: Round) -> list[Member]:
    """Who is on the panel, with those who sit out."""
    return list(found.members.filter(left_because="").select_related("conflict").order_by("id"))


def find_member(found: Round, username: str) -> Member | None:
    """The member with an account; None for whoever is none."""
    return found.members.filter(username=username, left_because="").first() if username else None


def last_ballots(found: Round) -> dict[int, Ballot]:
    """What each member has said last."""
    ballots = Ballot.objects.filter(member__round=found).order_by("member_id", "-number")
    return {one.member_id: one for one in ballots.distinct("member_id").prefetch_related("lines")}


def marks_of(ballot: Ballot) -> dict[int, Decimal]:
    """The ranks or scores of a ballot by nomination."""
    return {
        line.nomination_id: Decimal(line.rank or 0) if line.score is None else line.score for line in ballot.lines.all()
    }


def counted_ballots(found: Round, rules: Rules) -> dict[int, dict[int, Decimal]]:
    """By member the ballots that count: of those who neither left nor sit out, on exactly those who can be chosen."""
    entrants = {one.nomination for one in list_entrants(found, rules)}
    there = {one.pk for one in list_members(found) if not hasattr(one, "conflict")}
    marks = {member: marks_of(ballot) for member, ballot in last_ballots(found).items() if member in there}
    return {member: one for member, one in marks.items() if set(one) == entrants}


def standings_of(found: Round, rules: Rules) -> list[Standing]:
    """How those who can be chosen stand now."""
    ballots = list(counted_ballots(found, rules).values())
    return standings(list_entrants(found, rules), ballots, low_is_best=found.method == Round.Method.RANK)


def find_choice(found: Round) -> Choice | None:
    """The choice that is on its way, or confirmed; None where there is none."""
    return found.choices.exclude(state=Choice.State.SET_ASIDE).first()


def list_set_aside(found: Round) -> list[Choice]:
    """Choices that were given up, the oldest first."""
    return list(found.choices.filter(state=Choice.State.SET_ASIDE).order_by("id"))
