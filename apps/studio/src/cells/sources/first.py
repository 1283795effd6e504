import numpy as np

# L acts on all three columns of R at once.
L = np.array([[2.0, 1.0], [0.5, 1.5]])
R = np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 2.0]])
print("L @ R =\n", L @ R)

# Where no direction is lost there is a way back: L⁻¹ undoes L.
if np.linalg.matrix_rank(L) == 2:
    print("\nL @ L^{-1} =\n", (L @ np.linalg.inv(L)).round(10))

# A rotation by 30°: its columns are orthonormal.
c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
Q = np.array([[c, -s], [s, c]])
print("\nQ^T Q =\n", (Q.T @ Q).round(10))

# A symmetric matrix; the smallest eigenvalue comes first.
S = np.array([[4.0, 2.0], [2.0, 3.0]])
w, V = np.linalg.eigh(S)
print("\nEigenvalues of S:", w)
print("Eigenvectors (columns):\n", V)

# S only stretches v1: S·v1 − λ1·v1 is zero, but for rounding.
v1 = V[:, 0]
print("\nS @ v1 =", S @ v1)
print("lambda1 * v1 =", w[0] * v1)
print("Residual:", abs(S @ v1 - w[0] * v1).max())
