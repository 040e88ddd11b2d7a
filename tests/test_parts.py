"""The parts that a window and a command share."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.api.client import ApiClient
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.responses import Model
from app.jobs.prepare import new_job
from app.model.errors import InvalidInput
from app.model.model_list import ModelList
from app.model.picture import Picture
from app.model.services import BUILTIN, BUILTIN_MODEL, PRESETS, Service, custom
from app.parts import Parts
from app.storage.folders import Folders
from tests.support.journaling import UPLOAD
from tests.support.service import KEY
from tests.support.service import Service as RunningService


def parts(root: Path, **environ: str) -> Parts:
    return Parts(Folders.under(root), environ=environ)


def test_with_no_key_and_no_address_it_is_the_built_in_engine(tmp_path: Path) -> None:
    assert parts(tmp_path).service() is BUILTIN


def test_with_a_key_alone_it_is_the_service_that_the_contract_was_published_by(
    tmp_path: Path,
) -> None:
    assert parts(tmp_path, MASKWRIGHT_API_KEY="k").service().id == "ppinfra"


@pytest.mark.parametrize("preset", PRESETS[1:], ids=lambda preset: preset.id)
def test_the_address_of_a_preset_is_that_preset(tmp_path: Path, preset: object) -> None:
    url = preset.base_url
    assert parts(tmp_path, MASKWRIGHT_BASE_URL=url + "/").service() is preset


def test_an_address_that_is_given_comes_before_the_environments(tmp_path: Path) -> None:
    made = parts(tmp_path, MASKWRIGHT_BASE_URL="https://a.example")
    assert made.service("https://b.example").base_url == "https://b.example"


@pytest.mark.parametrize("url", ["ftp://a.example", "a.example", "http://a.example"])
def test_an_address_that_keys_must_not_go_to_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parts(tmp_path).service(url)
    assert caught.value.field == "base_url"


def revealed(made: Parts, service: Service) -> str | None:
    asyncio.run(made.accounts.find_key(service))
    return made.accounts.reveal(service)


def test_the_environments_key_goes_to_the_environments_service_alone(tmp_path: Path) -> None:
    named = {"MASKWRIGHT_API_KEY": "sk-canary", "MASKWRIGHT_BASE_URL": "https://a.example"}
    made = parts(tmp_path, **named)
    assert revealed(made, custom("https://a.example")) == "sk-canary"
    for other in (custom("https://b.example"), custom("https://a.example/v3"), *PRESETS[1:]):
        assert revealed(made, other) is None


def test_a_key_without_an_address_goes_to_the_service_that_it_stands_for(tmp_path: Path) -> None:
    made = parts(tmp_path, MASKWRIGHT_API_KEY="sk-canary")
    assert revealed(made, PRESETS[1]) == "sk-canary"
    assert revealed(made, PRESETS[2]) is None


def test_an_address_on_the_command_line_may_have_the_environments_key(tmp_path: Path) -> None:
    made = parts(tmp_path, MASKWRIGHT_API_KEY="sk-canary")
    given = made.service("https://b.example")
    assert revealed(made, given) == "sk-canary"


@pytest.mark.parametrize("url", ["https://me@a.example", "https://:word@a.example"])
def test_an_address_with_a_password_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parts(tmp_path).service(url)
    assert caught.value.kind == "not_a_base_url"


def test_the_built_in_engine_lists_its_checkpoint_without_a_port(tmp_path: Path) -> None:
    async def story() -> list[str]:
        made = parts(tmp_path)
        try:
            known = await made.models(BUILTIN, ModelType.CHECKPOINT, False)
        finally:
            await made.aclose()
        return [model.model_name for model in known.models]

    assert asyncio.run(story()) == [BUILTIN_MODEL]


def test_a_list_that_was_fetched_is_there_the_next_day(tmp_path: Path) -> None:
    service = PRESETS[1]
    model = Model(model_name="a-inpainting.safetensors")
    parts(tmp_path).model_cache.save(service, ModelType.CHECKPOINT, [model])

    def last_seen(kind: ModelType) -> ModelList:
        return asyncio.run(parts(tmp_path).cached_models(service, kind, False))

    assert last_seen(ModelType.CHECKPOINT).models == (model,)
    assert last_seen(ModelType.CHECKPOINT).listed is not None
    assert last_seen(ModelType.VAE) == ModelList()


def test_each_service_has_a_client_of_its_own(tmp_path: Path) -> None:
    made = parts(tmp_path)
    first, second = PRESETS[1], custom(PRESETS[1].base_url)
    assert made.client(first) is made.client(first)
    assert made.client(first) is not made.client(second)
    asyncio.run(made.aclose())


def test_threads_that_ask_at_once_share_one_engine(tmp_path: Path) -> None:
    made = parts(tmp_path)
    together = threading.Barrier(4)

    def ask(_: int) -> object:
        together.wait(10)
        return made.client(BUILTIN)

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask, range(4)))) == 1
    asyncio.run(made.aclose())


def test_threads_that_ask_at_once_get_the_same_journal(tmp_path: Path) -> None:
    made = parts(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        journals = list(pool.map(lambda _: made.journal, range(4)))
    assert all(journal is journals[0] for journal in journals)
    asyncio.run(made.aclose())


def test_a_journal_is_backed_up_when_the_program_ends_in_good_order(tmp_path: Path) -> None:
    made = parts(tmp_path)
    picture = Picture(pixels=np.full((8, 8, 4), 255, np.uint8))
    job = new_job(BUILTIN, Parameters(), picture, picture.pixels[:, :, 0])
    made.journal.prepare(job, UPLOAD)
    asyncio.run(made.aclose())
    assert (made.folders.data / "backups" / "journal-1.sqlite").exists()


def remote(root: Path, running: RunningService) -> tuple[Parts, Service]:
    made = parts(root)
    service = custom(running.url)
    made._clients[service] = ApiClient(base_url=running.url, key=lambda: KEY)
    return made, service


def listed(made: Parts, service: Service) -> ModelList:
    async def ask() -> ModelList:
        try:
            return await made.models(service, ModelType.CHECKPOINT, sdxl=False)
        finally:
            await made.aclose()

    return asyncio.run(ask())


def test_a_service_that_lists_nothing_has_what_it_had_before(tmp_path: Path) -> None:
    with RunningService() as running:
        running.models = [{"model_name": "a", "status": 1}]
        made, service = remote(tmp_path, running)
        today = listed(made, service)
        running.models = [{"model_name": "a", "status": 0}]
        made, service = remote(tmp_path, running)
        later = listed(made, service)
    assert [model.model_name for model in today.models] == ["a"]
    assert later.models == today.models
    assert (today.listed, later.listed is None) == (None, False)


def test_a_list_that_cannot_be_kept_is_shown_all_the_same(tmp_path: Path) -> None:
    with RunningService() as running:
        running.models = [{"model_name": "a", "status": 1}]
        made, service = remote(tmp_path, running)
        made.folders.cache.parent.mkdir(parents=True, exist_ok=True)
        made.folders.cache.write_bytes(b"a file where a folder should be")
        assert [model.model_name for model in listed(made, service).models] == ["a"]
