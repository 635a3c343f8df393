// SPDX-License-Identifier: MIT
internal import CZimg

/// zimg set up for one pair of sizes; pictures are taken as surrounded by zeros.
///
/// A class because it owns zimg's object. Portable code, not the machine's vectors: pictures are small, and the result is
/// the same on every x86-64 machine.
final class ZimgGraph {
  private let graph: OpaquePointer
  private let from: (height: Int, width: Int)
  private let to: (height: Int, width: Int)
  private let margin: (rows: Int, columns: Int)
  private static let version = UInt32(ZIMG_API_VERSION_MAJOR) << 8 | UInt32(ZIMG_API_VERSION_MINOR)

  init(from: (height: Int, width: Int), to: (height: Int, width: Int)) throws(PictureError) {
    (self.from, self.to) = (from, to)
    margin = (Self.margin(from.height, to.height), Self.margin(from.width, to.width))
    var source = Self.format(from.height + 2 * margin.rows, from.width + 2 * margin.columns)
    source.active_region.top = Double(margin.rows)
    source.active_region.left = Double(margin.columns)
    source.active_region.height = Double(from.height)
    source.active_region.width = Double(from.width)
    var target = Self.format(to.height, to.width)
    var parameters = zimg_graph_builder_params()
    zimg_graph_builder_params_default(&parameters, Self.version)
    // Mitchell and Netravali's family: B = 0, C = 1/2 is Keys' kernel with a = -1/2.
    (parameters.resample_filter, parameters.filter_param_a, parameters.filter_param_b) = (ZIMG_RESIZE_BICUBIC, 0, 0.5)
    parameters.cpu_type = ZIMG_CPU_NONE
    guard let graph = zimg_filter_graph_build(&source, &target, &parameters) else { throw Self.failure() }
    self.graph = graph
  }

  deinit { zimg_filter_graph_free(graph) }

  /// Zeros that the kernel's half width, two pixels of the coarser grid, can reach.
  private static func margin(_ from: Int, _ to: Int) -> Int {
    Int((2 * max(1, Double(from) / Double(to))).rounded(.up)) + 1
  }

  /// The plane (row after row) in the other size, not divided by the weights that fell on it.
  func run(_ values: [Double]) throws(PictureError) -> [Double] {
    let source = PixelPlane(rows: from.height + 2 * margin.rows, columns: from.width + 2 * margin.columns)
    for row in 0..<from.height {
      for column in 0..<from.width {
        source[margin.rows + row, margin.columns + column] = Float(values[row * from.width + column])
      }
    }
    let target = PixelPlane(rows: to.height, columns: to.width)
    try process(source, target)
    return (0..<to.height * to.width).map { Double(target[$0 / to.width, $0 % to.width]) }
  }

  private func process(_ source: borrowing PixelPlane, _ target: borrowing PixelPlane) throws(PictureError) {
    var input = verbatim_zimg_source(source.base, source.stride)
    var output = verbatim_zimg_target(target.base, target.stride)
    var size = 0
    guard zimg_filter_graph_get_tmp_size(graph, &size) == ZIMG_ERROR_SUCCESS else { throw Self.failure() }
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: PixelPlane.alignment)
    defer { scratch.deallocate() }
    let code = zimg_filter_graph_process(graph, &input, &output, scratch, nil, nil, nil, nil)
    guard code == ZIMG_ERROR_SUCCESS else { throw Self.failure() }
  }

  /// One plane of floats.
  private static func format(_ height: Int, _ width: Int) -> zimg_image_format {
    var format = zimg_image_format()
    zimg_image_format_default(&format, version)
    (format.height, format.width, format.pixel_type) = (UInt32(height), UInt32(width), ZIMG_PIXEL_FLOAT)
    return format
  }

  private static func failure() -> PictureError {
    var text = [CChar](repeating: 0, count: 256)
    zimg_get_last_error(&text, text.count - 1)
    let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return .invalid("zimg cannot resize: \(reason)")
  }
}
