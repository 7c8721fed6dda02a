"""What leaves the house: documents give their records back, a year becomes a bundle with proof."""
