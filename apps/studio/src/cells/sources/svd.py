import numpy as np

A = np.array([[3.0, 2.0, 2.0], [2.0, 3.0, -2.0]])

# All of U and V: whole bases of the plane and of space.
U, s, Vt = np.linalg.svd(A, full_matrices=True)
print("Singular values (sigma):", s.round(6))
print("U shape:", U.shape, " Vt shape:", Vt.shape)

# Σ has the shape of A. The product of the three is A, but for rounding.
Sigma = np.zeros(A.shape)
np.fill_diagonal(Sigma, s)
rebuilt = U @ Sigma @ Vt
print("\nMax reconstruction error:", abs(A - rebuilt).max())

# AᵀA is 3 × 3. Its third eigenvalue is zero: tiny against the largest.
eigenvalues = np.linalg.eigvalsh(A.T @ A)[::-1]
positive = eigenvalues[eigenvalues > 1e-10 * eigenvalues[0]]
print("\nEigenvalues of A^T A: ", positive.round(6))
print("Sigma^2 (sigma_i^2): ", (s**2).round(6))
