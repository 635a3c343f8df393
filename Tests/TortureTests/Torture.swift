// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import LabTesting
import Synchronization
import Testing

/// The hostile tests: few trials in the suite, as many as fit into VERBATIM_TORTURE seconds otherwise.
///
/// A trial is a function of its kind and its seed, but for the moments at which processes are killed.
/// VERBATIM_TORTURE_REPEAT=KIND:SEED runs one trial alone, VERBATIM_TORTURE_KINDS names those that run,
/// VERBATIM_TORTURE_SEED is the first seed, VERBATIM_PROGRAM another program than the one just built, and
/// VERBATIM_TORTURE_TABLE a file that gets a line for each kind.
enum Torture {
  static let program = variable("PROGRAM") ?? CommandRunner.executable.path
  private static let seconds = variable("TORTURE").flatMap(Double.init)
  private static let first = variable("TORTURE_SEED").flatMap { UInt64($0) } ?? 1
  private static let kinds = variable("TORTURE_KINDS")?.split(separator: ",").map(String.init)

  /// The one trial to repeat.
  private static let repeated: (kind: String, seed: UInt64)? = variable("TORTURE_REPEAT").flatMap { text in
    let words = text.split(separator: ":")
    return words.count == 2 ? UInt64(words[1]).map { (String(words[0]), $0) } : nil
  }

  /// Slow is not hung where a whole suite runs beside this one.
  static var patience: Double { seconds == nil && repeated == nil ? 4 : 1 }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["VERBATIM_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A folder for all trials: in memory where there is such a file system.
  static let folder: String = {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    let path = "\(parent)/verbatim-torture-\(getpid())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    // A trial that is repeated is repeated for a look at its folder.
    atexit {
      if Torture.repeated == nil { try? FileManager.default.removeItem(atPath: Torture.folder) }
    }
    return path
  }()

  /// Runs trials of a kind: `small` of them in the suite, or for its share of the seconds, on `workers` threads.
  static func run(
    _ kind: String, small: Int, share: Double, workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    trial body: @Sendable (inout Trial) throws -> Void
  ) {
    if let repeated, repeated.kind != kind { return }
    if let kinds, !kinds.contains(kind) { return }
    let deadline = seconds.map { ContinuousClock.now + .seconds($0 * share) }
    let next = Atomic<UInt64>(repeated?.seed ?? first)
    let tally = Mutex(Tally())
    DispatchQueue.concurrentPerform(iterations: repeated == nil ? workers : 1) { worker in
      while true {
        let seed = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if let repeated, seed > repeated.seed { break }
        if repeated == nil {
          if let deadline, ContinuousClock.now >= deadline, seed > first { break }
          if deadline == nil, seed >= first + UInt64(small) { break }
        }
        let trial = one(kind, seed, worker, body)
        tally.withLock { $0.add(trial) }
      }
    }
    tally.withLock { report(kind, $0) }
  }

  private static func one(
    _ kind: String, _ seed: UInt64, _ worker: Int, _ body: @Sendable (inout Trial) throws -> Void
  ) -> Trial {
    var trial = Trial(kind: kind, seed: seed, folder: "\(folder)/\(kind)-\(worker)")
    do {
      try trial.clear()
      try body(&trial)
      if trial.failures.isEmpty { try trial.clear() } else if repeated != nil { print("\(trial.folder) stays") }
    } catch {
      trial.fail("the trial itself: \(error)")
    }
    return trial
  }

  private static func report(_ kind: String, _ tally: Tally) {
    for failure in tally.examples.prefix(40) { Issue.record("\(failure)") }
    if tally.examples.count > 40 { Issue.record("\(kind): \(tally.examples.count - 40) more kinds of failures") }
    #expect(tally.trials > 0, "\(kind): no trial")
    let line = "\(kind)\t\(tally.trials)\t\(tally.words)\t\(tally.failures)\n"
    guard let path = variable("TORTURE_TABLE"), let file = fopen(path, "a") else { return }
    fputs(line, file)
    fclose(file)
  }
}

/// Sums over the trials of a kind.
struct Tally {
  private(set) var trials = 0
  private(set) var failures = 0
  private var counts: [String: Int] = [:]
  /// Failures that differ in nothing but numbers: the first of each, and how many.
  private var groups: [String: (example: String, count: Int)] = [:]

  mutating func add(_ trial: Trial) {
    trials += 1
    failures += trial.failures.count
    counts.merge(trial.counts, uniquingKeysWith: +)
    for failure in trial.failures {
      let signature = failure.prefix { $0 != "[" }.filter { !$0.isNumber }
      groups[signature, default: (failure, 0)].count += 1
    }
  }

  /// The most frequent first.
  var examples: [String] {
    groups.values.sorted { ($0.count, $1.example) > ($1.count, $0.example) }.map { "\($0.count) times: \($0.example)" }
  }

  /// `103 audits, 12 kills`.
  var words: String { counts.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", ") }
}
