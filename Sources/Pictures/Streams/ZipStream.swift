// SPDX-License-Identifier: MIT
internal import CZip

/// An entry of a zip file, decompressed while it is read; at its end size and checksum are compared with the declared.
struct ZipStream: ~Copyable, ByteStream {
  let path: String
  private let file: OpaquePointer
  /// Bytes that the archive declares and that have not been read.
  private var left: UInt64
  private let archive: ZipArchive

  init(path: String, file: OpaquePointer, size: UInt64, archive: ZipArchive) {
    (self.path, self.file, self.left, self.archive) = (path, file, size, archive)
  }

  deinit { zip_fclose(file) }

  mutating func next(_ count: Int) throws(PictureError) -> [UInt8] {
    var got: Int64 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      got = buffer.baseAddress.map { zip_fread(file, $0, UInt64(count)) } ?? 0
      filled = max(0, Int(got))
    }
    guard got >= 0 else {
      throw .malformed(path: path, problem: "damaged: \(String(cString: zip_file_strerror(file)))")
    }
    // libzip compares checksums but, of deflated entries, no sizes.
    guard bytes.count <= left, !bytes.isEmpty || count == 0 || left == 0 else {
      throw .malformed(path: path, problem: "damaged: its size is not the one that the archive declares")
    }
    left -= UInt64(bytes.count)
    return bytes
  }
}
