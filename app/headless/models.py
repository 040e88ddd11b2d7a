"""`maskwright models`: what a service offers."""

import argparse
import asyncio
import json
from functools import partial

from app.contract.kinds import ModelType
from app.contract.responses import Model
from app.headless.telling import DONE, say
from app.headless.work import with_parts
from app.parts import Parts


def main(arguments: list[str]) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="maskwright models", description="List the models that a service offers."
    )
    parser.add_argument(
        "--type",
        dest="kind",
        type=ModelType,
        default=ModelType.CHECKPOINT,
        metavar="|".join(ModelType),
        help="kind of model (%(default)s)",
    )
    parser.add_argument("--sdxl", action="store_true", help="only those for SDXL checkpoints")
    parser.add_argument("--base-url", help="the service; the built-in engine if there is none")
    parser.add_argument("--json", action="store_true", help="print a JSON list of objects")
    options = parser.parse_args(arguments)
    return asyncio.run(with_parts(Parts.from_environment, partial(_models, options)))


async def _models(options: argparse.Namespace, parts: Parts) -> int:
    service = parts.service(options.base_url)
    await parts.accounts.find_key(service)
    models = await parts.client(service).models(options.kind, sdxl=options.sdxl)
    if options.json:
        print(json.dumps([model.model_dump(mode="json") for model in models], ensure_ascii=False))
    else:
        for model in models:
            print(_line(model))
    if not models:
        say(f"{service.title} lists no models of this kind")
    return DONE


def _line(model: Model) -> str:
    return "\t".join(filter(None, (model.model_name, model.base_model, model.name)))
