// SPDX-License-Identifier: MIT
import Foundation
import RunStore
import Testing

struct RunStoreLockTests {
  @Test("a second opening is refused with the holder's process, host and start; then released")
  func second() throws {
    let folder = try TemporaryFolder()
    do {
      let first = try RunWriter(folder)
      let line = message { _ = try RunWriter(folder) }
      #expect(line.contains("\(folder.path) is in use by process \(ProcessInfo.processInfo.processIdentifier) on "))
      #expect(line.contains(" since 20") && line.contains("choose another folder") && !line.contains("\n"))
      // Readers need no lock.
      #expect(try first.folder.records().records.isEmpty)
    }
    _ = try RunWriter(folder)
  }

  @Test("another process's lock refuses too, and ends with kill -9")
  func killed() throws {
    let folder = try TemporaryFolder()
    _ = try RunWriter(folder)
    let holder = Process()
    // Holds the lock in the process itself (-F: no child), as a second verbatim would.
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = ["-F", "\(folder.path)/.lock", "sleep", "60"]
    try holder.run()
    defer { if holder.isRunning { kill(holder.processIdentifier, SIGKILL) } }
    var line = ""
    for _ in 0..<500 where !line.contains("in use") {
      line = message { _ = try RunWriter(folder) }
      usleep(10_000)
    }
    #expect(line.contains("is in use by process"))
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    _ = try RunWriter(folder)
  }

  @Test("a program started meanwhile does not keep the lock")
  func notInherited() throws {
    let folder = try TemporaryFolder()
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sleep")
    child.arguments = ["60"]
    do {
      let writer = try RunWriter(folder)
      try child.run()
      withExtendedLifetime(writer) {}
    }
    defer { kill(child.processIdentifier, SIGKILL) }
    #expect(child.isRunning)
    _ = try RunWriter(folder)
  }
}
