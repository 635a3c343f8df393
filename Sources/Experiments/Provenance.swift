// SPDX-License-Identifier: MIT
public import Foundation
public import Kernels

/// Where numbers come from: program, machine, command. Written beside every result; never part of its identity.
public struct Provenance: Sendable, Codable, Hashable {
  /// Version of this program.
  public var version: String
  /// The commit the program was built from, `unknown` where no repository is near the executable.
  public var commit: String
  /// The words of the command.
  public var commandLine: [String]
  /// Name and version, as the system tells them.
  public var operatingSystem: String
  /// Model of the processor, as the system tells it.
  public var cpu: String
  /// Processors the system offers.
  public var cores: Int
  /// Name and version of the linear algebra library, as the caller knows it.
  public var blas: String
  /// Seeds of the study.
  public var seeds: [UInt64]
  /// ISO 8601, UTC.
  public var started: String

  /// What is known of this process and machine; reads a few small files and runs no program.
  public init(
    commandLine: [String] = CommandLine.arguments, blas: String = "own kernels (\(InstructionSet.name))",
    seeds: [UInt64], started: Date = Date(),
    executable: URL? = Bundle.main.executableURL
  ) {
    version = Release.version
    commit = executable.flatMap(Self.commit(near:)) ?? "unknown"
    self.commandLine = commandLine
    operatingSystem = Self.operatingSystem()
    cpu = Self.cpu()
    cores = ProcessInfo.processInfo.activeProcessorCount
    (self.blas, self.seeds) = (blas, seeds)
    self.started = started.formatted(.iso8601)
  }

  /// The commit of the package the executable lies in: the nearest `.git` above it, and only if the
  /// folder that holds it is this package, since a copied executable may lie in someone else's.
  package static func commit(near executable: URL) -> String? {
    var folder = executable.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<8 where folder.path != "/" {
      let git = folder.appendingPathComponent(".git")
      if FileManager.default.fileExists(atPath: git.path) {
        let package = text(folder.appendingPathComponent("Package.swift")) ?? ""
        return package.contains("name: \"verbatim\"") ? head(of: git) : nil
      }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }

  /// The commit HEAD stands for: a hash, or a reference in a file of its own or among the packed ones.
  private static func head(of git: URL) -> String? {
    let folder = repository(git)
    guard let head = text(folder.appendingPathComponent("HEAD")) else { return nil }
    guard head.hasPrefix("ref: ") else { return hash(head) }
    let name = String(head.dropFirst(5))
    // A linked work tree keeps its branches in the repository it belongs to.
    let common = text(folder.appendingPathComponent("commondir")).map { URL(fileURLWithPath: $0, relativeTo: folder) }
    for folder in [folder, common].compactMap({ $0 }) {
      if let loose = text(folder.appendingPathComponent(name)) { return hash(loose) }
      let packed = text(folder.appendingPathComponent("packed-refs")) ?? ""
      let line = packed.split(separator: "\n").first { $0.hasSuffix(" " + name) }
      if let line { return hash(String(line.prefix { $0 != " " })) }
    }
    return nil
  }

  /// `.git` is a folder, or a file that names one (`gitdir: path`).
  private static func repository(_ git: URL) -> URL {
    guard let pointer = text(git), pointer.hasPrefix("gitdir: ") else { return git }
    return URL(fileURLWithPath: String(pointer.dropFirst(8)), relativeTo: git.deletingLastPathComponent())
  }

  private static func hash(_ text: String) -> String? {
    text.count >= 40 && text.allSatisfy(\.isHexDigit) ? text : nil
  }

  private static func text(_ file: URL) -> String? {
    (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func operatingSystem() -> String {
    let lines = (text(URL(fileURLWithPath: "/etc/os-release")) ?? "").split(separator: "\n")
    let pretty = lines.first { $0.hasPrefix("PRETTY_NAME=") }.map { $0.dropFirst(12).filter { $0 != "\"" } }
    return pretty ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  private static func cpu() -> String {
    let lines = (text(URL(fileURLWithPath: "/proc/cpuinfo")) ?? "").split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("model name") }), let colon = line.firstIndex(of: ":") else {
      return "unknown"
    }
    return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
  }
}
