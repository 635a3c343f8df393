// SPDX-License-Identifier: MIT
import ArgumentParser
import Foundation
import Verbatim

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
    case let error as WorkError:
      stop(error.description, running)
    case let error as RequestError:
      stop(error.description, usage)
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
    stop(ErrorText.of(error), running)
  }

  private static func stop(_ line: String, _ code: Int32) -> Never {
    Console.error(line)
    Foundation.exit(code)
  }
}
