"""The client and the built-in engine, which must mean the same by the contract."""

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import TypeVar

import numpy as np
import pytest
from PIL import Image

from app.api.client import ApiClient
from app.api.transport import in_process
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.responses import ResultImage, TaskResult, TaskStatus
from app.engine.service import create_app
from app.jobs.asking import Questions
from app.jobs.polling import settled
from app.jobs.traffic import Traffic
from app.model.errors import BadAnswer, JobFailed, Rejected, TaskNotFound, Unauthorized
from app.model.job import Upload
from app.model.services import BUILTIN, BUILTIN_MODEL

Value = TypeVar("Value")

SIZE = (48, 40)
PARAMETERS = Parameters(prompt="p", model_name=BUILTIN_MODEL, image_num=2, seed=3)


def with_engine(call: Callable[[ApiClient], Awaitable[Value]], key: str = "k") -> Value:
    async def run() -> Value:
        engine = create_app(api_key="k")
        client = ApiClient(
            base_url=BUILTIN.base_url,
            key=lambda: key,
            transport=in_process(engine.app),
            can_stop=True,
        )
        try:
            return await call(client)
        finally:
            await client.aclose()
            await engine.aclose()

    return asyncio.run(run())


def png(pixels: np.ndarray) -> bytes:
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def upload() -> Upload:
    width, height = SIZE
    image = np.indices((height, width, 3)).sum(axis=0).astype(np.uint8)
    mask = np.zeros((height, width), np.uint8)
    mask[10:20, 10:20] = 255
    return Upload(image=png(image), mask=png(mask))


async def submit(client: ApiClient, parameters: Parameters, upload: Upload) -> str:
    return (await client.submit(parameters, upload, lambda out, total: None)).task_id


async def finished(client: ApiClient, task_id: str) -> TaskResult:
    questions = Questions(task_id, BUILTIN, client, Traffic())
    return await settled(questions, lambda progress: None)


def test_a_job_goes_all_the_way(upload: Upload) -> None:
    async def job(client: ApiClient) -> tuple[TaskResult, list[bytes]]:
        answer = await finished(client, await submit(client, PARAMETERS, upload))
        return answer, [await client.fetch(image) for image in answer.images]

    answer, pictures = with_engine(job)
    assert answer.task.status is TaskStatus.SUCCEED
    assert answer.extra.seed == 3
    assert [Image.open(BytesIO(data)).size for data in pictures] == [SIZE, SIZE]


def test_a_refused_value_is_named(upload: Upload) -> None:
    with pytest.raises(Rejected) as caught:
        with_engine(lambda client: submit(client, PARAMETERS.edited(steps=0), upload))
    assert caught.value.field == "steps"
    assert caught.value.reason == "INVALID_REQUEST_BODY"


def test_a_wrong_key_is_told(upload: Upload) -> None:
    with pytest.raises(Unauthorized):
        with_engine(lambda client: submit(client, PARAMETERS, upload), key="other")


def test_its_models_are_listed() -> None:
    models = with_engine(lambda client: client.models(ModelType.CHECKPOINT))
    assert [model.model_name for model in models] == [BUILTIN_MODEL]
    assert with_engine(lambda client: client.models(ModelType.LORA, sdxl=True)) == ()


def test_the_account_is_empty() -> None:
    assert with_engine(lambda client: client.user()).balance == 0


def test_an_unknown_task_is_told_and_may_be_stopped() -> None:
    with pytest.raises(TaskNotFound):
        with_engine(lambda client: client.task_result("nothing"))
    with_engine(lambda client: client.stop("nothing"))


def test_a_stopped_task_gives_no_pictures(upload: Upload) -> None:
    async def job(client: ApiClient) -> None:
        task_id = await submit(client, PARAMETERS.edited(image_num=8), upload)
        await client.stop(task_id)
        await finished(client, task_id)

    with pytest.raises((JobFailed, TaskNotFound)):
        with_engine(job)


def test_an_expired_picture_is_no_picture() -> None:
    image = ResultImage(image_url=f"{BUILTIN.base_url}/engine/results/none.png")
    with pytest.raises(BadAnswer):
        with_engine(lambda client: client.fetch(image))
