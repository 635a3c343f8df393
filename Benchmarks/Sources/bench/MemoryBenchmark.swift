// SPDX-License-Identifier: MIT
import Foundation

/// Peak memory of a whole `verbatim train` process at the paper's budget per step. Target: below 100 MB.
enum MemoryBenchmark {
  static func run() throws {
    print("\npeak memory of 'verbatim train' (d=50, K=12, N=200, M=100, 100 draws)")
    let executable = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/release/verbatim")
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      return print("  no executable: run 'swift build -c release' in the package first")
    }
    for kernel in ["dense", "pruned"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        [executable.path]
        + "train -d 50 -K 12 -N 200 -M 100 --preset paper --steps 300 --quiet --json"
        .split(separator: " ").map(String.init) + ["--kernel", kernel]
      process.standardOutput = Pipe()
      process.standardError = Pipe()
      try process.run()
      process.waitUntilExit()
      var usage = rusage()
      getrusage(RUSAGE_CHILDREN.rawValue, &usage)
      // The largest child so far; the kernels take the same buffers.
      Environment.row("\(kernel) (largest so far)", "\(usage.ru_maxrss / 1024) MiB", "target below 100 MB")
    }
  }
}
