"""The request: what an inpainting job may ask for, field by field.

Source of names, types, ranges and defaults: the published page of `POST /v3/async/inpainting`.
Where that page gives no default for a required field, the value here is ours and always sent.
"""

from typing import Annotated, Literal, get_args

from app.contract.about import About
from app.contract.hints import QT_TRANSLATE_NOOP, Hint
from app.contract.record import Record

MAX_SIDE = 2048
"""Longest side of picture and mask, in pixels."""

MAX_IMAGE_BYTES = 30 * 1024 * 1024
"""Largest picture or mask file, in bytes, before base64."""

MAX_BASE64 = -(-MAX_IMAGE_BYTES // 3) * 4
"""Characters that the largest file takes in base64."""

MAX_ADDONS = 5
"""Most LoRAs, and most embeddings, in one request."""

RANDOM_SEED = -1
"""The seed that asks the service to draw one."""

Sampler = Literal[
    "Euler a", "Euler", "LMS", "Heun", "DPM2", "DPM2 a", "DPM++ 2S a", "DPM++ 2M", "DPM++ SDE",
    "DPM fast", "DPM adaptive", "LMS Karras", "DPM2 Karras", "DPM2 a Karras",
    "DPM++ 2S a Karras", "DPM++ 2M Karras", "DPM++ SDE Karras", "DDIM", "PLMS", "UniPC",
]  # fmt: skip
ImageType = Literal["png", "webp", "jpeg"]
Switch = Annotated[int, About(ge=0, le=1)]
"""0 or 1; a JSON `true` is refused, as the page asks for an integer."""

SAMPLERS: tuple[str, ...] = get_args(Sampler)
IMAGE_TYPES: tuple[str, ...] = get_args(ImageType)

ModelName = Annotated[str, About(min_length=1)]
Base64 = Annotated[str, About(min_length=1)]


class Lora(Record):
    """A LoRA and its weight."""

    model_name: Annotated[
        ModelName,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "LoRA"),
            description=QT_TRANSLATE_NOOP(
                "Contract", "A small add-on that teaches the checkpoint a subject or a style."
            ),
        ),
    ]
    strength: Annotated[
        float,
        About(
            ge=0,
            le=1,
            title=QT_TRANSLATE_NOOP("Contract", "Weight"),
            description=QT_TRANSLATE_NOOP("Contract", "How strongly the LoRA shows."),
        ),
        Hint(step=0.05, decimals=2),
    ]


class Embedding(Record):
    """A textual inversion: a word that the checkpoint learns."""

    model_name: Annotated[
        ModelName,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "Embedding"),
            description=QT_TRANSLATE_NOOP(
                "Contract", "A learned word; many hold what a picture should not show."
            ),
        ),
    ]


Prompt = Annotated[
    str,
    About(
        min_length=1,
        max_length=1024,
        title=QT_TRANSLATE_NOOP("Contract", "Prompt"),
        description=QT_TRANSLATE_NOOP(
            "Contract", "What should appear under the mask. Say what you see, not what to do."
        ),
    ),
]

ImageNum = Annotated[
    int,
    About(
        ge=1,
        le=8,
        title=QT_TRANSLATE_NOOP("Contract", "Images"),
        description=QT_TRANSLATE_NOOP(
            "Contract", "How many variants to make. Services charge for each of them."
        ),
    ),
]

Steps = Annotated[
    int,
    About(
        ge=1,
        le=100,
        title=QT_TRANSLATE_NOOP("Contract", "Steps"),
        description=QT_TRANSLATE_NOOP(
            "Contract",
            "How often the picture is refined. 20 to 30 do for most samplers; more take "
            "longer and change little.",
        ),
    ),
]

GuidanceScale = Annotated[
    float,
    About(
        ge=1,
        le=30,
        title=QT_TRANSLATE_NOOP("Contract", "Guidance"),
        description=QT_TRANSLATE_NOOP(
            "Contract",
            "How closely to follow the prompt. 5 to 9 look natural; high values turn harsh.",
        ),
    ),
    Hint(step=0.5, decimals=1),
]

SamplerName = Annotated[
    Sampler,
    About(
        title=QT_TRANSLATE_NOOP("Contract", "Sampler"),
        description=QT_TRANSLATE_NOOP(
            "Contract",
            "The way the picture comes out of the noise. Names that end in “a” and the SDE "
            "ones change with every step more; the others settle.",
        ),
    ),
]

Checkpoint = Annotated[
    ModelName,
    About(
        title=QT_TRANSLATE_NOOP("Contract", "Checkpoint"),
        description=QT_TRANSLATE_NOOP(
            "Contract", "The model that paints. Only inpainting checkpoints work here."
        ),
    ),
]

ResponseImageType = Annotated[
    ImageType,
    About(
        title=QT_TRANSLATE_NOOP("Contract", "Format"),
        description=QT_TRANSLATE_NOOP(
            "Contract", "File type of the results. PNG keeps every pixel as it is."
        ),
    ),
]


class Settings:
    """Every field of `request` but the two pictures."""

    prompt: Prompt
    negative_prompt: Annotated[
        str,
        About(
            max_length=1024,
            title=QT_TRANSLATE_NOOP("Contract", "Negative prompt"),
            description=QT_TRANSLATE_NOOP("Contract", "What the new part should not show."),
        ),
    ] = ""
    strength: Annotated[
        Annotated[float, About(gt=0, le=1)] | None,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "Strength"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "How far the new part may leave what is there now: low keeps shapes and colours, "
                "1 starts afresh. Off leaves it to the service.",
            ),
        ),
        Hint(step=0.01, decimals=2, off=QT_TRANSLATE_NOOP("Contract", "Off")),
    ] = None
    mask_blur: Annotated[
        int,
        About(
            ge=0,
            le=64,
            title=QT_TRANSLATE_NOOP("Contract", "Blur"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "Softens the edge of the mask: low keeps it crisp, high melts the new part into "
                "its surroundings.",
            ),
        ),
        Hint(unit="px"),
    ] = 4
    inpainting_full_res: Annotated[
        Switch,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "Area"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "Whole picture: the model sees everything, and the new part fits in. Mask only: "
                "the model looks at the masked part alone, with more detail.",
            ),
        ),
    ] = 0
    inpainting_full_res_padding: Annotated[
        int,
        About(
            ge=0,
            le=256,
            title=QT_TRANSLATE_NOOP("Contract", "Padding"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "How much of the surroundings the model sees when the area is “Mask only”. More "
                "gives context and costs detail.",
            ),
        ),
        Hint(unit="px"),
    ] = 8
    inpainting_mask_invert: Annotated[
        Switch,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "Invert"),
            description=QT_TRANSLATE_NOOP(
                "Contract", "Redraw everything but the painted part, which stays as it is."
            ),
        ),
    ] = 0
    image_num: ImageNum
    steps: Steps
    guidance_scale: GuidanceScale
    sampler_name: SamplerName
    seed: Annotated[
        int,
        About(
            ge=RANDOM_SEED,
            title=QT_TRANSLATE_NOOP("Contract", "Seed"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "The number that the noise is made from: the same seed and settings give the "
                "same picture. Random draws a new one each time.",
            ),
        ),
        Hint(off=QT_TRANSLATE_NOOP("Contract", "Random")),
    ] = RANDOM_SEED
    model_name: Checkpoint
    sd_vae: Annotated[
        str,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "VAE"),
            description=QT_TRANSLATE_NOOP(
                "Contract", "Turns the model's work into pixels; another one shifts colours."
            ),
        ),
        Hint(off=QT_TRANSLATE_NOOP("Contract", "From the model")),
    ] = ""
    loras: Annotated[
        tuple[Lora, ...],
        About(
            max_length=MAX_ADDONS,
            title=QT_TRANSLATE_NOOP("Contract", "LoRA"),
            description=QT_TRANSLATE_NOOP(
                "Contract", "Add-ons for a subject or a style, each with its weight."
            ),
        ),
    ] = ()
    embeddings: Annotated[
        tuple[Embedding, ...],
        About(
            max_length=MAX_ADDONS,
            title=QT_TRANSLATE_NOOP("Contract", "Embeddings"),
            description=QT_TRANSLATE_NOOP("Contract", "Learned words that the prompts can use."),
        ),
    ] = ()
    clip_skip: Annotated[
        Annotated[int, About(ge=1, le=12)] | None,
        About(
            title=QT_TRANSLATE_NOOP("Contract", "CLIP skip"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "Reads the prompt more loosely the higher it is. Anime checkpoints often want 2; "
                "off is right for the rest.",
            ),
        ),
        Hint(off=QT_TRANSLATE_NOOP("Contract", "Off")),
    ] = None
    initial_noise_multiplier: Annotated[
        float,
        About(
            ge=0,
            le=1.5,
            title=QT_TRANSLATE_NOOP("Contract", "Initial noise"),
            description=QT_TRANSLATE_NOOP(
                "Contract",
                "How much noise the new part starts from: low looks smooth and calm, 1 is rich "
                "in detail, more may break up.",
            ),
        ),
        Hint(step=0.05, decimals=2),
    ] = 0.5


class Answering:
    """Every field of `extra`, which says how the answer should come."""

    response_image_type: ResponseImageType = "png"


IMAGE = "image_base64"
MASK = "mask_image_base64"
"""The fields of `request` that no parameter stands for."""
