// SPDX-License-Identifier: MIT
internal import Foundation

/// How far a screened square can be from the true one: |s' - s| <= rho s' + kappa (V + W)^2 + tau.
///
/// Screening computes, per tile t of n_t values, a square s_t and takes s = max_t s_t / n_t (n_t = 1 without tiles).
/// u = 2^-24 is the unit of single precision. The sizes V of a query and W of a reference point are rounded up.
///
/// **Floats.** Prepared values p = fl((x - c) f) differ from (x - c) f by u per unit, f a power of two, so that with
/// the norms P, Q of two prepared points ||p - q| - f |x - y|| <= u (P + Q), and their squares differ by at most
/// 2 u (P + Q)^2. The inner product is summed in chunks of m values, then over b chunks: its error is at most
/// (m + b) u/(1 - (m + b) u) sum |p_i q_i| <= (m + b) u PQ (Higham 2002, section 3.1; fused or not), twice of which is at
/// most (m + b) u (P + Q)^2/2. Rounding P^2, Q^2, their sum, the difference, 1/n_t and the product with it: at most 7 u
/// (P + Q)^2. The maximum over tiles errs by at most the largest error of a tile, and
/// (P_t + Q_t)^2 / n_t <= (V + W)^2 with V = max_t P_t / sqrt(n_t). Hence kappa = ((m + b)/2 + 9 + 7) u, where 7 u is
/// kept in hand for the roundings of the bound itself and of the distances in double precision. Subnormal numbers
/// add at most (4 d + 16) 2^-126 = tau, also where they are taken for zeros. Cosine: x / |x|, rounded to double precision as in the
/// measured distance, instead of x, the same bound; 2 - 2 cos is the square.
///
/// **Halves.** p is rounded to 8 bits instead of 24, and R = |p - (x - c) f| / sqrt(n_t), the largest of all tiles, is
/// computed in double precision and rounded up. The screened square is that of the rounded points, with the bound above
/// (m values, a rounding each), and its root differs from the true one by at most R of the one point plus R of the
/// other: the true s lies between (sqrt(s' - error) - R - R')^2 and (sqrt(s' + error) + R + R')^2. Products are twice
/// as fast, more candidates are measured; `HalvesPilot` sees whether that pays.
///
/// **Bytes.** The square of a chunk is an exact integer below 2^31: rounding it, summing b of them and the weight 1/n_t
/// err by (b + 3) u s at most; rho = (b + 8) u. Cosine: s = 2 - 2 cos, where cos <= 1 errs by (b + 6) u at most and
/// the difference by u: kappa (V + W)^2 with V = W = 1/2 and kappa = (2 b + 20) u.
///
/// Every constant is enlarged by a hundredth for terms of order u^2. A point is kept if its lower bound does not
/// exceed the k-th smallest upper bound, or if anything is not a number: points of overflowing squares are measured.
/// Whatever is dropped has k nearer points by a margin above 2^-24 of its square, so that not even the rounding of the
/// distances in double precision can tie with it.
struct ErrorBound: Sendable {
  let relative, factor, absolute: Float

  init(layout: NeighborLayout, metric: NeighborMetric) {
    let unit = 0x1p-24 * 1.01
    let chunks = Double(layout.chunksPerTile)
    switch (layout.form, metric) {
    case (.floats, _), (.halves, _):
      let values = Double(layout.chunkWords * layout.form.valuesPerWord)
      relative = 0
      factor = Float(((values + chunks + 2) / 2 + 16) * unit).nextUp
      absolute = Float(Double(4 * layout.dimension + 16) * 0x1p-126)
    case (.bytes, .cosine):
      (relative, factor, absolute) = (0, Float((2 * chunks + 20) * unit).nextUp, 0)
    case (.bytes, _):
      (relative, factor, absolute) = (Float((chunks + 8) * unit).nextUp, 0, 0)
    }
  }

  /// Bounds of a square that was measured: its float and both neighbours a few units away.
  func bounds(measured square: Double) -> (low: Float, up: Float) {
    let value = Float(square)
    guard value.isFinite else { return (.greatestFiniteMagnitude, .infinity) }
    return ((value * (1 - 0x1p-21)) - absolute, (value * (1 + 0x1p-21)) + absolute)
  }
}
