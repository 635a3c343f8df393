// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// Arguments, one a line, taken by the program's own parser; nothing runs but what turns them into settings.
struct CommandsCheck {
  func run(_ bytes: [UInt8]) {
    let words = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard words.count <= 40 else { return }
    let first = outcome(words)
    guard bytes.count % 4 == 0 else { return }
    let second = outcome(words)
    Finding.require(first == second, "parsed twice: \(first) and \(second)")
  }

  private func outcome(_ words: [String]) -> String {
    do {
      let command = try VerbatimCommand.parseAsRoot(words)
      return "\(type(of: command)) \(try settings(command))"
    } catch {
      return VerbatimCommand.message(for: error)
    }
  }

  private func settings(_ command: any ParsableCommand) throws -> String {
    switch command {
    case let command as PredictCommand: "\(try command.options.request())"
    case let command as TrainCommand: "\(try Study(command.options.settings(), name: "train").runCount)"
    case let command as TransitionCommand:
      "\(try Study(command.options.settings(), name: "transition").runCount)"
    case let command as AuditCommand: "\(try command.memoryBytes) \(try command.data.pictureOptions())"
    default: ""
    }
  }
}
