SCALE = 100
POINTS: dict[str, int] = {}
