// SPDX-License-Identifier: MIT
import Files
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
    // Until the other process has it.
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
    // posix_spawn hands on every descriptor that is not marked; Foundation's Process would close them all.
    var child: pid_t = 0
    do {
      let writer = try RunWriter(folder)
      var arguments = [strdup("sleep"), strdup("60"), nil]
      defer { arguments.forEach { free($0) } }
      #expect(posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil) == 0)
      withExtendedLifetime(writer) {}
    }
    defer {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    #expect(kill(child, 0) == 0)
    _ = try RunWriter(folder)
  }
}
