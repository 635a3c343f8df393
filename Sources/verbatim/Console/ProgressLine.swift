// SPDX-License-Identifier: MIT
import Experiments
import Foundation
import Memorization
import Statistics

/// Progress on standard error: a bar with the time left on a terminal, a line per finished run elsewhere.
///
/// Unchecked: all state is guarded by `lock`.
final class ProgressLine: @unchecked Sendable {
  private let lock = NSLock()
  private let quiet: Bool
  private let terminal: Bool
  private let start = Date()
  private var finished = 0
  private var reused = 0
  private var stepsDone = 0
  private var stepsKnown = 0
  private var drawn = Date.distantPast

  init(quiet: Bool) {
    self.quiet = quiet
    terminal = Console.errorIsTerminal
  }

  func observe(_ event: RunEvent) {
    lock.lock()
    defer { lock.unlock() }
    switch event {
    case .reused: reused += 1
    case .started: break
    case .finished(let record):
      finished += 1
      if !quiet { line(Self.text(record)) }
    case .refined(let configuration, let added):
      if !quiet { line("refining d=\(configuration.data.dimension) N=\(configuration.data.samples) at M = \(added)") }
    case .progress(let done, let known):
      (stepsDone, stepsKnown) = (done, known)
      draw()
    }
  }

  /// Clears the bar.
  func end() {
    lock.lock()
    defer { lock.unlock() }
    if terminal && !quiet { Console.write("\r\u{1B}[K") }
    if reused > 0 && !quiet { Console.log("\(reused) runs were already finished") }
  }

  private static func text(_ record: RunRecord) -> String {
    let data = record.settings.configuration.data
    let name = "d=\(data.dimension) K=\(data.trueComponents) N=\(data.samples) M=\(record.settings.capacity)"
    let seconds = String(format: "%.1f s", record.timing.trainingSeconds + record.timing.evaluationSeconds)
    guard let measured = record.measurements else { return "\(name): diverged (\(seconds))" }
    let ratio =
      String(
        format: "ratio %.3f [%.3f, %.3f]", measured.ratio.value, measured.ratio.low, measured.ratio.high)
      + (measured.learnedStd.map { String(format: "  std %.4f", $0) } ?? "")
    return "\(name)  seed \(data.dataSeed)/\(record.settings.configuration.seed)  \(ratio)  (\(seconds))"
  }

  private func line(_ text: String) {
    if terminal { Console.write("\r\u{1B}[K") }
    Console.log(text)
  }

  private func draw() {
    guard terminal, !quiet, stepsKnown > 0, Date().timeIntervalSince(drawn) > 0.2 else { return }
    drawn = Date()
    let share = Double(stepsDone) / Double(stepsKnown)
    let bar = String(repeating: "#", count: Int(share * 30)).padding(toLength: 30, withPad: ".", startingAt: 0)
    let left = share > 0 ? drawn.timeIntervalSince(start) * (1 - share) / share : 0
    Console.write("\r\u{1B}[K[\(bar)] \(finished) trained, \(Int(share * 100)) %, \(Self.clock(left)) left")
  }

  static func clock(_ seconds: Double) -> String {
    // A large study on paper may take longer than any number of hours that can be told.
    guard seconds < 3.6e9 else { return "more than a million hours" }
    let total = Int(max(0, seconds).rounded())
    return total < 3600
      ? String(format: "%d:%02d", total / 60, total % 60)
      : String(format: "%d:%02d:%02d", total / 3600, total / 60 % 60, total % 60)
  }
}
