// SPDX-License-Identifier: MIT
public import Foundation

/// The gnuplot program on this machine.
public struct Gnuplot: Sendable {
  public let executable: URL

  /// Finds gnuplot on a search path (default: this process's PATH).
  ///
  /// Throws `FigureError.programMissing`, whose text says how to install it.
  public static func find(searchPath: String? = nil) throws(FigureError) -> Gnuplot {
    let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let file = URL(fileURLWithPath: String(folder)).appendingPathComponent("gnuplot")
      if FileManager.default.isExecutableFile(atPath: file.path) { return Gnuplot(executable: file) }
    }
    throw .programMissing(name: "gnuplot", searchPath: path)
  }

  /// Runs a script of `folder` in that folder, once for each format.
  ///
  /// Throws `FigureError.programFailed` with gnuplot's own message.
  public func draw(_ script: String, in folder: URL, formats: Set<FigureFormat>) throws(FigureError) {
    for format in FigureFormat.allCases where formats.contains(format) {
      let process = Process()
      process.executableURL = executable
      process.arguments = ["-e", "format='\(format.rawValue)'", script]
      process.currentDirectoryURL = folder
      let messages = Pipe()
      process.standardOutput = messages
      process.standardError = messages
      process.standardInput = FileHandle.nullDevice
      do { try process.run() } catch {
        throw .programFailed(script: script, status: -1, message: "\(error)")
      }
      let output = messages.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      if process.terminationStatus != 0 {
        let text = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        throw .programFailed(script: script, status: process.terminationStatus, message: text)
      }
    }
  }
}

extension GnuplotFigure {
  /// Writes the figure's data and script into `folder` and draws it there in every format.
  ///
  /// Throws `FigureError.cannotWrite` and `.programFailed`.
  public func write(to folder: URL, formats: Set<FigureFormat>, with gnuplot: Gnuplot) throws(FigureError) {
    try Self.write(DataText.gnuplot(data), to: folder.appendingPathComponent(name + ".dat"))
    try Self.write(DataText.csv(data), to: folder.appendingPathComponent(name + ".csv"))
    try Self.write(GnuplotScript(self).text, to: folder.appendingPathComponent(name + ".gp"))
    try gnuplot.draw(name + ".gp", in: folder, formats: formats)
  }

  /// Writes a text file, replacing an older one in one step.
  public static func write(_ text: String, to file: URL) throws(FigureError) {
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(path: file.path, reason: error.localizedDescription)
    }
  }
}
