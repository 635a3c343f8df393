// SPDX-License-Identifier: MIT
internal import Foundation

/// Zalando's 70,000 gray pictures of clothes, 28 x 28 (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747), MIT licence.
public enum FashionMNIST {
  /// The two parts of the set, as its files name them.
  public enum Split: String, Sendable {
    /// 60,000 pictures.
    case training = "train"
    /// 10,000 pictures.
    case test = "t10k"

    /// SHA-256 of the decompressed pictures and labels.
    fileprivate var digests: (pictures: String, labels: String) {
      switch self {
      case .training:
        (
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"
        )
      case .test:
        (
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"
        )
      }
    }
  }

  /// Where Debian's package `dataset-fashion-mnist` puts it.
  public static let folder = "/usr/share/datasets/fashion-mnist"

  /// What the labels 0 to 9 mean.
  public static let classes = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  /// Whether the training pictures are in Debian's place.
  public static var isInstalled: Bool { access("\(folder)/train-images-idx3-ubyte.gz", R_OK) == 0 }

  /// Pictures and labels of a split. Cost: 0.3 s for the training split.
  ///
  /// Throws `PictureError`: files that are missing (with the command that installs them) or not the published ones.
  public static func read(_ split: Split = .training, in folder: String = folder) throws(PictureError) -> PictureSet {
    let pictures = try file("\(folder)/\(split.rawValue)-images-idx3-ubyte.gz", split.digests.pictures)
    let labels = try file("\(folder)/\(split.rawValue)-labels-idx1-ubyte.gz", split.digests.labels)
    let set = try PictureSet(pictures: pictures, labels: labels)
    return PictureSet(
      count: set.count, height: set.height, width: set.width, channels: 1, pixels: set.pixels, labels: set.labels,
      classes: classes, form: set.form)
  }

  private static func file(_ path: String, _ digest: String) throws(PictureError) -> IDXFile {
    guard access(path, F_OK) == 0 else {
      throw .missing(path: path, advice: "FashionMNIST comes with 'apt-get install dataset-fashion-mnist' (31 MB)")
    }
    let file = try IDXFile(reading: path)
    guard file.digest == digest else {
      throw .malformed(path: path, problem: "it is not FashionMNIST's: SHA-256 \(file.digest), published is \(digest)")
    }
    return file
  }
}
