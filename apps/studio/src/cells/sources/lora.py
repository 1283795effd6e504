import numpy as np

# Random numbers for seed 42: noise, not a trained update.
d = 64
np.random.seed(42)
delta_w = 0.01 * np.random.randn(d, d)
U, s, Vt = np.linalg.svd(delta_w)

def row(rank, *words):
    print(f"{rank:>6}", *(f"{word:>12}" for word in words))

# "compression" is the share of the parameters that is kept.
row("rank", "rel. error", "full params", "LoRA params", "compression")
print("-" * 62)
for r in [1, 2, 4, 8, 16, 32]:
    approx = U[:, :r] * s[:r] @ Vt[:r]
    error = np.linalg.norm(delta_w - approx) / np.linalg.norm(delta_w)
    full = d * d
    lora = r * (d + d)
    share = 100 * lora / full
    row(r, f"{error:.4f}", full, lora, f"{share:.1f}%")
