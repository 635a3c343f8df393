// SPDX-License-Identifier: MIT

extension PictureSet {
  /// Reads pictures from a file or folder of any known form, told apart by content.
  ///
  /// A folder with CIFAR-10's batches (the training ones if there are any) or of PNG and JPEG files; IDX, npy (each
  /// plain or gzip), npz, a zip of pictures, one CIFAR-10 batch (`.bin`). Throws `PictureError`.
  public init(reading path: String, options: PictureOptions = PictureOptions()) throws(PictureError) {
    try self.init { memory throws(PictureError) in try PictureReader.read(path, options, into: memory) }
  }
}
