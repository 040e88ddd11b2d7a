"""All fields of the contract as rows in sections, bound to the parameters being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.fields import Field, fields_of
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.look.sections import Section
from app.panels.parameters.addon_list import AddonList
from app.panels.parameters.choice_rows import choice_row
from app.panels.parameters.model_row import ModelRow
from app.panels.parameters.number_row import NumberRow
from app.panels.parameters.rows import GUTTER, Message, Row
from app.panels.parameters.seed_row import SeedRow
from app.panels.parameters.text_row import TextRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.look.theme import Theme
    from app.model.services import Service
    from app.session.catalogue import Catalogue
    from app.session.parameters import ParameterState

_TOP = ("prompt", "negative_prompt", "strength")
_SECTIONS = {
    "mask": (
        "mask_blur",
        "inpainting_full_res",
        "inpainting_full_res_padding",
        "inpainting_mask_invert",
    ),
    "sampling": ("image_num", "steps", "guidance_scale", "sampler_name", "seed"),
    "model": ("model_name", "sd_vae", "loras", "embeddings"),
    "advanced": ("clip_skip", "initial_noise_multiplier", "response_image_type"),
}
_MODELS = {
    "model_name": ModelType.CHECKPOINT,
    "sd_vae": ModelType.VAE,
    "loras": ModelType.LORA,
    "embeddings": ModelType.TEXTUAL_INVERSION,
}


class Form(QWidget):
    """The content of the panel. `folded_changed` tells the names of the folded sections."""

    folded_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        state: ParameterState,
        catalogue: Catalogue,
        folded: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self._catalogue = catalogue
        self._fields = fields_of(Parameters)
        self.rows: dict[str, Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 8)
        self._column.setSpacing(0)
        self._notice = self._new_notice()
        self._add_top()
        self.sections = {name: self._new_section(name) for name in _SECTIONS}
        for name in folded:
            if name in self.sections:
                self.sections[name].set_folded(True)
        for section in self.sections.values():
            section.folded_changed.connect(self._tell_folded)
        self._column.addStretch(1)
        state.changed.connect(self._show)
        state.run_marked.connect(self._show_run)
        catalogue.changed.connect(self._match_loras)
        self._show(state.value)

    @property
    def folded(self) -> tuple[str, ...]:
        """The names of the folded sections."""
        return tuple(name for name, section in self.sections.items() if section.is_folded)

    def set_service(self, service: Service, ignored: Collection[str]) -> None:
        """Say what the service makes of the fields: `ignored` names those it does not use."""
        self._notice.setVisible(not service.reads_prompts)
        words = self.tr("Not used by {service}.").format(service=self._name_of(service))
        for name, row in self.rows.items():
            row.set_ignored(words if name in ignored else "")
        for name, names in _SECTIONS.items():
            unused = set(names) <= set(ignored)
            self.sections[name].set_note(self.tr("not used") if unused else "")

    def lead_to(self, name: str) -> Row:
        """Put the keyboard at a field, out of a folded section if need be; its row."""
        for section, names in _SECTIONS.items():
            if name in names:
                self.sections[section].set_folded(False)
        row = self.rows[name]
        row.editors()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def _name_of(self, service: Service) -> str:
        return self.tr("the built-in engine") if service.is_builtin else service.title

    def _new_notice(self) -> Message:
        notice = Message(self._theme)
        notice.setObjectName("prompt_notice")
        words = self.tr(
            "The built-in engine fills from the surroundings; prompts need a connected service."
        )
        notice.show_words(words, "info", "hint")
        notice.hide()
        return notice

    def _add_top(self) -> None:
        for name in _TOP:
            self._column.addWidget(self._new_row(self._fields[name]))
            if name == "negative_prompt":
                frame = QVBoxLayout()
                frame.setContentsMargins(GUTTER, 4, GUTTER, 0)
                frame.addWidget(self._notice)
                self._column.addLayout(frame)
                self._column.addSpacing(8)
        self._column.addSpacing(8)

    def _new_section(self, name: str) -> Section:
        titles = {
            "mask": self.tr("Mask"),
            "sampling": self.tr("Sampling"),
            "model": self.tr("Model"),
            "advanced": self.tr("Advanced"),
        }
        section = Section(self._theme, titles[name])
        section.setObjectName(f"section_{name}")
        for field in _SECTIONS[name]:
            section.body.addWidget(self._new_row(self._fields[field]))
        self._column.addWidget(section)
        return section

    def _new_row(self, field: Field) -> Row:
        row = self._row_for(field)
        row.edited.connect(lambda value, name=field.name: self._state.edit(**{name: value}))
        row.reset_asked.connect(lambda name=field.name: self._state.reset(name))
        self.rows[field.name] = row
        return row

    def _row_for(self, field: Field) -> Row:
        if field.name in _MODELS:
            make = AddonList if field.kind == "list" else ModelRow
            return make(self._theme, field, _MODELS[field.name], self._catalogue)
        if field.kind == "text":
            return self._text_row(field)
        if field.kind in {"choice", "switch"}:
            return choice_row(self._theme, field)
        if field.maximum is None:
            return SeedRow(self._theme, field, lambda: self._state.last_seed)
        return NumberRow(self._theme, field)

    def _text_row(self, field: Field) -> TextRow:
        if field.min_length:
            words = self.tr("What should appear under the mask?")
            return TextRow(self._theme, field, 76, 160, words)
        return TextRow(self._theme, field, 34, 96, self.tr("What to avoid"))

    def _show(self, value: Parameters) -> None:
        last = self._state.last_run
        for name, row in self.rows.items():
            now = getattr(value, name)
            row.show_state(now, now if last is None else getattr(last, name))
        self._relate(value)

    def _show_run(self) -> None:
        self._show(self._state.value)

    def _relate(self, value: Parameters) -> None:
        """What one field means for another."""
        self.rows["strength"].set_caption(self._strength_words(value))
        alone = self.tr("Padding is for the area “Mask only”.")
        padding = self.rows["inpainting_full_res_padding"]
        padding.set_reason_disabled("" if value.inpainting_full_res else alone)
        self._match_loras()

    def _strength_words(self, value: Parameters) -> str:
        if value.strength is None:
            return self.tr("Off: the service decides")
        share = max(0.0, min(1.0, value.strength))
        words = self.tr("{part} of {steps} steps repaint the mask")
        return words.format(part=int(share * value.steps + 1e-9), steps=value.steps)

    def _match_loras(self) -> None:
        name = self._state.value.model_name
        checkpoint = self._catalogue.model(ModelType.CHECKPOINT, name)
        loras = self.rows["loras"]
        if isinstance(loras, AddonList):
            loras.set_sdxl(checkpoint is not None and checkpoint.is_sdxl)

    def _tell_folded(self) -> None:
        self.folded_changed.emit(self.folded)
