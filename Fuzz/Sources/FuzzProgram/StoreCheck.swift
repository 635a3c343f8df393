// SPDX-License-Identifier: MIT
import Files
import Kernels
import RunStore

/// Binary files and tables of a run folder: what was read and written again is the same.
struct StoreCheck {
  let folder: FuzzFolder

  func model(_ bytes: [UInt8]) {
    let path = folder.put(bytes, "a")
    if let file = Finding.read(bytes, { try SafetensorsFile(reading: path) }, same: { $0.bytes == $1.bytes }) {
      let again = folder.put(file.bytes, "b")
      Finding.require((try? SafetensorsFile(reading: again))?.bytes == file.bytes, "safetensors written again differ")
    }
    guard
      let model = Finding.read(
        bytes, { try ModelFile(reading: path) }, same: { Self.bytes($0) == Self.bytes($1) })
    else { return }
    let again = folder.put(Self.bytes(model) ?? [], "b")
    let read = try? ModelFile(reading: again)
    Finding.require(read.flatMap(Self.bytes) == Self.bytes(model), "a model written again differs")
  }

  private static func bytes(_ model: ModelFile) -> [UInt8]? { try? model.safetensors().bytes }

  func samples(_ bytes: [UInt8]) {
    let path = folder.put(bytes, "a")
    guard let matrix = Finding.read(bytes, { try NPYFile.read(path) }, same: Self.same) else { return }
    let again = folder.put(NPYFile.bytes(of: matrix), "b")
    Finding.require((try? NPYFile.read(again)).map { Self.same($0, matrix) } == true, "an array written again differs")
  }

  private static func same(_ a: Matrix, _ b: Matrix) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.values.map(\.bitPattern) == b.values.map(\.bitPattern)
  }

  func csv(_ bytes: [UInt8]) {
    let path = folder.put(bytes, "a")
    guard
      let read = Finding.read(
        bytes, { try CSVReader(reading: path) }, same: { $0.columns == $1.columns && $0.rows == $1.rows })
    else { return }
    var table = CSVTable(columns: read.columns)
    for row in read.rows { table.append(row.map { CSVValue($0) }) }
    let again = try? CSVReader(reading: folder.put(table.text.utf8, "b"))
    Finding.require(again?.columns == read.columns && again?.rows == read.rows, "a table written again differs")
  }
}
