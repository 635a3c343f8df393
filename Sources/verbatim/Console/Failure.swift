// SPDX-License-Identifier: MIT
import Files
import ArgumentParser
import Audit
import Denoisers
import Experiments
import Figures
import Foundation
import Neighbors
import Pictures
import RunStore

/// Every way a command can end badly, as an exit code and one line on standard error.
enum Failure {
  /// Wrong usage or input.
  static let usage: Int32 = 2
  /// A failure while running.
  static let running: Int32 = 3
  /// Wrong usage found by a command itself.
  struct Usage: Error, CustomStringConvertible {
    let description: String
  }

  static func exit(_ error: any Error, command: any ParsableCommand.Type) -> Never {
    switch error {
    case is CancellationError, FigureError.interrupted:
      Interruption.end()
    case let error as StudyFailure:
      stop(error.description, running)
    case let error as StudyError:
      stop(error.description, usage)
    case let error as Usage:
      stop(error.description, usage)
    case let error as InitializationError:
      stop(error.description, usage)
    case let error as StoreError:
      stop(error.description, error.isInput ? usage : running)
    case let error as NeighborError:
      stop(error.description, error.isInput ? usage : running)
    case let error as AuditError:
      stop(error.description, usage)
    case let error as PictureError:
      stop(error.description, error.isInput ? usage : running)
    default:
      parsing(error, command)
    }
  }

  /// What the system refuses in a folder that was open is a failure of the moment: nothing is wrong with the input.
  static func ofTheMoment<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StoreError {
      guard case .system = error else { throw error }
      throw StudyFailure(description: error.description)
    }
  }

  /// Errors of the argument parser (and help, which is none), and everything unforeseen.
  private static func parsing(_ error: any Error, _ command: any ParsableCommand.Type) -> Never {
    // A command that has said what it found.
    if let finding = error as? ExitCode { Foundation.exit(finding.rawValue) }
    let code = command.exitCode(for: error)
    if code.isSuccess {
      do { try Console.result(command.fullMessage(for: error)) } catch { exit(error, command: command) }
      Foundation.exit(0)
    }
    if code == .validationFailure {
      stop("\(command.message(for: error)) (see 'verbatim --help' or 'verbatim COMMAND --help')", usage)
    }
    stop(text(error), running)
  }

  /// An error in words; those of Foundation would print as dictionaries.
  static func text(_ error: any Error) -> String {
    let words = "\(error)"
    guard error is CocoaError || error is POSIXError || words.contains("Error Domain=") else { return words }
    let path = (error as? CocoaError).flatMap { $0.filePath ?? $0.url?.path }
    return (path.map { "\($0): " } ?? "") + error.localizedDescription
  }

  private static func stop(_ line: String, _ code: Int32) -> Never {
    Console.error(line)
    Foundation.exit(code)
  }
}
