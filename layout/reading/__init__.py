"""From files on disk to the frozen vocabulary: YAML, story text, styles."""
