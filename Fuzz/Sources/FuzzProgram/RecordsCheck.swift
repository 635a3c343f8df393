// SPDX-License-Identifier: MIT
import Files
import Foundation
import Verbatim

/// `runs.jsonl`: the first byte says whether identifiers are made right, and whether the runs go on to `show` and `fit`.
struct RecordsCheck {
  let folder: FuzzFolder

  func run(_ bytes: [UInt8]) {
    guard let choice = bytes.first else { return }
    var lines = Array(bytes.dropFirst())
    if choice & 1 != 0 { lines = Self.repaired(lines) }
    folder.put(lines, "runs.jsonl")
    let read = Finding.read(
      bytes, { try RunFolder(folder.path).records() },
      same: { $0.torn == $1.torn && $0.records.count == $1.records.count })
    guard let records = read?.records, !records.isEmpty else { return }
    let (first, second) = (written(records, "again/runs.jsonl"), writtenAgain())
    Finding.require(first == second, "records written again differ")
    if choice & 2 != 0, records.count <= 4 { show(records) }
    if choice & 4 != 0, records.count <= 4 { fit() }
  }

  private func written(_ records: [RunRecord], _ name: String) -> Data? {
    folder.remove(name)
    do { for record in records { try JSONLines.append(record, to: "\(folder.path)/\(name)") } } catch {
      fatalError("cannot write a record: \(error)")
    }
    return folder.bytes(name)
  }

  private func writtenAgain() -> Data? {
    do { return written(try RunFolder("\(folder.path)/again").records().records, "c") } catch {
      fatalError("cannot read what was written: \(error)")
    }
  }

  private func show(_ records: [RunRecord]) {
    let families = StudyResults(records).byConfiguration
    _ = FlatSettings.headings(families.map(\.configuration))
    for family in families { _ = TransitionDocument(family).text(family) }
  }

  private func fit() {
    folder.put("0\n".utf8, ".study-hash")
    do {
      _ = try FitInput(path: folder.path, measuredLosses: true).tuples(constant: 1)
    } catch { Finding.requireLine(error) }
  }

  /// The lines with the identifiers that belong to their settings, where those can be read: a hash alone must not
  /// refuse every change.
  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line -> [UInt8] in
      guard let record = try? decoder.decode(RunRecord.self, from: Data(line)) else { return Array(line) }
      let text = String(decoding: line, as: UTF8.self)
      let right = record.settings.identifier
      return Array(text.replacing("\"\(record.identifier)\"", with: "\"\(right)\"").utf8)
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
