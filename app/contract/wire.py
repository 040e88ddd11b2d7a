"""The request as it travels, read by pydantic."""

from app.contract.checking import Wire
from app.contract.request import Answering, Base64, Settings


class Request(Settings, Wire):
    """The `request` object as the service reads it."""

    image_base64: Base64
    mask_image_base64: Base64


class Extra(Answering, Wire):
    """The `extra` object: how the answer should come."""


class Body(Wire):
    """The whole body of `POST /v3/async/inpainting`."""

    extra: Extra = Extra()
    request: Request
