// SPDX-License-Identifier: MIT

/// Which reader the fuzzer's bytes go to; the variable VERBATIM_FUZZ names it.
enum Form: String, CaseIterable {
  /// A file, as it stands: IDX, npy and gzip of them are told apart by the reader.
  case idx, npy, zip
  /// A file named `.bin`.
  case cifar
  /// A PNG or JPEG in a folder; a PNG's checksums are made right first.
  case folder
  /// A zip made of names and contents with right checksums: arrays, pictures, labels.
  case entries
}
