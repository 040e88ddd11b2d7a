"""What a task gives, and how long it is remembered."""

import asyncio
from typing import Any

import numpy as np
import pytest

from app.contract.responses import TaskResult, TaskStatus
from app.engine.process import Worker
from app.engine.refusals import Refusal
from app.engine.tasks import Limits, Tasks
from app.worker.frames import Frame


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_result_has_the_form_of_the_contract(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        task_id = await caller.accepted(samples.body(image_num=2, seed=41))
        answer = await caller.settled(task_id)
        result = TaskResult.model_validate(answer)
        assert answer["extra"]["seed"] == "41"
        assert result.task.task_id == task_id
        assert result.task.status is TaskStatus.SUCCEED
        assert result.task.progress_percent == 100
        assert result.task.task_type == "INPAINTING"
        assert len(result.images) == 2
        for image in result.images:
            assert image.image_url.startswith("http://engine/engine/results/")
            assert 0 < image.image_url_ttl <= 3600
            assert image.image_type == "png"

    engine(scenario)


def test_a_task_is_never_seen_half_finished(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        task_id = await caller.accepted(samples.body())
        # Without a pause it looks in every round of the event loop.
        answer = await caller.until(task_id, lambda t: t["status"].endswith("SUCCEED"), pause_s=0)
        (image,) = answer["images"]
        assert image["image_url_ttl"] > 0
        assert (await caller.client.get(image["image_url"])).status_code == 200

    engine(scenario)


def test_only_masked_pixels_change(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        (result,) = await caller.pictures(samples.body())
        kept = samples.square_mask() == 0
        assert (result[kept] == samples.photo()[kept]).all()
        assert (result[~kept] != samples.photo()[~kept]).any()

    engine(scenario)


def test_a_seed_fixes_the_pixels_and_variant_i_uses_seed_plus_i(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        three = await caller.pictures(samples.body(seed=7, image_num=3))
        again = await caller.pictures(samples.body(seed=7, image_num=3))
        third = await caller.pictures(samples.body(seed=9))
        assert all((a == b).all() for a, b in zip(three, again, strict=True))
        assert (three[2] == third[0]).all()
        assert (three[0] != three[1]).any()

    engine(scenario)


def test_a_random_seed_is_drawn_told_and_repeatable(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        drawn = []
        for _ in range(2):
            answer = await caller.settled(await caller.accepted(samples.body(seed=-1)))
            drawn.append(int(answer["extra"]["seed"]))
            url = answer["images"][0]["image_url"]
            first = (await caller.client.get(url)).content
        assert drawn[0] != drawn[1]
        assert min(drawn) >= 0
        answer = await caller.settled(await caller.accepted(samples.body(seed=drawn[1])))
        assert (await caller.client.get(answer["images"][0]["image_url"])).content == first

    engine(scenario)


@pytest.mark.parametrize(
    ("kind", "start"), [("png", b"\x89PNG"), ("webp", b"RIFF"), ("jpeg", b"\xff\xd8\xff")]
)
def test_results_come_in_the_type_asked_for(
    engine: Any, samples: Any, kind: str, start: bytes
) -> None:
    async def scenario(caller: Any) -> None:
        body = {**samples.body(), "extra": {"response_image_type": kind}}
        answer = await caller.settled(await caller.accepted(body))
        (image,) = answer["images"]
        response = await caller.client.get(image["image_url"])
        assert image["image_type"] == kind
        assert response.headers["content-type"] == f"image/{kind}"
        assert response.content.startswith(start)

    engine(scenario)


def test_result_links_need_no_key_and_cannot_be_guessed(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        answer = await caller.settled(await caller.accepted(samples.body()))
        url = answer["images"][0]["image_url"]
        assert (await caller.client.get(url, headers={"Authorization": ""})).status_code == 200
        assert len(url.rpartition("/")[2]) >= 32
        assert (await caller.client.get(url[:-8] + "AAAA.png")).status_code == 404

    engine(scenario)


def test_a_mask_that_leaves_nothing_fails_with_a_reason(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        everything = samples.text(samples.png(np.full((48, 48), 255, np.uint8)))
        answer = await caller.settled(
            await caller.accepted(samples.body(mask_image_base64=everything))
        )
        assert answer["task"]["status"] == "TASK_STATUS_FAILED"
        assert "nothing" in answer["task"]["reason"]
        assert answer["images"] == []

    engine(scenario)


def test_an_empty_mask_gives_the_picture_back(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        nothing = samples.text(samples.png(np.zeros((48, 48), np.uint8)))
        (result,) = await caller.pictures(samples.body(mask_image_base64=nothing))
        assert (result == samples.photo()).all()

    engine(scenario)


def test_progress_grows_and_is_told_within_a_variant(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        seen: list[int] = []

        def watch(task: Any) -> bool:
            seen.append(task["progress_percent"])
            return task["progress_percent"] > 20

        task_id = await caller.accepted(samples.slow_body())
        result = await caller.until(task_id, watch)
        assert result["task"]["status"] == "TASK_STATUS_PROCESSING"
        assert result["task"]["eta"] > 0
        assert seen == sorted(seen)
        assert any(0 < percent < 12 for percent in seen)

    engine(scenario)


def test_a_finished_task_is_forgotten_when_its_time_is_over(engine: Any, samples: Any) -> None:
    clock = Clock()

    async def scenario(caller: Any) -> None:
        task_id = await caller.accepted(samples.body())
        answer = await caller.settled(task_id)
        url = answer["images"][0]["image_url"]
        clock.now += 59
        assert (await caller.client.get(url)).status_code == 200
        assert (await caller.status(task_id))["images"][0]["image_url_ttl"] == 1
        clock.now += 1
        assert (await caller.client.get(url)).status_code == 404
        gone = await caller.client.get("/v3/async/task-result", params={"task_id": task_id})
        assert (gone.status_code, gone.json()["reason"]) == (404, "TASK_NOT_FOUND")

    engine(scenario, clock=clock, limits=Limits(ttl_s=60))


class AtOnce(Worker):
    """Has done what it is asked before anything else can happen."""

    async def ask(self, question: Frame, heard: Any) -> Frame:
        return Frame("done", parts=(b"a picture",))


def test_what_is_forgotten_is_gone_even_while_its_worker_is_not_free_yet() -> None:
    clock = Clock()

    async def scenario() -> None:
        tasks = Tasks([AtOnce()], Limits(ttl_s=60), clock)
        task = tasks.accept(Frame("order", {"seed": 1, "image_type": "png"}))
        await asyncio.sleep(0)
        assert tasks.find(task.id).status is TaskStatus.SUCCEED
        clock.now += 60
        with pytest.raises(Refusal, match="no such task"):
            tasks.find(task.id)
        await tasks.aclose()

    asyncio.run(scenario())


@pytest.mark.parametrize("limits", [Limits(result_bytes=1), Limits(finished=1)])
def test_the_oldest_results_make_room_for_new_ones(
    engine: Any, samples: Any, limits: Limits
) -> None:
    async def scenario(caller: Any) -> None:
        urls = []
        for _ in range(2):
            answer = await caller.settled(await caller.accepted(samples.body()))
            urls.append(answer["images"][0]["image_url"])
        assert (await caller.client.get(urls[0])).status_code == 404
        assert (await caller.client.get(urls[1])).status_code == 200

    engine(scenario, limits=limits)


@pytest.mark.parametrize("parameters", [{}, {"task_id": ""}, {"task_id": "no-such"}])
def test_an_unknown_task_is_not_found(live: Any, parameters: dict[str, str]) -> None:
    response = live.get("/v3/async/task-result", **parameters)
    assert (response.status_code, response.json()["reason"]) == (404, "TASK_NOT_FOUND")


def test_stopping_an_unknown_task_is_not_found(engine: Any) -> None:
    async def scenario(caller: Any) -> None:
        response = await caller.client.delete("/engine/tasks/none")
        assert response.json()["reason"] == "TASK_NOT_FOUND"

    engine(scenario)


def test_several_tasks_run_at_a_time_when_asked(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        tasks = [await caller.accepted(samples.slow_body()) for _ in range(2)]
        for task_id in tasks:
            await caller.until(task_id, lambda task: task["status"].endswith("PROCESSING"))
        await asyncio.gather(
            *(caller.client.delete(f"/engine/tasks/{task_id}") for task_id in tasks)
        )

    engine(scenario, fillers=2)
