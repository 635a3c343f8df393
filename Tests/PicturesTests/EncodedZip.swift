// SPDX-License-Identifier: MIT
import CZip

/// Writes small zip files by libzip.
enum EncodedZip {
  struct Failure: Error {}

  static func write(
    _ files: [(name: String, bytes: [UInt8])], to path: String, deflated: Bool = true, password: String? = nil
  ) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else { throw Failure() }
    // libzip reads the bytes when the archive is closed.
    let copies = files.map { file in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(file.bytes.count, 1), alignment: 1)
      copy.copyBytes(from: file.bytes)
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    for (file, copy) in zip(files, copies) {
      let source = zip_source_buffer(archive, copy.baseAddress, UInt64(file.bytes.count), 0)
      let index = UInt64(bitPattern: zip_file_add(archive, file.name, source, UInt32(ZIP_FL_ENC_UTF_8)))
      zip_set_file_compression(archive, index, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0)
      if let password { zip_file_set_encryption(archive, index, UInt16(ZIP_EM_AES_256), password) }
    }
    guard zip_close(archive) == 0 else { throw Failure() }
  }
}
