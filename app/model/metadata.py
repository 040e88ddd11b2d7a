"""What a saved result says about how it was made.

Two forms: the line format of A1111's web UI, which many programs read (`parameters`), and a JSON
of ours, whole and exact (`maskwright`). Both are lists of what is told: nothing else gets in, so
that neither holds a path, a name of a file, a key or an address of the artist's own.
"""

import json
from collections.abc import Mapping
from typing import Any

from app import __version__
from app.model.geometry import Size
from app.model.job import Job
from app.model.services import CUSTOM_ID, Service

TEXT_KEY = "parameters"
JSON_KEY = "maskwright"


def describe(job: Job, *, seed: int | None, index: int) -> Mapping[str, str]:
    """Both forms for picture `index` of `job`, by the key they are stored under."""
    return {TEXT_KEY: _text(job, seed), JSON_KEY: _json(job, seed, index)}


def _text(job: Job, seed: int | None) -> str:
    given = job.parameters
    lines = [given.prompt]
    if given.negative_prompt:
        lines.append(f"Negative prompt: {given.negative_prompt}")
    facts: dict[str, Any] = {
        "Steps": given.steps,
        "Sampler": given.sampler_name,
        "CFG scale": given.guidance_scale,
        "Seed": seed,
        "Size": _size(job.region.sent),
        "Model": given.model_name,
        "VAE": given.sd_vae or None,
        "Denoising strength": given.strength,
        "Clip skip": given.clip_skip,
        "Mask blur": given.mask_blur,
        "Inpaint area": "Only masked" if given.inpainting_full_res else "Whole picture",
        "Masked area padding": given.inpainting_full_res_padding,
        "Mask mode": "Inpaint not masked" if given.inpainting_mask_invert else "Inpaint masked",
        "Noise multiplier": given.initial_noise_multiplier,
        "Lora": "; ".join(f"{lora.model_name}: {lora.strength:g}" for lora in given.loras) or None,
        "TI": "; ".join(entry.model_name for entry in given.embeddings) or None,
        "Version": f"Maskwright {__version__}",
    }
    lines.append(", ".join(f"{k}: {_quoted(v)}" for k, v in facts.items() if v is not None))
    return "\n".join(lines)


def _quoted(value: object) -> str:
    """A value as the format writes it: in JSON quotes if a comma or colon would split it."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return json.dumps(text, ensure_ascii=False) if set(text) & set(',:"\n') else text


def _json(job: Job, seed: int | None, index: int) -> str:
    facts = {
        "version": __version__,
        "created": job.created.isoformat(timespec="seconds"),
        "service": _service(job.service),
        "seed": seed,
        "index": index,
        "picture": _size(job.picture.size),
        "region": list(job.region.rect),
        "sent": _size(job.region.sent),
        "parameters": job.parameters.to_json(),
    }
    return json.dumps(facts)


def _service(service: Service) -> str:
    """Its name; a service of one's own is called by its address, which is nobody's business."""
    return CUSTOM_ID if service.id == CUSTOM_ID else service.title


def _size(size: Size) -> str:
    return f"{size.width}x{size.height}"
