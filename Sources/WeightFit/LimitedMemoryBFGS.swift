// SPDX-License-Identifier: MIT

/// Minimizes a smooth function by limited-memory BFGS (Nocedal and Wright, *Numerical Optimization*, algorithm 7.5)
/// with a backtracking line search.
struct LimitedMemoryBFGS: Sendable {
  struct Outcome: Sendable, Hashable {
    let point: [Double]
    let value: Double
    /// The largest component of the gradient at `point`.
    let gradientNorm: Double
    let iterations: Int
    /// The gradient is small, or no step of any length lowers the value by more than rounding.
    let converged: Bool
  }

  /// Pairs of steps and gradient changes kept.
  var memory = 10
  var mostIterations = 500
  /// Converged when the largest gradient component is below this.
  var tolerance = 1e-9
  /// A step is at most this many times the length of the point: far jumps leave the basin of attraction.
  var longestRelativeStep = 0.5

  init() {}

  func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Outcome {
    var point = start
    var (value, gradient) = function(point)
    var history = History(memory: memory)
    for iteration in 0..<mostIterations {
      if Self.largest(gradient) < tolerance {
        return outcome(point, value, gradient, iteration, converged: true)
      }
      guard let step = lineSearch(point, value, gradient, history.direction(gradient), function) else {
        // A stale memory may point nowhere; steepest descent decides whether the search is over.
        if history.isEmpty { return outcome(point, value, gradient, iteration, converged: true) }
        history = History(memory: memory)
        continue
      }
      history.append(
        step: zip(step.point, point).map { $0 - $1 }, change: zip(step.gradient, gradient).map { $0 - $1 })
      (point, value, gradient) = step
    }
    return outcome(point, value, gradient, mostIterations, converged: Self.largest(gradient) < tolerance)
  }

  private typealias Evaluated = (point: [Double], value: Double, gradient: [Double])

  /// Halves the step until the value falls enough (Armijo, 1e-4); nil when none does.
  private func lineSearch(
    _ point: [Double], _ value: Double, _ gradient: [Double], _ direction: [Double],
    _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Evaluated? {
    let slope = Self.dot(gradient, direction)
    guard slope < 0 else { return nil }
    let length = Self.dot(direction, direction).squareRoot()
    let room = longestRelativeStep * (Self.dot(point, point).squareRoot() + 1e-3)
    var scale = min(1, room / length)
    for _ in 0..<50 {
      let candidate = zip(point, direction).map { $0 + scale * $1 }
      let (next, nextGradient) = function(candidate)
      if next.isFinite, next <= value + 1e-4 * scale * slope, next < value {
        return (candidate, next, nextGradient)
      }
      scale /= 2
    }
    return nil
  }

  private func outcome(
    _ point: [Double], _ value: Double, _ gradient: [Double], _ iterations: Int, converged: Bool
  ) -> Outcome {
    Outcome(
      point: point, value: value, gradientNorm: Self.largest(gradient), iterations: iterations, converged: converged)
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private static func largest(_ vector: [Double]) -> Double { vector.map(abs).max() ?? 0 }

  /// The last steps and gradient changes: an approximation of the inverse Hessian.
  private struct History {
    let memory: Int
    private var pairs: [(step: [Double], change: [Double], curvature: Double)] = []

    init(memory: Int) { self.memory = memory }

    var isEmpty: Bool { pairs.isEmpty }

    /// Steps of no or negative curvature are left out: the approximation stays positive definite.
    mutating func append(step: [Double], change: [Double]) {
      let curvature = dot(step, change)
      guard curvature > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
      pairs.append((step, change, curvature))
      if pairs.count > memory { pairs.removeFirst() }
    }

    /// The two-loop recursion: minus the approximate inverse Hessian times the gradient.
    func direction(_ gradient: [Double]) -> [Double] {
      var result = gradient.map { -$0 }
      var factors: [Double] = []
      for pair in pairs.reversed() {
        let factor = dot(pair.step, result) / pair.curvature
        factors.append(factor)
        for index in result.indices { result[index] -= factor * pair.change[index] }
      }
      if let last = pairs.last {
        let scale = last.curvature / dot(last.change, last.change)
        for index in result.indices { result[index] *= scale }
      }
      for (pair, factor) in zip(pairs, factors.reversed()) {
        let correction = factor - dot(pair.change, result) / pair.curvature
        for index in result.indices { result[index] += correction * pair.step[index] }
      }
      return result
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double { LimitedMemoryBFGS.dot(a, b) }
  }
}
