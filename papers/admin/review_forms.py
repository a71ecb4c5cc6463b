"""The forms beside a document: the paper's own fields, its items, and what it is still to get."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.content import Item, SectionKind
from papers.importing.arranging import Addition, ItemEdit
from papers.importing.differences import SectionKey
from papers.importing.lines import Line
from papers.importing.reviewing import Review, ReviewSection, row_key
from papers.importing.rows import key_of
from papers.models import IssuePaper, NextStep
from papers.models.items import LEVELS, PrintedItem
from workgroups.dates import long_day
from workgroups.models import Meeting, WorkingGroup

LAST_POSITION = 9_999
NEW_SECTION = "new"
LEVEL_CHOICES = [(level, str(level)) for level, _ in LEVELS]
# So that no page of a paper is longer than a megabyte (S39), in characters. What a document prints
# may be longer, and stays; it can be made shorter and no longer.
MAX_ITEM = 10_000
MAX_REMARK = 1_000
MAX_ITEMS_TOGETHER = 200_000
# Letters and symbols by their category that show nothing all the same.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: blanks, controls, and marks without a letter (S38)."""
    return not any(unicodedata.category(it)[0] not in "CMZ" and it not in BLANKS for it in text)


def too_long(what: str, length: int, limit: int) -> str:
    """The refusal of too many characters."""
    return f"{what} has {length:,} characters; at most {limit:,} can be stored."


class MeetingField(forms.ModelChoiceField):
    """Meetings as people name them, with the day."""

    def label_from_instance(self, meeting: Any) -> str:
        return f"{meeting.name} ({long_day(meeting.held_on)})"


def line_of_text(size: int = 40) -> forms.TextInput:
    """A field of one line, which shows its text in the direction that it has."""
    return forms.TextInput(attrs={"size": size, "dir": "auto"})


class PlainSelect(forms.Select):
    """A select without a template for each option: a page has thousands of them (S39)."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        plain, selected = '<option value="{}">{}', '<option value="{}" selected>{}'
        options = [
            format_html(selected if str(choice) in chosen else plain, choice, label)
            for choice, label in self.choices
        ]
        said = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        joined = format_html_join("", "{}", ((option,) for option in options))
        return format_html("<select{}>{}</select>", said, joined)


class PaperForm(forms.ModelForm):
    """What the title block and the last lines of a paper say."""

    working_group = forms.ModelChoiceField(WorkingGroup.objects.order_by("name"), empty_label=None)
    meeting = MeetingField(Meeting.objects.order_by("-held_on"), empty_label=None)

    class Meta:
        model = IssuePaper
        fields = [
            "working_group",
            "meeting",
            "group_as_printed",
            "subcommittee_as_printed",
            "pub_number",
            "office_line",
            "action_required",
            "submitted_by",
            "submitter_office",
            "dated_on",
            "dated_as_printed",
        ]
        labels = {
            "pub_number": "Publication number",
            "office_line": "Office",
            "submitter_office": "Their office",
            "dated_on": "Date",
            "dated_as_printed": "Date, as printed",
        }
        widgets = {
            name: line_of_text()
            for name in fields
            if name not in ("working_group", "meeting", "dated_on")
        } | {"dated_on": forms.DateInput(attrs={"size": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The page says instead from which line a field is.
            field.help_text = ""

    def clean(self) -> dict[str, Any] | None:
        """What shows nothing is empty."""
        said = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and is_blank(value):
                self.cleaned_data[name] = ""
        return said

    def _get_validation_exclusions(self) -> set[str]:
        # The page has no field for these, yet a group has one paper for a meeting.
        return super()._get_validation_exclusions() - {"working_group", "meeting"}  # type: ignore[misc]


class SectionChoices:
    """The sections that an item can stand in, as values of a form and back."""

    def __init__(self, sections: Sequence[ReviewSection]) -> None:
        self.keys: dict[str, SectionKey] = {}
        self.choices: list[tuple[str, str]] = []
        for number, section in enumerate(sections, start=1):
            value = section.key[0].value
            if section.key[0] is SectionKind.OTHER:
                # The same section whatever others come and go while somebody looks at the page.
                value = f"other-{section.row.pk}" if section.row else f"other-of-{number}"
            self.keys[value] = section.key
            self.choices.append((value, section.label))
        self.choices.append((NEW_SECTION, "A new section"))
        self.values = {key: value for value, key in self.keys.items()}


OF_STEPS = ("owner", "due_words")
OF_OTHERS = ("also_next_step",)


class ItemForm(forms.Form):
    """One item: its words, where it stands, and what staff read in it."""

    text = forms.CharField(required=False, strip=False)
    level = forms.TypedChoiceField(choices=LEVEL_CHOICES, coerce=int, widget=PlainSelect)
    section = forms.ChoiceField(widget=PlainSelect)
    position = forms.IntegerField(
        min_value=1, max_value=LAST_POSITION, widget=forms.TextInput(attrs={"size": 3})
    )
    remove = forms.BooleanField(required=False)
    also_next_step = forms.BooleanField(required=False)
    owner = forms.ChoiceField(
        choices=[("", "Not said"), *NextStep.Owner.choices], required=False, widget=PlainSelect
    )
    due_words = forms.CharField(
        required=False,
        max_length=NextStep._meta.get_field("due_words").max_length,
        widget=line_of_text(16),
    )

    @classmethod
    def names_of(cls, model_name: str) -> list[str]:
        """The fields of an item of a model, in the order of the form."""
        missing = OF_OTHERS if model_name == NextStep._meta.model_name else OF_STEPS
        return [name for name in cls.base_fields if name not in missing]

    def __init__(
        self, data: Any, item: PrintedItem, number: str, sections: SectionChoices, **kwargs: Any
    ) -> None:
        self.item, self.number, self.sections = item, number, sections
        self.is_changed = self.is_relevelled = False
        initial = {
            "text": item.text,
            "level": item.level,
            "section": sections.values[key_of(item)],
            "position": item.position,
            "also_next_step": getattr(item, "also_next_step", False),
            **{name: getattr(item, name, "") for name in OF_STEPS},
        }
        # No ids, which nothing points to: a page has hundreds of these.
        super().__init__(data, prefix=row_key(item), initial=initial, auto_id=False, **kwargs)
        self.fields["section"].choices = sections.choices  # type: ignore[attr-defined]
        self.fields["text"].widget = text_area(item.text, f"Text of {number}")
        self.fields["position"].widget.attrs["inputmode"] = "numeric"
        names = self.names_of(str(item._meta.model_name))
        self.fields = {name: self.fields[name] for name in names}

    def clean(self) -> None:
        """Refuse what the record cannot hold; an item to be removed is not looked at."""
        super().clean()
        said = self.cleaned_data
        if self.errors or said["remove"]:
            return
        item, text = self.item, said["text"].replace("\r\n", "\n")
        if is_blank(text):
            self.add_error(None, f"{self.number} has no words. To take it out, tick “Remove”.")
            return
        if len(text) > max(MAX_ITEM, len(item.text)):
            words = f"{too_long(self.number, len(text), MAX_ITEM)} Make two items of it."
            self.add_error(None, words)
            return
        self.is_relevelled = said["level"] != item.level
        self.is_changed = self.is_relevelled or text != item.text
        if isinstance(item, NextStep):
            said_of_it = [said[name] for name in OF_STEPS]
            self.is_changed |= said_of_it != [item.owner, item.due_words]
            item.owner, item.due_words = said_of_it
        if not self.is_changed:
            return
        item.text, item.level = text, said["level"]
        # Words that went take their link with them.
        item.links = [link for link in item.links if link["text"] in text]
        try:
            item.full_clean(exclude=["paper"], validate_unique=False, validate_constraints=False)
        except ValidationError as refused:
            is_due = "due_words" in refused.message_dict
            self.add_error("due_words" if is_due else None, " ".join(refused.messages))

    def edit(self, new_section: str) -> ItemEdit:
        """For storing. ``new_section`` is the heading of a section that is new."""
        said = self.cleaned_data
        section = said["section"]
        new = (SectionKind.OTHER, new_section)
        return ItemEdit(
            item=self.item,
            key=new if section == NEW_SECTION else self.sections.keys[section],
            position=said["position"],
            is_removed=said["remove"],
            also_next_step=said.get("also_next_step", False),
            is_changed=self.is_changed,
            is_relevelled=self.is_relevelled,
        )


class AdditionForm(forms.Form):
    """An item to add: typed for a section, or words of the document that have no place yet."""

    text = forms.CharField(required=False, strip=False)
    section = forms.ChoiceField(required=False, widget=PlainSelect)
    level = forms.TypedChoiceField(
        choices=LEVEL_CHOICES, coerce=int, initial=0, required=False, widget=PlainSelect
    )

    def __init__(
        self, data: Any, sections: SectionChoices, prefix: str, title: str, item: Item | None
    ) -> None:
        initial = {"text": item.text, "level": item.level} if item else {}
        super().__init__(data, prefix=prefix, initial=initial)
        self.item, self.sections, self.title = item, sections, title
        self.fields["text"].widget = text_area(item.text if item else "", f"Text of {title}")
        choices = [("", "No place yet"), *sections.choices]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse words that nobody can see, and too many."""
        super().clean()
        text = self.cleaned_data.get("text", "").replace("\r\n", "\n")
        section = self.cleaned_data.get("section")
        if is_blank(text) and (text.strip() or section):
            self.add_error(None, f"There are no words to see in {self.title}.")
        known = self.item.text if self.item else ""
        if len(text) > max(MAX_ITEM, len(known)):
            words = too_long(self.title[0].upper() + self.title[1:], len(text), MAX_ITEM)
            self.add_error(None, f"{words} Make two items of it.")

    def addition(self, key: SectionKey | None, new_section: str) -> Addition | None:
        """For storing; None where nothing is to be added. ``key``: where typed words go."""
        said = self.cleaned_data
        text, section = said["text"].replace("\r\n", "\n"), said["section"]
        if is_blank(text) or (key is None and not section):
            return None
        if key is None:
            new = (SectionKind.OTHER, new_section)
            key = new if section == NEW_SECTION else self.sections.keys[section]
        known = self.item or Item("")
        links = tuple(link for link in known.links if link.text in text)
        return Addition(replace(known, text=text, level=said["level"] or 0, links=links), key)


def text_area(text: str, label: str) -> forms.Textarea:
    """As high as its words want, also where the browser does not see to that itself."""
    rows = max(2, min(14, sum(len(line) // 48 + 1 for line in text.split("\n"))))
    return forms.Textarea(attrs={"rows": rows, "cols": 40, "dir": "auto", "aria-label": label})


class ReviewForms:
    """All forms of a review page, filled from the draft or from what was sent."""

    def __init__(self, review: Review, data: MultiValueDict | None = None) -> None:
        self.review = review
        self.length_before = sum(len(item.text) for item in review.items)
        choices = SectionChoices(review.sections)
        self.paper = PaperForm(data, instance=review.paper, prefix="paper")
        self.items: dict[SectionKey, list[ItemForm]] = {}
        self.typed: dict[SectionKey, AdditionForm] = {}
        self.remarks: dict[SectionKey, str] = {}
        for section in review.sections:
            self.items[section.key] = [
                ItemForm(data, item, number, choices) for number, item in section.items
            ]
            value = choices.values[section.key]
            self.typed[section.key] = AdditionForm(
                data, choices, f"add-{value}", f"a new item of {section.label}", None
            )
            if section.row and section.row.remark:
                name = f"remark-{value}"
                self.remarks[section.key] = data.get(name, "") if data else section.row.remark
        self.remark_names = {key: f"remark-{choices.values[key]}" for key in self.remarks}
        self.loose: list[tuple[list[Line], AdditionForm]] = [
            (
                lines,
                AdditionForm(
                    data,
                    choices,
                    f"loose-{lines[0].span[0]}",
                    f"line {lines[0].number}",
                    loose_item(review, lines),
                ),
            )
            for lines in review.reading.loose
        ]
        new_section = (data.get("new_section", "") if data else "").strip()
        self.new_section = "" if is_blank(new_section) else new_section
        self.errors: list[str] = []

    def is_valid(self) -> bool:
        """Whether all of it can be stored; ``errors`` has what concerns several rows."""
        forms_of_items = [form for of in self.items.values() for form in of]
        additions = [*self.typed.values(), *(form for _, form in self.loose)]
        valid = [form.is_valid() for form in (self.paper, *forms_of_items, *additions)]
        chosen = [form for form in (*forms_of_items, *additions) if form.is_valid()]
        new = any(form.cleaned_data.get("section") == NEW_SECTION for form in chosen)
        limit = 200
        if new and not self.new_section:
            self.errors.append("Give the heading of the new section, at the end of the record.")
        if len(self.new_section) > limit:
            self.errors.append(f"A heading has at most {limit} characters.")
        self.errors += [
            too_long(f"What stands in place of items of {section.label}", len(words), MAX_REMARK)
            for section in self.review.sections
            if section.row and (words := self.remarks.get(section.key))
            if len(words) > max(MAX_REMARK, len(section.row.remark))
        ]
        if all(valid):
            kept = [form.item.text for form in forms_of_items if not form.cleaned_data["remove"]]
            added = [each.item.text for each in self.additions()]
            length = sum(map(len, (*kept, *added)))
            if length > max(MAX_ITEMS_TOGETHER, self.length_before):
                self.errors.append(too_long("All items together", length, MAX_ITEMS_TOGETHER))
        return all(valid) and not self.errors

    def remark(self, section: ReviewSection) -> str | None:
        """The words in place of a section's items, for storing; None where it has none."""
        words = self.remarks.get(section.key)
        if words is None or section.row is None:
            return None
        words = words.replace("\r\n", "\n")
        if words == section.row.remark:
            return words
        return "" if is_blank(words) else words.strip()

    def edits(self) -> list[ItemEdit]:
        """What became of each item."""
        return [form.edit(self.new_section) for of in self.items.values() for form in of]

    def additions(self) -> list[Addition]:
        """What is to be added."""
        typed = [form.addition(key, self.new_section) for key, form in self.typed.items()]
        loose = [form.addition(None, self.new_section) for _, form in self.loose]
        return [addition for addition in (*typed, *loose) if addition]


def loose_item(review: Review, lines: list[Line]) -> Item:
    """Words without a place as the item they would be; as they were read, where they were one."""
    span = (lines[0].span[0], lines[-1].span[1])
    for section in review.parsed.content.sections:
        for item in section.items:
            if item.span == span:
                return item
    return Item(" ".join(line.text for line in lines), span=span)
