"""What the built-in engine makes of the contract's fields; panels and pages tell it on.

Those that are named nowhere here shape the result.
"""

IGNORED_FIELDS = frozenset(
    {
        "prompt", "negative_prompt", "strength", "steps", "guidance_scale", "sampler_name",
        "clip_skip", "initial_noise_multiplier",
    }
)  # fmt: skip
"""Checked against the contract and then without effect."""

REFUSED_FIELDS = frozenset({"sd_vae", "loras", "embeddings"})
"""The engine has none to name, so that any name is refused."""

DESCRIPTION = (
    "Fills the masked part from the picture's own surroundings (PatchMatch), on this machine and "
    "without a model. It reads no text: prompt, negative_prompt, steps, guidance_scale, "
    "sampler_name, strength, clip_skip and initial_noise_multiplier are checked and then have no "
    "effect; VAE, LoRA and embedding names are refused, as there are none. It honours the mask, "
    "inpainting_mask_invert, mask_blur, inpainting_full_res with its padding, image_num (variant "
    "i uses seed + i), seed and response_image_type. Very large masked areas are filled at a "
    "reduced scale and enlarged. Prompts need a connected service."
)
"""The description of the engine's one model."""
