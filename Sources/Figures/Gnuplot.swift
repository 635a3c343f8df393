// SPDX-License-Identifier: MIT
internal import Files
public import Foundation

/// The gnuplot program on this machine.
public struct Gnuplot: Sendable {
  /// The program, as `find` or the caller names it.
  public let executable: URL
  /// Asked while it draws: once true, it is killed and `FigureError.interrupted` thrown.
  public let isCancelled: @Sendable () -> Bool

  /// A program at a place that the caller knows; nothing is looked for or run.
  public init(executable: URL, isCancelled: @escaping @Sendable () -> Bool = { false }) {
    (self.executable, self.isCancelled) = (executable, isCancelled)
  }

  /// Finds gnuplot on a search path (default: this process's PATH).
  ///
  /// Throws `FigureError.programMissing`, whose text says how to install it.
  public static func find(
    searchPath: String? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(FigureError) -> Gnuplot {
    guard let program = ChildProgram.find("gnuplot", searchPath: searchPath) else {
      throw .programMissing(name: "gnuplot", searchPath: searchPath ?? ChildProgram.systemPath)
    }
    return Gnuplot(executable: URL(fileURLWithPath: program.path), isCancelled: isCancelled)
  }

  /// Runs a script of `folder` in that folder, once for each format.
  ///
  /// Throws `FigureError.programFailed` with gnuplot's own message.
  public func draw(_ script: String, in folder: URL, formats: Set<FigureFormat>) throws(FigureError) {
    for format in FigureFormat.allCases where formats.contains(format) {
      let ending: ChildProgram.Ending
      do throws(ChildProgram.Problem) {
        ending = try ChildProgram(path: executable.path).run(
          ["-e", "format='\(format.rawValue)'", script], in: folder.path, isCancelled: isCancelled)
      } catch {
        switch error {
        case .interrupted: throw .interrupted
        case .notRun(let reason): throw .programFailed(script: script, status: -1, message: reason)
        }
      }
      guard ending.status == 0 else {
        let words = ending.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let message = words.isEmpty && ending.status > 128 ? "signal \(ending.status - 128) ended it" : words
        throw .programFailed(script: script, status: ending.status, message: message)
      }
    }
  }
}

extension GnuplotFigure {
  /// Writes the figure's data and script into `folder` and draws it there in every format.
  ///
  /// All of it is made in a private folder first: whoever reads, or is killed, has whole files. Throws `FigureError`.
  public func write(to folder: URL, formats: Set<FigureFormat>, with gnuplot: Gnuplot) throws(FigureError) {
    do {
      let staging = try StagingFolder(in: folder.path, for: name)
      // The script first: by it a later report knows the figure as its own.
      let texts = [
        ("gp", GnuplotScript(self).text), ("dat", DataText.gnuplot(data)), ("csv", DataText.csv(data)),
      ]
      let place = URL(fileURLWithPath: staging.path)
      for (ending, text) in texts {
        try OpenFile("\(staging.path)/\(name).\(ending)", O_WRONLY | O_CREAT | O_EXCL, action: "write")
          .write(Array(text.utf8))
      }
      try gnuplot.draw(name + ".gp", in: place, formats: formats)
      let drawn = FigureFormat.allCases.filter(formats.contains)
      for format in drawn { try check("\(staging.path)/\(name).\(format.fileExtension)", format) }
      try staging.move((texts.map(\.0) + drawn.map(\.fileExtension)).map { "\(name).\($0)" })
    } catch let error as FigureError {
      throw error
    } catch let error as StoreError {
      throw FigureError(error, writing: folder.appendingPathComponent(name).path)
    } catch {
      throw .cannotWrite(path: folder.path, reason: "\(error)")
    }
  }

  /// Gnuplot does not say that a disk is full: it ends well, and the file is cut off.
  private func check(_ path: String, _ format: FigureFormat) throws {
    let bytes = (try? OpenFile.read(path)) ?? []
    guard format.isWhole(bytes) else {
      throw FigureError.programFailed(
        script: name + ".gp", status: 0, message: "the \(format.rawValue) file is missing or cut off: is the disk full?"
      )
    }
  }

  /// Writes a text file, replacing an older one in one step.
  public static func write(_ text: String, to file: URL) throws(FigureError) {
    try write(Array(text.utf8), to: file)
  }

  /// The same of bytes.
  package static func write(_ bytes: [UInt8], to file: URL) throws(FigureError) {
    do throws(StoreError) { try AtomicFile.write(bytes, to: file.path) } catch {
      throw FigureError(error, writing: file.path)
    }
  }

  /// The text of a drawn file.
  package static func read(_ file: URL) throws(FigureError) -> String {
    do throws(StoreError) { return String(decoding: try OpenFile.read(file.path), as: UTF8.self) } catch {
      throw .cannotRead(path: file.path, reason: error.reason)
    }
  }

  /// Makes a folder for figures and removes from it what killed processes have left.
  package static func prepare(_ folder: URL) throws(FigureError) {
    do throws(StoreError) {
      try Folder.create(folder.path)
      try AtomicFile.removeLeftovers(in: folder.path)
    } catch { throw FigureError(error, writing: folder.path) }
  }
}
