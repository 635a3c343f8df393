// SPDX-License-Identifier: MIT
import Foundation
import Kernels

/// What a formula costs: alpha x0 + sigma eps, the DDIM step (310), against the same written as a loop over memory.
enum FormulaBenchmark {
  static func run() {
    print("\nDDIM step as a formula (one thread, 64 chains)")
    for dimension in [50, 675] {
      let clean = RandomKey(seed: 0).normalRows(64, dimension)
      let noise = RandomKey(seed: 1).normalRows(64, dimension)
      // In turn, so that a drift of the machine's speed meets all three.
      var state = clean
      let rounds = (0..<9).map { _ in
        (
          microseconds { _ = loop(0.8, clean, 0.6, noise) },
          microseconds { _ = formula(0.8, clean, 0.6, noise) },
          microseconds { assign(to: &state, 0.8, clean, 0.6, noise) }
        )
      }
      precondition(state == loop(0.8, clean, 0.6, noise))
      let raw = median(rounds.map(\.0))
      Environment.row("d = \(dimension), loop", String(format: "%9.2f us", raw))
      for (name, times) in [("formula", rounds.map(\.1)), ("formula, into a matrix", rounds.map(\.2))] {
        let ratio = median(zip(times, rounds).map { $0 / $1.0 })
        Environment.row(
          "  \(name)", String(format: "%9.2f us", median(times)), String(format: "%.2f of the loop", ratio))
      }
    }
  }

  /// The loop that the formula stands for, unchecked.
  @inline(never)
  private static func loop(_ a: Double, _ x: Matrix, _ b: Double, _ y: Matrix) -> Matrix {
    let count = x.values.count
    let values = [Double](unsafeUninitializedCapacity: count) { out, initialized in
      x.values.withUnsafeBufferPointer { x in
        y.values.withUnsafeBufferPointer { y in
          for index in 0..<count { out[index] = a * x[index] + b * y[index] }
        }
      }
      initialized = count
    }
    return Matrix(rows: x.rows, columns: x.columns, values: values)
  }

  @inline(never)
  private static func formula(_ a: Double, _ x: Matrix, _ b: Double, _ y: Matrix) -> Matrix { Matrix(a * x + b * y) }

  @inline(never)
  private static func assign(to state: inout Matrix, _ a: Double, _ x: Matrix, _ b: Double, _ y: Matrix) {
    state.assign(a * x + b * y)
  }

  private static func microseconds(_ body: () -> Void) -> Double {
    Environment.median(50) { for _ in 0..<100 { body() } } * 1e4
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
