"""What people give: the files of an edition, the day on which one begins to decide."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.editions.errors import Unusable
from luoshi.office.editions.unpacking import MOST_ARCHIVE_BYTES, MOST_NAMES, Taken, take_archive, take_folder


class Folder(forms.ClearableFileInput):
    """A field for all files of a folder."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file that was chosen."""
        return files.getlist(name)


class FolderField(forms.FileField):
    """Files chosen as a folder; they may be none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files as they came."""
        return list(data or ())


class UploadForm(forms.Form):
    """An edition to be uploaded: a zip, or a folder whose paths a script of the page names in `paths`."""

    archive = forms.FileField(
        label=_("zip 文件"), required=False, widget=forms.FileInput(attrs={"accept": ".zip,application/zip"})
    )
    folder = FolderField(
        label=_("或者选文件夹"), required=False, widget=Folder(attrs={"multiple": True, "webkitdirectory": True})
    )
    paths = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("说明（改了什么）"), required=False, max_length=500)

    def taken(self) -> Taken:
        """The files of the pack; `Unusable` where they are none."""
        archive, folder = self.cleaned_data["archive"], self.cleaned_data["folder"]
        if archive and folder:
            raise Unusable("both")
        if archive:
            if archive.size > MOST_ARCHIVE_BYTES:
                raise Unusable("size", name=archive.name, most=MOST_ARCHIVE_BYTES)
            return take_archive(archive)
        if not folder:
            raise Unusable("nothing")
        if len(folder) > MOST_NAMES:
            raise Unusable("count", seen=len(folder), most=MOST_NAMES)
        return take_folder(zip(self._paths(folder), folder, strict=True))

    def _paths(self, folder: list[Any]) -> list[str]:
        """Where each file stands in the folder: a browser that sends forms without scripts leaves that out."""
        try:
            paths = json.loads(self.cleaned_data["paths"] or "[]")
        except ValueError:
            paths = None
        if not isinstance(paths, list) or len(paths) != len(folder) or not all(isinstance(one, str) for one in paths):
            raise Unusable("paths")
        return paths


class ActivationForm(forms.Form):
    """From when an edition decides, and by which document."""

    start = forms.DateField(label=_("起用日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    basis = forms.CharField(label=_("依据（文件名称和文号）"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, today: date, needs_basis: bool = False) -> None:
        super().__init__(data, initial={"start": today})
        self.fields["start"].widget.attrs["min"] = today.isoformat()
        self.fields["basis"].required = needs_basis
