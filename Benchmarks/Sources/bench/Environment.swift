// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Yardstick

/// The machine, and the yardstick at its best.
enum Environment {
  /// nil where the library is missing.
  static let blas = OpenBLAS()

  /// An environment that holds OpenBLAS back would make a low peak: start again without it, so that the sgemm
  /// peak is the machine's. The library reads the variable when it is loaded, hence the new process.
  static func useFullBLAS() {
    guard let blas, blas.isHeldBack, getenv("OPENBLAS_CORETYPE") != nil else { return }
    unsetenv("OPENBLAS_CORETYPE")
    let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", arguments)
  }

  static var description: String {
    let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
      .split(separator: "\n").first { $0.hasPrefix("model name") }.map { String($0.drop { $0 != ":" }.dropFirst(2)) }
    let date = Date().formatted(.iso8601.year().month().day())
    return
      "\(cpu ?? "unknown"), \(ProcessInfo.processInfo.activeProcessorCount) cores, kernels \(InstructionSet.name), "
      + "\(blas?.description ?? "no OpenBLAS"), \(date)"
  }

  /// Median of the wall times of some calls, in seconds, after one call to warm up.
  static func median(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
    try body()
    let clock = ContinuousClock()
    let seconds = try (0..<repeats).map { _ in try clock.measure(body) / .seconds(1) }.sorted()
    return seconds[seconds.count / 2]
  }

  static func row(_ name: String, _ value: String, _ note: String = "") {
    print("  " + name.padding(toLength: 44, withPad: " ", startingAt: 0) + value + (note.isEmpty ? "" : "   \(note)"))
  }

  static func milliseconds(_ seconds: Double) -> String { String(format: "%9.3f ms", seconds * 1e3) }
}
