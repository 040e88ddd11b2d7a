"""What recorded strokes cost, sample by sample, when they are painted again."""

from app.model.stamp import StampCache
from tests.bench._timing import clock, median, us
from tests.support.strokes import Recording, recordings

ROUNDS = 7


def replay_cost() -> None:
    """Print the mean and the slowest sample of each recorded stroke."""
    print("Replay  µs a sample of strokes that were recorded, undo on: mean, slowest")
    for each in recordings():
        mean, slowest = sample_times(each)
        print(f"    {each.name:16}{us(mean):>5} {us(slowest):>6}", flush=True)
    print()


def sample_times(recorded: Recording) -> tuple[float, float]:
    """Seconds of a sample; the first round makes the stamps."""
    cache, means, slowest = StampCache(), [], []
    for _ in range(ROUNDS + 1):
        stroke = recorded.stroke(recorded.blank(), cache)
        spent = []
        for sample in recorded.samples:
            started = clock()
            stroke.extend(sample)
            spent.append(clock() - started)
        means.append(sum(spent) / len(spent))
        slowest.append(max(spent))
    return median(means[1:]), median(slowest[1:])
