"""What a job was asked, in a folder of its own: enough to send it, and to finish it later.

`image` and `mask` are the files that are sent. Where they are less than what the artist had in
front of them, the whole picture is kept too (`whole_pictures`), and the mask of the region at
full resolution. `parameters.json` names all of these with their checksums. It is written last,
so a folder that has it is complete.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from app.contract.parameters import Parameters
from app.model.errors import NoRoom, PictureError, StorageError
from app.model.geometry import Rect, Size
from app.model.job import Job, Region, Upload
from app.model.picture import Picture, Plane
from app.model.png import encode_plane
from app.model.services import PRESETS, Service, custom
from app.storage.files.faults import reported
from app.storage.files.writing import write_new
from app.storage.jobs.sidecar import checksum, read_sealed, sealed
from app.storage.jobs.whole_pictures import WholePictures
from app.storage.pictures.originals import Decode
from app.storage.pictures.sniff import suffix_of

PARAMETERS = "parameters.json"

_UNPAINTED, _PAINTED = 0, 255


def keep_job(folder: Path, job: Job, upload: Upload, pictures: WholePictures) -> None:
    """Write all of `job` into its empty folder; on disk when this returns."""
    files = {
        "image": _kept(folder / f"image{suffix_of(upload.image)}", upload.image),
        "mask": _kept(folder / f"mask{suffix_of(upload.mask)}", upload.mask),
    }
    if job.region.is_scaled:
        mask = encode_plane(np.ascontiguousarray(job.mask[job.region.rect.slices]))
        files["region_mask"] = _kept(folder / "region-mask.png", mask)
    whole = None if _sends_all(job) else pictures.keep(job.picture)
    write_new(folder / PARAMETERS, sealed(_facts(job, files, whole)))


def load_upload(folder: Path) -> Upload:
    """The two files that the job in `folder` sends, byte for byte."""
    facts = read_sealed(folder / PARAMETERS)
    return Upload(image=_file(folder, facts, "image"), mask=_file(folder, facts, "mask"))


def load_job(folder: Path, pictures: WholePictures, decode: Decode) -> Job:
    """The job in `folder` as it was when Generate was pressed.

    Raises `StorageError` when something of it is missing or damaged.
    """
    facts = read_sealed(folder / PARAMETERS)
    try:
        region = _region(facts)
        picture = _picture(folder, facts, region, pictures, decode)
        return Job(
            id=facts["id"],
            created=datetime.fromisoformat(facts["created"]).astimezone(),
            service=_service(**facts["service"]),
            parameters=_parameters(facts),
            picture=picture,
            mask=_mask(folder, facts, picture.size, decode),
            region=region,
        )
    except NoRoom:
        raise
    except (PictureError, ValueError, TypeError, KeyError) as error:
        raise StorageError("damaged", folder, str(error)) from error


def asked_images(folder: Path) -> int:
    """How many pictures the job in `folder` asks for; raises `StorageError`."""
    facts = read_sealed(folder / PARAMETERS)
    try:
        return _parameters(facts).image_num
    except (ValueError, KeyError) as error:
        raise StorageError("damaged", folder, str(error)) from error


def whole_picture(folder: Path) -> str | None:
    """The name of the whole picture that the job in `folder` was made from, if that is kept."""
    name = read_sealed(folder / PARAMETERS).get("picture", {}).get("whole")
    return name if isinstance(name, str) else None


def _sends_all(job: Job) -> bool:
    is_whole = job.region.rect == Rect.of(job.picture.size) and not job.region.is_scaled
    return is_whole and job.picture.alpha is None


def _kept(path: Path, data: bytes) -> dict[str, str]:
    return {"name": write_new(path, data).name, "sha256": checksum(data)}


def _facts(job: Job, files: Mapping[str, dict[str, str]], whole: str | None) -> dict[str, Any]:
    service, picture = job.service, job.picture
    return {
        "id": job.id,
        "created": job.created.astimezone().isoformat(),
        "service": {"id": service.id, "title": service.title, "base_url": service.base_url},
        "picture": {
            "name": picture.name,
            "path": None if picture.path is None else str(picture.path),
            "size": picture.size,
            "notices": picture.notices,
            "whole": whole,
        },
        "region": {"rect": job.region.rect, "sent": job.region.sent},
        # Of a region, all that is redrawn lies inside of it.
        "outside": _PAINTED if job.parameters.inpainting_mask_invert else _UNPAINTED,
        "files": dict(files),
        "parameters": job.parameters.to_json(),
    }


def _file(folder: Path, facts: Mapping[str, Any], name: str) -> bytes:
    entry = facts["files"][name] if "files" in facts else {"name": _found(folder, name)}
    path = folder / entry["name"]
    with reported(path):
        data = path.read_bytes()
    if checksum(data) != entry.get("sha256", checksum(data)):
        raise StorageError("damaged", path)
    return data


def _found(folder: Path, name: str) -> str:
    """The file that a record of version 1, which names none, means by `name`."""
    return next((path.name for path in folder.glob(f"{name}.*")), name)


def _parameters(facts: Mapping[str, Any]) -> Parameters:
    return Parameters.read_json(json.dumps(facts["parameters"]))


def _region(facts: Mapping[str, Any]) -> Region:
    told = facts["region"]
    return Region(rect=Rect(*told["rect"]), sent=Size(*told["sent"]))


def _picture(
    folder: Path,
    facts: Mapping[str, Any],
    region: Region,
    pictures: WholePictures,
    decode: Decode,
) -> Picture:
    told = facts["picture"]
    size, whole = Size(*told["size"]), told.get("whole")
    if whole is None and (region.rect != Rect.of(size) or region.is_scaled):
        raise StorageError("missing", folder, "the whole picture was not kept yet in version 1")
    picture = replace(
        decode(_file(folder, facts, "image")) if whole is None else pictures.load(whole),
        name=told["name"],
        path=None if told["path"] is None else Path(told["path"]),
        notices=tuple(told.get("notices", ())),
    )
    if picture.size != size:
        raise ValueError("the picture has another size")
    return picture


def _mask(folder: Path, facts: Mapping[str, Any], size: Size, decode: Decode) -> Plane:
    region = _region(facts)
    part = decode(_file(folder, facts, "region_mask" if region.is_scaled else "mask"))
    mask = np.full((size.height, size.width), facts.get("outside", _UNPAINTED), np.uint8)
    mask[region.rect.slices] = part.pixels[:, :, 0]
    mask.setflags(write=False)
    return mask


def _service(id: str, title: str, base_url: str) -> Service:
    """The service at the address that the job was made for, even if it has another one now."""
    for preset in PRESETS:
        if preset.id == id:
            return replace(preset, base_url=base_url)
    return replace(custom(base_url), id=id, title=title)
