// SPDX-License-Identifier: MIT
internal import Foundation

/// The limit of `WarmColumn` for small noise: the posterior sits on the memorized point nearest to y.
///
///     E |x - x0|^2 = Int M p S^(M-1) E[|x - m|^2 | omega] domega - (1/g) M (M-1) Int p^2 S^(M-2) E|m - m'|^2 domega
///
/// S = 1 - F. The second term is the first order in the temperature 1/g: two nearest points whose energies are equal
/// up to Delta share the posterior, w w' integrates to 1/2 over Delta, and averaging removes w w' |m - m'|^2. The next
/// order is (scale of the lower tail x g / 2)^-2. A memorized sample is found without error.
struct FrozenColumn: Sendable {
  private let state: PointState
  private let signal: Double
  /// Per node: log S (own cluster, times 1/K), and step u (p, p h, p q).
  private let logSurvival: [Double]
  private let terms: [SIMD4<Double>]
  private let widths: [Double]

  init(_ state: PointState, signal: Double, share: Double, grid: LogGrid) {
    (self.state, self.signal) = (state, signal)
    logSurvival = DistanceLaw(grid) { state.law(at: $0).x }.lower.map { max(log1p(-$0 * share), -700) }
    widths = (0..<grid.count).map { grid.step * grid.node($0) }
    terms = (0..<grid.count).map { state.law(at: grid.node($0)) * share }
  }

  func losses(_ m: Double, occupied: Double) -> (leftOut: Double, memorized: Double) {
    var (nearest, shared) = (0.0, 0.0)
    for k in terms.indices {
      let (one, log) = (terms[k], logSurvival[k])
      let error = state.cleanSquare * one.x - 2 * state.cleanAxis * one.y + one.z
      nearest += widths[k] * error * exp((m - 1) * log)
      guard m > 1 else { continue }
      shared += widths[k] * 2 * (one.z * one.x - one.y * one.y) * exp((m - 2) * log)
    }
    return ((m * nearest - m * (m - 1) * shared / signal) / occupied, 0)
  }
}
