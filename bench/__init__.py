"""Speed and memory beside a peer, in one run, as ratios."""
