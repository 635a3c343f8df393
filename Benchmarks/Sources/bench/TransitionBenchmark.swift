// SPDX-License-Identifier: MIT
import Experiments
import Foundation
import Kernels
import Memorization
import Training

/// Whole transitions with the quick preset on two threads: time, and M_pt/N against the dense kernel's.
enum TransitionBenchmark {
  static func run() throws {
    try measure(d: 30, k: 3, n: 50, target: 3)
    try measure(d: 50, k: 12, n: 200, target: 30)
  }

  private static func measure(d: Int, k: Int, n: Int, target: Double) throws {
    print("\ntransition of (\(d), \(k), \(n)), quick preset, grid and refinement, two threads")
    var halves: [Double] = []
    for kernel in [KernelChoice.auto, .dense] {
      var settings = StudySettings()
      (settings.dimension, settings.trueComponents, settings.samples) = ([d], [k], [n])
      (settings.kernel, settings.losses) = (kernel, false)
      let study = try Study(settings, name: "bench")
      let clock = ContinuousClock()
      let begin = clock.now
      let records = try StudyRunner(study).run(
        into: Memory(), threads: 2, observer: { _ in })
      let seconds = (clock.now - begin) / .seconds(1)
      let half = StudyResults(records).byConfiguration[0].transition.half
      halves.append(half.value ?? .nan)
      Environment.row(
        kernel.rawValue, String(format: "%9.2f s", seconds),
        String(
          format: "M_pt/N = %.3f [%.3f, %.3f], %d trainings", half.value ?? .nan, half.low ?? .nan,
          half.high ?? .nan, records.count) + (kernel == .auto ? ", target \(Int(target)) s" : ""))
    }
    Environment.row("difference of M_pt/N", String(format: "%9.3f", halves[0] - halves[1]), "target within 0.01")
  }

  /// Keeps nothing: the records are returned by the runner.
  private final class Memory: RunSink {
    func existing() -> [RunRecord] { [] }
    func store(_ result: RunResult) {}
  }
}
