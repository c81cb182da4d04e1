"""Breaking a feature down: a Final Draft script of 190 scenes, read, its words laid out, its elements suggested."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

from bench.result import at_most
from filage.script.elements import suggest_elements
from filage.script.read import read_script
from filage.script.texts import scene_texts

SCENES, SECONDS, TIMES = 190, 0.3, 5
SETS = (
    "CUISINE",
    "RUE DU MARCHÉ",
    "GARE",
    "PLAGE",
    "APPARTEMENT DE CLAIRE",
    "VOITURE",
    "HÔPITAL",
    "CAFÉ DU PORT",
)
MOMENTS = ("JOUR", "NUIT", "AUBE", "SOIR")
NAMES = (
    "CLAIRE",
    "YANN",
    "LE COMMANDANT",
    "MADAME OTT",
    "SACHA",
    "NOÉMIE",
    "LE FACTEUR",
    "ZOÉ",
    "PAUL",
    "INÈS",
)
ACTIONS = (
    "Elle pose le couteau sur la table et regarde par la fenêtre la pluie qui tombe.",
    "Un chien traverse la rue. La voiture freine, les enfants rient.",
    "Il allume une bougie ; la fumée monte. Au loin, une moto démarre.",
    "Claire remet son manteau, prend la valise et le parapluie rouge, sort sans un mot.",
)
SPEECH = "Tu sais bien que je ne peux pas rester ici une nuit de plus, pas après ce qu’ils ont fait au port."


def main() -> None:
    """Write the results as JSON."""
    data = feature(SCENES)
    results = [
        at_most("script_fdx", f"script of {SCENES} scenes (Final Draft), read and counted",
                least(lambda: read_script(data, name="film.fdx")), SECONDS, "s"),
        at_most("script_breakdown", "the same, with its words laid out and its elements suggested",
                least(lambda: broken_down(data)), SECONDS, "s"),
    ]  # fmt: skip
    sys.stdout.write(json.dumps([asdict(one) for one in results]))


def broken_down(data: bytes) -> tuple[object, ...]:
    """All that a breakdown starts from."""
    script = read_script(data, name="film.fdx")
    return script, scene_texts(data, "film.fdx"), [suggest_elements(scene) for scene in script.scenes]


def feature(scenes: int) -> bytes:
    """A film of about 110 pages: scenes of 3 to 9 eighths, five paragraphs each on average."""
    chance = random.Random(4)
    paragraphs = [_scene(number, chance) for number in range(1, scenes + 1)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<FinalDraft DocumentType="Script" Version="5"><Content>\n'
        + "\n".join(paragraphs)
        + "\n</Content></FinalDraft>\n"
    ).encode()


def _scene(number: int, chance: random.Random) -> str:
    place = f"{chance.choice(('INT', 'EXT'))}. {chance.choice(SETS)} - {chance.choice(MOMENTS)}"
    length = f'<SceneProperties Length="{chance.randint(3, 9)}/8"/>'
    lines = [f'<Paragraph Number="{number}" Type="Scene Heading">{length}<Text>{place}</Text></Paragraph>']
    for _ in range(chance.randint(3, 7)):
        lines.append(f'<Paragraph Type="Action"><Text>{chance.choice(ACTIONS)}</Text></Paragraph>')
        lines.append(f'<Paragraph Type="Character"><Text>{chance.choice(NAMES)}</Text></Paragraph>')
        lines.append(f'<Paragraph Type="Dialogue"><Text>{SPEECH}</Text></Paragraph>')
    return "\n".join(lines)


def least(work: Callable[[], object]) -> float:
    """The least time of some work, in seconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
