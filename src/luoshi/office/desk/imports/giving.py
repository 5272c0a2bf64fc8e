"""Giving a file: which register, its template, the form."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.desk.imports.finding import found_register, is_importable
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.exchange import actions, jobs
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.books import Form, form_of, write_template
from luoshi.office.exchange.divisions import names_within
from luoshi.office.exchange.errors import NotTaken
from luoshi.office.exchange.files import MOST_BYTES
from luoshi.office.registry.areas import area
from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.model.blocks import Pack

MEGABYTE = 1024 * 1024
MOST_CHOICES = 2_000
"""Places that a template offers in a list; where there are more they are written by hand."""
WORDS: Mapping[str, object] = {
    "empty": gettext_lazy("这个文件是空的。请选择填好的文件。"),
    "type": gettext_lazy("这不是表格文件。请上传 .xlsx、.xls 或 .csv 文件。"),
    "large": gettext_lazy("文件太大，一次最多 %(most)s MB。请分成几个文件。"),
}


class GiveForm(forms.Form):
    """A file, and what its empty cells mean."""

    file = forms.FileField(
        label=gettext_lazy("填好的表格"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    clears = forms.BooleanField(label=gettext_lazy("表中空着的格，清除台账里原有的内容"), required=False)

    def given(self) -> Given:
        """The file as it was given."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise NotTaken("large")
        return Given(file.name, file.read(), self.cleaned_data["clears"])


@never_cache
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The registers that files are taken for, by the policy and by who keeps them."""
    lang = reader_language()
    packs = [(pack, pack.policy.title.say(lang), _by_keeper(pack, lang)) for pack in readable_packs(scope_of(request))]
    return render(request, "desk/imports/registers.html", {"packs": packs})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The form for one register; a file that was taken leads to its own page."""
    pack, root = found_register(request, pack_id, register)
    form = GiveForm(request.POST, request.FILES) if request.method == "POST" else GiveForm()
    if request.method == "POST" and form.is_valid():
        answer = _receive(request, pack, register, root, form)
        if answer is not None:
            return answer
    lang, place = reader_language(), area(root)
    facts = {
        "pack": pack,
        "register": pack.registers[register],
        "title": pack.registers[register].title.say(lang),
        "policy": pack.policy.title.say(lang),
        "place": place.name if place else root,
        "columns": [(field.title.say(lang), field.key) for field in form_of(pack, register).fields],
        "form": form,
        "most": MOST_BYTES // MEGABYTE,
    }
    return render(request, "desk/imports/give.html", facts)


@never_cache
@require_safe
def template(request: HttpRequest, pack_id: str, register: str) -> FileResponse:
    """An empty sheet for a register, in the reader's language, with the places of the person's area."""
    pack, root = found_register(request, pack_id, register)
    lang, form = reader_language(), form_of(pack, register)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, form, lang, _choices(form, root))
        content = BytesIO(path.read_bytes())
    name = f"{pack.registers[register].title.say(lang)}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name)


def _receive(request: HttpRequest, pack: Pack, register: str, root: str, form: GiveForm) -> HttpResponse | None:
    """To the page of the import; None with the reason in the form where the file is not even read."""
    try:
        with transaction.atomic():
            work, is_new = actions.receive(
                pack, register, form.given(), area=root, by=request.user.get_username(), now=timezone.now()
            )
            if is_new:
                jobs.check.defer(import_id=work.id)
    except NotTaken as refused:
        form.add_error("file", ValidationError(str(WORDS[refused.kind]) % {"most": MOST_BYTES // MEGABYTE}))
        return None
    if not is_new:
        messages.info(request, _("这个文件已经交过，就是这一次；没有重复导入。"))
    return redirect("import", work.id)


def _by_keeper(pack: Pack, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The registers with their titles, by who keeps them, in the order of the pack."""
    found: list[tuple[str, tuple[str, str]]] = [
        (definition.keeper.say(lang) if definition.keeper else "", (name, definition.title.say(lang)))
        for name, definition in pack.registers.items()
        if is_importable(pack, name)
    ]
    found.sort(key=lambda each: each[0])
    return [(keeper, [entry for _, entry in group]) for keeper, group in groupby(found, key=lambda each: each[0])]


def _choices(form: Form, root: str) -> dict[str, Sequence[str]]:
    """The places that may be chosen in a column of places, where they are few enough."""
    columns = [field.name for field in form.fields if field.target == DIVISIONS]
    names = names_within(root) if columns else []
    return dict.fromkeys(columns, names) if 0 < len(names) <= MOST_CHOICES else {}
