"""The one-to-one matching of greatest total weight.

Pure: standard library only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush


def best_matching(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The one-to-one matching of greatest total weight; weights are whole and above 0.

    Shortest augmenting paths with potentials (Jonker and Volgenant) over the edges that are there;
    staying alone is an edge of weight 0.
    """
    edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), weight in sorted(weights.items()):
        edges[a].append((b, weight))
    most = max(weights.values(), default=0)
    price: dict[int, int] = defaultdict(int)
    taken_by: dict[int, int] = {}
    partner: dict[int, int] = {}
    for start in edges:
        # Columns below 0 are a row's own place to stay alone.
        distance: dict[int, int] = {}
        came_from: dict[int, int] = {}
        done: set[int] = set()
        heap: list[tuple[int, int]] = []
        row, base, end = start, 0, None
        while end is None:
            for column, weight in (*edges[row], (-1 - row, 0)):
                length = base + most - weight - price[column]
                if column not in done and length < distance.get(column, length + 1):
                    distance[column] = length
                    came_from[column] = row
                    heappush(heap, (length, column))
            while True:
                length, column = heappop(heap)
                if column not in done and length == distance[column]:
                    break
            done.add(column)
            if column in taken_by:
                row = taken_by[column]
                held = _weight(weights, row, column)
                base = length - (most - held - price[column])
            else:
                end = column
        for column in done - {end}:
            price[column] += distance[column] - distance[end]
        column = end
        while True:
            row = came_from[column]
            before = partner.get(row)
            taken_by[column], partner[row] = row, column
            if row == start or before is None:
                break
            column = before
    return sorted((row, column) for row, column in partner.items() if column >= 0)


def _weight(weights: Mapping[tuple[int, int], int], row: int, column: int) -> int:
    return weights[row, column] if column >= 0 else 0
