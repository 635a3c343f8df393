// SPDX-License-Identifier: MIT
internal import Foundation

/// Named arrays of doubles with a few texts: the safetensors format, `F64` only.
///
/// Eight bytes of header length, a JSON header padded with spaces to a multiple of 8, then the data in the order of the
/// names. https://github.com/huggingface/safetensors#format
public struct SafetensorsFile: Sendable, Equatable {
  /// A row-major array; no dimensions is a single number.
  public struct Tensor: Sendable, Equatable {
    /// One size per axis, outermost first.
    public let shape: [Int]
    /// Row by row, the last axis fastest.
    public let values: [Double]

    /// As many values as the product of `shape`; others stop the program.
    public init(shape: [Int], values: [Double]) {
      precondition(values.count == shape.reduce(1, *), "\(values.count) values of shape \(shape)")
      (self.shape, self.values) = (shape, values)
    }
  }

  /// The arrays by name.
  public var tensors: [String: Tensor]
  /// The texts by name.
  public var metadata: [String: String]

  /// No array may be called `__metadata__`: that stops the program.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    precondition(tensors["__metadata__"] == nil, "'__metadata__' cannot name a tensor")
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// Writes the file as a whole (`AtomicFile`).
  public func write(to path: String) throws(StoreError) { try AtomicFile.write(bytes, to: path) }

  /// The file's bytes: a function of the contents alone, names sorted.
  public var bytes: [UInt8] {
    var (header, data): ([String: Entry], [UInt8]) = ([:], [])
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      data += LittleEndian.bytes(tensor.values.map(\.bitPattern))
      header[name] = .tensor(dtype: "F64", shape: tensor.shape, offsets: [start, data.count])
    }
    if !metadata.isEmpty { header["__metadata__"] = .metadata(metadata) }
    var text = StoreJSON.encode(header)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return LittleEndian.bytes([UInt64(text.count)]) + text + data
  }

  /// Throws `StoreError.corrupt` for headers that do not describe the file exactly and for types other than F64.
  public init(reading path: String) throws(StoreError) {
    let bytes = try OpenFile.read(path)
    do throws(FormatProblem) {
      try self.init(parsing: bytes)
    } catch {
      throw .corrupt(path: path, line: nil, problem: "not a readable safetensors file: \(error)")
    }
  }

  init(parsing bytes: [UInt8]) throws(FormatProblem) {
    guard bytes.count >= 8 else { throw FormatProblem("it is shorter than its header") }
    let length = LittleEndian.integers(UInt64.self, bytes, from: 0, count: 1)[0]
    guard length <= UInt64(bytes.count - 8) else {
      throw FormatProblem("its header claims \(length) bytes, the file has \(bytes.count)")
    }
    let start = 8 + Int(length)
    let header: [String: Entry]
    do throws(JSONProblem) {
      header = try StoreJSON.decode(OrderedEntries<Entry>.self, from: Array(bytes[8..<start])).values
    } catch {
      throw FormatProblem("its header: \(error)")
    }
    self.init(tensors: [:])
    var covered = 0
    let inOrder = header.sorted { a, b in
      (a.value.order.0, a.value.order.1, a.key) < (b.value.order.0, b.value.order.1, b.key)
    }
    for (name, entry) in inOrder {
      switch entry {
      case .metadata(let texts): metadata = texts
      case .tensor(let type, let shape, let offsets):
        guard type == "F64" else { throw FormatProblem("the tensor '\(name)' is of type \(type), not F64") }
        let count = try Self.count(name, shape, offsets, at: covered, available: bytes.count - start)
        let words = LittleEndian.integers(UInt64.self, bytes, from: start + covered, count: count)
        tensors[name] = Tensor(shape: shape, values: words.map(Double.init(bitPattern:)))
        covered += 8 * count
      }
    }
    guard covered == bytes.count - start else {
      throw FormatProblem("\(bytes.count - start - covered) bytes belong to no tensor")
    }
  }

  /// The number of values of a tensor that must begin where the last one ended, fit its shape and lie in the file.
  private static func count(
    _ name: String, _ shape: [Int], _ offsets: [Int], at covered: Int, available: Int
  ) throws(FormatProblem) -> Int {
    guard offsets.count == 2, offsets[0] == covered, offsets[1] >= covered, offsets[1] <= available else {
      throw FormatProblem("the tensor '\(name)' claims the bytes \(offsets) of \(available)")
    }
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { throw FormatProblem("the tensor '\(name)' has the shape \(shape)") }
      count = product
    }
    guard count <= available / 8, 8 * count == offsets[1] - offsets[0] else {
      throw FormatProblem("the tensor '\(name)' of shape \(shape) has \(offsets[1] - offsets[0]) bytes")
    }
    return count
  }
}
